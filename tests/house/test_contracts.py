"""The import contracts hold, and each one is seen to fail on a guilty import."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUILTY = [
    ("rooms", "base/guilty.py", "import maillage.web"),
    ("rooms", "main_courante/guilty.py", "import maillage.orientations"),
    ("rooms", "demo/guilty.py", "import maillage.cli"),
    ("law", "law/guilty.py", "import django"),
    ("dossiers", "web/guilty.py", "import maillage.dossiers.models"),
]


def lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    """Run one contract on the packages of `folder`."""
    code = "import sys; from importlinter.cli import lint_imports_command as c; c(sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache", "--contract", contract],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources that a test may spoil."""
    folder = tmp_path_factory.mktemp("copie")
    kept = shutil.ignore_patterns("__pycache__", "dist", "*.json", "*.toml", "*.html")
    shutil.copytree(ROOT / "src", folder / "src", ignore=kept)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize(("contract", "place", "line"), GUILTY)
def test_a_guilty_import_breaks_its_contract(copy: Path, contract: str, place: str, line: str) -> None:
    guilty = copy / "src/maillage" / place
    before = lint(copy, contract)
    assert before.returncode == 0, before.stdout[-3000:]
    guilty.write_text(f"{line}\n", encoding="utf-8")
    try:
        after = lint(copy, contract)
    finally:
        guilty.unlink()
    assert after.returncode == 1
    assert f"maillage.{place.removesuffix('.py').replace('/', '.')} " in after.stdout
