"""What a city told the network, and what the network was told."""

from django.db import models

from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat


class LotPublie(models.Model):
    """A year of a partnership, told once: asked again, the very same file is given.

    Two counts of the same year would tell, by subtraction, what was added or erased in between.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="lots_publies")
    annee = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    fichier = models.TextField()
    publie_le = models.DateTimeField()

    class Meta:
        """A year once; bundles of a partnership numbered without a double."""

        constraints = [
            models.UniqueConstraint(fields=["partenariat", "annee"], name="lot_publie_annee"),
            models.UniqueConstraint(fields=["partenariat", "sequence"], name="lot_publie_sequence"),
        ]

    def __str__(self) -> str:
        """Say the year."""
        return f"{self.annee}"


class LotRecu(models.Model):
    """A bundle received; the key that signed it is who the city is."""

    id = models.UUIDField(primary_key=True, editable=False)
    cle_publique = models.CharField(max_length=64)
    partenariat = models.CharField(max_length=60)
    annee = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    contenu = models.JSONField()
    recu_le = models.DateTimeField()

    class Meta:
        """A city's year is received once, and so is each number of its series."""

        constraints = [
            models.UniqueConstraint(fields=["cle_publique", "partenariat", "annee"], name="lot_recu_annee"),
            models.UniqueConstraint(
                fields=["cle_publique", "partenariat", "sequence"], name="lot_recu_sequence"
            ),
        ]

    def __str__(self) -> str:
        """Say the year."""
        return f"{self.annee}"
