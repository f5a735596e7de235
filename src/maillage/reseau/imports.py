"""A bundle of another city brought in by `maillage import bundle`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.db.transaction import atomic, set_rollback

from maillage.directory.imports.report import ImportRefused, Report
from maillage.reseau.actions import receive
from maillage.reseau.bundle import BundleRefused, unseal

LARGEST_FILE = 1_000_000


def run(path: Path, *, dry_run: bool = False, mapping: Mapping[str, str] | None = None) -> Report:
    """Check a bundle and keep it; `mapping` has no meaning here. Raises ImportRefused."""
    report = Report("bundle")
    try:
        with path.open("rb") as file:
            read = file.read(LARGEST_FILE + 1)
        if len(read) > LARGEST_FILE:
            raise ImportRefused("Ce fichier est trop gros pour être un lot.")
        bundle = unseal(read.decode())
        with atomic():
            receive(bundle)
            set_rollback(dry_run)
    except OSError as error:
        raise ImportRefused(f"Impossible de lire {path} : {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ImportRefused("Ce fichier n'est pas un lot : ce n'est pas du texte.") from error
    except BundleRefused as error:
        raise ImportRefused(str(error)) from error
    report.count("created")
    report.remarks.append(f"Signé par la clé {bundle.cle_publique} : faites-la confirmer de vive voix.")
    return report
