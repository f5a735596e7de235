"""The wheel in an empty environment, its dependencies brought by pip: the machine of a town hall."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.installed import Installed, build_wheel, works_from_nothing


@pytest.mark.campaign
def test_pip_install_init_and_serve_in_an_empty_environment(tmp_path: Path) -> None:
    wheel = build_wheel(tmp_path)
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv/bin/python"
    folder = tmp_path / "ailleurs"
    folder.mkdir()
    subprocess.run([str(python), "-m", "pip", "install", "-q", str(wheel)], cwd=folder, check=True)
    assert [one.name for one in (tmp_path / "venv/bin").glob("maillage")] == ["maillage"]
    works_from_nothing(Installed(python, folder))
