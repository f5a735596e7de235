"""Django registration of the `conventions` room."""

from django.apps import AppConfig


class ConventionsConfig(AppConfig):
    """The partnership as an object: members, form, clauses that establish facts, readings."""

    name = "maillage.conventions"
    label = "conventions"
    verbose_name = "Conventions"
    default_auto_field = "django.db.models.BigAutoField"
