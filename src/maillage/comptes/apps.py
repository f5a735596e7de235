"""Django registration of the `comptes` room."""

from django.apps import AppConfig


class ComptesConfig(AppConfig):
    """Who may come in: accounts, invitations, and the acting professional of a request."""

    name = "maillage.comptes"
    label = "comptes"
    verbose_name = "Comptes"
    default_auto_field = "django.db.models.BigAutoField"
