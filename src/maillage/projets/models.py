"""A joint project: one chain from what was seen at a place to what came of it. Nobody is named here.

Young people take part through `sharing`, where their adhésion is; a project only ever shows a number.
"""

from django.db import models

from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat
from maillage.directory.models import Lieu, Poste, Service
from maillage.projets.enums import EtatProjet, GenreProjet, PosteBudget


class Projet(models.Model):
    """What is to be done, where, for which purpose, and for whom it was ordered.

    `constat` is the shared finding that both trades sign before anything is decided. `debut` and
    `fin` are the days of the work itself, which the bilan compares with what came before and after.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="projets")
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, related_name="projets")
    genre = models.CharField(max_length=20, choices=GenreProjet)
    titre = models.CharField(max_length=120)
    finalite = models.CharField(max_length=400)
    constat = models.CharField(max_length=600)
    commanditaire = models.CharField(max_length=120, blank=True)
    partenaires = models.CharField(max_length=300, blank=True)
    materiel = models.CharField(max_length=300, blank=True)
    propose_par = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="projets_proposes")
    propose_le = models.DateTimeField()
    debut = models.DateField(null=True, blank=True)
    fin = models.DateField(null=True, blank=True)
    abandonne_le = models.DateTimeField(null=True, blank=True)
    bilan = models.CharField(max_length=1200, blank=True)
    invente = models.BooleanField(default=False)

    class Meta:
        """A project ends on or after the day it begins, and never ends without having begun."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True)
                | models.Q(debut__isnull=False, fin__gte=models.F("debut")),
                name="projet_ordonne",
            )
        ]
        indexes = [models.Index(fields=["partenariat", "-propose_le"], name="projet_par_partenariat")]

    def __str__(self) -> str:
        """Show the title."""
        return self.titre

    @property
    def etat(self) -> EtatProjet:
        """Return where the project stands; `signatures` should be prefetched."""
        if self.abandonne_le:
            return EtatProjet.ABANDONNE
        if self.fin:
            return EtatProjet.TERMINE
        if self.debut:
            return EtatProjet.EN_COURS
        trades = {one.service.metier for one in self.signatures.all()}
        return EtatProjet.DECIDE if len(trades) > 1 else EtatProjet.PROPOSE


class SignatureConstat(models.Model):
    """A service signs the shared finding; once both trades have, the project is decided."""

    projet = models.ForeignKey(Projet, on_delete=models.CASCADE, related_name="signatures")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    class Meta:
        """A service signs once."""

        constraints = [models.UniqueConstraint(fields=["projet", "service"], name="constat_signe_une_fois")]

    def __str__(self) -> str:
        """Say who signed."""
        return f"{self.service} a signé"


class Seance(models.Model):
    """One day of the project: which services stood beside the young people, how many hours were worked.

    `minutes_travaillees` counts paid minutes of all the young people together, `taux_centimes` the
    hourly wage: a payslip is nobody's here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    projet = models.ForeignKey(Projet, on_delete=models.CASCADE, related_name="seances")
    le = models.DateField()
    services = models.ManyToManyField(Service, related_name="+")
    minutes_travaillees = models.PositiveIntegerField(default=0)
    taux_centimes = models.PositiveIntegerField(default=0)

    class Meta:
        """In the order of the calendar."""

        ordering = ["le", "pk"]

    def __str__(self) -> str:
        """Say the day."""
        return f"séance du {self.le:%d/%m/%Y}"


class LigneBudget(models.Model):
    """Money foreseen or moved, in whole cents: a subsidy, a barbecue's takings, planks, wages."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    projet = models.ForeignKey(Projet, on_delete=models.CASCADE, related_name="lignes")
    poste = models.CharField(max_length=12, choices=PosteBudget)
    libelle = models.CharField(max_length=120)
    prevu_centimes = models.PositiveIntegerField(default=0)
    realise_centimes = models.PositiveIntegerField(default=0)
    le = models.DateField()

    class Meta:
        """In the order of the calendar."""

        ordering = ["le", "pk"]

    def __str__(self) -> str:
        """Say what for."""
        return self.libelle
