"""The wheel holds everything: its content, and an installation made from it outside the repository."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.installed import ROOT, Installed, build_wheel, works_from_nothing

SOURCE = ROOT / "src"
DIST = SOURCE / "maillage/web/static/dist"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    return build_wheel(tmp_path_factory.mktemp("roue"))


def test_the_wheel_holds_every_file_of_the_product_and_nothing_else(wheel: Path) -> None:
    expected = {
        str(path.relative_to(SOURCE))
        for path in (SOURCE / "maillage").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if not name.startswith("maillage-")}
    assert packed == expected
    built = json.loads((DIST / "manifest.json").read_text(encoding="utf-8")).values()
    assert {f"maillage/web/static/dist/{name}" for name in built} <= packed


def test_an_installation_comes_to_life_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "paquets")
    installed = Installed(Path(sys.executable), tmp_path, {"PYTHONPATH": str(tmp_path / "paquets")})
    where = subprocess.run(
        [sys.executable, "-c", "import maillage; print(maillage.__file__)"],
        env=installed.environment(),
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(tmp_path)
    works_from_nothing(installed)


@pytest.mark.parametrize("lost", ["manifest.json", "app"])
def test_no_wheel_leaves_without_its_styles(tmp_path: Path, lost: str) -> None:
    tree = tmp_path / "arbre"
    shutil.copytree(
        ROOT,
        tree,
        ignore=shutil.ignore_patterns(".*", "node_modules", "docs", "tests", "var", "dist", "*.pyc"),
    )
    dist = tree / DIST.relative_to(ROOT)
    dist.mkdir()
    if lost != "manifest.json":
        (dist / "manifest.json").write_text('{"app.css": "app-1.css"}', encoding="utf-8")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "-w", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, str(tree)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert f"has no {lost}" in done.stdout + done.stderr
    assert "run `make front` first" in done.stdout + done.stderr
