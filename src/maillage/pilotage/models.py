"""What the data protection officer adds to papers that write themselves."""

from django.db import models

from maillage.base.encryption import SealedField
from maillage.base.enums import Portee
from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat
from maillage.directory.models import Poste


class MotDPO(models.Model):
    """One passage of a paper in the officer's own words; `cle` is one of `dpo.mots.PASSAGES`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="+")
    cle = models.CharField(max_length=40)
    texte_scelle = SealedField(portee=Portee.PARTENARIAT, proprietaire="partenariat_id")
    le = models.DateTimeField()
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A passage is written once; writing again replaces it."""

        constraints = [models.UniqueConstraint(fields=["partenariat", "cle"], name="mot_dpo_unique")]

    def __str__(self) -> str:
        """Name the passage."""
        return self.cle
