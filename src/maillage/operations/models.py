"""The unattended work of an installation, and how long it keeps things."""

from django.db import models


class Travail(models.Model):
    """One job of one period (a day, a quarter of an hour), done once whatever happens to the worker.

    Whoever works holds the row until `bail`; a worker that dies lets it pass, and the next one takes
    over. `erreur` is the kind of the last failure, never its text.
    """

    nom = models.CharField(max_length=32)
    periode = models.CharField(max_length=20)
    essais = models.PositiveSmallIntegerField(default=0)
    commence_le = models.DateTimeField()
    bail = models.DateTimeField()
    fini_le = models.DateTimeField(null=True, blank=True)
    erreur = models.CharField(max_length=60, blank=True)

    class Meta:
        """A job is done once for each period; the unfinished ones are looked for."""

        constraints = [models.UniqueConstraint(fields=["nom", "periode"], name="travail_unique")]
        indexes = [models.Index(fields=["fini_le", "bail"], name="travail_en_attente")]

    def __str__(self) -> str:
        """Say what and when."""
        return f"{self.nom} {self.periode}"


class Conservation(models.Model):
    """How many months a kind of thing is kept, from a day on: never more than the law allows.

    The row whose `depuis` came last holds; without one the law's own term does.
    """

    genre = models.CharField(max_length=16)
    mois = models.PositiveSmallIntegerField()
    depuis = models.DateField()

    class Meta:
        """One term of a kind begins on a day."""

        constraints = [models.UniqueConstraint(fields=["genre", "depuis"], name="conservation_unique")]

    def __str__(self) -> str:
        """Say the term."""
        return f"{self.genre} : {self.mois} mois"
