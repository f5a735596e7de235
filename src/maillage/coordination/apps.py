"""Django registration of the `coordination` room."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    """Standing coordination: convening, chasing answers, contacts outside; no access to persons."""

    name = "maillage.coordination"
    label = "coordination"
    verbose_name = "Coordination"
    default_auto_field = "django.db.models.BigAutoField"
