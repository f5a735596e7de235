"""The six prerequisites of the study's section 9: met, partly met, missing or unknown; pure Python."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from maillage.etude.deduction import Deduction
from maillage.etude.enums import Certitude, Etat, FormeDeduite
from maillage.etude.items import Item, item
from maillage.etude.questionnaire import Reponses, question

_ECRITS_PARTIELS = ("charte", "projet", "echue", "convention", "acte")


@dataclass(frozen=True, slots=True)
class PreRequis:
    """One prerequisite: its letter (a to f), what it asks, and the items of the report that carry it."""

    cle: str
    titre: str
    demande: str
    items: tuple[Item, ...]
    ecran: str
    selon: Mapping[str, Mapping[str, tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Constat:
    """Where a town stands on one prerequisite, and why."""

    prerequis: PreRequis
    etat: Etat
    raison: str


@cache
def prerequis() -> tuple[PreRequis, ...]:
    """The six prerequisites, in the report's order."""
    text = (files("maillage.etude") / "contenu" / "prerequis.toml").read_text(encoding="utf-8")
    return tuple(_read(row) for row in tomllib.loads(text)["prerequis"])


def _read(row: Mapping[str, Any]) -> PreRequis:
    return PreRequis(
        cle=row["cle"],
        titre=row["titre"],
        demande=row["demande"],
        items=tuple(item(pointeur) for pointeur in row["items"]),
        ecran=row["ecran"],
        selon=row.get("selon", {}),
    )


def assess(reponses: Reponses, deduction: Deduction) -> tuple[Constat, ...]:
    """Where the six prerequisites stand, from the answers and the form deduced from them."""
    return tuple(Constat(p, *_state(p, reponses, deduction)) for p in prerequis())


def _state(asked: PreRequis, reponses: Reponses, deduction: Deduction) -> tuple[Etat, str]:
    if asked.cle == "e":
        return _formalised(reponses, deduction)
    if asked.cle == "f":
        return _trusted(reponses)
    ((cle, states),) = asked.selon.items()
    if not reponses.connue(cle):
        return Etat.INCONNU, f"Question restée ouverte : {question(cle).intitule}"
    etat, raison = states[reponses[cle]]
    return Etat(etat), raison  # type: ignore[call-arg]  # the label is part of the member


def _formalised(reponses: Reponses, deduction: Deduction) -> tuple[Etat, str]:
    if deduction.forme is FormeDeduite.UN_SEUL_METIER:
        return Etat.MANQUANT, "Il manque un des deux métiers : il n'y a pas encore avec qui s'engager."
    if deduction.forme in (FormeDeduite.PILOTAGE_UNIQUE, FormeDeduite.CONVENTION):
        return Etat.REMPLI, f"La forme est établie : {deduction.forme.libelle.lower()}."
    if deduction.certitude is not Certitude.ETABLIE:
        return Etat.INCONNU, "La forme dépend de réponses qui manquent encore."
    if reponses.parmi("ecrit", *_ECRITS_PARTIELS):
        return Etat.EN_PARTIE, "Un papier existe, mais il n'engage pas aujourd'hui les deux services."
    return Etat.MANQUANT, "Rien d'écrit ne garde ce qui se fait : tout repose sur les présents."


def _trusted(reponses: Reponses) -> tuple[Etat, str]:
    meets = reponses.parmi("rencontres", "dates_fixes")
    gives = reponses.parmi("retours", "convenu", "deux_sens")
    if meets and gives:
        fragile = reponses.parmi("contrat", "adulte_relais", "melange")
        reserve = " Les contrats courts la remettent en jeu à chaque départ." if fragile else ""
        return Etat.REMPLI, "On se voit et l'on se donne des nouvelles des deux côtés." + reserve
    if meets or gives or reponses.parmi("portage", "deux"):
        manques = [] if meets else ["de se voir à dates fixes"]
        manques += [] if gives else ["que les nouvelles reviennent"]
        return Etat.EN_PARTIE, f"Le terrain est favorable ; il reste à s'assurer {' et '.join(manques)}."
    if all(reponses.connue(cle) for cle in ("rencontres", "retours", "portage")):
        return (
            Etat.MANQUANT,
            "Ni rencontres prévues, ni nouvelles en retour : la confiance a peu sur quoi s'appuyer.",
        )
    return Etat.INCONNU, "On ne sait pas assez comment les équipes se voient ni ce qui leur revient."
