"""Posts that the State helps to pay, as its yearly file publishes them: employers, never people."""

from django.db import models

from maillage.directory.models.places import Structure


class PosteAdulteRelais(models.Model):
    """One line of the published file: a post paid for one year to one employer.

    The same post may appear for two employers in a year, when it moved. `montant_centimes` is in euro
    cents, so that sums are exact.
    """

    annee = models.PositiveSmallIntegerField()
    numero = models.CharField(max_length=20)
    employeur = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="postes_adulte_relais")
    montant_centimes = models.PositiveBigIntegerField()
    contrat_de_ville = models.CharField(max_length=10, blank=True)
    departement = models.CharField(max_length=3, blank=True)
    region = models.CharField(max_length=2, blank=True)

    class Meta:
        """A post is paid once a year to one employer."""

        constraints = [
            models.UniqueConstraint(
                fields=["annee", "numero", "employeur"], name="poste_adulte_relais_unique"
            )
        ]
        indexes = [models.Index(fields=["annee", "departement"], name="adulte_relais_par_an")]

    def __str__(self) -> str:
        """Say which post, which year."""
        return f"{self.numero}, {self.annee}"
