"""Charts drawn on the server as SVG: no script on the page, the same drawing on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair
import vl_convert

from maillage.documents.content import Chart, Table
from maillage.documents.pdf import FONTS

FONT = "Atkinson Hyperlegible Next"
ACCENT = "#0b5c6b"
# Told apart by lightness, not by hue alone; order is also written in the legend and the table.
SERIES = ("#0b5c6b", "#e0962f", "#7fb7c2", "#5b4a8a", "#b9c4c7")
# Drawn for a telephone: the words stand above their bar, at their real size on a screen 390 px wide.
WIDTH, ROW_HEIGHT, BAR_HEIGHT, TEXT = 330, 48, 16, 13
_MOST_TICKS = 6


@dataclass(frozen=True)
class Bar:
    """One bar: what it counts, how many, and in which series when there are several."""

    label: str
    value: float
    series: str = ""


def bar_chart(
    bars: Sequence[Bar], *, caption: str, label: str, value: str, series: str = "", most: float = 0
) -> Chart:
    """Draw horizontal bars, in the order given, and the table that says the same.

    `label`, `value` and `series` name the columns; with `series`, the bars of one label stack. `most` is
    where the axis ends, for marks out of so many; 0 leaves it to the figures.
    The sentence read aloud names every figure.
    """
    svg = _draw(tuple(bars), value, series, most)
    headers = [label, series, value] if series else [label, value]
    rows = [[bar.label, *([bar.series] if series else []), _number(bar.value)] for bar in bars]
    said = " ; ".join(
        f"{bar.label}{f' ({bar.series})' if series else ''} : {_number(bar.value)}" for bar in bars
    )
    table = Table(caption, headers, rows, numbers=frozenset({len(headers) - 1}))
    return Chart(svg=svg, alt=f"{caption}. {said}.", table=table)


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _ticks(bars: Sequence[Bar]) -> int:
    """How many marks the axis aims at: no more than units, for half a person is not a figure."""
    lengths: dict[str, float] = {}
    for bar in bars:
        lengths[bar.label] = lengths.get(bar.label, 0) + bar.value
    return max(1, min(_MOST_TICKS, int(max(lengths.values(), default=0))))


def _scale(bars: Sequence[Bar], value: str, most: float) -> altair.X:
    axis = altair.Axis(tickCount=int(most) or _ticks(bars))
    return altair.X(
        "value:Q",
        title=value,
        axis=axis,
        scale=altair.Scale(domain=[0, most]) if most else altair.Undefined,
    )


@lru_cache(maxsize=64)
def _draw(bars: tuple[Bar, ...], value: str, series: str, most: float) -> str:
    if FONTS.is_dir():
        vl_convert.register_font_directory(str(FONTS))
    data = [{"label": bar.label, "value": bar.value, "series": bar.series} for bar in bars]
    rows = altair.Y("label:N", sort=None, title=None, axis=None)
    encoding: dict[str, Any] = {"y": rows, "x": _scale(bars, value, most)}
    if series:
        order = list(dict.fromkeys(bar.series for bar in bars))
        encoding["color"] = altair.Color(
            "series:N",
            sort=order,
            title=series,
            scale=altair.Scale(domain=order, range=list(SERIES)),
            legend=altair.Legend(orient="bottom", columns=1, labelLimit=WIDTH, titleLimit=WIDTH),
        )
    else:
        encoding["color"] = altair.value(ACCENT)
    base = altair.Chart(altair.InlineData(values=data))
    named = altair.InlineData(values=[{"label": one} for one in dict.fromkeys(bar.label for bar in bars)])
    words = altair.Chart(named).mark_text(
        align="left", dx=2, dy=-15, limit=WIDTH, fontSize=TEXT, fontWeight=500
    )
    drawing = (
        altair.layer(
            base.mark_bar(cornerRadiusEnd=2, size=BAR_HEIGHT, yOffset=6).encode(**encoding),
            words.encode(y=rows, x=altair.value(0), text="label:N"),
        )
        .properties(width=WIDTH, height=max(1, len({bar.label for bar in bars})) * ROW_HEIGHT)
        .configure(font=FONT, background="white")
        .configure_axis(labelFontSize=TEXT, titleFontSize=TEXT, gridColor="#dde4e6")
        .configure_legend(labelFontSize=TEXT, titleFontSize=TEXT)
        .configure_view(stroke=None)
    )
    return str(vl_convert.vegalite_to_svg(drawing.to_dict()))
