"""What waits for a second administrator, and the history of what was changed."""

from uuid import UUID

from django.db import models

from maillage.administration.enums import EtatDemande, GenreDemande, Objet
from maillage.base.identifiers import new_id
from maillage.base.seals import SealedRow
from maillage.directory.models import Poste, Service


class Demande(SealedRow):
    """A right asked by one administrator, which another confirms or sets aside (S-16).

    `contenu` is what will be written, checked when asked and again when confirmed; it is emptied
    when the request closes. `resume` says it in one French sentence, and stays. Changed beside the
    product, it can no longer be confirmed (S-20).
    """

    SEALED = ("id", "genre", "contenu", "etat", "demandee_par_id")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    genre = models.CharField(max_length=16, choices=GenreDemande)
    contenu = models.JSONField(default=dict)
    resume = models.CharField(max_length=250)
    etat = models.CharField(max_length=10, choices=EtatDemande, default=EtatDemande.ATTEND)
    demandee_le = models.DateTimeField()
    demandee_par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    close_le = models.DateTimeField(null=True, blank=True)
    close_par = models.ForeignKey(Poste, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """The page of confirmations reads what waits, oldest first."""

        indexes = [models.Index(fields=["etat", "demandee_le"], name="demande_en_attente")]

    def told_to(self) -> UUID:
        """Return the service concerned."""
        return self.demandee_par.service_id

    def __str__(self) -> str:
        """Say what is asked."""
        return self.resume


class Changement(models.Model):
    """One thing changed by an administrator: what, before, after, when, by whom. Never rewritten.

    `reference` is the identifier of the thing changed, `nom` what it was called that day.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    le = models.DateTimeField()
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    avec = models.ForeignKey(Poste, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    objet = models.CharField(max_length=16, choices=Objet)
    reference = models.CharField(max_length=60)
    nom = models.CharField(max_length=250)
    quoi = models.CharField(max_length=120)
    avant = models.CharField(max_length=500, blank=True)
    apres = models.CharField(max_length=500, blank=True)

    class Meta:
        """Read newest first, all together or for one thing."""

        indexes = [
            models.Index(fields=["-le"], name="changement_recent"),
            models.Index(fields=["objet", "reference", "-le"], name="changement_par_objet"),
        ]

    def __str__(self) -> str:
        """Say what changed."""
        return f"{self.nom} : {self.quoi}"


class Assistance(models.Model):
    """A service opens its technical state to the administrators, for a reason, until `expire_le`.

    Never a right over persons or notes: accounts, telephones and numbers. `lectures` counts how
    often it was looked at; the ledger says by whom.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    motif = models.CharField(max_length=200)
    ouverte_le = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    expire_le = models.DateTimeField()
    ouverte_par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    fermee_le = models.DateTimeField(null=True, blank=True)
    fermee_par = models.ForeignKey(Poste, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lectures = models.PositiveIntegerField(default=0)

    class Meta:
        """An hour at most."""

        constraints = [
            models.CheckConstraint(condition=models.Q(minutes__lte=60), name="assistance_une_heure")
        ]
        indexes = [models.Index(fields=["service", "-ouverte_le"], name="assistance_par_service")]

    def __str__(self) -> str:
        """Say for whom."""
        return f"assistance pour {self.service}"
