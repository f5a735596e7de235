"""The registers in which each trade tells its year to a funder, and where each note goes.

Mediation: the eight registers of NF X60-600. Prévention spécialisée: its own ways of being present.
Source: Maillage's field vocabulary, sections 1 and 4; which category goes to which register is our own
proposal, to be confirmed by a service.
"""

from __future__ import annotations

from maillage.directory.enums import Metier
from maillage.main_courante.enums import Liste
from maillage.main_courante.vocabulaire import MEDIATION, PREVENTION, RIEN_A_SIGNALER

OTHER = "autre"
MEDIATION_REGISTERS = (
    ("presence", "1. Assurer une présence active de proximité"),
    ("conflits", "2. Prévenir et gérer les situations conflictuelles"),
    ("comprehension", "3. Lever les incompréhensions entre les personnes et les institutions"),
    ("veille", "4. Participer à une veille sociale et technique du territoire"),
    ("mise_en_relation", "5. Mettre en relation avec un partenaire"),
    ("concertation", "6. Faciliter la concertation entre les habitants et les institutions"),
    ("projets", "7. Favoriser les projets collectifs, supports de médiation sociale"),
    ("information", "8. Informer, sensibiliser et former"),
    (OTHER, "Motifs propres à l'équipe"),
)
PREVENTION_REGISTERS = (
    ("travail_de_rue", "Travail de rue"),
    ("presence_sociale", "Présence sociale"),
    ("permanence", "Local, permanence"),
    ("abords_etablissement", "Abords d'établissement"),
    ("action_collective", "Actions collectives"),
    ("chantier_educatif", "Chantiers éducatifs"),
    ("observation", "Ce qui a été vu en sortie de rue"),
    (OTHER, "Motifs propres à l'équipe"),
)
BY_FAMILY = {
    "Tranquillité": "conflits",
    "Veille technique": "veille",
    "Veille sociale": "veille",
    "Vie du quartier": "projets",
}
BY_CATEGORY = {
    RIEN_A_SIGNALER: "presence",
    "information": "information",
    "acces_aux_droits": "mise_en_relation",
    "accompagnement_physique": "mise_en_relation",
    "incomprehension": "comprehension",
}
FAMILIES = {
    metier: {entry.code: entry.famille for entry in lists[Liste.CATEGORIE]}
    for metier, lists in (("", MEDIATION), (Metier.PREVENTION_SPECIALISEE, PREVENTION))
}
PRESENCE = {code for code, _ in PREVENTION_REGISTERS}


def registers(metier: str) -> tuple[tuple[str, str], ...]:
    """Return a trade's registers in order, as (code, label)."""
    return PREVENTION_REGISTERS if metier == Metier.PREVENTION_SPECIALISEE else MEDIATION_REGISTERS


def register_of(metier: str, categorie: str) -> str:
    """Return the one register where a note of this category counts, `autre` for a team's own category."""
    if metier == Metier.PREVENTION_SPECIALISEE:
        if categorie in PRESENCE:
            return categorie
        return "observation" if categorie in FAMILIES[metier] else OTHER
    return BY_CATEGORY.get(categorie) or BY_FAMILY.get(FAMILIES[""].get(categorie, ""), OTHER)
