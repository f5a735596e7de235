"""The ledger's rows: one chain per service, and the signed heads that leave the machine.

Triggers refuse UPDATE and DELETE on `Ligne` and `TeteSignee`, in both databases.
"""

from django.db import models

from maillage.audit.enums import Acte


class Chaine(models.Model):
    """The head of one service's chain; locking this row orders the lines.

    `derniere_le` is the date of the last line: when the day turns, that head is signed first.
    """

    id = models.UUIDField(primary_key=True)
    dernier_rang = models.PositiveBigIntegerField(default=0)
    derniere_empreinte = models.CharField(max_length=64, default="0" * 64)
    derniere_le = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Name the chain and its length."""
        return f"{self.id} ({self.dernier_rang})"


class Ligne(models.Model):
    """One thing done or refused, by pseudonym, without any content (S-21, S-22, S-24)."""

    chaine = models.ForeignKey(Chaine, on_delete=models.PROTECT, related_name="lignes")
    rang = models.PositiveBigIntegerField()
    le = models.DateTimeField()
    acteur = models.CharField(max_length=32)
    acte = models.CharField(max_length=20, choices=Acte)
    objet_genre = models.CharField(max_length=32, blank=True)
    objet = models.CharField(max_length=32, blank=True)
    detail = models.JSONField(default=dict)
    precedent = models.CharField(max_length=64)
    empreinte = models.CharField(max_length=64)

    class Meta:
        """Ranks are unique within a chain, so a chain has one order."""

        constraints = [models.UniqueConstraint(fields=["chaine", "rang"], name="rang_unique_par_chaine")]
        indexes = [
            models.Index(fields=["chaine", "le"], name="ligne_par_date"),
            models.Index(fields=["objet"], name="ligne_par_objet"),
        ]

    def __str__(self) -> str:
        """Say the act and its rank."""
        return f"{self.rang} {self.acte}"


class TeteSignee(models.Model):
    """A chain's head signed with Ed25519, at least daily and at each export (S-23)."""

    chaine = models.ForeignKey(Chaine, on_delete=models.PROTECT, related_name="tetes")
    rang = models.PositiveBigIntegerField()
    empreinte = models.CharField(max_length=64)
    le = models.DateTimeField()
    signature = models.CharField(max_length=128)
    cle_publique = models.CharField(max_length=64)

    class Meta:
        """Newest head first within a chain."""

        indexes = [models.Index(fields=["chaine", "-rang"], name="tete_par_rang")]

    def __str__(self) -> str:
        """Say which rank was signed."""
        return f"{self.chaine_id} @ {self.rang}"
