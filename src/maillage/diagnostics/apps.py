"""Django registration of the `diagnostics` room."""

from django.apps import AppConfig


class DiagnosticsConfig(AppConfig):
    """Shared diagnosis: what both trades see of places, with nobody recognisable."""

    name = "maillage.diagnostics"
    label = "diagnostics"
    verbose_name = "Diagnostics"
    default_auto_field = "django.db.models.BigAutoField"
