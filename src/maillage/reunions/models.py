"""Meetings of a partnership: dates and postponements, attendance, minutes, decisions, ways in."""

from datetime import datetime

from django.db import models

from maillage.base import clock
from maillage.base.encryption import SealedField
from maillage.base.enums import Portee
from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat
from maillage.directory.enums import Role
from maillage.directory.models import Poste, Service
from maillage.reunions.enums import EtatDecision, EtatReunion, GenreReunion, MotifReport


class Reunion(models.Model):
    """One meeting; `sequence` counts its changes, date or cancellation, as calendars want it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="reunions")
    genre = models.CharField(max_length=12, choices=GenreReunion, default=GenreReunion.PERIODIQUE)
    le = models.DateTimeField()
    duree_minutes = models.PositiveSmallIntegerField(default=90)
    lieu = models.CharField(max_length=120, blank=True)
    etat = models.CharField(max_length=8, choices=EtatReunion, default=EtatReunion.PREVUE)
    convoquee_par = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    convoquee_le = models.DateTimeField()
    sequence = models.PositiveSmallIntegerField(default=0)
    annulee_le = models.DateTimeField(null=True, blank=True)
    motif_annulation = models.CharField(max_length=12, choices=MotifReport, blank=True)

    class Meta:
        """Lists read a partnership's meetings by date."""

        indexes = [models.Index(fields=["partenariat", "-le"], name="reunion_par_date")]

    def __str__(self) -> str:
        """Say what and when."""
        return f"{self.get_genre_display()} du {self.le:%d/%m/%Y}"

    @property
    def modifiee_le(self) -> datetime:
        """Return when its date or its state last changed."""
        moments = [self.convoquee_le, *(one.le for one in self.reports.all())]
        return max(moments if self.annulee_le is None else [*moments, self.annulee_le])


class ReportReunion(models.Model):
    """A postponement, kept: the date before, the date after, why."""

    reunion = models.ForeignKey(Reunion, on_delete=models.CASCADE, related_name="reports")
    ancienne = models.DateTimeField()
    nouvelle = models.DateTimeField()
    motif = models.CharField(max_length=12, choices=MotifReport)
    le = models.DateTimeField()

    def __str__(self) -> str:
        """Say from when to when."""
        before, after = (one.astimezone(clock.PARIS) for one in (self.ancienne, self.nouvelle))
        return f"du {before:%d/%m/%Y} au {after:%d/%m/%Y}"


class Presence(models.Model):
    """How many of a service came; never who. `regles_signees`: all of them signed the group's rules."""

    reunion = models.ForeignKey(Reunion, on_delete=models.CASCADE, related_name="presences")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    nombre = models.PositiveSmallIntegerField()
    regles_signees = models.BooleanField(default=False)

    class Meta:
        """A service is counted once."""

        constraints = [models.UniqueConstraint(fields=["reunion", "service"], name="presence_unique")]

    def __str__(self) -> str:
        """Say how many of whom."""
        return f"{self.service} : {self.nombre}"


class CompteRenduReunion(models.Model):
    """A version of the minutes; once locked it never changes, a correction is the next version.

    `ordre` is the agenda as everybody could read it that day: no name in it, no small number.
    """

    reunion = models.ForeignKey(Reunion, on_delete=models.CASCADE, related_name="comptes_rendus")
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    texte_scelle = SealedField(portee=Portee.PARTENARIAT, proprietaire="partenariat_id")
    ordre = models.JSONField(default=list, blank=True)
    ecrit_le = models.DateTimeField()
    ecrit_par = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    verrouille_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Versions follow each other."""

        constraints = [
            models.UniqueConstraint(fields=["reunion", "version"], name="compte_rendu_reunion_unique")
        ]

    def __str__(self) -> str:
        """Say which version."""
        return f"version {self.version}"


class Decision(models.Model):
    """What was decided, with who answers for it (a function of a service, never a person) and when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="decisions")
    reunion = models.ForeignKey(Reunion, on_delete=models.PROTECT, related_name="decisions")
    texte_scelle = SealedField(portee=Portee.PARTENARIAT, proprietaire="partenariat_id")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    fonction = models.CharField(max_length=24, choices=Role, blank=True)
    echeance = models.DateField()
    etat = models.CharField(max_length=12, choices=EtatDecision, default=EtatDecision.A_FAIRE)
    prise_le = models.DateTimeField()

    class Meta:
        """The agenda reads what is still open."""

        indexes = [models.Index(fields=["partenariat", "etat", "echeance"], name="decision_ouverte")]

    def __str__(self) -> str:
        """Say who answers, and when."""
        return f"{self.responsable}, le {self.echeance:%d/%m/%Y}"

    @property
    def responsable(self) -> str:
        """Name the function and the service that answer for it."""
        return f"{self.get_fonction_display()}, {self.service}" if self.fonction else str(self.service)


class SuiviDecision(models.Model):
    """A change of state of a decision, by which service, when."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="suivis")
    etat = models.CharField(max_length=12, choices=EtatDecision)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    def __str__(self) -> str:
        """Say the state."""
        return self.get_etat_display()


class ComptesGroupe(models.Model):
    """All that a group without file leaves behind: two numbers for each service."""

    reunion = models.ForeignKey(Reunion, on_delete=models.CASCADE, related_name="comptes")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    situations = models.PositiveSmallIntegerField()
    decisions = models.PositiveSmallIntegerField()

    class Meta:
        """A service is counted once."""

        constraints = [models.UniqueConstraint(fields=["reunion", "service"], name="comptes_groupe_unique")]

    def __str__(self) -> str:
        """Say both numbers."""
        return f"{self.service} : {self.situations}, {self.decisions}"


class FluxAgenda(models.Model):
    """A secret calendar address of a service, or of one post of it; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    poste = models.ForeignKey(Poste, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    empreinte = models.CharField(max_length=64, unique=True)
    cree_le = models.DateTimeField()
    revoque_le = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Say since when."""
        return f"flux du {self.cree_le:%d/%m/%Y}"


class InvitationReunion(models.Model):
    """The link by which a guest structure reads one meeting's agenda, without account or name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reunion = models.ForeignKey(Reunion, on_delete=models.CASCADE, related_name="invitations")
    structure = models.CharField(max_length=80)
    empreinte = models.CharField(max_length=64, unique=True)
    cree_le = models.DateTimeField()
    revoquee_le = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Name the guest."""
        return self.structure


class Disponibilite(models.Model):
    """Hours of a week when a team can walk with another; nobody's agenda. `jour` is 0 for Monday."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="disponibilites")
    jour = models.PositiveSmallIntegerField()
    debut = models.TimeField()
    fin = models.TimeField()

    class Meta:
        """An end after its beginning, on a day of the week."""

        constraints = [
            models.CheckConstraint(condition=models.Q(fin__gt=models.F("debut")), name="dispo_ordonnee"),
            models.CheckConstraint(condition=models.Q(jour__lte=6), name="dispo_jour"),
        ]

    def __str__(self) -> str:
        """Say when."""
        return f"{self.jour} {self.debut:%H:%M}–{self.fin:%H:%M}"
