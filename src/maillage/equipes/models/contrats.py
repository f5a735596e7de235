"""What a service keeps of its posts beyond their dates: qualifications, evidence, employers for after."""

from django.db import models

from maillage.base.identifiers import new_id
from maillage.directory.models import Poste, Professionnel, Service, Structure
from maillage.equipes.enums import Exigence


class Qualification(models.Model):
    """A diploma, a title or a training of a professional, with what proves it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    professionnel = models.ForeignKey(Professionnel, on_delete=models.PROTECT, related_name="qualifications")
    intitule = models.CharField(max_length=120)
    obtenue_le = models.DateField()
    fin = models.DateField(null=True, blank=True)
    preuve = models.CharField(max_length=160)
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A qualification that ends does so on or after the day it was obtained."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True) | models.Q(fin__gte=models.F("obtenue_le")),
                name="qualification_ordonnee",
            ),
            models.UniqueConstraint(
                fields=["professionnel", "intitule", "obtenue_le"], name="qualification_unique"
            ),
        ]

    def __str__(self) -> str:
        """Name the qualification."""
        return self.intitule


class PreuveNorme(models.Model):
    """A dated piece that answers one demand of NF X60-600: what it is, where it is kept; never its text."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="preuves_norme")
    exigence = models.CharField(max_length=12, choices=Exigence)
    piece = models.CharField(max_length=160)
    le = models.DateField()
    fin = models.DateField(null=True, blank=True)
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A piece that lapses does so on or after its date."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True) | models.Q(fin__gte=models.F("le")),
                name="preuve_norme_ordonnee",
            )
        ]
        indexes = [models.Index(fields=["service", "exigence"], name="preuve_par_exigence")]

    def __str__(self) -> str:
        """Name the piece."""
        return self.piece


class EmployeurPartenaire(models.Model):
    """An employer that a service may turn to when a contract ends: a legal person, and whom to call there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="employeurs_partenaires")
    structure = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="+")
    emplois = models.CharField(max_length=160)
    contact = models.CharField(max_length=80, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    depuis = models.DateField()
    retire_le = models.DateField(null=True, blank=True)

    class Meta:
        """A service keeps an employer once."""

        constraints = [
            models.UniqueConstraint(
                fields=["service", "structure"],
                condition=models.Q(retire_le=None),
                name="employeur_partenaire_unique",
            )
        ]

    def __str__(self) -> str:
        """Name the employer."""
        return str(self.structure)
