"""The yearly evaluation: each service's opinions, answers of those around, signatures; public orders."""

from django.db import models
from django.utils.formats import date_format

from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat
from maillage.directory.enums import Metier
from maillage.directory.models import Poste, Service, Territoire
from maillage.evaluations.enums import Entourage, GenreAvis


class Evaluation(models.Model):
    """The evaluation of one partnership's year: twelve whole months, `debut` and `fin` included.

    `contenu` is the whole document, frozen by the first signature (empty before), `empreinte` its
    SHA-256; `signee_le` is set by the last one: nothing changes any more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="evaluations")
    debut = models.DateField()
    fin = models.DateField()
    ouverte_le = models.DateTimeField()
    contenu = models.JSONField(default=dict, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)
    signee_le = models.DateTimeField(null=True, blank=True)
    invente = models.BooleanField(default=False)

    class Meta:
        """A year ends after it begins and is evaluated once; the latest first."""

        constraints = [
            models.UniqueConstraint(fields=["partenariat", "debut"], name="evaluation_unique"),
            models.CheckConstraint(condition=models.Q(fin__gt=models.F("debut")), name="evaluation_ordonnee"),
            models.CheckConstraint(
                condition=models.Q(signee_le__isnull=True) | ~models.Q(empreinte=""),
                name="evaluation_signee_figee",
            ),
        ]
        ordering = ["-debut"]

    def __str__(self) -> str:
        """Say which year."""
        return f"{self.partenariat}, {self.periode}"

    @property
    def periode(self) -> str:
        """Say the year: a calendar year by its number, any other by its months."""
        if self.debut.month == 1:
            return str(self.debut.year)
        return f"{date_format(self.debut, 'F Y')} à {date_format(self.fin, 'F Y')}"


class Avis(models.Model):
    """What a team, or a direction, says of the year together: six marks and a word. Nobody signs it.

    `notes` is {letter of the prerequisite: "1".."4"}.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="avis")
    genre = models.CharField(max_length=10, choices=GenreAvis)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    notes = models.JSONField()
    mot = models.CharField(max_length=600, blank=True)
    le = models.DateTimeField()

    class Meta:
        """One sheet a team, one rating a direction."""

        constraints = [
            models.UniqueConstraint(fields=["evaluation", "genre", "service"], name="avis_evaluation_unique")
        ]

    def __str__(self) -> str:
        """Say whose."""
        return f"{self.get_genre_display()} : {self.service}"


class Entour(models.Model):
    """A link by which those around answer three questions, without account.

    `comptes` adds answers up: {question: {"1".."4": how many}}; no answer has a row, an hour or an
    order of its own. Only the link's digest is kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="entours")
    qui = models.CharField(max_length=10, choices=Entourage)
    nom = models.CharField(max_length=80, blank=True)
    empreinte = models.CharField(max_length=64, unique=True)
    comptes = models.JSONField(default=dict, blank=True)
    cree_le = models.DateTimeField()

    class Meta:
        """The young and the parents have one link a year; each structure its own."""

        constraints = [
            models.UniqueConstraint(fields=["evaluation", "qui", "nom"], name="entour_unique"),
        ]
        ordering = ["qui", "nom"]

    def __str__(self) -> str:
        """Say who is asked."""
        return self.nom or self.get_qui_display()


class SignatureEvaluation(models.Model):
    """A direction signs the document, differences included."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="signatures")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    class Meta:
        """A service signs once."""

        constraints = [
            models.UniqueConstraint(fields=["evaluation", "service"], name="evaluation_signee_une_fois")
        ]

    def __str__(self) -> str:
        """Say who signed."""
        return f"{self.service} a signé"


class Commande(models.Model):
    """What a public body or a funder asks of one of the two trades, in writing (commande publique).

    `registre` is a register of the trade's activity report; no place: the whole partnership's ground.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="commandes")
    metier = models.CharField(max_length=24, choices=Metier)
    commanditaire = models.CharField(max_length=120)
    registre = models.CharField(max_length=24)
    objet = models.CharField(max_length=300)
    preuve = models.CharField(max_length=250)
    territoire = models.ForeignKey(
        Territoire, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    invente = models.BooleanField(default=False)

    class Meta:
        """It ends on or after the day it begins."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True) | models.Q(fin__gte=models.F("debut")),
                name="commande_ordonnee",
            )
        ]
        ordering = ["metier", "registre", "debut", "pk"]

    def __str__(self) -> str:
        """Say what is asked."""
        return self.objet
