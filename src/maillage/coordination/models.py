"""Contacts outside a partnership, reminders, visits to its houses, hours of its relays; nobody followed."""

from django.db import models

from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat
from maillage.coordination.enums import GenreContact, MomentAccueil, MotifAccueil
from maillage.directory.models import Lieu, Poste, Service


class Contact(models.Model):
    """Whom to call: a function in a structure and its telephone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="contacts")
    genre = models.CharField(max_length=12, choices=GenreContact)
    structure = models.CharField(max_length=120)
    fonction = models.CharField(max_length=80)
    telephone = models.CharField(max_length=20)
    maj_le = models.DateTimeField()

    class Meta:
        """A function of a structure stands once in a partnership's book."""

        constraints = [
            models.UniqueConstraint(fields=["partenariat", "structure", "fonction"], name="contact_unique")
        ]

    def __str__(self) -> str:
        """Say the function and the structure."""
        return f"{self.fonction}, {self.structure}"


class RappelService(models.Model):
    """That a service was reminded of the answers it owes: one a day, to the service, of nobody."""

    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="rappels")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="rappels")
    le = models.DateField()

    class Meta:
        """At most one a day."""

        constraints = [
            models.UniqueConstraint(fields=["partenariat", "service", "le"], name="rappel_service_unique")
        ]

    def __str__(self) -> str:
        """Say whom, when."""
        return f"{self.service}, le {self.le:%d/%m/%Y}"


class PassageAccueil(models.Model):
    """How many came to the desk of a shared house, by day, half-day and motive; never who.

    One line for both services of the house: the count is the house's, not an agent's.
    """

    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="+")
    maison = models.ForeignKey(Lieu, on_delete=models.PROTECT, related_name="+")
    jour = models.DateField()
    moment = models.CharField(max_length=10, choices=MomentAccueil)
    motif = models.CharField(max_length=16, choices=MotifAccueil)
    nombre = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """A motive is counted once in a half-day."""

        constraints = [
            models.UniqueConstraint(
                fields=["partenariat", "maison", "jour", "moment", "motif"], name="passage_accueil_unique"
            )
        ]

    def __str__(self) -> str:
        """Say how many for what."""
        return f"{self.get_motif_display()} : {self.nombre}"


class Vacation(models.Model):
    """Hours that a parent relais worked on one day: for pay, and nothing of what was seen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="vacations")
    jour = models.DateField()
    debut = models.TimeField()
    fin = models.TimeField()

    class Meta:
        """An end after its beginning, one line for a beginning."""

        constraints = [
            models.CheckConstraint(condition=models.Q(fin__gt=models.F("debut")), name="vacation_ordonnee"),
            models.UniqueConstraint(fields=["poste", "jour", "debut"], name="vacation_unique"),
        ]

    @property
    def minutes(self) -> int:
        """Return how long it lasted."""
        return (self.fin.hour - self.debut.hour) * 60 + self.fin.minute - self.debut.minute

    def __str__(self) -> str:
        """Say when."""
        return f"{self.jour:%d/%m/%Y}, {self.debut:%H:%M} – {self.fin:%H:%M}"
