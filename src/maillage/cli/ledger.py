"""`maillage ledger`: take the ledger out of the machine, and verify it anywhere."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.base.dberrors import refusal
from maillage.base.oserrors import reason
from maillage.cli import CommandError, add_data_option, django_setup

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from maillage.audit.verify import Proof


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `ledger` commands."""
    parser = subparsers.add_parser("ledger", help="exporte et vérifie le journal")
    commands = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    export = commands.add_parser("export", help="écrit tout le journal, têtes signées")
    export.add_argument("file", nargs="?", metavar="FILE", help="fichier (sinon la sortie standard)")
    add_data_option(export)
    export.set_defaults(run=run_export)
    key = commands.add_parser("key", help="affiche la clé publique qui vérifie les signatures")
    add_data_option(key)
    key.set_defaults(run=run_key)
    sign = commands.add_parser(
        "sign", help="signe les têtes du jour et les affiche, pour les garder ailleurs"
    )
    add_data_option(sign)
    sign.set_defaults(run=run_sign)
    verify = commands.add_parser("verify", help="vérifie un export, sans base ni secret")
    verify.add_argument("file", metavar="FILE", help="journal exporté (« - » : l'entrée standard)")
    verify.add_argument(
        "--key", required=True, metavar="PUB", help="clé publique, ou fichier qui la contient"
    )
    verify.add_argument("--against", metavar="FILE", help="export plus ancien, que celui-ci doit prolonger")
    verify.set_defaults(run=run_verify)


@contextmanager
def _installation(data: str | None) -> Iterator[None]:
    """Open an installation; raises CommandError when its database does not answer."""
    django_setup(data)
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as error:
        raise CommandError(refusal(error)) from error


def run_export(options: argparse.Namespace) -> None:
    """Sign every head and write the whole ledger; a file appears whole or not at all."""
    with _installation(options.data):
        _export(options.file)


def _export(name: str | None) -> None:
    from maillage.audit.signing import public_key

    if name is None:
        for line in _exported():
            sys.stdout.buffer.write(line)
        return
    target = Path(name)
    partial = target.with_name(f"{target.name}.part")
    try:
        with partial.open("wb") as file:
            file.writelines(_exported())
        partial.replace(target)
    except OSError as error:
        raise CommandError(f"Impossible d'écrire {target} : {reason(error)}.") from error
    print(f"Journal écrit dans {target}. Clé publique : {public_key()}")


def run_key(options: argparse.Namespace) -> None:
    """Print the public key."""
    django_setup(options.data)
    from maillage.audit.signing import public_key

    print(public_key())


def run_sign(options: argparse.Namespace) -> None:
    """Sign the heads and print them, one JSON object per line."""
    with _installation(options.data):
        from maillage.audit.actions import sign_heads
        from maillage.audit.format import canonical
        from maillage.audit.records import head_of

        for tete in sign_heads():
            sys.stdout.buffer.write(canonical(head_of(tete)) + b"\n")


def run_verify(options: argparse.Namespace) -> int:
    """Verify a file; say the first bad line and return 1 when it does not hold."""
    from maillage.audit.verify import Bad, verify

    try:
        earlier = _proof(options.against, options.key).heads if options.against else None
    except Bad as error:
        print(f"L'export plus ancien ne tient pas : {error}.", file=sys.stderr)
        return 1
    try:
        proof = verify(_lines(options.file), _public_key(options.key), against=earlier)
    except Bad as error:
        print(f"Le journal ne tient pas : {error}.", file=sys.stderr)
        return 1
    print(f"Le journal tient : {proof.lignes} lignes, {proof.chaines} chaînes, {proof.tetes} têtes signées.")
    return 0


def _proof(file: str, key: str) -> Proof:
    from maillage.audit.verify import verify

    return verify(_lines(file), _public_key(key))


def _exported() -> Iterator[bytes]:
    from django.db.transaction import atomic

    from maillage.audit.actions import sign_heads
    from maillage.audit.queries import export_lines

    with atomic():
        sign_heads()
        yield from export_lines()


def _lines(file: str) -> Iterator[bytes]:
    from maillage.audit.verify import read_lines

    try:
        if file == "-":
            yield from read_lines(iter(lambda: sys.stdin.buffer.read(1 << 16), b""))
            return
        with Path(file).open("rb") as opened:
            yield from read_lines(iter(lambda: opened.read(1 << 16), b""))
    except OSError as error:
        raise CommandError(f"Impossible de lire {file} : {reason(error)}.") from error


def _public_key(given: str) -> Ed25519PublicKey:
    from maillage.audit.verify import read_public_key

    try:
        path = Path(given)
        return read_public_key(path.read_text(encoding="ascii") if path.is_file() else given)
    except (OSError, ValueError) as error:
        raise CommandError(
            "--key attend une clé publique (64 caractères hexadécimaux) ou un fichier qui la contient."
        ) from error
