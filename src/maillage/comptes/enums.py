"""Closed lists of the accounts room."""

from django.db.models import TextChoices


class EtatCompte(TextChoices):
    """Whether an account may sign in (design, section 7)."""

    ACTIF = "actif", "Actif"
    INVITE = "invite", "Invité"
    SUSPENDU = "suspendu", "Suspendu"
    PARTI = "parti", "Parti"
