"""Invented cases for the measurements: a few usual exchanges, then a few facts changed at random."""

from __future__ import annotations

from datetime import date
from random import Random

from maillage.law.case import Case, Valeur, new_case
from maillage.law.facts import FAITS, INDICE
from maillage.law.facts.jour import BORNES
from maillage.law.language import Genre

_EDUCATRICE: dict[str, Valeur] = {
    "fonction": "educateur_prevention",
    "emploi": "salarie_prive",
    "fondement_secret": ("mission_ase",),
    "part_protection_enfance": "met_en_oeuvre",
    "part_action_sociale": "statutaire",
}
_MEDIATRICE: dict[str, Valeur] = {"fonction": "mediateur", "emploi": "salarie_prive", "fondement_secret": ()}
_MEDIATEUR_MUNICIPAL: dict[str, Valeur] = {
    "fonction": "mediateur",
    "emploi": "agent_public",
    "fondement_secret": ("statut_agent_public",),
    "part_action_sociale": "mission_ecrite",
}
_CRIP: dict[str, Valeur] = {
    "fonction": "delegue_departement",
    "emploi": "agent_public",
    "fondement_secret": ("mission_ase",),
    "part_protection_enfance": "met_en_oeuvre",
}
_COMMUN: dict[str, Valeur] = {
    "date": date(2026, 6, 1),
    "sujet.objet": "personne",
    "sujet.tranche_age": "15_17",
    "situation.coordonnateur": "aucun",
    "contenu.origine": "appris_en_fonction",
    "contenu.strictement_necessaire": True,
    "cadre": "bilateral",
    "enregistrement": "journal_seul",
    "information_rgpd": True,
}


def _usual(emetteur: dict[str, Valeur], destinataire: dict[str, Valeur], faits: dict[str, Valeur]) -> Case:
    """One usual exchange between two people."""
    ends = {f"emetteur.{k}": v for k, v in emetteur.items()}
    ends |= {f"destinataire.{k}": v for k, v in destinataire.items()}
    return new_case({**_COMMUN, **ends, **faits})


USUAL = (
    _usual(
        _MEDIATRICE,
        _EDUCATRICE,
        {
            "contenu.nature": "orientation_demande",
            "finalite": "orientation_personne",
            "accord_personne": "donne",
            "accord_titulaire": "donne",
        },
    ),
    _usual(
        _MEDIATEUR_MUNICIPAL,
        _EDUCATRICE,
        {"contenu.nature": "orientation_demande", "finalite": "orientation_personne"},
    ),
    _usual(
        _EDUCATRICE,
        _MEDIATRICE,
        {
            "contenu.nature": "orientation_suite",
            "finalite": "orientation_personne",
            "destinataire_auteur_orientation": True,
            "accord_personne": "donne",
        },
    ),
    _usual(
        _EDUCATRICE,
        _MEDIATEUR_MUNICIPAL,
        {"contenu.nature": "vie_privee", "finalite": "protection_enfance", "information_prealable": "faite"},
    ),
    _usual(
        _EDUCATRICE,
        _CRIP,
        {
            "contenu.nature": "information_preoccupante",
            "finalite": "protection_enfance",
            "situation.danger": "danger",
        },
    ),
    _usual(
        _EDUCATRICE,
        {"fonction": "bailleur", "emploi": "salarie_prive", "fondement_secret": ()},
        {"contenu.nature": "fait_incident", "finalite": "gestion_locative"},
    ),
    _usual(
        _MEDIATRICE,
        _EDUCATRICE,
        {"contenu.nature": "ambiance", "contenu.identification": "aucune", "finalite": "action_sociale"},
    ),
)


def sample_cases(count: int, *, seed: int = 2017) -> list[Case]:
    """`count` invented cases, the same for the same seed: usual ones with 0 to 4 facts changed."""
    dice = Random(seed)  # noqa: S311 - measurements, nothing secret
    return [_changed(dice.choice(USUAL), dice) for _ in range(count)]


def _changed(case: Case, dice: Random) -> Case:
    """The case with a few facts changed, sometimes to unknown."""
    rangs, jour = list(case.rangs), case.jour
    for fait in dice.sample(FAITS, dice.randrange(5)):
        unknown = fait.defaut is None
        rang = dice.randrange(fait.inconnu + unknown)
        rangs[INDICE[fait.chemin]] = rang
        if fait.genre is Genre.DATE:
            jour = BORNES[rang - 1] if 0 < rang <= len(BORNES) else None
    return Case(None, tuple(rangs), jour)
