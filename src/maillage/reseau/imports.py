"""A bundle of another city brought in by `maillage import bundle`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from django.db.transaction import atomic, set_rollback

from maillage.base.oserrors import reason
from maillage.directory.imports.report import ImportRefused, Report
from maillage.reseau.actions import receive
from maillage.reseau.bundle import unseal
from maillage.reseau.envelope import BundleRefused

LARGEST_FILE = 2_000_000


def run(path: Path, *, dry_run: bool = False, mapping: Mapping[str, str] | None = None) -> Report:
    """Check a bundle and keep it; `mapping` has no meaning here. Raises ImportRefused."""
    report = Report("bundle")

    def keep(text: str) -> None:
        bundle = unseal(text)
        receive(bundle)
        report.count("created")

    return brought(path, report, keep, dry_run=dry_run)


def read_text(raw: bytes) -> str:
    """Return the text of a file received. Raises BundleRefused when it is too big or is not text."""
    if len(raw) > LARGEST_FILE:
        raise BundleRefused("Ce fichier est trop gros pour être un lot.")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise BundleRefused("Ce fichier n'est pas un lot : ce n'est pas du texte.") from None


def brought(path: Path, report: Report, keep: Callable[[str], None], *, dry_run: bool) -> Report:
    """Read a file, keep what it says in one transaction, return the report. Raises ImportRefused."""
    try:
        with path.open("rb") as file:
            text = read_text(file.read(LARGEST_FILE + 1))
        with atomic():
            keep(text)
            set_rollback(dry_run)
    except OSError as error:
        raise ImportRefused(f"Impossible de lire {path} : {reason(error)}.") from error
    except BundleRefused as error:
        raise ImportRefused(str(error)) from error
    return report
