"""What those beside the two trades ask of a place: codes only, no free text, nobody named."""

from django.db import models

from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat
from maillage.directory.models import Lieu, Poste, Service
from maillage.main_courante.gestes import Motif, SuiteDemande
from maillage.main_courante.models.carnet import Consigne, Guichet


class DemandeDeLieu(models.Model):
    """A mediation team is asked to look at a place: by an account, or by a bailleur's link.

    With an account, `demandeur` and `poste` say who asked, `partenariat` in which partnership (none
    within one service); by a link, `guichet` alone. `chiffres` is what was answered, as it was given:
    rounds by slot and what was seen, masked. `consigne` is what an accepted visit left to the team.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="demandes")
    partenariat = models.ForeignKey(Partenariat, null=True, on_delete=models.PROTECT, related_name="+")
    demandeur = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="+")
    poste = models.ForeignKey(Poste, null=True, on_delete=models.PROTECT, related_name="+")
    guichet = models.ForeignKey(Guichet, null=True, on_delete=models.PROTECT, related_name="demandes")
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, related_name="+")
    motif = models.CharField(max_length=16, choices=Motif)
    creneau = models.CharField(max_length=40, blank=True)
    demandee_le = models.DateTimeField()
    reponse = models.CharField(max_length=16, choices=SuiteDemande, blank=True)
    repondue_le = models.DateTimeField(null=True)
    chiffres = models.JSONField(null=True)
    consigne = models.OneToOneField(Consigne, null=True, on_delete=models.SET_NULL, related_name="demande")

    class Meta:
        """Asked by an account or by a link, never both nor neither; answered at a moment or not at all."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(guichet__isnull=True, demandeur__isnull=False, poste__isnull=False)
                | models.Q(guichet__isnull=False, demandeur__isnull=True, poste__isnull=True),
                name="demande_a_un_demandeur",
            ),
            models.CheckConstraint(
                condition=models.Q(reponse="", repondue_le__isnull=True)
                | (~models.Q(reponse="") & models.Q(repondue_le__isnull=False)),
                name="demande_repondue_a_un_moment",
            ),
        ]
        indexes = [models.Index(fields=["service", "-demandee_le"], name="demande_par_service")]

    def __str__(self) -> str:
        """Say what is asked, and where."""
        return f"{self.get_motif_display()} : {self.lieu}"
