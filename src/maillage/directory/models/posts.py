"""Professionals and the posts they hold: where the facts of every verdict come from."""

from uuid import UUID

from django.db import models

from maillage.base.identifiers import new_id
from maillage.base.seals import SealedRow
from maillage.directory.enums import Contrat, Role, TexteDelegation
from maillage.directory.models.places import Service


class Professionnel(models.Model):
    """A person who works; what they may do comes from the posts they hold."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    prenom = models.CharField(max_length=60)
    nom = models.CharField(max_length=80)
    telephone = models.CharField(max_length=20, blank=True)
    courriel = models.EmailField(blank=True)
    invente = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Call people by their name."""
        return f"{self.prenom} {self.nom}"


class Poste(SealedRow):
    """A post: one function in one service between two dates.

    `fonction`, `emploi`, `fondements_secret`, `part_protection_enfance` and
    `part_action_sociale` use the words of the law's vocabulary; each is established by
    `preuve`. A prevention post gains `mission_ase` only through a title of its service. Its seal
    binds what gives rights (S-20).
    """

    SEALED = (
        "id",
        "professionnel_id",
        "service_id",
        "role",
        "debut",
        "fin",
        "lecture_seule",
        "module_valide_le",
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    professionnel = models.ForeignKey(Professionnel, on_delete=models.PROTECT, related_name="postes")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="postes")
    role = models.CharField(max_length=24, choices=Role)
    intitule = models.CharField(max_length=120)
    fonction = models.CharField(max_length=40)
    emploi = models.CharField(max_length=20)
    fondements_secret = models.JSONField(default=list, blank=True)
    part_protection_enfance = models.CharField(max_length=20, default="aucune")
    part_action_sociale = models.CharField(max_length=20, default="aucune")
    preuve = models.CharField(max_length=250, blank=True)
    contrat = models.CharField(max_length=16, choices=Contrat, default=Contrat.PERMANENT)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    lecture_seule = models.BooleanField(default=False)
    module_valide_le = models.DateField(null=True, blank=True)

    class Meta:
        """A post ends on or after the day it begins."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True) | models.Q(fin__gte=models.F("debut")),
                name="poste_ordonne",
            )
        ]
        indexes = [models.Index(fields=["service", "role"], name="poste_par_role")]

    def __str__(self) -> str:
        """Say who does what."""
        return f"{self.professionnel} ({self.intitule})"


class Delegation(SealedRow):
    """An order by which the mayor or the department's president lets a post act in their name.

    Without one in force a deputy represents nobody (CGCT L. 2122-18, L. 3221-3). `acte` is the
    order's number; `par` the post that recorded it.
    """

    SEALED = ("id", "poste_id", "texte", "acte", "debut", "fin")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="delegations")
    texte = models.CharField(max_length=12, choices=TexteDelegation)
    acte = models.CharField(max_length=60)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    par = models.ForeignKey(Poste, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """An order ends on or after the day it begins."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True) | models.Q(fin__gte=models.F("debut")),
                name="delegation_ordonnee",
            )
        ]

    def told_to(self) -> UUID:
        """Return the service concerned."""
        return self.poste.service_id

    def __str__(self) -> str:
        """Name the order."""
        return f"arrêté {self.acte} du {self.debut:%d/%m/%Y}"
