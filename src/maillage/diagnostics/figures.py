"""The tables of a diagnosis: one fixed grid, nobody recognisable, and why a cell is empty.

Nothing else is offered: no free filter, no other period over the same months. All zooms (place,
quartier, whole ground) and all margins of one trade stand in one system that `masking` solves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from maillage.diagnostics.masking import CannotHide, Cell, Row, Why, protect
from maillage.diagnostics.tendance import trend
from maillage.directory.enums import Metier
from maillage.directory.models import Lieu
from maillage.main_courante.enums import Liste
from maillage.main_courante.vocabulaire import Listes

TRADES = (Metier.MEDIATION_SOCIALE.value, Metier.PREVENTION_SPECIALISEE.value)
# From this share of passages on, a trade is said to see tensions at a place.
TENSE = 0.4
# Lists where a note may tick several values: exact counts would tell their overlaps.
SHARES = ("publics", "suites")
DAYS = ("", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
NO_ROUND, NO_PASSAGE = "pas de ronde", "aucun passage"
BOTH_TENSE, BOTH_CALM = "tensions pour les deux métiers", "calme pour les deux métiers"
Counts = Mapping[str, Any]


@dataclass(frozen=True)
class Ground:
    """Where and when a diagnosis looks: places by identifier, their quartiers, its months."""

    places: Mapping[str, Lieu]
    months: Mapping[date, Counts]


def figures_of(ground: Ground, threshold: int, withheld: Collection[str] = ()) -> dict[str, Any]:
    """Return the tables as shown from `threshold` up, JSON-ready; `masques` names what is hidden.

    `withheld` is the `masques` of what members read: what they may not read is not published either.
    """
    trades, hidden = {}, set()
    for trade in TRADES:
        shown, masked = _trade(trade, ground, threshold, withheld)
        trades[trade] = shown
        hidden |= masked
    places = [_place(key, lieu, trades) for key, lieu in ground.places.items()]
    months = [
        {"mois": month.isoformat(), **_by_trade("mois", month.isoformat(), trades)} for month in ground.months
    ]
    for shown in trades.values():
        shown.pop("presence")
    return {
        "seuil": threshold,
        "metiers": trades,
        "lieux": places,
        "mois": months,
        "tendance": {trade: _trend(trade, ground, months) for trade in TRADES},
        "masques": sorted(hidden),
    }


def _trend(trade: str, ground: Ground, months: Sequence[Mapping[str, Any]]) -> str:
    """Compare the first months with the last, from what is shown of them and nothing else."""
    counts = [found.get(trade, {}) for found in ground.months.values()]
    written = [(one.get("ecrites", 0), one.get("sorties", 0)) for one in counts]
    return trend([one[trade] for one in months], written)


def _by_trade(kind: str, key: str, trades: Mapping[str, Any]) -> dict[str, Any]:
    return {trade: trades[trade]["presence"][f"{kind}:{key}"] for trade in TRADES}


def _trade(
    trade: str, ground: Ground, threshold: int, withheld: Collection[str]
) -> tuple[dict[str, Any], set[str]]:
    counts = {month: found.get(trade, {}) for month, found in ground.months.items()}
    cells = _note_cells(trade, ground, counts, threshold, withheld)
    cells |= _protected(_passage_rows(trade, ground, counts), threshold, withheld)
    out = sum(found.get("sorties", 0) for found in counts.values())
    shown = {
        "nom": Metier(trade).label,
        "rondes": bool(out),
        "total": _written(cells[f"{trade}:total"], threshold, out),
        "tables": {
            name: [
                {
                    "cle": value,
                    "nom": label(value),
                    **_written(cells[f"{trade}:{name}:{value}"], threshold, out),
                }
                for value in _in_order(trade, name, _values(name, ground, counts))
            ]
            for name, label in _labels(trade, ground).items()
        },
        "parts": _shares(trade, counts, cells[f"{trade}:total"], threshold),
        "presence": _presence(trade, ground, cells, threshold, out),
    }
    return shown, {key for key, cell in cells.items() if cell.value is None}


def _protected(
    rows: Sequence[Row], threshold: int, withheld: Collection[str], totals: Sequence[Row] = ()
) -> dict[str, Cell]:
    """Hide what must be; when that is not enough beside the total, show nothing of this trade."""
    try:
        return protect(rows, threshold=threshold, before=totals, withheld=withheld)
    except CannotHide:
        return {row.key: Cell(None, Why.PROTECTS) for row in rows}


def _note_cells(
    trade: str, ground: Ground, counts: Mapping[date, Counts], threshold: int, withheld: Collection[str]
) -> dict[str, Cell]:
    """Every table of notes; each adds up to the same total, a figure shown once and for all of them."""
    names = [name for name in _labels(trade, ground) if name != "quartier"]
    rows, totals = [], []
    for name in names:
        values, known = _sum(counts, name), _values(name, ground, counts)
        rows += [Row(f"{trade}:{name}:{one}", frozenset({(name, one)}), values.get(one, 0)) for one in known]
        every = frozenset((name, one) for one in known)
        totals.append(Row(f"{trade}:{name}", every, sum(values.values())))
    places = _sum(counts, "lieu")
    for quartier in _values("quartier", ground, counts):
        inside = [key for key, lieu in ground.places.items() if str(lieu.territoire_id) == quartier]
        parts = frozenset(("lieu", key) for key in inside)
        rows.append(Row(f"{trade}:quartier:{quartier}", parts, sum(places.get(key, 0) for key in inside)))
    total, key = sum(places.values()), f"{trade}:total"
    if total < threshold or key in withheld:
        return _protected(rows, threshold, withheld) | {key: Cell(None, Why.SMALL) if total else Cell(0)}
    cells = _protected(rows, threshold, withheld, totals)
    lost = all(cell.value is None for cell in cells.values())
    return cells | {key: Cell(None, Why.PROTECTS) if lost else Cell(total)}


def _passage_rows(trade: str, ground: Ground, counts: Mapping[date, Counts]) -> list[Row]:
    """Passages by place and by month, and the tense ones; `masking` looks at the calm ones by itself."""
    atoms: dict[tuple[str, str, str], int] = {}
    for month, found in counts.items():
        for place, (many, tense) in found.get("passages", {}).items():
            atoms[place, month.isoformat(), "tendus"] = tense
            atoms[place, month.isoformat(), "calmes"] = many - tense
    rows = []
    lines = [("lieu", 0, key) for key in ground.places] + [("mois", 1, month.isoformat()) for month in counts]
    for kind, at, value in lines:
        for which in ("tendus", "passages"):
            parts = frozenset(part for part in atoms if part[at] == value and which in {part[2], "passages"})
            rows.append(Row(f"{trade}:{which}:{kind}:{value}", parts, sum(atoms[part] for part in parts)))
    return rows


def _sum(counts: Mapping[date, Counts], name: str) -> dict[str, int]:
    total: dict[str, int] = {}
    for found in counts.values():
        for value, many in found.get("notes", {}).get(name, {}).items():
            total[value] = total.get(value, 0) + many
    return total


def _values(name: str, ground: Ground, counts: Mapping[date, Counts]) -> list[str]:
    if name == "lieu":
        return list(ground.places)
    if name == "quartier":
        return list(dict.fromkeys(str(lieu.territoire_id) for lieu in ground.places.values()))
    return sorted(_sum(counts, name))


def _in_order(trade: str, name: str, values: Sequence[str]) -> list[str]:
    """Put a list's values in the order in which they are chosen; places and days have theirs already."""
    liste = {"creneau": Liste.CRENEAU, "categorie": Liste.CATEGORIE, "ambiance": Liste.AMBIANCE}.get(name)
    if liste is None:
        return list(values)
    codes = [entry.code for entry in Listes(trade).entries(liste, all_entries=True)]
    return sorted(values, key=lambda one: (codes.index(one) if one in codes else len(codes), one))


def _labels(trade: str, ground: Ground) -> dict[str, Callable[[str], str]]:
    words = Listes(trade)
    quartiers = {str(lieu.territoire_id): lieu.territoire.nom for lieu in ground.places.values()}
    return {
        "quartier": lambda value: quartiers[value],
        "lieu": lambda value: ground.places[value].nom,
        "creneau": lambda value: words.label(Liste.CRENEAU, value),
        "jour": lambda value: DAYS[int(value)],
        "categorie": lambda value: words.label(Liste.CATEGORIE, value),
        "ambiance": lambda value: words.label(Liste.AMBIANCE, value),
    }


def _written(cell: Cell, threshold: int, out: int) -> dict[str, Any]:
    if cell.value == 0:
        return {"valeur": 0, "pourquoi": NO_PASSAGE if out else NO_ROUND}
    return {"valeur": cell.value, "pourquoi": cell.why.value.format(seuil=threshold)}


def _shares(trade: str, counts: Mapping[date, Counts], total: Cell, threshold: int) -> dict[str, Any]:
    """Shares rounded to the tenth, where a note may tick several values."""
    words = Listes(trade)
    lists = {"publics": Liste.PUBLIC, "suites": Liste.SUITE}
    if total.value is None or total.value < 2 * threshold:
        return {name: [] for name in SHARES}
    return {
        name: [
            {"nom": words.label(lists[name], value), "dixiemes": round(10 * many / total.value)}
            for value, many in sorted(_sum(counts, name).items(), key=lambda pair: -pair[1])
            if many >= threshold and round(10 * many / total.value)
        ]
        for name in SHARES
    }


def _presence(
    trade: str, ground: Ground, cells: Mapping[str, Cell], threshold: int, out: int
) -> dict[str, dict[str, Any]]:
    keys = [f"lieu:{key}" for key in ground.places] + [f"mois:{month.isoformat()}" for month in ground.months]
    return {
        key: _rate(cells[f"{trade}:passages:{key}"], cells[f"{trade}:tendus:{key}"], threshold, out)
        for key in keys
    }


def _rate(passages: Cell, tense: Cell, threshold: int, out: int) -> dict[str, Any]:
    """Passages, tense ones, their share in hundredths; the share is what two trades compare."""
    share = round(100 * tense.value / passages.value) if passages.value and tense.value is not None else None
    hidden = passages if passages.value is None or passages.value == 0 else tense
    why = "" if share is not None else _written(hidden, threshold, out)["pourquoi"]
    return {"passages": passages.value, "tendus": tense.value, "part": share, "pourquoi": why}


def _place(key: str, lieu: Lieu, trades: Mapping[str, Any]) -> dict[str, Any]:
    seen = _by_trade("lieu", key, trades)
    return {
        "cle": key,
        "nom": lieu.nom,
        "quartier": lieu.territoire.nom,
        "longitude": lieu.longitude,
        "latitude": lieu.latitude,
        **seen,
        "accord": agreement({trade: one["part"] for trade, one in seen.items()}),
    }


def agreement(shares: Mapping[str, int | None]) -> str:
    """Say in words whether both trades see tensions at a place; empty when they cannot be compared."""
    mediation, prevention = (shares[trade] for trade in TRADES)
    if mediation is None or prevention is None:
        return ""
    match mediation >= 100 * TENSE, prevention >= 100 * TENSE:
        case True, True:
            return BOTH_TENSE
        case False, False:
            return BOTH_CALM
        case True, False:
            return "tensions pour la médiation seule"
        case _:
            return "tensions pour la prévention seule"
