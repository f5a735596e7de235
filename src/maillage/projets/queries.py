"""Reading projects: the list, the chain of one project, its money to the cent, before and after."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import NotYours
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.main_courante.models import MessageDeLieu, Note
from maillage.main_courante.queries.passages import standing
from maillage.main_courante.vocabulaire import RIEN_A_SIGNALER
from maillage.projets.enums import INCOME, PosteBudget
from maillage.projets.models import LigneBudget, Projet, Seance

# What led to a project is looked for in the two months before it was proposed.
SIGNALS = timedelta(days=60)
WINDOW = timedelta(weeks=8)
# Under five passages, a rate says more about chance than about the place.
ENOUGH = 5


@dataclass(frozen=True)
class Account:
    """A project's money, in cents: foreseen and moved, in and out; wages come from the hours worked."""

    recettes_prevues: int
    recettes: int
    depenses_prevues: int
    depenses: int
    paie: int

    @property
    def solde(self) -> int:
        """Return what is left, in cents (negative: what is missing)."""
        return self.recettes - self.depenses - self.paie


@dataclass(frozen=True)
class Period:
    """What was seen at the place in a period: passages, and those with something to report.

    `part` is the share of passages with something to report, in percent; None under five passages.
    """

    debut: date
    fin: date
    passages: int
    signales: int

    @property
    def part(self) -> int | None:
        """Return the share, rounded, so that more passages are not read as more trouble."""
        return round(100 * self.signales / self.passages) if self.passages >= ENOUGH else None


@dataclass(frozen=True)
class Signals:
    """The news of the place that the two trades told each other before the project, and passages' notes."""

    nouvelles: int
    notes: int
    depuis: date


def projects_of(acteur: Acteur, partenariat: Partenariat) -> list[Projet]:
    """Return the projects of one of the reader's partnerships, latest first. Raises NotYours."""
    if partenariat.pk not in acteur.partenariat_ids:
        raise NotYours
    return list(_rows(partenariat).order_by("-propose_le", "pk"))


def project_of(acteur: Acteur, projet: UUID) -> Projet:
    """Return a project of one of the reader's partnerships. Raises NotYours."""
    found = (
        Projet.objects.filter(pk=projet, partenariat__in=acteur.partenariat_ids)
        .select_related("partenariat", "lieu__territoire", "propose_par")
        .prefetch_related("signatures__service", "seances__services", "lignes", "soutiens__ligne")
        .first()
    )
    if found is None:
        raise NotYours
    return found


def live_projects(partenariat: Partenariat) -> list[Projet]:
    """Return the projects that are neither ended nor given up, oldest first."""
    return list(_rows(partenariat).filter(fin=None, abandonne_le=None).order_by("propose_le", "pk"))


def projects_between(partenariat: Partenariat, since: date, until: date) -> list[Projet]:
    """Return the projects at work on some day of a period, both days included."""
    rows = _rows(partenariat).filter(Q(fin=None) | Q(fin__gte=since), debut__lte=until)
    return list(rows.order_by("debut", "pk"))


def projects_born_at(lieux: Collection[UUID] | QuerySet[Any], since: date) -> list[Projet]:
    """Return the projects proposed at these places since a day, latest first."""
    start = datetime.combine(since, time.min, tzinfo=clock.PARIS)
    rows = Projet.objects.filter(lieu__in=lieux, propose_le__gte=start, abandonne_le=None)
    return list(rows.select_related("lieu").order_by("-propose_le", "pk"))


def account(lignes: Sequence[LigneBudget], seances: Sequence[Seance]) -> Account:
    """Add up a project's money: integers only, so that the cent is exact."""
    money_in = [one for one in lignes if one.poste in INCOME]
    money_out = [one for one in lignes if one.poste not in INCOME]
    return Account(
        recettes_prevues=sum(one.prevu_centimes for one in money_in),
        recettes=sum(one.realise_centimes for one in money_in),
        depenses_prevues=sum(one.prevu_centimes for one in money_out),
        depenses=sum(one.realise_centimes for one in money_out if one.poste != PosteBudget.PAIE),
        paie=wages(seances) + sum(o.realise_centimes for o in money_out if o.poste == PosteBudget.PAIE),
    )


def wages(seances: Sequence[Seance]) -> int:
    """Return the wages of these days in cents, each day rounded half up to the cent."""
    return sum((one.minutes_travaillees * one.taux_centimes + 30) // 60 for one in seances)


@house_work(HouseWork.COUNTING)
def signals_before(projet: Projet) -> Signals:
    """Count what the two trades said and saw of the place in the two months before."""
    services = [one.pk for one in members(projet.partenariat)]
    since = (projet.propose_le - SIGNALS).astimezone(clock.PARIS).date()
    told = MessageDeLieu.objects.filter(
        partenariat=projet.partenariat,
        lieu=projet.lieu,
        envoye_le__gte=projet.propose_le - SIGNALS,
        envoye_le__lt=projet.propose_le,
    )
    seen = _notes(services, projet.lieu_id, since, projet.propose_le.astimezone(clock.PARIS).date())
    return Signals(told.count(), seen.exclude(categorie=RIEN_A_SIGNALER).count(), since)


@house_work(HouseWork.COUNTING)
def before_and_after(projet: Projet) -> tuple[Period, Period] | None:
    """Compare eight weeks before the work with eight after (less if not over); None before its end."""
    if projet.debut is None or projet.fin is None:
        return None
    services = [one.pk for one in members(projet.partenariat)]
    day = timedelta(days=1)
    last = min(projet.fin + WINDOW, clock.today())
    return (
        _period(services, projet.lieu_id, projet.debut - WINDOW, projet.debut - day),
        _period(services, projet.lieu_id, projet.fin + day, max(last, projet.fin + day)),
    )


def _period(services: list[UUID], lieu: UUID, since: date, until: date) -> Period:
    rows = _notes(services, lieu, since, until)
    return Period(since, until, rows.count(), rows.exclude(categorie=RIEN_A_SIGNALER).count())


def _notes(services: list[UUID], lieu: UUID, since: date, until: date) -> QuerySet[Note]:
    return standing(Note.objects.filter(service__in=services, lieu=lieu, jour__gte=since, jour__lte=until))


def _rows(partenariat: Partenariat) -> QuerySet[Projet]:
    return (
        Projet.objects.filter(partenariat=partenariat)
        .select_related("lieu__territoire", "propose_par")
        .prefetch_related("signatures__service")
    )
