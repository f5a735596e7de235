"""What a trade says of itself to the other, and the days when one team watches the other work."""

from django.db import models

from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat
from maillage.directory.enums import Metier
from maillage.directory.models import Poste, Service
from maillage.equipes.enums import EtatJournee, Moment


class PageMetier(models.Model):
    """One version of a trade's page in a partnership; a version written is never changed.

    Each part is a list of short lines: what we do, what we cannot do, what we owe.
    """

    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="pages_metier")
    metier = models.CharField(max_length=24, choices=Metier)
    version = models.PositiveSmallIntegerField()
    fait = models.JSONField(default=list)
    ne_peut_pas = models.JSONField(default=list)
    doit = models.JSONField(default=list)
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    class Meta:
        """One text per version."""

        constraints = [
            models.UniqueConstraint(
                fields=["partenariat", "metier", "version"], name="page_metier_version_unique"
            )
        ]

    def __str__(self) -> str:
        """Name the page."""
        return f"{self.get_metier_display()}, version {self.version}"


class JourneeObservation(models.Model):
    """A day when colleagues of one service watch another work: two services, a day, a number.

    Nobody is named: neither who comes nor whom they may meet. `propose` is the service that asked,
    the other answers.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="journees")
    accueil = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    invite = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    propose = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    jour = models.DateField()
    moment = models.CharField(max_length=12, choices=Moment)
    nombre = models.PositiveSmallIntegerField(default=1)
    etat = models.CharField(max_length=10, choices=EtatJournee, default=EtatJournee.PROPOSEE)
    proposee_le = models.DateTimeField()
    repondue_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Two services, one of which proposes; one to three colleagues."""

        constraints = [
            models.CheckConstraint(
                condition=~models.Q(accueil=models.F("invite")), name="journee_entre_deux_services"
            ),
            models.CheckConstraint(
                condition=models.Q(propose=models.F("accueil")) | models.Q(propose=models.F("invite")),
                name="journee_proposee_par_un_des_deux",
            ),
            models.CheckConstraint(
                condition=models.Q(nombre__gte=1, nombre__lte=3), name="journee_a_trois_au_plus"
            ),
        ]
        indexes = [models.Index(fields=["partenariat", "-jour"], name="journee_par_jour")]

    def __str__(self) -> str:
        """Say who goes to whom."""
        return f"{self.invite} chez {self.accueil}, le {self.jour:%d/%m/%Y}"
