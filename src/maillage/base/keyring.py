"""The installation's key file, kept outside the data. Reads no Django: the settings need it."""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Keyring:
    """The installation's secrets, kept outside the data."""

    keks: Mapping[str, bytes]
    current: str
    pseudonym: bytes
    ledger: bytes

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Read a key file written by `generate`.

        Raises OSError when it cannot be read, ValueError or KeyError when it is not one.
        """
        raw = json.loads(path.read_text(encoding="ascii"))
        return cls(
            keks={name: base64.b64decode(key) for name, key in raw["keks"].items()},
            current=raw["current"],
            pseudonym=base64.b64decode(raw["pseudonym"]),
            ledger=base64.b64decode(raw["ledger"]),
        )

    @staticmethod
    def generate(path: Path) -> None:
        """Write a new key file readable by its owner only; never overwrites one."""
        fresh = {
            "keks": {"k1": _random_key()},
            "current": "k1",
            "pseudonym": _random_key(),
            "ledger": _random_key(),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump(fresh, file, indent=1)


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")
