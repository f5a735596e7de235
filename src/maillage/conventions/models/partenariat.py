"""The partnership: members, places covered, form with history, clauses, adopted readings."""

from django.db import models

from maillage.base.identifiers import new_id
from maillage.base.seals import SealedRow
from maillage.conventions.enums import Camp, EtatProposition, Forme, Place
from maillage.directory.models import Poste, Service, Territoire


class Partenariat(models.Model):
    """The wall: nobody sees across partnerships they do not belong to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    nom = models.CharField(max_length=200)
    territoires = models.ManyToManyField(Territoire, related_name="partenariats")
    services = models.ManyToManyField(Service, through="Participation", related_name="partenariats")
    rythme_reunion_semaines = models.PositiveSmallIntegerField(default=6)
    delai_reponse_jours = models.PositiveSmallIntegerField(default=14)
    delai_cloture_jours = models.PositiveSmallIntegerField(default=42)
    invente = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Name the partnership."""
        return self.nom


class Participation(SealedRow):
    """A service's place in a partnership; sealed, as it gives rights (S-20)."""

    SEALED = ("partenariat_id", "service_id", "place", "debut", "fin")

    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="participations")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="participations")
    place = models.CharField(max_length=8, choices=Place, default=Place.MEMBRE)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)

    class Meta:
        """A service takes part once in a partnership."""

        constraints = [
            models.UniqueConstraint(fields=["partenariat", "service"], name="participation_unique")
        ]

    def __str__(self) -> str:
        """Say who takes part in what."""
        return f"{self.service} dans {self.partenariat}"


class FormePartenariat(models.Model):
    """The form of a partnership between two dates, with what proves it."""

    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="formes")
    forme = models.CharField(max_length=16, choices=Forme)
    preuve = models.CharField(max_length=250)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)

    class Meta:
        """One form begins on a day, and ends on or after it."""

        constraints = [
            models.UniqueConstraint(fields=["partenariat", "debut"], name="forme_debut_unique"),
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True) | models.Q(fin__gte=models.F("debut")),
                name="forme_ordonnee",
            ),
        ]

    def __str__(self) -> str:
        """Say the form."""
        return self.get_forme_display()


class Clause(models.Model):
    """A clause as a row of fact: what it establishes, its proof, from when until when.

    `fait` is a path of the law's vocabulary; for a fact of one side (`part_action_sociale`,
    `decision_autorite`…) `service` says whose. After `fin` the fact returns to its default.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="clauses")
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.PROTECT, related_name="clauses"
    )
    proposee = models.ForeignKey(
        "conventions.ClauseProposee",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="etablies",
    )
    titre = models.CharField(max_length=160)
    texte = models.TextField(blank=True)
    fait = models.CharField(max_length=60)
    valeur = models.JSONField()
    preuve = models.CharField(max_length=250)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    revue_le = models.DateField(null=True, blank=True)
    invente = models.BooleanField(default=False)

    class Meta:
        """A clause ends on or after the day it begins."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True) | models.Q(fin__gte=models.F("debut")),
                name="clause_ordonnee",
            )
        ]

    def __str__(self) -> str:
        """Show the clause's title."""
        return self.titre


class LectureAdoptee(models.Model):
    """An open question answered in writing by both directions and the DPO, with dates.

    `version` counts the readings of one question adopted by one partnership.
    """

    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="lectures")
    question = models.CharField(max_length=8)
    valeur = models.CharField(max_length=16)
    signataires = models.JSONField(default=list)
    preuve = models.CharField(max_length=250)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    invente = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Say the question and the reading."""
        return f"{self.question} = {self.valeur}"


class PropositionLecture(models.Model):
    """A reading proposed for one open question, from a day until a term, waiting for its signatures.

    Adopted once both directions and the DPO have signed; it then made `lecture`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="propositions")
    question = models.CharField(max_length=8)
    valeur = models.CharField(max_length=16)
    motif = models.CharField(max_length=600, blank=True)
    debut = models.DateField()
    fin = models.DateField()
    etat = models.CharField(max_length=8, choices=EtatProposition, default=EtatProposition.OUVERTE)
    proposee_le = models.DateTimeField()
    proposee_par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    close_le = models.DateTimeField(null=True, blank=True)
    lecture = models.OneToOneField(
        LectureAdoptee, null=True, blank=True, on_delete=models.PROTECT, related_name="proposition"
    )

    class Meta:
        """One open proposal per question of a partnership; a term after its first day."""

        constraints = [
            models.UniqueConstraint(
                fields=["partenariat", "question"],
                condition=models.Q(etat="ouverte"),
                name="proposition_ouverte_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(fin__gt=models.F("debut")), name="proposition_ordonnee"
            ),
        ]

    def __str__(self) -> str:
        """Say the question and the reading proposed."""
        return f"{self.question} = {self.valeur} ({self.get_etat_display()})"


class SignatureLecture(models.Model):
    """One of the three signatures of a proposed reading."""

    proposition = models.ForeignKey(PropositionLecture, on_delete=models.CASCADE, related_name="signatures")
    camp = models.CharField(max_length=12, choices=Camp)
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    class Meta:
        """Each side signs once."""

        constraints = [
            models.UniqueConstraint(fields=["proposition", "camp"], name="signature_par_camp_unique")
        ]

    def __str__(self) -> str:
        """Say who signs."""
        return self.get_camp_display()
