"""Django registration of the `operations` room."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db import connections
from django.db.models.signals import post_migrate


class OperationsConfig(AppConfig):
    """What the person who runs the machine needs; it reads no person's content."""

    name = "maillage.operations"
    label = "operations"
    verbose_name = "Exploitation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep PostgreSQL's policies in place after each migration, and check that they are."""
        from maillage.operations.policies import check_policies

        post_migrate.connect(_lay_policies, sender=self)
        register(check_policies, Tags.database)


def _lay_policies(*, using: str, **_context: Any) -> None:
    """Lay the policies again: a table made anew has none."""
    from maillage.operations.policies import install

    install(connections[using])
