"""The files that make an installation start by itself: units, timer, proxy, and a command to keep it."""

from __future__ import annotations

import string
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

NAMES = {
    "maillage.service": 0o644,
    "maillage-travail.service": 0o644,
    "maillage-travail.timer": 0o644,
    "nginx.conf": 0o644,
    "maillage.sh": 0o755,
}


def write_units(folder: Path, values: Mapping[str, str]) -> list[Path]:
    """Write each file in a folder, made if need be, and return them.

    `values` names what the templates ask: compte (the user, whose name begins the files' too),
    maillage, reglages, dossier, sauvegardes, noms, certificat, port, processus, etalement. Raises
    OSError when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, mode in NAMES.items():
        text = files(__package__).joinpath(name).read_text(encoding="utf-8")
        path = folder / name.replace("maillage", values["compte"])
        path.write_text(string.Template(text).substitute(values), encoding="utf-8")
        path.chmod(mode)
        written.append(path)
    return written
