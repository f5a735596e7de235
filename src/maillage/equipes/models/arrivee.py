"""What an arrival leaves written: the cards read, by post and by partnership."""

from django.db import models

from maillage.conventions.models import Partenariat
from maillage.directory.models import Poste
from maillage.equipes.enums import Carte


class EtapeArrivee(models.Model):
    """A card that a post has read. The signature of a charter is in `conventions`, and nowhere else."""

    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="etapes_arrivee")
    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="+")
    carte = models.CharField(max_length=12, choices=Carte)
    le = models.DateField()

    class Meta:
        """A card is read once."""

        constraints = [
            models.UniqueConstraint(fields=["poste", "partenariat", "carte"], name="etape_arrivee_unique")
        ]

    def __str__(self) -> str:
        """Name the card."""
        return self.get_carte_display()
