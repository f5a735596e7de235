"""Checks made before serving: what the settings ask is read back from the database itself (S-37)."""

from __future__ import annotations

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from maillage.base.dberrors import refusal
from maillage.operations.health import durability_complaints, migration_complaints


def require_safe_database() -> None:
    """Refuse to go on unless the database keeps what it acknowledges, is up to date and guards its ledger.

    Raises ImproperlyConfigured with one French sentence.
    """
    try:
        complaints = [*durability_complaints(), *migration_complaints()] or _system_complaints()
    except DatabaseError as error:
        raise ImproperlyConfigured(refusal(error)) from error
    if complaints:
        raise ImproperlyConfigured(complaints[0])


def _system_complaints() -> list[str]:
    """Return the serious findings of the rooms' own checks, the database's included."""
    return [str(found.msg) for found in run_checks(databases=["default"]) if found.is_serious()]
