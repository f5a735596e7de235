"""The shared diagnosis: months counted once for good, the story of each service, editions."""

from django.db import models

from maillage.base.encryption import SealedField
from maillage.base.enums import Portee
from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat
from maillage.directory.models import Lieu, Poste, Service


class MoisArrete(models.Model):
    """What both trades noted in one finished month, counted once: later notes change nothing.

    Two counts of the same month would tell, by subtraction, what came in between. `comptes` is what
    `counting.month_counts` returns.
    """

    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="mois_arretes")
    mois = models.DateField()
    comptes = models.JSONField()
    arrete_le = models.DateTimeField()

    class Meta:
        """A month is counted once."""

        constraints = [models.UniqueConstraint(fields=["partenariat", "mois"], name="mois_arrete_unique")]

    def __str__(self) -> str:
        """Say the month."""
        return f"{self.mois:%m/%Y}"


class Diagnostic(models.Model):
    """A diagnosis of whole months, written by both trades. Two never overlap.

    `debut` and `fin` are the first days of its first and last months; `figures` is what members may
    read (`figures.figures_of`), kept as first shown, and under `publiables` what its editions say.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="diagnostics")
    titre = models.CharField(max_length=120)
    debut = models.DateField()
    fin = models.DateField()
    figures = models.JSONField()
    arrete_le = models.DateTimeField()

    class Meta:
        """It ends when it begins or after; newest first."""

        constraints = [
            models.CheckConstraint(condition=models.Q(fin__gte=models.F("debut")), name="diagnostic_ordonne"),
            models.UniqueConstraint(fields=["partenariat", "debut"], name="diagnostic_unique"),
        ]
        ordering = ["-debut"]

    def __str__(self) -> str:
        """Say its title."""
        return self.titre


class Recit(models.Model):
    """One service's part of the story, and what it sees otherwise; signed when `signe_le` is set."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    diagnostic = models.ForeignKey(Diagnostic, on_delete=models.CASCADE, related_name="recits")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    texte_scelle = SealedField(portee=Portee.SERVICE, proprietaire="service_id")
    divergence_scelle = SealedField(portee=Portee.SERVICE, proprietaire="service_id")
    version = models.PositiveIntegerField(default=1)
    signe_par = models.ForeignKey(Poste, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signe_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A service writes one part."""

        constraints = [models.UniqueConstraint(fields=["diagnostic", "service"], name="recit_unique")]

    def __str__(self) -> str:
        """Say whose part."""
        return f"{self.diagnostic} : {self.service}"


class Edition(models.Model):
    """A diagnosis as published: never changed. `empreinte` is the SHA-256 of `contenu`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    diagnostic = models.ForeignKey(Diagnostic, on_delete=models.PROTECT, related_name="editions")
    numero = models.PositiveSmallIntegerField()
    contenu = models.JSONField()
    empreinte = models.CharField(max_length=64)
    publiee_le = models.DateTimeField()

    class Meta:
        """Editions of a diagnosis are numbered; newest first."""

        constraints = [models.UniqueConstraint(fields=["diagnostic", "numero"], name="edition_numerotee")]
        ordering = ["-publiee_le", "-numero"]

    def __str__(self) -> str:
        """Say which edition."""
        return f"{self.diagnostic}, édition {self.numero}"


class Marche(models.Model):
    """A «diagnostic en marchant»: the day it is walked, and its points."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="marches")
    titre = models.CharField(max_length=120)
    jour = models.DateField()

    class Meta:
        """Newest first."""

        ordering = ["-jour"]

    def __str__(self) -> str:
        """Say its title."""
        return self.titre


class PointDeMarche(models.Model):
    """A stop of the walk, in order, and what was seen there; nobody is named."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    marche = models.ForeignKey(Marche, on_delete=models.CASCADE, related_name="points")
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, related_name="+")
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="+")
    rang = models.PositiveSmallIntegerField()
    constat_scelle = SealedField(portee=Portee.PARTENARIAT, proprietaire="partenariat_id")

    class Meta:
        """A walk stops at a place once."""

        constraints = [models.UniqueConstraint(fields=["marche", "lieu"], name="point_unique")]
        ordering = ["rang"]

    def __str__(self) -> str:
        """Say where."""
        return str(self.lieu)
