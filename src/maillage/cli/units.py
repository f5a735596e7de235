"""`maillage units`: the systemd units, the proxy's settings and the keeper's command, for this machine."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from pathlib import Path

from maillage.base.oserrors import reason
from maillage.cli import CommandError
from maillage.cli.serve import DEFAULT_PORT, port_number

SETTINGS = "/etc/maillage/environnement"
NAME = re.compile(r"[a-z][a-z0-9]{0,19}")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "units", help="écrit les unités systemd et les réglages du serveur mandataire de cette machine"
    )
    parser.add_argument("folder", metavar="DOSSIER", type=Path)
    parser.add_argument(
        "--settings",
        metavar="FICHIER",
        type=Path,
        help=f"le fichier des variables, {SETTINGS} par défaut",
    )
    parser.add_argument("--port", type=port_number, default=DEFAULT_PORT, help="8000 par défaut")
    parser.add_argument("--processes", type=int, default=1, help="plusieurs seulement sur PostgreSQL")
    parser.add_argument(
        "--name", metavar="NOM", type=_name, help="plusieurs villes sur une machine : laquelle"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Write the files from the settings file. Raises CommandError when it lacks what they need."""
    from maillage.operations.unites import write_units

    account = f"maillage-{options.name}" if options.name else "maillage"
    settings = options.settings or Path(SETTINGS.replace("maillage", account))
    found = _read(settings)
    data = found.get("MAILLAGE_DATA") or found.get("MAILLAGE_FILES")
    missing = [name for name in ("MAILLAGE_KEYS", "MAILLAGE_HOSTS") if not found.get(name)]
    if not data or missing:
        raise CommandError(f"{settings} ne donne pas {missing[0] if missing else 'MAILLAGE_DATA'}.")
    hosts = found["MAILLAGE_HOSTS"].replace(",", " ").split()
    if not 1 <= options.processes <= 64:
        raise CommandError("--processes attend un nombre de 1 à 64.")
    values = {
        "compte": account,
        "maillage": str(Path(sys.executable).with_name("maillage")),
        "reglages": str(settings.absolute()),
        "dossier": data,
        "sauvegardes": found.get("MAILLAGE_BACKUPS") or data,
        "noms": " ".join(hosts),
        "certificat": f"/etc/letsencrypt/live/{hosts[0]}",
        "port": str(options.port),
        "processus": f" --processes {options.processes}" if options.processes > 1 else "",
        # Several cities do not all work at the same second.
        "etalement": "240" if options.name else "20",
    }
    try:
        written = write_units(options.folder, values)
    except OSError as error:
        raise CommandError(f"Impossible d'écrire {error.filename} : {reason(error)}.") from error
    for path in written:
        print(path)


def _name(text: str) -> str:
    """Read what tells a city from the others; raises argparse's error with a French sentence."""
    if not NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"« {text} » : attendu des minuscules et des chiffres, vingt au plus"
        )
    return text


def _read(path: Path) -> dict[str, str]:
    """Return the variables of a file of NAME=value lines, quoted or not. Raises CommandError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CommandError(f"{path} ne se lit pas : {reason(error)}.") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        try:
            (text,) = shlex.split(value, comments=True) or [""]
        except ValueError as error:
            raise CommandError(f"{path}, ligne {number} : attendu NOM=valeur, entre guillemets.") from error
        if not equals or not name.strip().isidentifier():
            raise CommandError(f"{path}, ligne {number} : attendu NOM=valeur, entre guillemets.")
        found[name.strip()] = text
    return found
