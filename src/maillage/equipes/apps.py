"""Django registration of the `equipes` room."""

from django.apps import AppConfig


class EquipesConfig(AppConfig):
    """Teams that change: contracts, departures, arrivals, training."""

    name = "maillage.equipes"
    label = "equipes"
    verbose_name = "Équipes"
    default_auto_field = "django.db.models.BigAutoField"
