"""Django registration of the `pilotage` room."""

from django.apps import AppConfig


class PilotageConfig(AppConfig):
    """What a partnership looks at to steer itself; it reads, and changes nothing."""

    name = "maillage.pilotage"
    label = "pilotage"
    verbose_name = "Pilotage"
    default_auto_field = "django.db.models.BigAutoField"
