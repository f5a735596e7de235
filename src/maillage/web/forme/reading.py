"""The form's page as plain values: history, clauses and titles with what each makes possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maillage.comptes.acteur import Acteur
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import SIGNING_CAMPS, camp_of, members
from maillage.directory.enums import Metier
from maillage.directory.models import Titre
from maillage.directory.queries import in_force
from maillage.web.partenariat.samples import Bench, Effect

# What no form, clause nor title changes (law, section 11): plain words for the screen.
NEVER = (
    "Le secret : seule la loi l'impose et le lève (CP 226-14).",
    "La libre adhésion du jeune, et l'accord d'un parent quand il en faut un.",
    "Le strictement nécessaire : on ne dit que ce qu'il faut, à qui en a besoin.",
    "Deux collègues sous une même direction restent des tiers quand leur mission diffère.",
)


@dataclass(frozen=True)
class TitleRow:
    """A title of a prevention service: whether it holds, whose it is, what it opens today."""

    titre: Titre
    state: str
    ours: bool
    effect: Effect | None


def may_write(acteur: Acteur, partenariat: Partenariat) -> bool:
    """Say whether this person writes the form: a direction of one of the two trades."""
    return camp_of(acteur, partenariat) in SIGNING_CAMPS and not acteur.lecture_seule


def has_titles(acteur: Acteur) -> bool:
    """Say whether the person's service is one that a title concerns."""
    return acteur.service.metier == Metier.PREVENTION_SPECIALISEE


def title_rows(acteur: Acteur, partenariat: Partenariat, on: date, bench: Bench) -> Sequence[TitleRow]:
    """Return the titles of the prevention members, the latest first, with what each opens."""
    services = [one for one in members(partenariat, on) if one.metier == Metier.PREVENTION_SPECIALISEE]
    rows = Titre.objects.filter(service__in=services).select_related("service").order_by("-debut", "-pk")
    return [_title_row(acteur, row, on, bench) for row in rows]


def led_by(partenariat: Partenariat, on: date) -> Sequence[str]:
    """Return the structures that carry the members, by name: one alone, or several."""
    return sorted({str(one.structure) for one in members(partenariat, on)})


def _title_row(acteur: Acteur, row: Titre, on: date, bench: Bench) -> TitleRow:
    state = "en cours" if in_force(row, on) else "à venir" if row.debut > on else "terminé"
    effect = bench.without_mission() if state == "en cours" else None
    return TitleRow(row, state, row.service_id == acteur.service.pk, effect)
