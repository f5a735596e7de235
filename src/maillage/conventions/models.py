"""The partnership: members, places covered, form with history, clauses, adopted readings."""

from django.db import models

from maillage.base.identifiers import new_id
from maillage.conventions.enums import Forme, Place
from maillage.directory.models import Service, Territoire


class Partenariat(models.Model):
    """The wall: nobody sees across partnerships they do not belong to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    nom = models.CharField(max_length=200)
    territoires = models.ManyToManyField(Territoire, related_name="partenariats")
    services = models.ManyToManyField(Service, through="Participation", related_name="partenariats")
    rythme_reunion_semaines = models.PositiveSmallIntegerField(default=6)
    delai_reponse_jours = models.PositiveSmallIntegerField(default=14)
    delai_cloture_jours = models.PositiveSmallIntegerField(default=42)
    invente = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Name the partnership."""
        return self.nom


class Participation(models.Model):
    """A service's place in a partnership."""

    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="participations")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="participations")
    place = models.CharField(max_length=8, choices=Place, default=Place.MEMBRE)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)

    class Meta:
        """A service takes part once in a partnership."""

        constraints = [
            models.UniqueConstraint(fields=["partenariat", "service"], name="participation_unique")
        ]

    def __str__(self) -> str:
        """Say who takes part in what."""
        return f"{self.service} dans {self.partenariat}"


class FormePartenariat(models.Model):
    """The form of a partnership between two dates, with what proves it."""

    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="formes")
    forme = models.CharField(max_length=16, choices=Forme)
    preuve = models.CharField(max_length=250)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        """Say the form."""
        return self.get_forme_display()


class Clause(models.Model):
    """A clause as a row of fact: what it establishes, its proof, from when until when.

    `fait` is a path of the law's vocabulary; for a fact of one side (`part_action_sociale`,
    `decision_autorite`…) `service` says whose. After `fin` the fact returns to its default.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="clauses")
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.PROTECT, related_name="clauses"
    )
    titre = models.CharField(max_length=160)
    texte = models.TextField(blank=True)
    fait = models.CharField(max_length=60)
    valeur = models.JSONField()
    preuve = models.CharField(max_length=250)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    invente = models.BooleanField(default=False)

    class Meta:
        """A clause ends on or after the day it begins."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True) | models.Q(fin__gte=models.F("debut")),
                name="clause_ordonnee",
            )
        ]

    def __str__(self) -> str:
        """Show the clause's title."""
        return self.titre


class LectureAdoptee(models.Model):
    """An open question answered in writing by both directions and the DPO, with dates."""

    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="lectures")
    question = models.CharField(max_length=8)
    valeur = models.CharField(max_length=16)
    signataires = models.JSONField(default=list)
    preuve = models.CharField(max_length=250)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    invente = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Say the question and the reading."""
        return f"{self.question} = {self.valeur}"
