"""A throw-away installation for a measurement: SQLite on the disk, keys of its own, migrated, empty."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def throwaway(folder: Path) -> dict[str, str]:
    """Make an empty installation in a folder; return the environment of the processes that use it."""
    from maillage.base.installation import mark_demo
    from maillage.base.keyring import Keyring

    data = folder / "donnees"
    mark_demo(data)
    Keyring.generate(Path(f"{data}.keys"))
    dropped = {"DATABASE_URL", "MAILLAGE_KEYS", "MAILLAGE_HTTPS", "MAILLAGE_CLOCK"}
    env = {name: value for name, value in os.environ.items() if name not in dropped}
    env |= {"MAILLAGE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "maillage.config.settings"}
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=env, check=True)
    return env


def run_there(program: str, env: dict[str, str]) -> dict[str, Any]:
    """Run a line of Python whose settings are that installation's; return the JSON object it prints last."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], env=env, check=True, capture_output=True, text=True
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))
