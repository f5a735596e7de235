"""What a city told the network, what the network was told, and whose key it believes."""

from django.db import models

from maillage.base.identifiers import new_id
from maillage.conventions.models import Clause, Partenariat
from maillage.directory.models import Poste


class GenrePartage(models.TextChoices):
    """What a city may give to the others besides its figures."""

    PRATIQUE = "pratique", "Une pratique"
    CLAUSE = "clause", "Une clause"


class Partage(models.Model):
    """A practice sheet or a clause that a city chose to give to the others; taken back, it is kept.

    `clause` is the clause in force whose words were taken, empty for a practice.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="partages")
    genre = models.CharField(max_length=8, choices=GenrePartage)
    titre = models.CharField(max_length=160)
    texte = models.TextField()
    clause = models.ForeignKey(Clause, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()
    repris_le = models.DateTimeField(null=True, blank=True)
    invente = models.BooleanField(default=False)

    class Meta:
        """In the order they were given; a clause is given once at a time."""

        ordering = ["le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["clause"], condition=models.Q(repris_le=None), name="clause_partagee_une_fois"
            )
        ]

    def __str__(self) -> str:
        """Show the title."""
        return self.titre


class LotPublie(models.Model):
    """A year of a partnership: its figures are counted once, the sheets beside them may change.

    Two counts of the same year would tell, by subtraction, what was added or erased in between. When
    the sheets change, the file is written again under the next number of the series.
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


class VilleConnue(models.Model):
    """The key a city signs with; nothing it signs is believed before someone heard it said aloud."""

    partenariat = models.CharField(max_length=60, unique=True)
    nom = models.CharField(max_length=200)
    cle_publique = models.CharField(max_length=64)
    ajoutee_le = models.DateTimeField()
    confirmee_le = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Name the city."""
        return self.nom


class LotRecu(models.Model):
    """A bundle received, the latest of its year; the key that signed it is who the city is."""

    id = models.UUIDField(primary_key=True, editable=False)
    cle_publique = models.CharField(max_length=64)
    partenariat = models.CharField(max_length=60)
    annee = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    contenu = models.JSONField()
    recu_le = models.DateTimeField()

    class Meta:
        """A city's year is held once, and so is each number of its series."""

        constraints = [
            models.UniqueConstraint(fields=["cle_publique", "partenariat", "annee"], name="lot_recu_annee"),
            models.UniqueConstraint(
                fields=["cle_publique", "partenariat", "sequence"], name="lot_recu_sequence"
            ),
        ]

    def __str__(self) -> str:
        """Say the year."""
        return f"{self.annee}"
