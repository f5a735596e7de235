"""Django registration of the `operations` room."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What the person who runs the machine needs; it reads no person's content."""

    name = "maillage.operations"
    label = "operations"
    verbose_name = "Exploitation"
    default_auto_field = "django.db.models.BigAutoField"
