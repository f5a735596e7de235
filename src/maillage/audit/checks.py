"""A system check: the database still refuses to change the ledger."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections

from maillage.audit.triggers import missing


def check_triggers(
    *, app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **_context: Any
) -> list[CheckMessage]:
    """Return one error per database whose ledger lost a trigger; a database without ledger has none."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if "audit_ligne" not in connection.introspection.table_names():
            continue
        lost = missing(connection)
        if lost:
            found.append(Error(f"Le journal n'est plus protégé : {', '.join(lost)}.", id="audit.E001"))
    return found
