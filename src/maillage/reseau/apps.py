"""Django registration of the `reseau` room."""

from django.apps import AppConfig


class ReseauConfig(AppConfig):
    """Cities compared without a ranking: signed bundles of masked aggregates."""

    name = "maillage.reseau"
    label = "reseau"
    verbose_name = "Réseau"
    default_auto_field = "django.db.models.BigAutoField"
