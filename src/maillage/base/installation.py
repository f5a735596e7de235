"""Where an installation lives: its folder, its database address, its key file. Reads no Django.

`--data DIR` (which becomes MAILLAGE_DATA), else MAILLAGE_DATA, else DATABASE_URL, else var/demo.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from maillage.base.keyring import Keyring

DEFAULT_DIR = "var/demo"
DEMO_MARK = "demo"


class InstallationError(Exception):
    """The environment does not describe an installation; the message is one French sentence."""


@dataclass(frozen=True)
class Installation:
    """What the environment says: folder, database (None: SQLite in the folder), keys, demo or not."""

    data_dir: Path
    database_url: str | None
    keys: Path
    demo: bool

    @property
    def sqlite_file(self) -> Path:
        """Return the database file of an SQLite installation."""
        return self.data_dir / "maillage.sqlite3"

    def secret_key(self) -> str:
        """Return Django's secret, derived from the key file; empty while that file does not exist.

        Raises InstallationError when the file is there and cannot be read as a key file.
        """
        if not self.keys.exists():
            return ""
        try:
            root = Keyring.load(self.keys).pseudonym
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InstallationError(f"Le trousseau de clés {self.keys} n'est pas lisible.") from error
        return hmac.new(root, b"maillage django secret", hashlib.sha256).hexdigest()


def read_installation(environ: Mapping[str, str]) -> Installation:
    """Read the environment.

    Raises InstallationError when a folder is a file, when the key file is not named, or would lie inside
    the data.
    """
    named = environ.get("MAILLAGE_DATA", "")
    database_url = None if named else environ.get("DATABASE_URL") or None
    data_dir = Path(environ.get("MAILLAGE_FILES", "var/fichiers") if database_url else named or DEFAULT_DIR)
    data_dir = data_dir.absolute()
    if data_dir.exists() and not data_dir.is_dir():
        name = "MAILLAGE_FILES" if database_url else "MAILLAGE_DATA"
        raise InstallationError(
            f"{name} vaut « {data_dir} », qui est un fichier ; attendu : un dossier. "
            f"Exemple : {name}=/srv/maillage/donnees"
        )
    demo = database_url is None and (data_dir / DEMO_MARK).exists()
    return Installation(data_dir, database_url, _key_file(environ, data_dir, demo=demo), demo)


def mark_demo(data_dir: Path) -> None:
    """Say that this folder holds a demonstration: invented persons, movable clock, keys beside it."""
    data_dir.mkdir(parents=True, exist_ok=True)
    (data_dir / DEMO_MARK).touch()


def _key_file(environ: Mapping[str, str], data_dir: Path, *, demo: bool) -> Path:
    named = environ.get("MAILLAGE_KEYS", "")
    if not named and not demo:
        raise InstallationError(
            f"Aucune installation dans {data_dir} : lancez « maillage demo », "
            "ou indiquez le fichier des clés dans MAILLAGE_KEYS."
        )
    keys = Path(named or f"{data_dir}.keys").absolute()
    if keys.is_relative_to(data_dir) or keys.is_dir():
        raise InstallationError(
            "MAILLAGE_KEYS doit désigner un fichier hors du dossier des données. "
            "Exemple : MAILLAGE_KEYS=/etc/maillage/cles.json"
        )
    return keys
