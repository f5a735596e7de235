"""What a person has learnt of the law of their partnership."""

from django.db import models

from maillage.conventions.models import Partenariat
from maillage.directory.models import Poste


class CasCompris(models.Model):
    """A case to which the post gave the law's answer, the day it did; wrong answers are never written.

    `issue` is that answer: when the partnership's law answers otherwise, the case is to take again.
    """

    poste = models.ForeignKey(Poste, on_delete=models.CASCADE, related_name="cas_compris")
    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="+")
    cas = models.SlugField(max_length=40)
    issue = models.CharField(max_length=12)
    le = models.DateField()

    class Meta:
        """A case is understood once."""

        constraints = [
            models.UniqueConstraint(fields=["poste", "partenariat", "cas"], name="cas_compris_unique")
        ]

    def __str__(self) -> str:
        """Name the case."""
        return self.cas
