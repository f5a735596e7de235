"""The facts of a year, from live data: each figure, and the rows behind it. Nobody stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Q

from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.conventions.enums import EtatProposition
from maillage.conventions.models import ClauseProposee, Partenariat, PropositionLecture, SignatureCharte
from maillage.conventions.queries import members, tally
from maillage.conventions.regles import regles
from maillage.diagnostics.models import Diagnostic
from maillage.directory.models import Poste, Service
from maillage.documents.content import Table
from maillage.main_courante.models import Sortie
from maillage.main_courante.queries.comptes import Compte, Key, standing_counts
from maillage.operations.replica import Counted, counted
from maillage.projets.models import Projet
from maillage.projets.queries import projects_between
from maillage.reunions.enums import OPEN_DECISIONS
from maillage.reunions.models import Decision, ReportReunion, Reunion
from maillage.reunions.queries import meetings_held
from maillage.sharing.openings import midnight

DAY = timedelta(days=1)
ALONE = ("tensions pour la médiation seule", "tensions pour la prévention seule")
# A number of notes is told to the ten: exact, it could be set against another period's.
ROUND = 10


@dataclass(frozen=True)
class Dehors:
    """What members wrote, by service, category and place, and how many outings each closed."""

    notes: Mapping[Key, Compte]
    sorties: Mapping[UUID, int]


@dataclass(frozen=True)
class Periode:
    """Twelve whole months of a partnership, both days included.

    `standby`: for a screen, what was done outside may be counted on the standby.
    """

    partenariat: Partenariat
    debut: date
    fin: date
    standby: bool = False

    @cached_property
    def services(self) -> list[Service]:
        """Return the members on its last day."""
        return members(self.partenariat, self.fin)

    @cached_property
    def dehors(self) -> Counted[Dehors]:
        """Return what the members did outside: counted once."""
        ids = [one.pk for one in self.services]
        return counted(lambda using: _outside(ids, self.debut, self.fin, using), standby=self.standby)

    @property
    def notes(self) -> Mapping[Key, Compte]:
        """Return what the members wrote, by service, category and place."""
        return self.dehors.valeur.notes


@dataclass(frozen=True)
class Fait:
    """One figure: the key of the rows behind it, what it counts, what it says."""

    cle: str
    nom: str
    valeur: str


@dataclass(frozen=True)
class Presence:
    """What one service went out for: outings closed, and passages noted, to the ten."""

    service: Service
    sorties: int
    notes: int


def facts_of(periode: Periode) -> list[Fait]:
    """Return the figures of a year that are neither flows nor presence."""
    return [Fait(cle, nom, _said(cle, behind(periode, cle))) for cle, (nom, _) in FAITS.items()]


def behind(periode: Periode, cle: str) -> Table:
    """Return the rows behind a figure. Raises KeyError when there is no such figure."""
    return FAITS[cle][1](periode)


@house_work(HouseWork.COUNTING)
def _outside(services: Sequence[UUID], since: date, until: date, using: str) -> Dehors:
    rows = Sortie.objects.using(using).filter(service__in=services, jour__range=(since, until))
    outings = rows.filter(fin__isnull=False).order_by().values_list("service_id").annotate(n=Count("pk"))
    return Dehors(standing_counts(services, since, until, using=using), dict(outings))


def presence(periode: Periode) -> list[Presence]:
    """Return each member service's year outside."""
    outings = periode.dehors.valeur.sorties
    notes: Counter[UUID] = Counter()
    for (service, _, _), found in periode.notes.items():
        notes[service] += found.notes
    return [
        Presence(one, outings.get(one.pk, 0), ROUND * round(notes[one.pk] / ROUND))
        for one in periode.services
    ]


def expected_meetings(periode: Periode) -> int:
    """Return how many meetings the partnership's rhythm makes in the year."""
    weeks = regles(periode.partenariat, periode.fin).rythme_reunion_semaines
    return ((periode.fin - periode.debut).days + 1) // (7 * weeks)


def _said(cle: str, table: Table) -> str:
    if cle == "formations":
        return str(sum(int(row[-1]) for row in table.rows))
    return str(len(table.rows))


def _meetings(periode: Periode) -> Table:
    rows = meetings_held(periode.partenariat, periode.debut, periode.fin)
    late = ReportReunion.objects.filter(reunion__in=rows).values_list("reunion_id").annotate(n=Count("pk"))
    postponed = dict(late.order_by())
    return Table(
        "Réunions tenues",
        ("Jour", "Laquelle", "Reportée"),
        [(_day_of(row), row.get_genre_display(), _times(postponed.get(row.pk, 0))) for row in rows],
    )


def _decisions(periode: Periode) -> Table:
    rows = Decision.objects.filter(
        partenariat=periode.partenariat,
        prise_le__gte=midnight(periode.debut),
        prise_le__lt=midnight(periode.fin + DAY),
    ).select_related("service", "reunion")
    today = clock.today()
    return Table(
        "Décisions prises en réunion",
        ("Prise le", "Qui en répond", "Pour le", "Où cela en est"),
        [
            (
                f"{row.prise_le.astimezone(clock.PARIS):%d/%m/%Y}",
                row.responsable,
                f"{row.echeance:%d/%m/%Y}",
                "en retard"
                if row.etat in OPEN_DECISIONS and row.echeance < today
                else row.get_etat_display(),
            )
            for row in rows.order_by("prise_le", "pk")
        ],
    )


def _trainings(periode: Periode) -> Table:
    """Charters signed and newcomers' modules passed, all services together: never who."""
    within = (periode.debut, periode.fin)
    charters = SignatureCharte.objects.filter(charte__partenariat=periode.partenariat, le__range=within)
    modules = Poste.objects.filter(service__in=periode.services, module_valide_le__range=within)
    rows = [("Chartes signées", charters.count()), ("Modules d'arrivée validés", modules.count())]
    return Table(
        "Formations et chartes, tous services ensemble",
        ("Quoi", "Combien"),
        [(name, str(many)) for name, many in rows if many],
        numbers=frozenset({1}),
    )


def _projects(periode: Periode) -> Table:
    rows = projects_between(periode.partenariat, periode.debut, periode.fin)
    return Table(
        "Projets au travail",
        ("Projet", "Où", "Où il en est"),
        [(_named(row), str(row.lieu), row.etat.label) for row in rows],
    )


def _diagnostics(periode: Periode) -> Table:
    rows = _seen_together(periode)
    return Table(
        "Diagnostics écrits à deux",
        ("Diagnostic", "Mois", "Éditions"),
        [(row.titre, f"{row.debut:%m/%Y} à {row.fin:%m/%Y}", str(row.editions.count())) for row in rows],
    )


def _disagreements(periode: Periode) -> Table:
    rows = [*_seen_otherwise(periode), *_opposed_clauses(periode), *_set_aside(periode)]
    return Table("Désaccords", ("Sur quoi", "Lequel"), rows)


def _seen_together(periode: Periode) -> Sequence[Diagnostic]:
    rows = Diagnostic.objects.filter(
        partenariat=periode.partenariat, debut__gte=periode.debut, fin__lte=periode.fin
    )
    return list(rows.order_by("debut").prefetch_related("editions"))


def _seen_otherwise(periode: Periode) -> list[tuple[str, str]]:
    return [
        (f"{place['nom']}, {row.titre}", place["accord"])
        for row in _seen_together(periode)
        for place in row.figures["lieux"]
        if place["accord"] in ALONE
    ]


def _opposed_clauses(periode: Periode) -> list[tuple[str, str]]:
    """Clauses that one trade carries and the other does not want."""
    rows = ClauseProposee.objects.filter(
        convention__partenariat=periode.partenariat,
        proposee_le__gte=midnight(periode.debut),
        proposee_le__lt=midnight(periode.fin + DAY),
        retiree_le=None,
    ).prefetch_related("votes", "redactions")
    found = []
    for row in rows.order_by("proposee_le", "pk"):
        sides = [yes - no for yes, no in tally(row).values()]
        if min(sides) < 0 < max(sides):
            titre = next((one.titre for one in row.redactions.all() if one.numero == row.redaction), "")
            found.append((f"Clause « {titre} »", "un métier la porte, l'autre n'en veut pas"))
    return found


def _set_aside(periode: Periode) -> list[tuple[str, str]]:
    rows = PropositionLecture.objects.filter(
        Q(close_le__gte=midnight(periode.debut), close_le__lt=midnight(periode.fin + DAY)),
        partenariat=periode.partenariat,
        etat=EtatProposition.ECARTEE,
    )
    return [
        (f"Lecture de {row.question}", "proposée, puis écartée") for row in rows.order_by("close_le", "pk")
    ]


def _day_of(row: Reunion) -> str:
    return f"{row.le.astimezone(clock.PARIS):%d/%m/%Y}"


def _times(many: int) -> str:
    return f"{many} fois" if many else ""


def _named(row: Projet) -> str:
    return f"{row.get_genre_display()} : {row.titre}"


FAITS: Mapping[str, tuple[str, Callable[[Periode], Table]]] = {
    "reunions": ("Réunions tenues", _meetings),
    "decisions": ("Décisions prises", _decisions),
    "formations": ("Formations et chartes signées", _trainings),
    "projets": ("Projets au travail", _projects),
    "diagnostics": ("Diagnostics écrits à deux", _diagnostics),
    "desaccords": ("Désaccords", _disagreements),
}
