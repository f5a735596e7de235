"""The printable kit of a quarter of an hour: the two trades, three cases, their answers apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from maillage.conventions.models import Partenariat
from maillage.documents import pdf
from maillage.equipes.formation_cas import CasJuge, cases_of
from maillage.equipes.metiers import Page, pages
from maillage.law.codes import TITRES
from maillage.law.plain import plain
from maillage.law.verdict import say_date

TEMPLATE = pdf.PACKAGE / "documents" / "modeles" / "kit.typ"
CASES = 3
PLAN = (
    "Cinq minutes : chacun lit la page de l'autre métier, et dit ce qui l'étonne.",
    "Sept minutes : trois situations, une réponse chacun, puis on compare.",
    "Trois minutes : une chose que l'équipe fera autrement cette semaine.",
)


def series(cases: Sequence[CasJuge], number: int) -> Sequence[CasJuge]:
    """Return the three cases of kit `number` (from 1): other ones each time, of three outcomes if possible.

    The cases whose answer is this partnership's own come first.
    """
    left = sorted(cases, key=lambda one: not one.d_ici)
    picked: Sequence[CasJuge] = ()
    for _ in range((number - 1) % max(len(left) // CASES, 1) + 1):
        picked = _pick(left)
        left = [one for one in left if one not in picked]
    return picked


def _pick(cases: Sequence[CasJuge]) -> Sequence[CasJuge]:
    """Return the first three cases, of three outcomes if possible."""
    first = {one.issue: one for one in reversed(cases)}
    varied = [one for one in cases if first[one.issue] is one]
    return [*varied, *(one for one in cases if one not in varied)][:CASES]


def kit(partenariat: Partenariat, on: date, *, number: int, mention: str) -> bytes:
    """Return the kit as PDF: one sheet to share out, one with the answers. Raises DocumentError."""
    cases = series(cases_of(partenariat, on), number)
    return pdf.render(TEMPLATE, kit_data(partenariat, pages(partenariat), cases, on, mention))


def kit_data(
    partenariat: Partenariat, trades: Sequence[Page], cases: Sequence[CasJuge], on: date, mention: str
) -> Mapping[str, Any]:
    """Return what the template reads; the answers are the engine's, that day."""
    return {
        "title": "Quinze minutes entre métiers",
        "subtitle": f"{partenariat.nom}, {say_date(on)}",
        "mention": mention,
        "author": "Maillage",
        "landscape": False,
        "keywords": [],
        "plan": list(PLAN),
        "trades": [
            {
                "name": str(one.metier.label),
                "parts": [{"title": title, "lines": list(lines)} for title, lines in one.parts],
            }
            for one in trades
        ],
        "answered": f"Réponses du droit le {say_date(on)}, sur les postes, les clauses et les lectures "
        "d'ici. Ailleurs, elles peuvent être autres.",
        "cases": [_case(one) for one in cases],
    }


def _case(one: CasJuge) -> dict[str, Any]:
    said = plain(one.verdict())
    because = (
        (
            "Reste à décider" if said.ton == "a_trancher" else "Il manque",
            [f"{lack.phrase} (peut le lever : {lack.qui})" for lack in said.manques],
        ),
        ("À respecter", list(said.obligations)),
        ("À la place", [text for _, text in said.alternatives]),
        ("Les textes", [rule.article[0].upper() + rule.article[1:] for rule in said.details]),
        ("Ce qui, ici, fait cette réponse", list(one.because())),
    )
    return {
        "title": one.situation.titre,
        "story": one.recit,
        "from": one.de,
        "to": one.vers,
        "choices": [text.rstrip("… ") for text in TITRES.values()],
        "outcome": said.titre.rstrip("… "),
        "sentence": said.phrase,
        "because": [{"title": title, "lines": lines} for title, lines in because if lines],
    }
