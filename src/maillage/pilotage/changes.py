"""From what one wants to try to changes of columns: each clause and each reading, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from maillage.conventions.enums import Forme
from maillage.conventions.faits import BY_CLAUSE
from maillage.conventions.models import Clause
from maillage.directory.enums import Metier
from maillage.directory.queries import PARTS
from maillage.law import catalogue
from maillage.law.case import rank_of
from maillage.law.facts import FAIT_PAR_CHEMIN, INDICE
from maillage.law.readings.columns import Ranks
from maillage.law.replay import Change, Rows
from maillage.pilotage.recorded import SIDES, Recorded
from maillage.pilotage.scenario import TRADES, Scenario, TriedClause, models

FORM = "forme_partenariat"
SAYS_READING = {"prudente": "lecture prudente", "rapport": "lecture du rapport"}


@dataclass(frozen=True)
class Write:
    """Ranks to write in one fact, on some rows; with `weaker_only`, only over a weaker part."""

    path: str
    rows: Rows
    ranks: Ranks
    weaker_only: bool = False

    def apply(self, columns: Ranks) -> None:
        """Write in the columns."""
        held = columns[INDICE[self.path]]
        rows = self.rows
        if self.weaker_only:
            strength = _strength(self.path)
            rows = rows & (strength[held] < strength[self.ranks])
        held[rows] = self.ranks[rows]


@dataclass(frozen=True)
class Rewrite(Change):
    """A change made of several writings, whose values differ from row to row."""

    writes: Sequence[Write] = ()

    def apply(self, columns: Ranks) -> None:
        """Write everything, in order."""
        for write in self.writes:
            write.apply(columns)


def changes_of(scenario: Scenario, recorded: Recorded) -> list[Change]:
    """Return what the scenario changes, in order; what alters no fact of any exchange is left out."""
    asked = [
        *_of_form(scenario.forme, recorded),
        *_of_withdrawals(scenario.sans, recorded),
        *(_added(clause, recorded) for clause in scenario.clauses),
        *(
            Change(f"{question} : {SAYS_READING[reading]}", {f"lecture.{question}": reading})
            for question, reading in scenario.lectures.items()
        ),
    ]
    columns = recorded.columns.copy()
    kept: list[Change] = []
    for change in asked:
        before = columns.copy()
        change.apply(columns)
        if not np.array_equal(before, columns):
            kept.append(change)
    return kept


def _of_form(forme: str, recorded: Recorded) -> Iterator[Change]:
    """What the form's model clauses put in place of the recorded clauses, where the form was another."""
    if not forme:
        return
    fait = FAIT_PAR_CHEMIN[FORM]
    rows = recorded.columns[INDICE[FORM]] != rank_of(fait, forme)
    label = Forme(forme).label.lower()
    yield Rewrite(
        f"La forme elle-même : {label}", {}, writes=[_same(recorded, FORM, rows, rank_of(fait, forme))]
    )
    wanted = {(clause.fait, clause.metier): clause for clause in models()[forme]}
    for name in BY_CLAUSE:
        if name not in PARTS:
            yield _replaced(name, wanted.get((name, "")), rows, recorded)
            continue
        for trade in TRADES:
            yield _replaced_part(name, trade, wanted.get((name, trade)), rows, recorded)


def _replaced(name: str, clause: TriedClause | None, rows: Rows, recorded: Recorded) -> Change:
    """A fact of the partnership as the form's model says it, or as when nothing is written."""
    if clause is None:
        fallen = rows & recorded.held_by_clause(name)
        default = FAIT_PAR_CHEMIN[name].rang_par_defaut
        return Rewrite(nothing_written(name), {}, writes=[_same(recorded, name, fallen, default)])
    rank = rank_of(FAIT_PAR_CHEMIN[name], clause.valeur)
    write = _same(recorded, name, rows & recorded.open_to_clause(name), rank)
    return Rewrite(clause.titre, {}, writes=[write])


def _replaced_part(
    name: str, trade: str, clause: TriedClause | None, rows: Rows, recorded: Recorded
) -> Change:
    """A part of the services of one trade: back to what posts show, then as the model says."""
    writes = []
    for side in SIDES:
        path = f"{side}.{name}"
        theirs = rows & recorded.of_service(side, metier=trade)
        writes.append(_fallen_part(side, name, theirs & recorded.held_by_clause(path), recorded))
        if clause is not None:
            rank = rank_of(FAIT_PAR_CHEMIN[path], clause.valeur)
            writes.append(_same(recorded, path, theirs, rank, weaker_only=True))
    titre = (
        clause.titre if clause else f"{nothing_written(f'emetteur.{name}')} ({Metier(trade).label.lower()})"
    )
    return Rewrite(titre, {}, writes=writes)


def _of_withdrawals(sans: frozenset[str], recorded: Recorded) -> Iterator[Change]:
    """Recorded clauses taken away, one by one."""
    ids = {UUID(one) for _, one in recorded.by_clause if one in sans}
    titles = dict(Clause.objects.filter(pk__in=ids).order_by("titre", "pk").values_list("pk", "titre"))
    for pk, titre in titles.items():
        writes = []
        for (path, clause), rows in recorded.by_clause.items():
            if clause != str(pk):
                continue
            side, _, name = path.rpartition(".")
            if side in SIDES:
                writes.append(_fallen_part(side, name, rows, recorded))
            else:
                writes.append(_same(recorded, path, rows, FAIT_PAR_CHEMIN[path].rang_par_defaut))
        yield Rewrite(f"Sans la clause « {titre} »", {}, writes=writes)


def _added(clause: TriedClause, recorded: Recorded) -> Change:
    """A clause more, on the exchanges of its days and of its service."""
    rows = ~recorded.nothing()
    if clause.debut is not None:
        rows = rows & (recorded.jours >= clause.debut.toordinal())
    if clause.fin is not None:
        rows = rows & (recorded.jours <= clause.fin.toordinal())
    whose = {"code": clause.service, "metier": clause.metier}
    if clause.fait not in PARTS:
        rows = rows & recorded.open_to_clause(clause.fait)
        if clause.service or clause.metier:
            rows = rows & recorded.of_service("emetteur", **whose)
        rank = rank_of(FAIT_PAR_CHEMIN[clause.fait], clause.valeur)
        return Rewrite(clause.titre, {}, writes=[_same(recorded, clause.fait, rows, rank)])
    writes = []
    for side in SIDES:
        path = f"{side}.{clause.fait}"
        rank = rank_of(FAIT_PAR_CHEMIN[path], clause.valeur)
        theirs = rows & recorded.of_service(side, **whose)
        writes.append(_same(recorded, path, theirs, rank, weaker_only=True))
    return Rewrite(clause.titre, {}, writes=writes)


def _fallen_part(side: str, name: str, rows: Rows, recorded: Recorded) -> Write:
    """The part that the post or the service has without the clause, row by row."""
    path = f"{side}.{name}"
    ranks = np.zeros(recorded.size, np.uint8)
    for row in np.flatnonzero(rows):
        ranks[row] = rank_of(FAIT_PAR_CHEMIN[path], recorded.parts.of(side, name, int(row)))
    return Write(path, rows, ranks)


def _same(recorded: Recorded, path: str, rows: Rows, rank: int, *, weaker_only: bool = False) -> Write:
    """One value for all these rows."""
    return Write(path, rows, np.full(recorded.size, rank, np.uint8), weaker_only)


def _strength(path: str) -> Ranks:
    """The strength of each rank of a part, an unknown one being the weakest."""
    fait = FAIT_PAR_CHEMIN[path]
    order = PARTS[path.rpartition(".")[2]]
    strength = np.zeros(fait.inconnu + 1, np.uint8)
    for rank, value in enumerate(fait.valeurs):
        strength[rank] = order.index(value)
    return strength


def nothing_written(path: str) -> str:
    """Name the absence of a clause on a fact."""
    label = catalogue.fact_label(path).removesuffix(" de l'émetteur")
    return f"Rien d'écrit sur « {label} »"
