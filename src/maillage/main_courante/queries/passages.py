"""Where to pass tonight, and what past rounds brought: computed simply, said in one sentence.

A place stands out by comparison with its own habit, never with another place, and for calm as for
trouble. Figures are those of the reader's own service.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.comptes.acteur import Acteur
from maillage.directory.models import Lieu
from maillage.main_courante.enums import Liste, Reponse
from maillage.main_courante.gestes import Geste
from maillage.main_courante.models import Consigne, MessageDeLieu, Note, ReponseMessage, Signalement
from maillage.main_courante.queries.listes import listes_of
from maillage.main_courante.vocabulaire import CALME, RIEN_A_SIGNALER

WEEKS = 3
RECENT = timedelta(weeks=WEEKS)
# The habit is what the same three weeks held on average over the twelve weeks before.
PERIODS_BEFORE = 4
# Under five notes, chance alone makes a place look unusual.
ENOUGH = 5
TWICE = 2
FRUIT = timedelta(days=30)
SHOWN = 5


@dataclass(frozen=True)
class Detour:
    """A place that differs from its habit, and the sentence that says how."""

    lieu: Lieu
    pourquoi: str
    monte: bool


@dataclass(frozen=True)
class Fruit:
    """One thing that passages brought: what kind, said in one sentence, on which day."""

    genre: str
    phrase: str
    le: date


def standing(rows: QuerySet[Note]) -> QuerySet[Note]:
    """Keep the notes that nothing corrected or withdrew."""
    return rows.filter(annule=False).exclude(Exists(Note.objects.filter(corrige=OuterRef("pk"))))


@transaction.atomic
def unusual_places(acteur: Acteur, on: date, creneau: str = "") -> list[Detour]:
    """Return the places that differ from their habit in this slot (any slot without one), rises first.

    What is compared: notes of the service at the place in the last three weeks, and the average of
    three weeks over the twelve before; passages with nothing to report do not count. A rise is twice
    the habit and at least five notes; a calm is half of a habit of at least five. One ledger line.
    """
    rows = Note.objects.filter(service=acteur.service)
    if creneau:
        rows = rows.filter(creneau=creneau)
    slot = listes_of(acteur.service).label(Liste.CRENEAU, creneau) if creneau else ""
    at = f", {slot.split(',')[0].lower()}" if slot else ""
    found = _unusual(rows, on, at)
    _trace(acteur, "lieu")
    return found[:SHOWN]


@house_work(HouseWork.COUNTING)
def places_of_services(services: Collection[UUID], on: date) -> list[Detour]:
    """Return every place that differs from its habit, notes of these services together, rises first.

    What a meeting talks about: a number of notes by place, of all services at once, by no service and
    no agent.
    """
    return _unusual(Note.objects.filter(service__in=services), on, "")


def _unusual(rows: QuerySet[Note], on: date, at: str) -> list[Detour]:
    """Compare the recent notes of these rows with their habit; `at` ends each sentence."""
    recent, before = _counts(rows, on)
    found: list[tuple[float, Detour]] = []
    places = Lieu.objects.select_related("territoire").in_bulk([*recent, *before])
    for pk, place in places.items():
        now, usual = recent.get(pk, 0), before.get(pk, 0) / PERIODS_BEFORE
        if now >= ENOUGH and now >= TWICE * usual:
            said = f"{now} notes en {WEEKS} semaines, {_usual(usual)}{at}"
            found.append((now - usual, Detour(place, said, monte=True)))
        elif usual >= ENOUGH and now <= usual / TWICE:
            said = f"Plus calme : {_notes(now)} en {WEEKS} semaines, {_usual(usual)}{at}"
            found.append((usual - now, Detour(place, said, monte=False)))
    found.sort(key=lambda pair: (not pair[1].monte, -pair[0], pair[1].lieu.nom))
    return [detour for _, detour in found]


@transaction.atomic
def fruits(acteur: Acteur, since: date | None = None, until: date | None = None) -> list[Fruit]:
    """Return what the service's passages brought in a period (thirty days without one), newest first.

    A thing repaired after a technical watch, a partner team that went where it was told, a place that
    calmed down. One ledger line.
    """
    last = until or clock.today()
    first = since or last - FRUIT
    found = [*_repaired(acteur, first, last), *_visited(acteur, first, last), *_calmer(acteur, last)]
    _trace(acteur, "passage")
    return sorted(found, key=lambda fruit: (fruit.le, fruit.phrase), reverse=True)


@transaction.atomic
def places_asked(acteur: Acteur) -> list[Detour]:
    """Return where a consigne that holds asks to pass tonight, oldest first: a visit, a neighbourhood feast.

    One ledger line. Who asked for the visit is said when someone outside the team did.
    """
    rows = (
        Consigne.objects.filter(
            service=acteur.service,
            geste__in=(Geste.PASSER, Geste.FETE),
            levee_le__isnull=True,
            jusquau__gte=clock.today(),
        )
        .select_related("lieu__territoire", "demande__demandeur", "demande__guichet")
        .order_by("creee_le", "pk")
    )
    _trace(acteur, "lieu")
    return [Detour(row.lieu, _asked_by(row), monte=True) for row in rows[:SHOWN]]


def _asked_by(row: Consigne) -> str:
    if row.geste == Geste.FETE:
        return Geste.FETE.label
    demande = getattr(row, "demande", None)
    if demande is None:
        return "Visite demandée par l'équipe précédente"
    return f"Visite demandée : {demande.guichet or demande.demandeur}"


def _counts(kept: QuerySet[Note], on: date) -> tuple[dict[UUID, int], dict[UUID, int]]:
    edge, first = on - RECENT, on - RECENT * (PERIODS_BEFORE + 1)
    rows = standing(kept.filter(jour__gt=first, jour__lte=on)).exclude(categorie=RIEN_A_SIGNALER)
    counted = (
        rows.order_by()
        .values("lieu")
        .annotate(recent=Count("pk", filter=Q(jour__gt=edge)), before=Count("pk", filter=Q(jour__lte=edge)))
    )
    lines = list(counted)
    return (
        {row["lieu"]: row["recent"] for row in lines if row["recent"]},
        {row["lieu"]: row["before"] for row in lines if row["before"]},
    )


def _repaired(acteur: Acteur, first: date, last: date) -> Iterable[Fruit]:
    words = listes_of(acteur.service)
    rows = Signalement.objects.filter(
        service=acteur.service, repare_le__date__gte=first, repare_le__date__lte=last
    ).select_related("lieu", "guichet")
    for row in rows:
        assert row.repare_le is not None
        what = words.label(Liste.CATEGORIE, row.categorie)
        day = row.repare_le.astimezone(clock.PARIS).date()
        yield Fruit("repare", f"{row.lieu} : {what.lower()}, réparé par {row.guichet}.", day)


def _visited(acteur: Acteur, first: date, last: date) -> Iterable[Fruit]:
    went = ReponseMessage.objects.filter(message=OuterRef("pk"), reponse=Reponse.ON_PASSE)
    rows = MessageDeLieu.objects.filter(
        Exists(went),
        service_emetteur=acteur.service,
        partenariat__in=acteur.partenariat_ids,
        envoye_le__date__gte=first,
        envoye_le__date__lte=last,
    ).select_related("lieu", "service_destinataire")
    told: dict[tuple[str, str], list[date]] = {}
    for row in rows:
        day = row.envoye_le.astimezone(clock.PARIS).date()
        told.setdefault((str(row.lieu), str(row.service_destinataire)), []).append(day)
    for (place, team), days in told.items():
        times = f", {len(days)} fois" if len(days) > 1 else ""
        yield Fruit("passage", f"{place} : {team} a répondu « on passe »{times}.", max(days))


def _calmer(acteur: Acteur, last: date) -> Iterable[Fruit]:
    """Compare tense notes of the last three weeks with those of the three weeks before."""
    edge, first = last - RECENT, last - 2 * RECENT
    rows = (
        standing(Note.objects.filter(service=acteur.service, jour__gt=first, jour__lte=last))
        .exclude(ambiance=CALME)
        .order_by()
        .values("lieu__nom")
        .annotate(now=Count("pk", filter=Q(jour__gt=edge)), before=Count("pk", filter=Q(jour__lte=edge)))
    )
    for row in rows:
        if row["before"] >= ENOUGH and row["now"] * TWICE <= row["before"]:
            said = f"{row['lieu__nom']} : plus calme, {row['now']} tensions notées contre {row['before']}"
            yield Fruit("calme", f"{said} les trois semaines d'avant.", last)


def _usual(usual: float) -> str:
    return f"{round(usual)} d'ordinaire" if usual >= 1 else "presque aucune d'ordinaire"


def _notes(count: int) -> str:
    return "aucune note" if not count else f"{count} note" + ("s" if count > 1 else "")


def _trace(acteur: Acteur, genre: str) -> None:
    record(chaine=acteur.service.pk, acte=Acte.LISTE, acteur=acteur.professionnel_id, objet_genre=genre)
