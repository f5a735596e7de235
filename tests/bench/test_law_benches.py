"""The measurements of the law: they run, count what they say, and speak one sentence a figure."""

import pytest

from maillage.bench import columns, decide, replay
from maillage.bench.cases import sample_cases
from maillage.law.decision import LAW


def test_sample_cases_are_the_same_for_the_same_seed_and_reach_every_outcome() -> None:
    cases = sample_cases(500)
    assert cases == sample_cases(500)
    assert {LAW.issue(c)[0] for c in cases} == {
        "obligatoire",
        "permis",
        "incomplet",
        "a_trancher",
        "interdit",
    }


def test_decide_is_measured_beside_cedar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decide, "CASES", 50)
    result = decide.run()
    assert result["cases"] == 50
    assert result["cedar"]["attributes"] == 52
    assert len(decide.lines(result)) == 3
    assert decide.lines({**result, "cedar": None})[-1] == "cedarpy n'est pas installé : pas de comparaison."


def test_columns_are_measured_at_each_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "DISTINCT", 1000)
    monkeypatch.setattr(columns, "SIZES", (1000, 4000))
    result = columns.run()
    assert [sum(s["counts"].values()) for s in result["sizes"]] == [1000, 4000]
    assert result["sizes"][1]["counts"] == {k: 4 * n for k, n in result["sizes"][0]["counts"].items()}
    assert result["bytes_per_row"] == 61
    assert len(columns.lines(result)) == 4


def test_replay_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "DISTINCT", 500)
    monkeypatch.setattr(replay, "EXCHANGES", 1000)
    result = replay.run()
    assert sum(result["before"].values()) == sum(result["after"].values()) == 1000
    assert len(replay.lines(result)) == 2
