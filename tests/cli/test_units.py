"""`maillage units`: files that start this installation, as systemd and nginx accept them."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from maillage.cli import main
from maillage.operations.unites import NAMES, write_units

GIVEN = """# Réglages
MAILLAGE_DATA=/srv/maillage/donnees
MAILLAGE_KEYS=/etc/maillage/cles.json

MAILLAGE_BACKUPS="/srv/sauvegardes"
MAILLAGE_HOSTS=maillage.ville.fr,maillage.agglo.fr
MAILLAGE_MAIL_FROM="Maillage <maillage@ville.fr>"
"""
VALUES = "sauvegardes noms certificat port processus etalement".split()


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
    # Started once it listens: the guide's next line asks it at once.
    assert (web["Service"]["Type"], web["Service"]["Restart"]) == ("notify", "on-failure")
    hardened = [
        set(one["Service"]) & {"SystemCallFilter", "ProtectProc", "ProtectClock"} for one in (web, work)
    ]
    assert [len(found) for found in hardened] == [3, 3]
    assert unit(written / "maillage-travail.timer")["Timer"]["OnCalendar"] == "*:0/5"
    proxy = (written / "nginx.conf").read_text(encoding="utf-8")
    assert proxy.count("server_name maillage.ville.fr maillage.agglo.fr;") == 2
    assert "proxy_set_header X-Forwarded-Proto https;" in proxy
    assert "proxy_set_header Host $host;" in proxy
    assert proxy.count("access_log off;") == 2


def test_several_cities_live_on_one_machine(tmp_path: Path) -> None:
    settings, folder = tmp_path / "environnement", tmp_path / "unites"
    settings.write_text(GIVEN, encoding="utf-8")
    given = ["units", str(folder), "--settings", str(settings), "--name", "lorient", "--processes", "2"]
    assert main(given) == 0
    assert sorted(one.name for one in folder.iterdir()) == [
        "maillage-lorient-travail.service",
        "maillage-lorient-travail.timer",
        "maillage-lorient.service",
        "maillage-lorient.sh",
        "nginx.conf",
    ]
    web = unit(folder / "maillage-lorient.service")["Service"]
    assert web["User"] == web["Group"] == "maillage-lorient"
    assert web["ExecStart"].endswith("maillage serve --port 8000 --processes 2")
    assert "runuser -u maillage-lorient --" in (folder / "maillage-lorient.sh").read_text(encoding="utf-8")


def test_a_city_s_name_and_its_settings_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["units", str(tmp_path / "u"), "--name", "lorient"]) == 2
    assert capsys.readouterr().err.startswith("maillage : /etc/maillage-lorient/environnement ne se lit pas")
    with pytest.raises(SystemExit):
        main(["units", str(tmp_path / "u"), "--name", "Le Teil"])
    assert "« Le Teil » : attendu des minuscules et des chiffres" in capsys.readouterr().err


def test_systemd_accepts_them(written: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not here")
    units = [str(one) for one in written.iterdir() if one.suffix in {".service", ".timer"}]
    done = subprocess.run([analyze, "verify", *units], check=False, capture_output=True, text=True)
    assert [one for one in done.stderr.splitlines() if str(written) in one] == []


def test_the_keeper_s_command_reads_the_settings_and_runs_none_of_them(tmp_path: Path) -> None:
    user = subprocess.run(["id", "-un"], check=True, capture_output=True, text=True).stdout.strip()
    (tmp_path / "reglages").write_text(
        "# Réglages\nDATABASE_URL=postgresql://a:$x`id`@/b?host=c,d&port=1,2;e\n"
        "MAILLAGE_MAIL_FROM=\"Maillage <m@a.fr>\"\nMAILLAGE_SMTP='smtp://b:$y#@c'",
        encoding="utf-8",
    )
    said = tmp_path / "dit"
    said.write_text('#!/bin/sh\nprintf "%s\\n" "$DATABASE_URL" "$MAILLAGE_MAIL_FROM" "$MAILLAGE_SMTP" "$@"\n')
    said.chmod(0o755)
    values = dict.fromkeys(VALUES, "x") | {
        "compte": user,
        "maillage": str(said),
        "dossier": str(tmp_path),
        "reglages": str(tmp_path / "reglages"),
    }
    write_units(tmp_path / "unites", values)
    command = [str(tmp_path / "unites" / f"{user}.sh"), "doctor", "a b"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "postgresql://a:$x`id`@/b?host=c,d&port=1,2;e",
        "Maillage <m@a.fr>",
        "smtp://b:$y#@c",
        "doctor",
        "a b",
    ]


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
