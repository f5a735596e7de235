"""A clause tried before it is signed: what last year's exchanges, answers or meetings say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.conventions.models import Partenariat, RedactionClause
from maillage.conventions.travail import DELAI_REPONSE, REGLES, RYTHME, RegleTravail, is_work
from maillage.law.codes import TITRES
from maillage.pilotage.delais import answered_within, meetings_at
from maillage.pilotage.masking import Cell
from maillage.pilotage.rejeu import finished_year, simulate
from maillage.pilotage.scenario import Scenario, TriedClause


@dataclass(frozen=True)
class Essai:
    """What a trial shows: outcomes before and after, or the rule of work with what the year says of it."""

    rows: Sequence[tuple[str, Cell, Cell]] = ()
    regle: RegleTravail | None = None
    annee: str = ""


def tried(partenariat: Partenariat, text: RedactionClause) -> Essai | None:
    """Return the trial of one wording over four finished quarters; None when it establishes nothing."""
    if not text.fait:
        return None
    if is_work(text.fait):
        return Essai(regle=REGLES[text.fait], annee=_year_of(partenariat, text))
    assert isinstance(text.valeur, str | bool)
    clause = TriedClause(text.titre, text.fait, text.valeur, metier=text.metier)
    since, until = finished_year()
    whole = simulate(partenariat, Scenario(clauses=[clause]), since=since, until=until).ensemble
    rows = [(TITRES[one], was, whole.apres[one]) for one, was in whole.avant.items()] if whole else []
    return Essai(rows=[(title, was, now) for title, was, now in rows if (was, now) != (0, 0)])


def _year_of(partenariat: Partenariat, text: RedactionClause) -> str:
    """Say what the year says of a delay or a rhythm; nothing of the other rules."""
    number = int(text.valeur or 0) if text.fait in (RYTHME, DELAI_REPONSE) else 0
    if not number:
        return ""
    if text.fait == RYTHME:
        held, asked = meetings_at(partenariat, number)
        return f"Réunions tenues depuis un an : {held} ; ce rythme en demande {asked}."
    tenths = answered_within(partenariat, number)
    if tenths is None:
        return "Trop peu d'orientations closes pour dire combien de réponses seraient venues à temps."
    return (
        f"Des orientations closes d'une année, les deux métiers ensemble, environ {tenths} sur 10 ont eu "
        "leur réponse dans ce délai."
    )
