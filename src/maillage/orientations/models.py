"""An orientation and its two faces.

`Orientation` is what both services share; `Reception` and `SuiteInterne` are the receiving
service's own and no query made for a sender touches them. `Retour` is what the law let come
back, each with its exchange.
"""

from django.db import models

from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat
from maillage.directory.models import Poste, Service
from maillage.orientations.enums import (
    EtatReception,
    EtatRelais,
    MotifDecline,
    MotifReorientation,
    Suite,
)


class Orientation(models.Model):
    """The face both services see: addressed to a service, owing an end at a fixed date.

    `sujet` is the identifier of the person in `dossiers`, reached only through `sharing`.
    `recue_le` is set at delivery; `cloture_prevue_le` is fixed at sending; `retiree_le` is
    set by a withdrawal and reads as «close». `echange` is the exchange that carried it.
    `origine`, `necessaire`, `presente` are what the sender declares, and nothing else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="orientations")
    service_emetteur = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="orientations_envoyees"
    )
    service_destinataire = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="orientations_recues"
    )
    poste_emetteur = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    porteur = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    sujet = models.UUIDField(null=True, blank=True)
    lieu = models.ForeignKey(
        "directory.Lieu", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    origine = models.CharField(max_length=24, blank=True)
    necessaire = models.BooleanField(default=False)
    presente = models.BooleanField(default=False)
    creee_le = models.DateTimeField()
    envoyee_le = models.DateTimeField(null=True, blank=True)
    recue_le = models.DateTimeField(null=True, blank=True)
    reponse_attendue_le = models.DateField(null=True, blank=True)
    cloture_prevue_le = models.DateField(null=True, blank=True)
    retiree_le = models.DateTimeField(null=True, blank=True)
    abandonnee_le = models.DateTimeField(null=True, blank=True)
    echange = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        """A service does not orient to itself; a sent one has its dates."""

        constraints = [
            models.CheckConstraint(
                condition=~models.Q(service_emetteur=models.F("service_destinataire")),
                name="orientation_entre_deux_services",
            ),
            models.CheckConstraint(
                condition=models.Q(envoyee_le__isnull=True)
                | models.Q(recue_le__isnull=False, cloture_prevue_le__isnull=False),
                name="orientation_envoyee_datee",
            ),
        ]
        indexes = [
            models.Index(fields=["service_emetteur", "-creee_le"], name="orientation_envoyee"),
            models.Index(fields=["service_destinataire", "-envoyee_le"], name="orientation_recue"),
        ]

    def __str__(self) -> str:
        """Say between whom."""
        return f"{self.service_emetteur} → {self.service_destinataire}"


class Reception(models.Model):
    """The face inside the receiving service; taken once, by one conditional update (S-30).

    `accompagnement` and `personne` are the service's own, born of the acceptance.
    """

    orientation = models.OneToOneField(Orientation, on_delete=models.CASCADE, related_name="reception")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="receptions")
    etat = models.CharField(max_length=12, choices=EtatReception, default=EtatReception.A_VOIR)
    referent = models.ForeignKey(Poste, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    motif_decline = models.CharField(max_length=16, choices=MotifDecline, blank=True)
    motif_reorientation = models.CharField(max_length=20, choices=MotifReorientation, blank=True)
    vers = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accompagnement = models.UUIDField(null=True, blank=True)
    personne = models.UUIDField(null=True, blank=True)
    decidee_le = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        """The receiving service's list."""

        indexes = [models.Index(fields=["service", "etat"], name="reception_par_etat")]

    def __str__(self) -> str:
        """Say the inner state."""
        return self.get_etat_display()


class SuiteInterne(models.Model):
    """What followed, dated, inside the receiving service."""

    reception = models.ForeignKey(Reception, on_delete=models.CASCADE, related_name="suites")
    code = models.CharField(max_length=20, choices=Suite)
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    def __str__(self) -> str:
        """Say what followed."""
        return self.get_code_display()


class Retour(models.Model):
    """A return that the law let through to the sender; `code` is a suite, never free text.

    It shows while its opening (`ouverture`, in `sharing`) lives: a withdrawal hides it at once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    orientation = models.ForeignKey(Orientation, on_delete=models.CASCADE, related_name="retours")
    code = models.CharField(max_length=20, choices=Suite)
    echange = models.UUIDField()
    ouverture = models.UUIDField()
    le = models.DateTimeField()

    def __str__(self) -> str:
        """Say what came back."""
        return self.get_code_display()


class Relais(models.Model):
    """A meeting of three, offered from either side; the young person speaks."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    orientation = models.ForeignKey(Orientation, on_delete=models.CASCADE, related_name="relais")
    propose_par = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    etat = models.CharField(max_length=12, choices=EtatRelais, default=EtatRelais.PROPOSE)
    le = models.DateTimeField()
    date_convenue = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        """Say its state."""
        return self.get_etat_display()


class Relance(models.Model):
    """A reminder sent to the receiving service, never to a person of it."""

    orientation = models.ForeignKey(Orientation, on_delete=models.CASCADE, related_name="relances")
    le = models.DateField()

    class Meta:
        """At most one reminder a day."""

        constraints = [models.UniqueConstraint(fields=["orientation", "le"], name="relance_unique")]

    def __str__(self) -> str:
        """Say the day."""
        return f"relance du {self.le:%d/%m/%Y}"
