"""The unattended work of an installation: what was begun, what was finished, what got stuck."""

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
