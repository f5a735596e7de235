"""Django registration of the `enquetes` room."""

from django.apps import AppConfig


class EnquetesConfig(AppConfig):
    """Surveys of both trades: the barometer, anonymous for good."""

    name = "maillage.enquetes"
    label = "enquetes"
    verbose_name = "Enquêtes"
    default_auto_field = "django.db.models.BigAutoField"
