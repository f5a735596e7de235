"""Training on real law: the set of cases of a partnership, one's own progress, the module of a post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.db.transaction import atomic

from maillage.base import clock
from maillage.conventions.errors import BadAnswer, NotNow, NotYours
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import SIGNERS, must_sign
from maillage.directory.actions import validate_module
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.directory.queries import active_on
from maillage.equipes.arrivee import cards_left
from maillage.equipes.formation_cas import CasJuge, cases_of
from maillage.equipes.models import CasCompris
from maillage.law.codes import TITRES

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

# Those who answer for the training of a team: they read which functions have done the module.
TRAINERS = frozenset({Role.CHEF_DE_SERVICE, Role.DIRECTION})


@dataclass(frozen=True)
class Pas:
    """One case of one's own set: understood on a day, to take again since the law here changed, or to do."""

    cas: CasJuge
    compris_le: date | None
    change: bool


@dataclass(frozen=True)
class Parcours:
    """One's own set: its cases in order, and the day the module of one's post was done."""

    pas: Sequence[Pas]
    module_le: date | None

    @property
    def compris(self) -> int:
        """Return how many cases are understood as the law answers today."""
        return sum(one.compris_le is not None for one in self.pas)

    def after(self, code: str = "") -> Pas | None:
        """Return the next case to do after this one, coming round again; None when all are understood."""
        codes = [one.cas.code for one in self.pas]
        start = codes.index(code) + 1 if code in codes else 0
        turned = [*self.pas[start:], *self.pas[:start]]
        return next((one for one in turned if one.compris_le is None), None)


@dataclass(frozen=True)
class Reponse:
    """What comes back after an answer: the case, whether it was the law's, whether the module is now done."""

    cas: CasJuge
    juste: bool
    fini: bool


def parcours(acteur: Acteur, partenariat: Partenariat) -> Parcours:
    """Return one's own set and progress; nobody else reads it. Raises NotYours outside the two trades."""
    _require_learner(acteur, partenariat)
    found = cases_of(partenariat, clock.today(), acteur.poste)
    rows = CasCompris.objects.filter(poste=acteur.poste, partenariat=partenariat)
    known = {row.cas: row for row in rows}
    return Parcours([_pas(one, known.get(one.code)) for one in found], _module(acteur))


def case_of(acteur: Acteur, partenariat: Partenariat, code: str) -> CasJuge:
    """Return one case of one's set. Raises NotYours when there is none of that code here."""
    _require_learner(acteur, partenariat)
    found = cases_of(partenariat, clock.today(), acteur.poste)
    case = next((one for one in found if one.code == code), None)
    if case is None:
        raise NotYours
    return case


@atomic
def answer_case(*, by: Acteur, partenariat: Partenariat, code: str, choix: str) -> Reponse:
    """Compare an answer with the law's; keep the case when it is the same, and nothing otherwise.

    When every case of the set is understood, the module of the post is done that day, and the ledger
    says so; a single case leaves no line. Raises NotYours, BadAnswer (not one of the five outcomes),
    NotNow (a newcomer who has cards of arrival to read first).
    """
    waiting = cards_left(by)
    if waiting is not None:
        raise NotNow(f"Lisez d'abord les cartes de votre parcours d'arrivée, {waiting.nom}.")
    if choix not in TITRES:
        raise BadAnswer("choix", "Choisissez une des cinq réponses.")
    case = case_of(by, partenariat, code)
    if choix != case.issue:
        return Reponse(case, juste=False, fini=False)
    CasCompris.objects.update_or_create(
        poste=by.poste,
        partenariat=partenariat,
        cas=code,
        defaults={"issue": case.issue, "le": clock.today()},
    )
    fini = parcours(by, partenariat).after() is None and validate_module(by=by.poste)
    return Reponse(case, juste=True, fini=fini)


def modules_by_function(acteur: Acteur) -> Sequence[tuple[str, int, int]]:
    """Return (function, modules done, people) for one's own service today; never who, never how.

    For its head and its direction. Raises NotYours for anyone else.
    """
    if acteur.role not in TRAINERS:
        raise NotYours
    rows = (
        Poste.objects.filter(active_on(clock.today()), service=acteur.service, role__in=SIGNERS)
        .values("role")
        .annotate(faits=Count("pk", filter=Q(module_valide_le__isnull=False)), total=Count("pk"))
    )
    counted = {row["role"]: (row["faits"], row["total"]) for row in rows}
    return [(str(role.label), *counted[role]) for role in Role if role in counted]


def _pas(case: CasJuge, row: CasCompris | None) -> Pas:
    if row is None or row.issue != case.issue:
        return Pas(case, None, change=row is not None)
    return Pas(case, row.le, change=False)


def _module(acteur: Acteur) -> date | None:
    return Poste.objects.values_list("module_valide_le", flat=True).get(pk=acteur.poste.pk)


def _require_learner(acteur: Acteur, partenariat: Partenariat) -> None:
    if partenariat.pk not in acteur.partenariat_ids or not must_sign(acteur.poste):
        raise NotYours
