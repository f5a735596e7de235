"""What the environment says, each value checked: a wrong one stops the start with its reason and an example.

A value that may hold a secret is never repeated. The one table of these variables, for who installs,
is docs/reference/variables.md.
"""

from __future__ import annotations

import difflib
import os
import re
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from maillage.base.clock import parse_moment

EXAMPLES = {
    "MAILLAGE_DATA": "/srv/maillage/donnees",
    "DATABASE_URL": "postgresql://maillage:motdepasse@localhost:5432/maillage",
    "MAILLAGE_REPLICA_URL": "postgresql://chiffres:motdepasse@replique.ville.fr:5432/maillage",
    "MAILLAGE_FILES": "/srv/maillage/fichiers",
    "MAILLAGE_KEYS": "/etc/maillage/cles.json",
    "MAILLAGE_BACKUPS": "/srv/sauvegardes",
    "MAILLAGE_HOSTS": "maillage.ville.fr",
    "MAILLAGE_HTTPS": "1",
    "MAILLAGE_SMTP": "smtp://compte:motdepasse@courriel.ville.fr:587",
    "MAILLAGE_SMTP_TLS": "1",
    "MAILLAGE_MAIL_FROM": "Maillage <maillage@ville.fr>",
    "MAILLAGE_RAPPORT": "/srv/maillage/rapport.md",
    "MAILLAGE_CLOCK": "2026-03-12T21:00",
    "FOND_DE_CARTE_URL": "https://tuiles.ville.fr/{z}/{x}/{y}.png",
}
# As long as SQLite's own wait: a lock held longer, an upgrade's included, gives way to a clear refusal.
LOCK_WAIT_MS, CONNECT_SECONDS = 20_000, 5
# A machine that loses its power, or its line, says nothing. Each side asks the other, and gives up after
# twenty seconds: a request would wait for two hours, and the locks of a lost process be kept as long.
SILENCE = {"keepalives_idle": 5, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 20_000}
# A standby is waited for a little only: what it would count is counted on the primary instead.
REPLICA_CONNECT_SECONDS = 2
# Set by who builds or tests, never read by an installation.
ELSEWHERE = frozenset({"MAILLAGE_NO_EVIDENCE"})
_HOST = re.compile(r"\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\]", re.I)


@dataclass(frozen=True)
class Smtp:
    """Where mails leave from; no host: they are written in a folder."""

    hote: str = ""
    port: int = 587
    compte: str = ""
    mot_de_passe: str = ""


def refusal(name: str, reason: str) -> ImproperlyConfigured:
    """Return the one sentence that stops the start: which variable, why, and what would do."""
    return ImproperlyConfigured(f"{name} {reason}. Exemple : {name}={EXAMPLES[name]}")


def refuse_unknown() -> None:
    """Refuse a variable of ours that does not exist: a misspelt one would be silently ignored.

    Raises ImproperlyConfigured, naming the nearest one.
    """
    for name in sorted(os.environ):
        if name.startswith("MAILLAGE_") and name not in EXAMPLES and name not in ELSEWHERE:
            near = difflib.get_close_matches(name, EXAMPLES, n=1, cutoff=0.85)
            said = f" ; vouliez-vous {near[0]} ?" if near else " : elles sont dans la page des variables."
            raise ImproperlyConfigured(f"{name} n'est pas une variable de Maillage{said}")


def _text(name: str) -> str:
    return os.environ.get(name, "").strip()


def switch(name: str, *, default: bool) -> bool:
    """Read 0 or 1. Raises ImproperlyConfigured."""
    value = _text(name) or ("1" if default else "0")
    if value not in {"0", "1"}:
        raise refusal(name, f"vaut « {value} » ; attendu : 0 ou 1")
    return value == "1"


def folder(name: str) -> Path | None:
    """Read the path of a folder, made later if it does not exist. Raises ImproperlyConfigured for a file."""
    value = _text(name)
    if value and Path(value).exists() and not Path(value).is_dir():
        raise refusal(name, f"vaut « {value} », qui est un fichier ; attendu : un dossier")
    return Path(value) if value else None


def file(name: str) -> Path | None:
    """Read the path of a file that must be there. Raises ImproperlyConfigured."""
    value = _text(name)
    if value and not Path(value).is_file():
        raise refusal(name, f"vaut « {value} », où il n'y a pas de fichier")
    return Path(value) if value else None


def backups(data: Path) -> Path | None:
    """Read the folder of backups: outside the data, which it must survive. Raises ImproperlyConfigured."""
    found = folder("MAILLAGE_BACKUPS")
    if found is not None and found.absolute().is_relative_to(data):
        raise refusal("MAILLAGE_BACKUPS", "désigne un dossier des données, qu'une sauvegarde doit survivre")
    return found


def database(address: str) -> dict[str, object]:
    """Read the address of a PostgreSQL database. Raises ImproperlyConfigured."""
    found = _postgresql("DATABASE_URL", address, CONNECT_SECONDS, f"lock_timeout={LOCK_WAIT_MS}")
    return {**found, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def replica(primary: str | None) -> dict[str, dict[str, object]]:
    """Read the address of the standby where statistics may be counted; nothing without any.

    `primary` is the address of the database, None for SQLite. Each count opens its connection, which
    sees one instant and writes nothing. Raises ImproperlyConfigured.
    """
    name, address = "MAILLAGE_REPLICA_URL", _text("MAILLAGE_REPLICA_URL")
    if not address:
        return {}
    if primary is None:
        raise refusal(name, "ne vaut qu'avec DATABASE_URL : une base SQLite n'a pas de réplique")
    from psycopg import IsolationLevel

    found = _postgresql(name, address, REPLICA_CONNECT_SECONDS, "default_transaction_read_only=on")
    found["OPTIONS"]["isolation_level"] = IsolationLevel.REPEATABLE_READ
    return {"replique": found}


def _postgresql(name: str, address: str, seconds: int, *orders: str) -> dict[str, Any]:
    """Read an address: how long a connection may take to open, what each session begins with."""
    try:
        found: dict[str, Any] = {**dj_database_url.parse(address)}
    except (ValueError, KeyError) as error:
        raise refusal(name, "n'est pas une adresse de base de données") from error
    if found["ENGINE"] != "django.db.backends.postgresql":
        raise refusal(name, "doit désigner une base PostgreSQL (postgresql://…)")
    if not found.get("NAME"):
        raise refusal(name, "ne nomme aucune base, après la dernière barre")
    asked = dict(found.get("OPTIONS", {}))
    # No jit: the policies of the second wall make a short query look long to PostgreSQL, which would then
    # spend seconds compiling what runs in milliseconds.
    there = [f"tcp_{option.removeprefix('tcp_')}={value}" for option, value in SILENCE.items()]
    # The last one said wins: the address may ask for other waits.
    said = [*(f"-c {one}" for one in (*orders, "jit=off", *there)), asked.pop("options", "")]
    waits = {"connect_timeout": seconds, **SILENCE}
    return {**found, "OPTIONS": {**waits, **asked, "options": " ".join(said).strip()}}


def hosts() -> list[str]:
    """Read the names that are served, this machine alone without any. Raises ImproperlyConfigured."""
    found = [one.strip() for one in _text("MAILLAGE_HOSTS").split(",") if one.strip()]
    for one in found:
        if _HOST.fullmatch(one) is None:
            raise refusal(
                "MAILLAGE_HOSTS", f"contient « {one} » ; attendu : un nom, sans https:// ni port ni étoile"
            )
    return found or ["127.0.0.1", "localhost", "[::1]"]


def smtp() -> Smtp:
    """Read the mail server. Raises ImproperlyConfigured without repeating what may be a password."""
    name, value = "MAILLAGE_SMTP", _text("MAILLAGE_SMTP")
    if not value:
        return Smtp()
    parts = _split(name, value)
    if parts.scheme != "smtp" or not parts.hostname:
        raise refusal(name, "n'est pas l'adresse d'un serveur de courriel (smtp://…)")
    return Smtp(
        parts.hostname,
        parts.port or 587,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def sender() -> str:
    """Read who mails come from. Raises ImproperlyConfigured."""
    value = _text("MAILLAGE_MAIL_FROM") or "Maillage <maillage@localhost>"
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(value)[1]) or not value.isprintable():
        raise refusal("MAILLAGE_MAIL_FROM", f"vaut « {value} », où il n'y a pas d'adresse électronique")
    return value


def tiles() -> str:
    """Read the address of map tiles, none without any. Raises ImproperlyConfigured."""
    name, value = "FOND_DE_CARTE_URL", _text("FOND_DE_CARTE_URL")
    if value:
        parts = _split(name, value)
        if parts.scheme != "https" or not parts.netloc or any(f"{{{one}}}" not in value for one in "zxy"):
            raise refusal(name, f"vaut « {value} » ; attendu : https://…, avec {{z}}, {{x}} et {{y}}")
    return value


def check_clock(*, demo: bool) -> None:
    """Refuse a starting time that is not one, or outside a demonstration. Raises ImproperlyConfigured."""
    value = _text("MAILLAGE_CLOCK")
    if not value:
        return
    if not demo:
        raise refusal("MAILLAGE_CLOCK", "ne se règle que dans une démonstration : retirez-la")
    try:
        parse_moment(value)
    except ValueError as error:
        raise refusal("MAILLAGE_CLOCK", f"vaut « {value} » ; attendu : une date et une heure") from error


def _split(name: str, value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise refusal(name, "n'est pas une adresse") from error
    return parts
