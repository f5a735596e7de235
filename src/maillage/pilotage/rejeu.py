"""Replay: the exchanges that took place, judged again under what one wants to try. Changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.directory.enums import Metier
from maillage.law import catalogue
from maillage.law.codes import TITRES
from maillage.law.facts import FAIT_PAR_CHEMIN, INDICE
from maillage.law.readings.columns import ColumnVerdicts
from maillage.law.replay import LAW, Change, Replay, Rows, counts_of, replay
from maillage.law.steps import ISSUES
from maillage.law.verdict import cite_rule
from maillage.pilotage.changes import changes_of
from maillage.pilotage.masking import (
    SMALLEST_SHOWN,
    Cell,
    Counts,
    difference,
    masked_columns,
    masked_count,
    masked_row,
)
from maillage.pilotage.recorded import Recorded, load_recorded
from maillage.pilotage.scenario import Scenario, ScenarioError

YEAR = timedelta(days=365)
LIMITS = (
    "Seuls les échanges qui ont eu lieu sont rejugés. Confiance, réactivité, lisibilité ne sont pas mesurées."
)
EXAMPLES = 3
NATURE = "contenu.nature"


@dataclass(frozen=True)
class Line:
    """One line of a table: its name, its counts before and after by outcome (or alone), None hidden."""

    nom: str
    avant: Mapping[str, Cell]
    apres: Mapping[str, Cell]


@dataclass(frozen=True)
class GroundLine:
    """One rule: how many exchanges rest on it before and after."""

    regle: str
    cite: str
    avant: Cell
    apres: Cell


@dataclass(frozen=True)
class Contribution:
    """What one clause or reading does: by outcome, alone, and what goes when it alone is left out."""

    nom: str
    seule: Mapping[str, Cell]
    sans_elle: Mapping[str, Cell]

    @property
    def nothing(self) -> bool:
        """Say whether it moves no outcome, alone or among the others."""
        return not any(value != 0 for value in (*self.seule.values(), *self.sans_elle.values()))


@dataclass(frozen=True)
class Flow:
    """A usual kind of exchange whose answer changes: never fewer than five of them, nothing personal.

    `nombre` is None where it would tell a hidden number. Without all of `tient_a` the answer would be
    another; when several changes do the same, each of `suffit` is enough.
    """

    emetteur: str
    destinataire: str
    nature: str
    nombre: Cell
    avant: str
    apres: str
    textes_avant: Sequence[str]
    textes_apres: Sequence[str]
    tient_a: Sequence[str]
    suffit: Sequence[str]

    @property
    def phrase(self) -> str:
        """Say the change and what it hangs on."""
        said = f"«\u00a0{TITRES[self.avant]}\u00a0» devient «\u00a0{TITRES[self.apres]}\u00a0»"
        if self.tient_a:
            return f"{said} ; tient à\u00a0: {' ; '.join(self.tient_a)}"
        return f"{said} ; une seule suffit\u00a0: {' ; '.join(self.suffit)}" if self.suffit else said


@dataclass(frozen=True)
class Simulation:
    """What a replay shows. With fewer than five exchanges, `lignes` and the rest are empty.

    `ecarts` counts exchanges that today's law no longer judges as it did, `illisibles` those it can
    no longer read.
    """

    partenariat: Partenariat
    depuis: date
    jusqu_au: date
    echanges: Cell
    ensemble: Line | None
    directions: Sequence[Line]
    fondements: Sequence[GroundLine]
    contributions: Sequence[Contribution]
    exemples: Sequence[Flow]
    ecarts: Cell
    illisibles: Cell


def finished_year() -> tuple[date, date]:
    """Return the first and last days of the four quarters that are over: what a screen replays.

    Nobody chooses the days there: two periods that differ by one day would tell, by subtraction, that
    day's exchange, a return included.
    """
    today = clock.today()
    after = date(today.year, today.month - (today.month - 1) % 3, 1)
    return after.replace(year=after.year - 1), after - timedelta(days=1)


def period(since: date | None = None, until: date | None = None) -> tuple[date, date]:
    """Return the period asked for, by default the year that ends today. Raises ScenarioError."""
    end = until or clock.today()
    start = since or end - YEAR
    if start > end:
        raise ScenarioError("La période finit avant de commencer.")
    return start, end


def simulate(
    partenariat: Partenariat, scenario: Scenario, *, since: date | None = None, until: date | None = None
) -> Simulation:
    """Judge a period's exchanges again under the scenario, by default the last year's.

    Raises ScenarioError for an impossible period.
    """
    start, end = period(since, until)
    recorded = load_recorded(partenariat, start, end)
    if recorded.size < SMALLEST_SHOWN:
        count = 0 if recorded.size == 0 else None
        return Simulation(
            partenariat, start, end, count, None, (), (), (), (), 0, masked_count(recorded.unreadable)
        )
    changes = changes_of(scenario, recorded)
    found = replay(recorded.columns, changes)
    whole = _whole(found)
    return Simulation(
        partenariat,
        start,
        end,
        recorded.size,
        whole,
        _by_direction(found, recorded, whole),
        _grounds(found, whole),
        _contributions(found, changes, whole),
        _examples(found, recorded, changes, whole),
        masked_count(differing(recorded, found.verdicts[0])),
        masked_count(recorded.unreadable),
    )


def differing(recorded: Recorded, verdicts: ColumnVerdicts) -> int:
    """Count the exchanges whose outcome or grounds are not those recorded."""
    return sum(
        ISSUES[rank] != issue or frozenset(LAW.names(int(bits))) != grounds
        for rank, bits, issue, grounds in zip(
            verdicts.issues, verdicts.grounds, recorded.issues, recorded.fondements, strict=True
        )
    )


def _whole(found: Replay) -> Line:
    """Every exchange, before and after."""
    return Line("Ensemble", masked_row(found.avant), masked_row(found.apres, found.avant))


def _unseen(cells: Mapping[str, Cell]) -> set[str]:
    """The outcomes hidden in the whole: nothing else may tell them."""
    return {issue for issue, cell in cells.items() if cell is None}


def _by_direction(found: Replay, recorded: Recorded, whole: Line) -> list[Line]:
    """Each direction between trades, when there are several: hidden together, their sum being known."""
    named = _directions(recorded)
    if len(named) < 2:
        return []
    before, after = found.verdicts
    avant = [counts_of(before, rows) for rows in named.values()]
    apres = [counts_of(after, rows) for rows in named.values()]
    shown = zip(named, masked_columns(avant), masked_columns(apres, avant), strict=True)
    return [
        Line(nom, _without(first, _unseen(whole.avant)), _without(second, _unseen(whole.apres)))
        for nom, first, second in shown
    ]


def _without(cells: Mapping[str, Cell], unseen: Collection[str]) -> dict[str, Cell]:
    return {issue: None if cell and issue in unseen else cell for issue, cell in cells.items()}


def _directions(recorded: Recorded) -> dict[str, Rows]:
    trades = [metier for metier in Metier if any(one.metier == metier for one in recorded.services)]
    found = {
        f"{sender.label} → {receiver.label}": recorded.of_service("emetteur", metier=sender)
        & recorded.of_service("destinataire", metier=receiver)
        for sender in trades
        for receiver in trades
    }
    return {name: rows for name, rows in found.items() if rows.any()}


def _grounds(found: Replay, whole: Line) -> list[GroundLine]:
    before, after = found.verdicts
    lines = []
    for bit, name in enumerate(LAW.ids):
        first = found.fondements_avant.get(name, 0)
        second = found.fondements_apres.get(name, 0)
        if first or second:
            avant = None if _tells(before, bit, _unseen(whole.avant)) else masked_count(first)
            apres = None if _tells(after, bit, _unseen(whole.apres)) else masked_count(second)
            if difference(second, first) is None:
                apres = None
            lines.append(GroundLine(name, cite_rule(catalogue.rule(name)), avant, apres))
    return lines


def _tells(verdicts: ColumnVerdicts, bit: int, unseen: Collection[str]) -> bool:
    """Say whether some exchange resting on this rule has an outcome that is hidden."""
    resting = (verdicts.grounds >> np.uint64(bit)) & np.uint64(1)
    return any(ISSUES[rank] in unseen for rank in np.unique(verdicts.issues[resting.astype(bool)]))


def _contributions(found: Replay, changes: Sequence[Change], whole: Line) -> list[Contribution]:
    """Alone, from what was; and what leaving it out would take from the whole.

    An outcome hidden in the whole is hidden here too: the differences would tell it.
    """
    unseen = _unseen(whole.avant) | _unseen(whole.apres)
    if len(changes) == 1:
        alone = [(changes[0].nom, found.apres, found.avant)]
    else:
        alone = [(one.nom, one.seul, one.sans) for one in found.contributions]
    return [
        Contribution(nom, *_moved((seul, found.avant), (sans, found.apres), unseen=unseen))
        for nom, seul, sans in alone
    ]


def _moved(*pairs: tuple[Counts, Counts], unseen: Collection[str]) -> list[dict[str, Cell]]:
    """Differences by outcome; where nothing moves at all, it is said whatever is hidden."""
    still = all(counts == reference for counts, reference in pairs)
    return [
        {
            issue: None if issue in unseen and not still else difference(counts[issue], reference[issue])
            for issue in ISSUES
        }
        for counts, reference in pairs
    ]


def _examples(found: Replay, recorded: Recorded, changes: Sequence[Change], whole: Line) -> list[Flow]:
    """The most usual kinds of exchange whose outcome changes, five at least of each."""
    before, after = found.verdicts
    moved = np.flatnonzero(before.issues != after.issues)
    kinds: dict[tuple[int, ...], list[int]] = {}
    for row in moved:
        kinds.setdefault(_kind(int(row), recorded, before, after), []).append(int(row))
    usual = Counter({kind: len(rows) for kind, rows in kinds.items() if len(rows) >= SMALLEST_SHOWN})
    unseen = _unseen(whole.avant) | _unseen(whole.apres)
    flows = [_flow(kinds[kind], found, recorded, changes) for kind, _ in usual.most_common(EXAMPLES)]
    return [replace(flow, nombre=None) if {flow.avant, flow.apres} & unseen else flow for flow in flows]


def _kind(row: int, recorded: Recorded, before: ColumnVerdicts, after: ColumnVerdicts) -> tuple[int, ...]:
    trades = [
        list(Metier).index(Metier(_trade(recorded, side, row))) for side in ("emetteur", "destinataire")
    ]
    verdicts = (before.issues[row], before.grounds[row], after.issues[row], after.grounds[row])
    return (*trades, int(recorded.columns[INDICE[NATURE], row]), *(int(one) for one in verdicts))


def _trade(recorded: Recorded, side: str, row: int) -> str:
    return recorded.services[int(recorded.ends[side][row])].metier


def _flow(rows: Sequence[int], found: Replay, recorded: Recorded, changes: Sequence[Change]) -> Flow:
    before, after = found.verdicts
    row = rows[0]
    nature = FAIT_PAR_CHEMIN[NATURE].libelles[int(recorded.columns[INDICE[NATURE], row])]
    needed = _needed(rows, found, recorded, changes)
    return Flow(
        emetteur=Metier(_trade(recorded, "emetteur", row)).label,
        destinataire=Metier(_trade(recorded, "destinataire", row)).label,
        nature=nature,
        nombre=len(rows),
        avant=ISSUES[before.issues[row]],
        apres=ISSUES[after.issues[row]],
        textes_avant=_texts(before, row),
        textes_apres=_texts(after, row),
        tient_a=needed,
        suffit=() if needed else _enough(rows, found, recorded, changes),
    )


def _needed(rows: Sequence[int], found: Replay, recorded: Recorded, changes: Sequence[Change]) -> list[str]:
    """The changes without which these exchanges would not be answered as they are."""
    return [
        one.nom
        for one in changes
        if not _answered_so(rows, found, recorded, [other for other in changes if other is not one])
    ]


def _enough(rows: Sequence[int], found: Replay, recorded: Recorded, changes: Sequence[Change]) -> list[str]:
    """The changes of which each alone gives these exchanges the same answer."""
    return [one.nom for one in changes if _answered_so(rows, found, recorded, [one])]


def _answered_so(rows: Sequence[int], found: Replay, recorded: Recorded, changes: Sequence[Change]) -> bool:
    """Say whether these changes give these exchanges the outcome of the whole replay."""
    columns, kept = recorded.columns.copy(), list(rows)
    for change in changes:
        change.apply(columns)
    return bool((LAW.decide(columns[:, kept]).issues == found.verdicts[1].issues[kept]).all())


def _texts(verdicts: ColumnVerdicts, row: int) -> list[str]:
    return [cite_rule(catalogue.rule(name)) for name in LAW.names(int(verdicts.grounds[row]))]
