"""Django registration of the `reunions` room."""

from django.apps import AppConfig


class ReunionsConfig(AppConfig):
    """Meetings that prepare themselves, their minutes and decisions."""

    name = "maillage.reunions"
    label = "reunions"
    verbose_name = "Réunions"
    default_auto_field = "django.db.models.BigAutoField"
