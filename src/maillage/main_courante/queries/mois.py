"""A month of the team, and one's own months: the first is everyone's, the second its owner's alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import TruncMonth

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.comptes.acteur import Acteur
from maillage.main_courante.enums import Liste
from maillage.main_courante.models import Note, Sortie
from maillage.main_courante.queries.listes import listes_of
from maillage.main_courante.queries.passages import standing
from maillage.main_courante.vocabulaire import RIEN_A_SIGNALER, Listes

NOTHING = "rien"


@dataclass(frozen=True)
class TeamMonth:
    """What a team did in a period: outings, passages, where the calls came from, what followed."""

    sorties: int
    passages: int
    calmes: int
    origines: Sequence[tuple[str, int]]
    familles: Sequence[tuple[str, int]]
    suites: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class OwnMonth:
    """One month of one professional, for themselves: outings, passages, what followed."""

    mois: date
    sorties: int
    passages: int
    suites: Sequence[tuple[str, int]]


@transaction.atomic
def team_month(acteur: Acteur, since: date, until: date) -> TeamMonth:
    """Return the period of the service, both days included; one ledger line, nobody told apart."""
    notes = standing(Note.objects.filter(service=acteur.service, jour__gte=since, jour__lte=until))
    rows = list(notes.values_list("categorie", "origine", "suites"))
    listes = listes_of(acteur.service)
    told = [row for row in rows if row[0] != RIEN_A_SIGNALER]
    _trace(acteur, Acte.LECTURE, "mois")
    return TeamMonth(
        sorties=Sortie.objects.filter(service=acteur.service, jour__gte=since, jour__lte=until).count(),
        passages=len(rows),
        calmes=len(rows) - len(told),
        origines=_ranked(listes.label(Liste.ORIGINE, origin) for _, origin, _ in rows),
        familles=_ranked(listes.family(category) for category, _, _ in told),
        suites=_followed(listes, (suites for _, _, suites in rows)),
    )


@transaction.atomic
def portfolio(acteur: Acteur, *, acte: Acte = Acte.LECTURE) -> list[OwnMonth]:
    """Return the reader's own months, newest first, whatever the post they held in their service.

    Only its owner may ask: the reader is the owner, there is no other way in. One ledger line, of
    `acte` (reading or export).
    """
    me = acteur.professionnel_id
    notes = standing(Note.objects.filter(service=acteur.service, poste__professionnel=me))
    outings = dict(
        Sortie.objects.filter(service=acteur.service, equipage__professionnel=me)
        .order_by()
        .values_list(TruncMonth("jour"))
        .annotate(times=Count("pk", distinct=True))
    )
    followed: dict[date, list[list[str]]] = {}
    for jour, suites in notes.values_list("jour", "suites"):
        followed.setdefault(jour.replace(day=1), []).append(suites)
    listes = listes_of(acteur.service)
    _trace(acteur, acte, "portfolio")
    return [
        OwnMonth(
            month,
            outings.get(month, 0),
            len(followed.get(month, [])),
            _followed(listes, followed.get(month, [])),
        )
        for month in sorted({*outings, *followed}, reverse=True)
    ]


def _followed(listes: Listes, suites: Iterable[Sequence[str]]) -> list[tuple[str, int]]:
    return _ranked(listes.label(Liste.SUITE, code) for codes in suites for code in codes if code != NOTHING)


def _ranked(labels: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(labels).items(), key=lambda pair: (-pair[1], pair[0]))


def _trace(acteur: Acteur, acte: Acte, genre: str) -> None:
    record(chaine=acteur.service.pk, acte=acte, acteur=acteur.professionnel_id, objet_genre=genre)
