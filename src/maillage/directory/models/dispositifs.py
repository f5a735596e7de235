"""What a service runs for an age: Passerelle from 11 to 16, Plateforme from 16 to 21 (study, section 8a)."""

from django.db import models

from maillage.base.identifiers import new_id
from maillage.directory.models.places import Service


class Dispositif(models.Model):
    """A dispositif of a service, for whom, between two days. An orientation still goes to the service."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="dispositifs")
    nom = models.CharField(max_length=80)
    age_min = models.PositiveSmallIntegerField()
    age_max = models.PositiveSmallIntegerField()
    presentation = models.CharField(max_length=300, blank=True)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    invente = models.BooleanField(default=False)

    class Meta:
        """Ages and days in order."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(age_max__gte=models.F("age_min")), name="dispositif_ages_ordonnes"
            ),
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True) | models.Q(fin__gte=models.F("debut")),
                name="dispositif_ordonne",
            ),
        ]

    def __str__(self) -> str:
        """Name it with its ages."""
        return f"{self.nom} ({self.age_min} à {self.age_max} ans)"
