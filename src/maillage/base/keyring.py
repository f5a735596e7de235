"""The installation's key file, kept outside the data. Reads no Django: the settings need it."""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True)
class Keyring:
    """The installation's secrets, kept outside the data."""

    keks: Mapping[str, bytes]
    current: str
    pseudonym: bytes
    ledger: bytes
    sealing: Mapping[str, bytes]
    """Private P-256 keys by name: telephones seal to the public part of the current one."""
    sealing_current: str

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Read a key file written by `generate`.

        Raises OSError when it cannot be read, ValueError or KeyError when it is not one.
        """
        raw = json.loads(path.read_text(encoding="ascii"))
        pseudonym = base64.b64decode(raw["pseudonym"])
        # A key file written before telephones sealed anything: its key comes from the file's own root.
        sealing = raw.get("sealing") or {"s0": _first_sealing_key(pseudonym)}
        return cls(
            keks={name: base64.b64decode(key) for name, key in raw["keks"].items()},
            current=raw["current"],
            pseudonym=pseudonym,
            ledger=base64.b64decode(raw["ledger"]),
            sealing={name: base64.b64decode(key) for name, key in sealing.items()},
            sealing_current=raw.get("sealing_current", "s0"),
        )

    @staticmethod
    def generate(path: Path) -> None:
        """Write a new key file readable by its owner only; never overwrites one."""
        fresh = {
            "keks": {"k1": _random_key()},
            "current": "k1",
            "pseudonym": _random_key(),
            "ledger": _random_key(),
            "sealing": {"s1": _scalar(secrets.token_bytes(32))},
            "sealing_current": "s1",
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump(fresh, file, indent=1)


def add_keys(path: Path) -> str:
    """Add a fresh wrapping key and a fresh telephone key to a key file, make them current; name the first.

    The former keys stay: what they protect is still read. The file changes whole or not at all.
    Raises OSError when it cannot be written.
    """
    raw = json.loads(path.read_text(encoding="ascii"))
    ring = Keyring.load(path)
    wrapping, sealing = _next_name("k", ring.keks), _next_name("s", ring.sealing)
    raw["keks"][wrapping], raw["current"] = _random_key(), wrapping
    raw["sealing"] = {name: base64.b64encode(key).decode("ascii") for name, key in ring.sealing.items()}
    raw["sealing"][sealing], raw["sealing_current"] = _scalar(secrets.token_bytes(32)), sealing
    _replace(path, raw)
    return wrapping


def drop_key(path: Path, name: str) -> None:
    """Take a wrapping key that is not current out of a key file: what it protected is lost for good.

    Raises KeyError when it is not there, ValueError when it is current, OSError.
    """
    raw = json.loads(path.read_text(encoding="ascii"))
    if raw["current"] == name:
        raise ValueError(name)
    del raw["keks"][name]
    _replace(path, raw)


def _next_name(letter: str, known: Mapping[str, bytes]) -> str:
    ranks = [int(name[1:]) for name in known if name[1:].isdecimal()]
    return f"{letter}{max(ranks, default=0) + 1}"


def _replace(path: Path, content: dict[str, object]) -> None:
    fresh = path.with_name(f"{path.name}.part")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _scalar(raw: bytes) -> str:
    """Return 32 bytes as a private number of P-256, in base64: from 1 to the group's order less one."""
    number = int.from_bytes(raw, "big") % (_P256_ORDER - 1) + 1
    return base64.b64encode(number.to_bytes(32, "big")).decode("ascii")


def _first_sealing_key(root: bytes) -> str:
    return _scalar(hmac.new(root, b"maillage carnet scellement", hashlib.sha256).digest())


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")
