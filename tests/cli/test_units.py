"""`maillage units`: files that start this installation, as systemd and nginx accept them."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from maillage.cli import main
from maillage.operations.unites import NAMES

GIVEN = """# Réglages
MAILLAGE_DATA=/srv/maillage/donnees
MAILLAGE_KEYS=/etc/maillage/cles.json

MAILLAGE_BACKUPS="/srv/sauvegardes"
MAILLAGE_HOSTS=maillage.ville.fr,maillage.agglo.fr
MAILLAGE_MAIL_FROM="Maillage <maillage@ville.fr>"
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The files of an installation."""
    settings = tmp_path / "environnement"
    settings.write_text(GIVEN, encoding="utf-8")
    folder = tmp_path / "unites"
    assert main(["units", str(folder), "--settings", str(settings), "--port", "8123"]) == 0
    return folder


def unit(path: Path) -> configparser.RawConfigParser:
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(path.read_text(encoding="utf-8"))
    return read


def test_they_name_this_machine(written: Path) -> None:
    assert {one.name: one.stat().st_mode & 0o777 for one in written.iterdir()} == NAMES
    maillage = Path(sys.executable).with_name("maillage")
    web, work = unit(written / "maillage.service"), unit(written / "maillage-travail.service")
    assert web["Service"]["ExecStart"] == f"{maillage} serve --port 8123"
    assert work["Service"]["ExecStart"] == f"{maillage} work"
    assert work["Service"]["ReadWritePaths"] == "/srv/maillage/donnees -/srv/sauvegardes"
    for one in (web, work):
        assert one["Service"]["EnvironmentFile"] == str(written.parent / "environnement")
        assert (one["Service"]["User"], one["Service"]["NoNewPrivileges"]) == ("maillage", "yes")
    assert unit(written / "maillage-travail.timer")["Timer"]["OnCalendar"] == "*:0/5"
    proxy = (written / "nginx.conf").read_text(encoding="utf-8")
    assert proxy.count("server_name maillage.ville.fr maillage.agglo.fr;") == 2
    assert "proxy_set_header X-Forwarded-Proto https;" in proxy
    assert "proxy_set_header Host $host;" in proxy
    assert proxy.count("access_log off;") == 2


def test_systemd_accepts_them(written: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not here")
    units = [str(one) for one in written.iterdir() if one.suffix in {".service", ".timer"}]
    done = subprocess.run([analyze, "verify", *units], check=False, capture_output=True, text=True)
    assert [one for one in done.stderr.splitlines() if str(written) in one] == []


def test_the_keeper_s_command_is_a_sound_script(written: Path) -> None:
    done = subprocess.run(
        ["sh", "-n", str(written / "maillage.sh")], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("MAILLAGE_KEYS=/k\nMAILLAGE_HOSTS=a.fr\n", "ne donne pas MAILLAGE_DATA."),
        ("MAILLAGE_DATA=/d\nMAILLAGE_HOSTS=a.fr\n", "ne donne pas MAILLAGE_KEYS."),
        ("MAILLAGE_DATA=/d\nMAILLAGE_KEYS=/k\n", "ne donne pas MAILLAGE_HOSTS."),
        ("MAILLAGE_DATA=/d\nMAILLAGE_MAIL_FROM=Maillage <m@a.fr>\n", "ligne 2 : attendu NOM=valeur"),
        ("MAILLAGE_DATA='/d\n", "ligne 1 : attendu NOM=valeur"),
        ("rien\n", "ligne 1 : attendu NOM=valeur"),
    ],
)
def test_settings_that_lack_something_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str, said: str
) -> None:
    settings = tmp_path / "environnement"
    settings.write_text(given, encoding="utf-8")
    assert main(["units", str(tmp_path / "unites"), "--settings", str(settings)]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "unites").exists()


def test_settings_that_are_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["units", str(tmp_path / "u"), "--settings", str(tmp_path / "rien")]) == 2
    assert "ne se lit pas" in capsys.readouterr().err
