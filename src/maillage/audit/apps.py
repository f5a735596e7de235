"""Django registration of the `audit` room."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db import connections
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """The ledger: append-only, chained by service, pseudonymous, heads signed."""

    name = "maillage.audit"
    label = "audit"
    verbose_name = "Journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the ledger's triggers in place after each migration, and check that they are."""
        from maillage.audit.checks import check_triggers

        post_migrate.connect(_restore_triggers, sender=self)
        register(check_triggers, Tags.database)


def _restore_triggers(*, using: str, **_context: Any) -> None:
    """Re-create the triggers: SQLite forgets them whenever it rebuilds a table."""
    from maillage.audit.triggers import install

    connection = connections[using]
    if "audit_ligne" in connection.introspection.table_names():
        install(connection)
