"""Django registration of the `audit` room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The ledger: append-only, chained by service, pseudonymous, heads signed."""

    name = "maillage.audit"
    label = "audit"
    verbose_name = "Journal"
    default_auto_field = "django.db.models.BigAutoField"
