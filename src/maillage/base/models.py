"""Wrapped data keys: what makes a person, a service or a partnership readable."""

from django.db import models

from maillage.base.enums import Portee
from maillage.base.identifiers import new_id


class CleDonnees(models.Model):
    """A data key wrapped by the installation's key list.

    Destroying the row makes everything sealed with it unreadable (crypto-erasure);
    rotating the installation's key re-wraps these rows and touches nothing else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    portee = models.CharField(max_length=16, choices=Portee)
    proprietaire = models.UUIDField()
    kek = models.CharField(max_length=32)
    enveloppe = models.BinaryField()
    creee_le = models.DateTimeField()

    class Meta:
        """One key per owner."""

        constraints = [
            models.UniqueConstraint(fields=["portee", "proprietaire"], name="cle_unique_par_proprietaire")
        ]

    def __str__(self) -> str:
        """Name the owner, never the key."""
        return f"{self.portee}:{self.proprietaire}"
