"""Django registration of the `base` room."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import pre_migrate


class BaseConfig(AppConfig):
    """Clock, identifiers, encryption and French typography: what every room stands on."""

    name = "maillage.base"
    label = "base"
    verbose_name = "Socle"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell each new connection whom it answers to; a process that migrates works for the house."""
        from maillage.base.wall import tell_new_connection

        connection_created.connect(tell_new_connection, dispatch_uid="maillage.wall")
        pre_migrate.connect(_migrating, sender=self)


def _migrating(**_context: Any) -> None:
    from maillage.base.wall import declare_house

    declare_house()
