"""What each of the six partnerships of the demo is, does and may do, read from the database and the law.

Nothing here is told from memory: the counts are the rows', the reasons are the engine's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from maillage.base.wall import HouseWork, house_work
from maillage.conventions.models import Partenariat, RedactionClause
from maillage.conventions.queries import convention_in_force, members
from maillage.conventions.travail import PREFIX
from maillage.directory.enums import GenreTerritoire
from maillage.directory.models import Effectif, Financement, Poste, Service, Titre
from maillage.directory.queries import active_on
from maillage.etude.enums import Ville
from maillage.etude.queries import Part
from maillage.law.decision import decide
from maillage.law.nearest import nearest
from maillage.law.plain import plain
from maillage.law.wire import parse_case
from maillage.main_courante.models import MessageDeLieu
from maillage.orientations.models import Retour
from maillage.projets.models import Projet
from maillage.reunions.enums import EtatReunion
from maillage.reunions.models import Reunion
from maillage.web.etude.presentation import share
from maillage.web.partenariat.reading import ClauseLine, ReadingLine, clause_lines, reading_lines
from maillage.web.partenariat.samples import Answer, Bench, Effect, SampleCase

YEAR = timedelta(days=365)
INVENTED = "(inventé)"
OPEN = frozenset({"permis", "obligatoire"})


@dataclass(frozen=True)
class Reason:
    """One everyday exchange: the answer, why in French, and the writings without which it would differ."""

    answer: Answer
    pourquoi: Sequence[str]
    grace_a: Sequence[str]

    @property
    def lignes(self) -> Sequence[str]:
        """Return what to read under the answer: what lacks or forbids, or the text; then what it rests on."""
        thanks = [f"Tient à : {', '.join(self.grace_a)}"] if self.grace_a else []
        told = self.answer.issue in OPEN and bool(thanks)
        return [*(() if told else self.pourquoi), *thanks]


@dataclass(frozen=True)
class Team:
    """One service: its posts by function as the demo staffs it, those that we added, its titles.

    `dit` is what the study says of its posts when it gives a range; empty when it counts them. `payeurs`
    are its funders, each with the share that the study gives.
    """

    service: Service
    fonctions: Mapping[str, int]
    ajoutes: int
    titres: Sequence[Titre]
    dit: str = ""
    payeurs: Sequence[str] = ()

    @property
    def total(self) -> int:
        """Return how many posts come from the study."""
        return sum(self.fonctions.values())


@dataclass(frozen=True)
class Lived:
    """A year of the partnership, counted: news of places by sender, returns, meetings by kind, projects.

    `organise` are the clauses of the signed convention that establish no fact of the law; None without one.
    """

    nouvelles: Mapping[str, int]
    retours: int
    rencontres: Mapping[str, int]
    projets: Sequence[Projet]
    organise: Sequence[str] | None


@dataclass(frozen=True)
class Standing:
    """What a partnership may do today and why: its clauses, the readings it adopted, five exchanges."""

    clauses: Sequence[ClauseLine]
    lectures: Sequence[ReadingLine]
    raisons: Sequence[Reason]

    @property
    def ecrits(self) -> int:
        """Count what is written: clauses in force and readings adopted."""
        return len(self.clauses) + len(self.lectures)


def partnership_of(ville: Ville) -> Partenariat | None:
    """Return the partnership that stands on a city's ground; None where the demo was not loaded."""
    rows = Partenariat.objects.filter(
        territoires__genre=GenreTerritoire.COMMUNE, territoires__code=ville.insee
    )
    return rows.order_by("code").first()


def teams_of(partenariat: Partenariat, on: date) -> list[Team]:
    """Return both trades' services with their posts, those the study counts apart from ours."""
    found = []
    for service in members(partenariat, on):
        labels = list(Poste.objects.filter(service=service).values_list("intitule", flat=True))
        counted = [label for label in labels if not label.endswith(INVENTED)]
        found.append(
            Team(
                service,
                dict(sorted(Counter(counted).items(), key=lambda one: (-one[1], one[0]))),
                len(labels) - len(counted),
                list(Titre.objects.filter(active_on(on), service=service)),
                _range(service),
                _funders(service),
            )
        )
    return found


def _range(service: Service) -> str:
    row = Effectif.objects.filter(service=service, nombre_max__isnull=False).order_by("rang").first()
    if row is None:
        return ""
    return f"l'étude dit : {row.fonction}, de {row.nombre} à {row.nombre_max} ; le nombre ici est inventé"


def _funders(service: Service) -> list[str]:
    """Return each funder, with its share where the study gives it; said once when it gives none."""
    rows = Financement.objects.filter(service=service).order_by("rang", "pk")
    parts = [Part(row.financeur, row.part, row.montant, row.environ) for row in rows]
    if not any(part.pourcentage or part.montant for part in parts):
        return [*(part.financeur for part in parts), *(["parts non données"] if parts else [])]
    return [f"{part.financeur} : {share(part)}" for part in parts]


@house_work(HouseWork.COUNTING)
def lived(partenariat: Partenariat, on: date) -> Lived:
    """Count the partnership's last year."""
    since = on - YEAR
    news = MessageDeLieu.objects.filter(partenariat=partenariat, envoye_le__date__gt=since)
    held = Reunion.objects.filter(partenariat=partenariat, etat=EtatReunion.TENUE, le__date__gt=since)
    return Lived(
        nouvelles=_counts(news, "service_emetteur__nom_court"),
        retours=Retour.objects.filter(orientation__partenariat=partenariat).count(),
        rencontres={
            str(Reunion(genre=kind).get_genre_display()): n for kind, n in _counts(held, "genre").items()
        },
        projets=list(
            Projet.objects.filter(partenariat=partenariat)
            .select_related("lieu")
            .prefetch_related("signatures")
            .order_by("debut", "titre")
        ),
        organise=_organised(partenariat, on),
    )


def standing(partenariat: Partenariat, on: date) -> Standing:
    """Ask the law what the partnership may do, what it rests on, and what stops the rest."""
    bench = Bench(partenariat, on)
    lines = clause_lines(partenariat, on, bench)
    clauses = [line for line in lines if line.in_force and line.regle is None]
    lectures = [line for line in reading_lines(partenariat, on, bench) if line.adopted is not None]
    thanks = _thanks(clauses, lectures)
    return Standing(clauses, lectures, [_reason(case, thanks) for case in bench.cases])


def _organised(partenariat: Partenariat, on: date) -> Sequence[str] | None:
    signed = convention_in_force(partenariat, on)
    if signed is None:
        return None
    organises = Q(fait="") | Q(fait__startswith=PREFIX)
    worded = RedactionClause.objects.filter(organises, clause__convention=signed)
    return sorted(set(worded.values_list("titre", flat=True)))


def _counts(rows: object, by: str) -> dict[str, int]:
    counted = rows.values_list(by).annotate(n=Count("pk")).order_by(by)  # type: ignore[attr-defined]
    return dict(counted)


def _thanks(clauses: Iterable[ClauseLine], lectures: Iterable[ReadingLine]) -> dict[str, list[str]]:
    """Return, for each exchange, the clauses and readings without which its answer would be another."""
    found: dict[str, list[str]] = {}
    named: list[tuple[str, Effect | None]] = [(f"« {one.clause.titre} »", one.effect) for one in clauses]
    named += [(f"la lecture {one.question.code}", one.effect) for one in lectures]
    for name, effect in named:
        for today, _ in effect.changed if effect else ():
            found.setdefault(today.titre, []).append(name)
    return found


def _reason(case: SampleCase, thanks: Mapping[str, list[str]]) -> Reason:
    parsed = parse_case(dict(case.cas))
    verdict = decide(parsed, with_questions=False)
    said = plain(verdict)
    if verdict.issue in OPEN:
        why = [rule.article for rule in said.details[:1]] or [said.phrase]
    elif said.manques:
        why = [f"{lack.phrase} ({lack.qui})" for lack in said.manques]
    else:
        why = [miss.empeche for miss in nearest(parsed)[:1]] or [said.phrase]
    title = case.sample.titre
    return Reason(Answer(title, verdict.issue), why, thanks.get(title, []))
