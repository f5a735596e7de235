"""Django registration of the `sharing` room."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """The only door to personal information: facts, verdict, openings, ledger line."""

    name = "maillage.sharing"
    label = "sharing"
    verbose_name = "Partage"
    default_auto_field = "django.db.models.BigAutoField"
