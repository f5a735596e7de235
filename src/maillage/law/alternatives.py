"""Ce qui peut se dire ou se faire à la place, et quand le proposer."""

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.law.case import Valeur
from maillage.law.facts import contenu, echange, situation
from maillage.law.facts.acteurs import ACCUEIL, DESTINATAIRE, EMETTEUR, MAIRIE, PCD, RELAYEURS
from maillage.law.facts.deduits import EN_DANGER, MINEUR
from maillage.law.language import TOUJOURS, Formule, tous, un_de


@dataclass(frozen=True)
class Alternative:
    """Une autre voie : son code, son libellé, quand elle se propose, ce qu'elle change au cas.

    `essais` sont des variantes {chemin: valeur} : la voie n'est offerte à l'écran que si le droit
    en admet une.
    """

    code: str
    libelle: str
    quand: Formule
    essais: tuple[Mapping[str, Valeur], ...]


_ORIENTER: Mapping[str, Valeur] = {"finalite": "orientation_personne", "cadre": "bilateral"}
_VERS_LA_CRIP: Mapping[str, Valeur] = {
    "destinataire.fonction": "delegue_departement",
    "destinataire.emploi": "agent_public",
    "destinataire.fondement_secret": ("mission_ase",),
    "destinataire.part_protection_enfance": "met_en_oeuvre",
    "contenu.nature": "information_preoccupante",
    "finalite": "protection_enfance",
    "cadre": "bilateral",
}

ALTERNATIVES = (
    Alternative(
        "ALT-NON-NOMINATIF",
        "Dire le lieu, le moment et le nombre, sans personne identifiable",
        TOUJOURS,
        ({"contenu.identification": "aucune"},),
    ),
    Alternative(
        "ALT-RELAIS",
        "Proposer un relais à trois, la personne présente",
        tous(
            EMETTEUR.fonction.parmi(*RELAYEURS),
            DESTINATAIRE.fonction.parmi(*RELAYEURS),
            echange.ACCORD_PERSONNE.hors("refuse"),
        ),
        tuple(
            {**_ORIENTER, "contenu.nature": n, "personne_presente": True}
            for n in ("orientation_demande", "orientation_suite")
        ),
    ),
    Alternative(
        "ALT-ACCUSE",
        "Accuser réception, rien de plus",
        tous(echange.DESTINATAIRE_AUTEUR_ORIENTATION.vrai, contenu.NATURE.parmi("orientation_suite")),
        ({**_ORIENTER, "contenu.nature": "orientation_accuse"},),
    ),
    Alternative(
        "ALT-ORIENTATION",
        "Proposer une orientation avec accord",
        tous(
            EMETTEUR.secret.hors("ferme"),
            DESTINATAIRE.fonction.parmi(*ACCUEIL),
            DESTINATAIRE.secret.parmi("ferme"),
            contenu.NATURE.hors("orientation_demande"),
        ),
        ({**_ORIENTER, "contenu.nature": "orientation_demande"},),
    ),
    Alternative(
        "ALT-COORDINATION",
        "Demander la désignation d'un coordonnateur pour cette personne ou famille",
        tous(
            situation.AGGRAVATION.vrai,
            EMETTEUR.part_action_sociale.hors("aucune"),
            DESTINATAIRE.part_action_sociale.hors("aucune"),
            situation.COORDONNATEUR.hors("designe_pour_ce_sujet"),
        ),
        ({"situation.coordonnateur": "designe_pour_ce_sujet"},),
    ),
    Alternative(
        "ALT-CRIP",
        "Saisir la CRIP",
        tous(
            MINEUR,
            un_de(EN_DANGER, situation.MAUVAIS_TRAITEMENTS_CONNUS.vrai),
            DESTINATAIRE.fonction.hors(*PCD),
        ),
        (_VERS_LA_CRIP,),
    ),
    Alternative(
        "ALT-FAIT-TRANSMISSION",
        "N'informer le maire que du fait de la transmission",
        tous(DESTINATAIRE.fonction.parmi(*MAIRIE), contenu.NATURE.parmi("information_preoccupante")),
        ({"contenu.nature": "fait_de_transmission"},),
    ),
    Alternative(
        "ALT-ADJOINT",
        "S'adresser au maire ou à son adjoint délégué",
        tous(
            DESTINATAIRE.fonction.parmi("autre_elu", "cadre_municipal"),
            EMETTEUR.fonction.parmi("coordonnateur"),
        ),
        ({"destinataire.fonction": "adjoint_delegue", "destinataire.emploi": "elu"},),
    ),
    Alternative(
        "ALT-REQUISITION",
        "Demander une réquisition écrite",
        tous(DESTINATAIRE.fonction.parmi("police"), echange.REQUISITION_ECRITE.faux),
        ({"requisition_ecrite": True, "finalite": "enquete_penale"},),
    ),
)
