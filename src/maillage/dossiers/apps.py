"""Django registration of the `dossiers` room."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """Persons and their agreements. Only the `sharing` room may import this one."""

    name = "maillage.dossiers"
    label = "dossiers"
    verbose_name = "Dossiers"
    default_auto_field = "django.db.models.BigAutoField"
