"""Each variable: a good value is read, a wrong one stops the start with its reason and an example."""

from __future__ import annotations

import os
import runpy
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from psycopg import IsolationLevel

from maillage.base.installation import mark_demo
from maillage.base.keyring import Keyring
from maillage.config import environment
from maillage.config.environment import EXAMPLES
from maillage.operations.replica import ALIAS
from tests.installed import ROOT

Patch = pytest.MonkeyPatch


@pytest.fixture
def start(tmp_path: Path, monkeypatch: Patch) -> Any:
    """Return a function that reads the settings under some variables, and nothing of this process's."""
    Keyring.generate(tmp_path / "cles.json")
    (tmp_path / "donnees").mkdir()
    for name in [one for one in os.environ if one.startswith(("MAILLAGE_", "DATABASE_", "FOND_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MAILLAGE_DATA", str(tmp_path / "donnees"))
    monkeypatch.setenv("MAILLAGE_KEYS", str(tmp_path / "cles.json"))

    def read(**variables: str) -> dict[str, Any]:
        with monkeypatch.context() as here:
            for name, value in variables.items():
                here.setenv(name, value)
            return runpy.run_path(str(ROOT / "src/maillage/config/settings.py"))

    return read


def test_a_bare_installation_serves_this_machine_behind_tls(start: Any, tmp_path: Path) -> None:
    read = start()
    assert (read["HTTPS"], read["SITE"]) == (True, "https://127.0.0.1")
    assert (read["ALLOWED_HOSTS"], read["MAILLAGE_BACKUPS"]) == (["127.0.0.1", "localhost", "[::1]"], None)
    assert (read["EMAIL_HOST"], read["EMAIL_USE_TLS"], read["FOND_DE_CARTE_URL"]) == ("", False, "")
    assert read["DATABASES"]["default"]["NAME"] == tmp_path / "donnees" / "maillage.sqlite3"


def test_a_whole_installation_is_read(start: Any, tmp_path: Path) -> None:
    report = tmp_path / "rapport.md"
    report.write_text("# Rapport", encoding="utf-8")
    given = {name: EXAMPLES[name] for name in EXAMPLES if name not in {"MAILLAGE_DATA", "MAILLAGE_CLOCK"}}
    given |= {
        "MAILLAGE_DATA": "",
        "MAILLAGE_KEYS": str(tmp_path / "cles.json"),
        "MAILLAGE_RAPPORT": str(report),
        "MAILLAGE_HOSTS": " maillage.ville.fr, [2001:db8::1] ,.ville.fr",
    }
    read = start(**given)
    database = read["DATABASES"]["default"]
    assert (database["HOST"], database["NAME"], database["PASSWORD"]) == (
        "localhost",
        "maillage",
        "motdepasse",
    )
    assert read["ALLOWED_HOSTS"] == ["maillage.ville.fr", "[2001:db8::1]", ".ville.fr"]
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"], read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == (
        "courriel.ville.fr",
        587,
        "compte",
        "motdepasse",
    )
    assert (read["DEFAULT_FROM_EMAIL"], read["EMAIL_USE_TLS"]) == ("Maillage <maillage@ville.fr>", True)
    assert (read["MAILLAGE_BACKUPS"], read["MAILLAGE_DATA_DIR"]) == (
        Path("/srv/sauvegardes"),
        Path("/srv/maillage/fichiers"),
    )
    assert read["SITE"] == "https://maillage.ville.fr"


def test_a_standby_is_read_only_and_waited_for_a_little(start: Any) -> None:
    given = {"MAILLAGE_DATA": "", "DATABASE_URL": EXAMPLES["DATABASE_URL"]}
    address = "postgresql://chiffres@/maillage?host=a,b&port=5432,5432&target_session_attrs=standby"
    databases = start(**given, MAILLAGE_REPLICA_URL=address)["DATABASES"]
    assert list(databases) == ["default", ALIAS]
    assert databases[ALIAS]["CONN_MAX_AGE"] == 0
    orders = databases[ALIAS]["OPTIONS"].pop("options")
    assert orders.startswith("-c default_transaction_read_only=on -c jit=off -c tcp_")
    assert databases[ALIAS]["OPTIONS"] == {
        "host": "a,b",
        "port": "5432,5432",
        "target_session_attrs": "standby",
        "connect_timeout": 2,
        **environment.SILENCE,
        "isolation_level": IsolationLevel.REPEATABLE_READ,
    }
    assert list(start(**given)["DATABASES"]) == ["default"]
    with pytest.raises(ImproperlyConfigured, match="une base SQLite n'a pas de réplique"):
        start(MAILLAGE_REPLICA_URL=EXAMPLES["MAILLAGE_REPLICA_URL"])


def test_a_demonstration_may_set_its_clock(start: Any, tmp_path: Path) -> None:
    mark_demo(tmp_path / "donnees")
    assert start(MAILLAGE_CLOCK=EXAMPLES["MAILLAGE_CLOCK"])["HTTPS"] is False
    with pytest.raises(ImproperlyConfigured, match="une date et une heure"):
        start(MAILLAGE_CLOCK="demain")


WRONG = [
    ("MAILLAGE_DATA", "{file}", "qui est un fichier"),
    ("MAILLAGE_KEYS", "{data}/cles", "hors du dossier des données"),
    ("MAILLAGE_KEYS", "{folder}", "doit désigner un fichier"),
    ("MAILLAGE_BACKUPS", "{file}", "qui est un fichier"),
    ("MAILLAGE_BACKUPS", "{data}/sauvegardes", "qu'une sauvegarde doit survivre"),
    ("MAILLAGE_HOSTS", "https://maillage.ville.fr", "sans https:// ni port ni étoile"),
    ("MAILLAGE_HOSTS", "maillage.ville.fr:443", "sans https:// ni port ni étoile"),
    ("MAILLAGE_HOSTS", "*", "sans https:// ni port ni étoile"),
    ("MAILLAGE_HTTPS", "oui", "attendu : 0 ou 1"),
    ("MAILLAGE_SMTP", "courriel.ville.fr", "n'est pas l'adresse d'un serveur"),
    ("MAILLAGE_SMTP", "https://courriel.ville.fr", "n'est pas l'adresse d'un serveur"),
    ("MAILLAGE_SMTP", "smtp://courriel.ville.fr:porte", "n'est pas une adresse"),
    ("MAILLAGE_SMTP_TLS", "2", "attendu : 0 ou 1"),
    ("MAILLAGE_MAIL_FROM", "Maillage", "pas d'adresse électronique"),
    ("MAILLAGE_RAPPORT", "{folder}/rien.md", "où il n'y a pas de fichier"),
    ("MAILLAGE_CLOCK", "2026-03-12T21:00", "que dans une démonstration"),
    ("FOND_DE_CARTE_URL", "http://tuiles/{{z}}/{{x}}/{{y}}.png", "attendu : https://…"),
    ("FOND_DE_CARTE_URL", "https://tuiles/carte.png", "attendu : https://…"),
    ("DATABASE_URL", "mysql://a/b", "doit désigner une base PostgreSQL"),
    ("DATABASE_URL", "rien", "n'est pas une adresse de base"),
    ("DATABASE_URL", "postgresql://localhost", "ne nomme aucune base"),
    ("MAILLAGE_REPLICA_URL", "mysql://a/b", "doit désigner une base PostgreSQL"),
    ("MAILLAGE_REPLICA_URL", "rien", "n'est pas une adresse de base"),
    ("MAILLAGE_REPLICA_URL", "postgresql://localhost", "ne nomme aucune base"),
    ("MAILLAGE_FILES", "{file}", "qui est un fichier"),
]


@pytest.mark.parametrize(("name", "value", "reason"), WRONG)
def test_a_wrong_value_stops_the_start(
    start: Any, tmp_path: Path, name: str, value: str, reason: str
) -> None:
    (tmp_path / "fichier").touch()
    places = {"file": tmp_path / "fichier", "folder": tmp_path, "data": tmp_path / "donnees"}
    given = {name: value.format(**places)}
    if name in {"DATABASE_URL", "MAILLAGE_FILES", "MAILLAGE_REPLICA_URL"}:
        given = {"MAILLAGE_DATA": "", "DATABASE_URL": EXAMPLES["DATABASE_URL"]} | given
    with pytest.raises(ImproperlyConfigured) as refused:
        start(**given)
    said = str(refused.value)
    assert said.startswith(f"{name} ")
    assert reason in said
    assert f"Exemple : {name}=" in said
    assert "\n" not in said


@pytest.mark.requirement("S-38")
def test_either_side_of_a_silent_line_gives_up_and_the_address_may_ask_otherwise() -> None:
    address = "postgresql://localhost/maillage?keepalives_idle=1&options=-c%20lock_timeout%3D300"
    options = environment.database(address)["OPTIONS"]
    there = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
    assert options == {
        "connect_timeout": 5,
        "keepalives_idle": 1,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
        "options": f"-c lock_timeout=20000 -c jit=off {there} -c tcp_user_timeout=20000 -c lock_timeout=300",
    }


def test_every_variable_has_its_wrong_value() -> None:
    assert {name for name, _value, _reason in WRONG} == set(EXAMPLES)


def test_a_password_is_never_repeated(start: Any) -> None:
    for name, value in (
        ("MAILLAGE_SMTP", "smtps://compte:Canari@courriel.ville.fr"),
        ("DATABASE_URL", "postgresql://maillage:Canari@localhost"),
        ("MAILLAGE_REPLICA_URL", "postgresql://chiffres:Canari@replique.ville.fr/maillage"),
    ):
        with pytest.raises(ImproperlyConfigured) as refused:
            start(MAILLAGE_DATA="", **{name: value})
        assert "Canari" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("MAILLAGE_HOST", "MAILLAGE_HOST n'est pas une variable de Maillage ; vouliez-vous MAILLAGE_HOSTS ?"),
        (
            "MAILLAGE_XYZ",
            "MAILLAGE_XYZ n'est pas une variable de Maillage : elles sont dans la page des variables.",
        ),
    ],
)
def test_a_misspelt_variable_is_refused(start: Any, name: str, said: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        start(**{name: "1"})
    assert str(refused.value) == said
