"""A joint project: one chain from what was seen at a place to what came of it. Nobody is named here.

Young people take part through `sharing`, where their adhésion is; a project only ever shows a number.
"""

from django.db import models

from maillage.base.encryption import SealedField
from maillage.base.enums import Portee
from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat
from maillage.directory.models import Lieu, Poste, Service
from maillage.main_courante.models import Guichet
from maillage.projets.enums import (
    EtatProjet,
    GenreProjet,
    GenreSoutien,
    MomentPhoto,
    PosteBudget,
    ReponseOffre,
)


class Projet(models.Model):
    """What is to be done, where, for which purpose, and for whom it was ordered.

    `constat` is the shared finding that both trades sign before anything is decided. `debut` and
    `fin` are the days of the work itself, which the bilan compares with what came before and after.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="projets")
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, related_name="projets")
    genre = models.CharField(max_length=20, choices=GenreProjet)
    titre = models.CharField(max_length=120)
    finalite = models.CharField(max_length=400)
    constat = models.CharField(max_length=600)
    commanditaire = models.CharField(max_length=120, blank=True)
    partenaires = models.CharField(max_length=300, blank=True)
    materiel = models.CharField(max_length=300, blank=True)
    propose_par = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="projets_proposes")
    propose_le = models.DateTimeField()
    debut = models.DateField(null=True, blank=True)
    fin = models.DateField(null=True, blank=True)
    abandonne_le = models.DateTimeField(null=True, blank=True)
    bilan = models.CharField(max_length=1200, blank=True)
    invente = models.BooleanField(default=False)

    class Meta:
        """A project ends on or after the day it begins, and never ends without having begun."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True)
                | models.Q(debut__isnull=False, fin__gte=models.F("debut")),
                name="projet_ordonne",
            )
        ]
        indexes = [models.Index(fields=["partenariat", "-propose_le"], name="projet_par_partenariat")]

    def __str__(self) -> str:
        """Show the title."""
        return self.titre

    @property
    def etat(self) -> EtatProjet:
        """Return where the project stands; `signatures` should be prefetched."""
        if self.abandonne_le:
            return EtatProjet.ABANDONNE
        if self.fin:
            return EtatProjet.TERMINE
        if self.debut:
            return EtatProjet.EN_COURS
        trades = {one.service.metier for one in self.signatures.all()}
        return EtatProjet.DECIDE if len(trades) > 1 else EtatProjet.PROPOSE


class SignatureConstat(models.Model):
    """A service signs the shared finding; once both trades have, the project is decided."""

    projet = models.ForeignKey(Projet, on_delete=models.CASCADE, related_name="signatures")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    class Meta:
        """A service signs once."""

        constraints = [models.UniqueConstraint(fields=["projet", "service"], name="constat_signe_une_fois")]

    def __str__(self) -> str:
        """Say who signed."""
        return f"{self.service} a signé"


class Seance(models.Model):
    """One day of the project: which services stood beside the young people, how many hours were worked.

    `minutes_travaillees` counts paid minutes of all the young people together, `taux_centimes` the
    hourly wage: a payslip is nobody's here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    projet = models.ForeignKey(Projet, on_delete=models.CASCADE, related_name="seances")
    le = models.DateField()
    services = models.ManyToManyField(Service, related_name="+")
    minutes_travaillees = models.PositiveIntegerField(default=0)
    taux_centimes = models.PositiveIntegerField(default=0)

    class Meta:
        """In the order of the calendar."""

        ordering = ["le", "pk"]

    def __str__(self) -> str:
        """Say the day."""
        return f"séance du {self.le:%d/%m/%Y}"


class LigneBudget(models.Model):
    """Money foreseen or moved, in whole cents: a subsidy, a barbecue's takings, planks, wages."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    projet = models.ForeignKey(Projet, on_delete=models.CASCADE, related_name="lignes")
    poste = models.CharField(max_length=12, choices=PosteBudget)
    libelle = models.CharField(max_length=120)
    prevu_centimes = models.PositiveIntegerField(default=0)
    realise_centimes = models.PositiveIntegerField(default=0)
    le = models.DateField()

    class Meta:
        """In the order of the calendar."""

        ordering = ["le", "pk"]

    def __str__(self) -> str:
        """Say what for."""
        return self.libelle


class Soutien(models.Model):
    """A firm, a foundation or a club that stands behind the project, and what it brings besides money.

    The money it gives is `ligne`, a line of the budget like any other.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    projet = models.ForeignKey(Projet, on_delete=models.CASCADE, related_name="soutiens")
    genre = models.CharField(max_length=8, choices=GenreSoutien)
    nom = models.CharField(max_length=120)
    apport = models.CharField(max_length=200, blank=True)
    ligne = models.OneToOneField(
        LigneBudget, on_delete=models.CASCADE, null=True, blank=True, related_name="soutien"
    )

    class Meta:
        """One stands once behind a project; by name."""

        constraints = [models.UniqueConstraint(fields=["projet", "nom"], name="soutien_une_fois")]
        ordering = ["nom", "pk"]

    def __str__(self) -> str:
        """Say who."""
        return self.nom


class Photo(models.Model):
    """A picture of the place, on which whoever left it (`poste`) confirmed that nobody is recognisable.

    Sealed under the partnership's key, always a JPEG without any origin (`documents.attachments`);
    `legende` says in words what it shows.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    projet = models.ForeignKey(Projet, on_delete=models.CASCADE, related_name="photos")
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=8, choices=MomentPhoto)
    legende = models.CharField(max_length=160)
    image_scellee = SealedField(portee=Portee.PARTENARIAT, proprietaire="partenariat_id")
    deposee_le = models.DateTimeField()

    class Meta:
        """In the order they came."""

        ordering = ["deposee_le", "pk"]

    def __str__(self) -> str:
        """Say what it shows."""
        return self.legende


class OffreChantier(models.Model):
    """A chantier éducatif that a bailleur offers by its link, without an account: a place and a work.

    Taken, it becomes `projet`; declined, the bailleur reads it by the same link. Never a person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    guichet = models.ForeignKey(Guichet, on_delete=models.PROTECT, related_name="offres")
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, related_name="+")
    travail = models.CharField(max_length=300)
    debut = models.DateField()
    jeunes = models.PositiveSmallIntegerField()
    budget_centimes = models.PositiveIntegerField(default=0)
    materiel_fourni = models.BooleanField(default=False)
    offerte_le = models.DateTimeField()
    reponse = models.CharField(max_length=16, choices=ReponseOffre, blank=True)
    repondue_le = models.DateTimeField(null=True, blank=True)
    repondue_par = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    projet = models.OneToOneField(
        Projet, on_delete=models.PROTECT, null=True, blank=True, related_name="offre"
    )

    class Meta:
        """Taken exactly when it is a project."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(reponse=ReponseOffre.PRISE, projet__isnull=False)
                | (~models.Q(reponse=ReponseOffre.PRISE) & models.Q(projet__isnull=True)),
                name="offre_prise_avec_projet",
            )
        ]
        indexes = [models.Index(fields=["guichet", "-offerte_le"], name="offre_par_guichet")]

    def __str__(self) -> str:
        """Say what the work is."""
        return self.travail
