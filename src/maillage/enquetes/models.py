"""The barometer: waves, sums of answers, collective sheets. No answer of one person is ever stored."""

from django.db import models

from maillage.conventions.models import Partenariat
from maillage.directory.models import Service


class Vague(models.Model):
    """A wave of the barometer in one partnership: one a half-year (`semestre`, «2026-1»)."""

    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="vagues")
    semestre = models.CharField(max_length=6)
    ouverte = models.BooleanField(default=True)

    class Meta:
        """One wave a half-year; newest first."""

        constraints = [models.UniqueConstraint(fields=["partenariat", "semestre"], name="vague_unique")]
        ordering = ["-semestre"]

    def __str__(self) -> str:
        """Say the half-year."""
        return self.semestre


class Depouillement(models.Model):
    """The sum of answers of one trade in one wave: {question: {answer: how many}}.

    One row, rewritten whole by each answer: neither the order of rows, nor their keys, nor the database's
    own marks of change say who answered what. Without partnership: the small teams of every city, pooled.
    """

    semestre = models.CharField(max_length=6)
    partenariat = models.ForeignKey(Partenariat, null=True, on_delete=models.PROTECT, related_name="+")
    metier = models.CharField(max_length=24)
    comptes = models.JSONField(default=dict)

    class Meta:
        """One row a trade, a half-year, a partnership (or the pool)."""

        constraints = [
            models.UniqueConstraint(
                fields=["semestre", "metier", "partenariat"], name="depouillement_unique"
            ),
            models.UniqueConstraint(
                fields=["semestre", "metier"],
                condition=models.Q(partenariat=None),
                name="depouillement_commun_unique",
            ),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"{self.semestre} {self.metier}"


class Marque(models.Model):
    """Someone took part in an open wave: a keyed digest, without time, erased when the wave closes.

    Keys are drawn at random, so that their order says nothing.
    """

    empreinte = models.CharField(primary_key=True, max_length=64)
    vague = models.ForeignKey(Vague, on_delete=models.CASCADE, related_name="marques")

    def __str__(self) -> str:
        """Say nothing of whom."""
        return "participation"


class FeuilleCollective(models.Model):
    """The answers that a team too small to be counted gives together, in its own name."""

    vague = models.ForeignKey(Vague, on_delete=models.PROTECT, related_name="feuilles")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    reponses = models.JSONField()

    class Meta:
        """One sheet a team."""

        constraints = [models.UniqueConstraint(fields=["vague", "service"], name="feuille_unique")]

    def __str__(self) -> str:
        """Say whose."""
        return f"{self.service} {self.vague}"
