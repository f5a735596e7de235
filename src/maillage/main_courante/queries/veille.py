"""Technical watch as the team reads it, and as a desk reads it by its link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.directory.models import Lieu
from maillage.main_courante.enums import Liste
from maillage.main_courante.models import Guichet, Note, Signalement
from maillage.main_courante.queries.listes import listes_of
from maillage.main_courante.queries.passages import standing
from maillage.main_courante.vocabulaire import TECHNIQUE, Entree

STILL_TO_TELL = timedelta(days=14)
PAGE = 50
WAITING = 500
REPAIRED = 20


@dataclass(frozen=True)
class ToTell:
    """A technical note that no desk was told of; `guichet` is the desk that repairs such a thing there."""

    note: UUID
    lieu: Lieu
    categorie: str
    jour: date
    guichet: Guichet | None


@dataclass(frozen=True)
class Told:
    """A report as the team reads it; `ouvert` while its link opens."""

    id: UUID
    lieu: Lieu
    categorie: str
    jour: date
    guichet: str
    etat: str
    etat_libelle: str
    recu_le: datetime | None
    prevu_le: date | None
    repare_le: datetime | None
    relance_le: datetime | None
    ouvert: bool


@dataclass(frozen=True)
class DeskView:
    """Everything a link shows: a place, a thing, a day, where it stands. Never a text nor a person."""

    service: str
    guichet: str
    lieu: str
    quartier: str
    categorie: str
    jour: date
    etat: str
    etat_libelle: str
    prevu_le: date | None


@transaction.atomic
def defects_to_tell(acteur: Acteur) -> list[ToTell]:
    """Return the technical notes of two weeks that nobody told to a desk, newest first; one ledger line."""
    listes = listes_of(acteur.service)
    codes = [entry.code for entry in technical_entries(acteur)]
    desks = desks_of(acteur, actifs=True)
    rows = (
        standing(
            Note.objects.filter(
                service=acteur.service,
                categorie__in=codes,
                jour__gte=clock.today() - STILL_TO_TELL,
                signalement__isnull=True,
            )
        )
        .select_related("lieu__territoire")
        .order_by("-observee_le", "-pk")[:PAGE]
    )
    found = [
        ToTell(
            row.pk,
            row.lieu,
            listes.label(Liste.CATEGORIE, row.categorie),
            row.jour,
            right_desk(desks, row.lieu, row.categorie),
        )
        for row in rows
    ]
    _trace(acteur)
    return found


@transaction.atomic
def defects_told(acteur: Acteur) -> list[Told]:
    """Return the service's reports: those that wait, newest first, then the last repaired; one ledger line.

    A report that waits never leaves the list because newer ones came, up to `WAITING`.
    """
    listes, now = listes_of(acteur.service), clock.now()
    kept = Signalement.objects.filter(service=acteur.service).select_related("lieu__territoire", "guichet")
    waiting = kept.filter(repare_le__isnull=True).order_by("-envoye_le", "-pk")[:WAITING]
    repaired = kept.filter(repare_le__isnull=False).order_by("-repare_le", "-pk")[:REPAIRED]
    found = [
        Told(
            id=row.pk,
            lieu=row.lieu,
            categorie=listes.label(Liste.CATEGORIE, row.categorie),
            jour=row.jour,
            guichet=str(row.guichet),
            etat=row.etat.value,
            etat_libelle=str(row.etat.label),
            recu_le=row.recu_le,
            prevu_le=row.prevu_le,
            repare_le=row.repare_le,
            relance_le=row.relance_le,
            ouvert=row.revoque_le is None and row.expire_le > now,
        )
        for row in (*waiting, *repaired)
    ]
    _trace(acteur)
    return found


def desk_view(signalement: Signalement) -> DeskView:
    """Return what the link of a report shows."""
    listes = listes_of(signalement.service)
    return DeskView(
        service=str(signalement.service),
        guichet=str(signalement.guichet),
        lieu=str(signalement.lieu),
        quartier=str(signalement.lieu.territoire),
        categorie=listes.label(Liste.CATEGORIE, signalement.categorie),
        jour=signalement.jour,
        etat=signalement.etat.value,
        etat_libelle=str(signalement.etat.label),
        prevu_le=signalement.prevu_le,
    )


def desks_of(acteur: Acteur, *, actifs: bool = False) -> list[Guichet]:
    """Return the desks the service knows with their places, by name; only those in use when `actifs`."""
    rows = Guichet.objects.filter(service=acteur.service).prefetch_related("lieux")
    return list(rows.filter(actif=True) if actifs else rows)


def technical_entries(acteur: Acteur) -> list[Entree]:
    """Return the technical categories of the service, switched-off ones included."""
    listes = listes_of(acteur.service)
    return [
        entry for entry in listes.entries(Liste.CATEGORIE, all_entries=True) if entry.famille == TECHNIQUE
    ]


def right_desk(desks: Sequence[Guichet], lieu: Lieu, categorie: str) -> Guichet | None:
    """Return the desk that repairs this thing at this place: the most precise one, None when none.

    A desk that names the place comes before one that repairs its kind of places; then one that names the
    thing, then the kind; among equals the first by name.
    """
    able = [
        desk
        for desk in desks
        if (not desk.categories or categorie in desk.categories) and _looks_after(desk, lieu)
    ]
    return min(
        able,
        key=lambda desk: (not desk.lieux.all(), not desk.categories, not desk.genres, desk.nom),
        default=None,
    )


def _looks_after(desk: Guichet, lieu: Lieu) -> bool:
    named = desk.lieux.all()
    return lieu in named if named else not desk.genres or lieu.genre in desk.genres


def _trace(acteur: Acteur) -> None:
    record(
        chaine=acteur.service.pk, acte=Acte.LISTE, acteur=acteur.professionnel_id, objet_genre="signalement"
    )
