"""Django registration of the `base` room."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Clock, identifiers, encryption and French typography: what every room stands on."""

    name = "maillage.base"
    label = "base"
    verbose_name = "Socle"
    default_auto_field = "django.db.models.BigAutoField"
