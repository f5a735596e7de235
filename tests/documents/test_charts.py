"""Charts: marks on the axis that a reader can count."""

import re

import pytest

from maillage.documents.charts import Bar, bar_chart


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([1.0], ["0", "1"]),
        ([2.0, 2.0], ["0", "1", "2"]),
        ([4.0, 1.0], ["0", "1", "2", "3", "4"]),
        ([27.0], ["0", "5", "10", "15", "20", "25"]),
    ],
)
def test_people_are_counted_in_whole_numbers(values: list[float], marks: list[str]) -> None:
    bars = [Bar(f"fonction {rank}", value) for rank, value in enumerate(values)]
    drawn = bar_chart(bars, caption="L'équipe", label="Fonction", value="Personnes")
    assert re.findall(r">([\d.,]+)</text>", drawn.svg) == marks


def test_marks_out_of_four_are_drawn_out_of_four() -> None:
    bars = [Bar("Confiance", 2.4), Bar("Retours", 3.5)]
    drawn = bar_chart(bars, caption="Baromètre", label="Question", value="Moyenne", most=4)
    assert re.findall(r">([\d.,]+)</text>", drawn.svg) == ["0", "1", "2", "3", "4"]
