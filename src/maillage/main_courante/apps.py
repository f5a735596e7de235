"""Django registration of the `main_courante` room."""

from django.apps import AppConfig


class MainCouranteConfig(AppConfig):
    """Notes of both trades and news of places: nobody is ever named here."""

    name = "maillage.main_courante"
    label = "main_courante"
    verbose_name = "Main courante"
    default_auto_field = "django.db.models.BigAutoField"
