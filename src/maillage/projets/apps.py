"""Django registration of the `projets` room."""

from django.apps import AppConfig


class ProjetsConfig(AppConfig):
    """Joint projects, from a signal to a result."""

    name = "maillage.projets"
    label = "projets"
    verbose_name = "Projets"
    default_auto_field = "django.db.models.BigAutoField"
