"""Django registration of the `orientations` room."""

from django.apps import AppConfig


class OrientationsConfig(AppConfig):
    """Orientations that owe an answer, and their two faces."""

    name = "maillage.orientations"
    label = "orientations"
    verbose_name = "Orientations"
    default_auto_field = "django.db.models.BigAutoField"
