"""What would be enough, exactly: each smallest set of facts, who lifts each, the proof, and the screen."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.html import format_html

from maillage.law import catalogue
from maillage.law.case import Case
from maillage.law.repairs import Repair, repairs
from maillage.law.verdict import Verdict
from maillage.web.areas import rule_table
from maillage.web.panels import Step, Way

MOST = 3
"""Ways shown: the cheapest for the person come first."""
# Where a proof is brought, when it is not on the page itself.
SCREENS: Mapping[str, tuple[str, str]] = {
    "poste": ("annuaire:qui", "Voir les postes"),
    "designation": ("annuaire:qui", "Voir qui est désigné"),
    "convention": ("partenariat:liste", "Voir les clauses du partenariat"),
    "groupe": ("partenariat:liste", "Voir le partenariat"),
}


def ways_out(
    case: Case,
    verdict: Verdict,
    role: str,
    *,
    places: Mapping[str, tuple[str, str]],
    who: Mapping[str, str],
) -> tuple[Way, ...]:
    """Return the smallest ways to open an incomplete exchange, each decided by the law; else none.

    `places` ties a fact to an anchor of the page, `who` renames those who can lift what lacks.
    """
    return tuple(
        Way(tuple(_step(one, role, places, who) for one in found.repairs))
        for found in repairs(case, verdict)[:MOST]
    )


def _step(repair: Repair, role: str, places: Mapping[str, tuple[str, str]], who: Mapping[str, str]) -> Step:
    fact = catalogue.fact_label(repair.chemin)
    return Step(
        text=fact[0].upper() + fact[1:],
        proof=repair.document,
        who=who.get(repair.leve_par, repair.qui),
        place=_place(repair, role, places),
    )


def _place(repair: Repair, role: str, places: Mapping[str, tuple[str, str]]) -> str:
    """The link to where it is done: on this page, or on a page that this role may open."""
    if repair.chemin in places:
        return format_html('<a class="back" href="{}">{}</a>', *places[repair.chemin])
    view, text = SCREENS.get(repair.ecran, ("", ""))
    rule = rule_table().get(view)
    if rule is None or not rule.admits(role):
        return ""
    return format_html('<a class="back" href="{}">{}</a>', reverse(view), text)
