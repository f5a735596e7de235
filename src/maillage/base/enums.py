"""Closed lists of the base room."""

from django.db.models import TextChoices


class Portee(TextChoices):
    """Whose data a key opens: one key per service, per person, per partnership."""

    SERVICE = "service", "Service"
    PERSONNE = "personne", "Personne"
    PARTENARIAT = "partenariat", "Partenariat"
