"""A suite shared by several processes: every module is run, once, whole."""

from __future__ import annotations

from pathlib import Path

from tests.shared import Shared, runs


def test_neighbours_of_one_file_stay_together() -> None:
    assert runs(["a.py::one", "a.py::two[x::y]", "b.py::one", "a.py::three"]) == {
        "a.py::one": 0,
        "a.py::two[x::y]": 0,
        "b.py::one": 1,
        "a.py::three": 2,
    }


def test_each_module_is_taken_once(tmp_path: Path) -> None:
    first, second = Shared(tmp_path), Shared(tmp_path)
    taken = [(one.take(rank), one.take(rank)) for rank, one in enumerate((first, second, first))]
    assert taken == [(True, True)] * 3
    assert [first.take(rank) for rank in range(4)] == [True, False, True, True]
    assert [second.take(rank) for rank in range(4)] == [False, True, False, False]
