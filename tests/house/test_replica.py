"""Rights, adhésions and danger are read where they are written: a few counts alone may go to a standby."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

SOURCES = Path(__file__).resolve().parents[2] / "src/maillage"
# What follows the database that it was given chooses none.
GIVEN = {"self.db", "self._db", "using", "alias", "connection.alias"}
# One reads a fixed instant of the same database, for a backup; the other counts on the standby.
CHOOSING = ["operations/replica.py", "operations/snapshot.py"]
# Who may ask for such a count: notes and outings of a year, on a screen. The doctor only looks.
COUNTING = ["evaluations/faits.py", "operations/doctor.py", "pilotage/activite.py"]
IMPORTED = re.compile(r"operations(\.replica import| import .*\breplica\b)")
# Who says that it is for a screen. A signature, a paper, a diagnosis never does.
SCREENS = ["web/evaluation/activite.py", "web/evaluation/views.py"]


def choices(path: Path) -> list[str]:
    """Return where a module names a database: `.using(…)`, `using=…`, `connections[…]`."""
    named: list[ast.expr] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            named += [word.value for word in node.keywords if word.arg == "using"]
            if isinstance(node.func, ast.Attribute) and node.func.attr == "using":
                named += node.args
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "connections":
            named.append(node.slice)
    return [said for said in map(ast.unparse, named) if said not in GIVEN]


@pytest.mark.requirement("S-38")
def test_there_is_one_database_and_no_router() -> None:
    assert (list(settings.DATABASES), settings.DATABASE_ROUTERS) == (["default"], [])


@pytest.mark.requirement("S-38")
def test_no_room_chooses_its_database() -> None:
    found = {str(path.relative_to(SOURCES)): choices(path) for path in sorted(SOURCES.rglob("*.py"))}
    assert [name for name, named in found.items() if named] == CHOOSING


@pytest.mark.requirement("S-38")
def test_few_counts_may_go_to_a_standby_and_for_screens_alone() -> None:
    texts = {
        str(path.relative_to(SOURCES)): path.read_text("utf-8") for path in sorted(SOURCES.rglob("*.py"))
    }
    assert [
        name for name, text in texts.items() if "from maillage.operations.replica import" in text
    ] == COUNTING
    assert [name for name, text in texts.items() if "standby=True" in text] == SCREENS


def test_a_choice_is_seen(tmp_path: Path) -> None:
    (tmp_path / "guilty.py").write_text(
        "Accord.objects.using('replique')\nsave(using='replique')\nconnections['replique']\n", "utf-8"
    )
    assert len(choices(tmp_path / "guilty.py")) == 3
