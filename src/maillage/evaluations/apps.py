"""Django registration of the `evaluations` room."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """What each actor says of a year, and the orders that public bodies gave."""

    name = "maillage.evaluations"
    label = "evaluations"
    verbose_name = "Évaluations"
    default_auto_field = "django.db.models.BigAutoField"
