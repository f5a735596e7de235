"""Django registration of the `administration` room."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """What a city changes without code, with its history; no access to persons."""

    name = "maillage.administration"
    label = "administration"
    verbose_name = "Administration"
    default_auto_field = "django.db.models.BigAutoField"
