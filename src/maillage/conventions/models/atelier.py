"""The convention's workshop: versions, clauses proposed and amended, votes, the two signatures."""

from django.db import models

from maillage.base.encryption import SealedField
from maillage.base.enums import Portee
from maillage.base.identifiers import new_id
from maillage.conventions.enums import Camp, EtatConvention, OrigineClause
from maillage.conventions.models.partenariat import Partenariat
from maillage.directory.enums import Metier
from maillage.directory.models import Poste


class Convention(models.Model):
    """One version of a partnership's convention, from the workshop to its term.

    `texte_du` is the day the text was settled: no signature may bear an earlier date. Once signed
    it does not change; a later version ends it the day before it begins.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="conventions")
    version = models.PositiveSmallIntegerField()
    etat = models.CharField(max_length=8, choices=EtatConvention, default=EtatConvention.ATELIER)
    ouverte_le = models.DateTimeField()
    ouverte_par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    texte_du = models.DateField(null=True, blank=True)
    debut = models.DateField(null=True, blank=True)
    fin = models.DateField(null=True, blank=True)
    revue_le = models.DateField(null=True, blank=True)
    invente = models.BooleanField(default=False)

    class Meta:
        """One number per version, one workshop at a time, dates in order, one version on a first day."""

        constraints = [
            models.UniqueConstraint(fields=["partenariat", "version"], name="convention_version_unique"),
            models.UniqueConstraint(
                fields=["partenariat"],
                condition=models.Q(etat__in=["atelier", "arretee"]),
                name="convention_atelier_unique",
            ),
            models.UniqueConstraint(
                fields=["partenariat", "debut"],
                condition=models.Q(etat="signee"),
                name="convention_debut_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(etat__in=["atelier", "ecartee"])
                | models.Q(
                    texte_du__isnull=False, debut__gte=models.F("texte_du"), fin__gte=models.F("debut")
                ),
                name="convention_datee",
            ),
        ]

    def __str__(self) -> str:
        """Name the version."""
        return f"Convention, version {self.version}"


class ClauseProposee(models.Model):
    """A clause of a version; its words are those of the latest `RedactionClause`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    convention = models.ForeignKey(Convention, on_delete=models.CASCADE, related_name="clauses")
    origine = models.CharField(max_length=8, choices=OrigineClause)
    source = models.CharField(max_length=160, blank=True)
    redaction = models.PositiveSmallIntegerField(default=1)
    retiree_le = models.DateTimeField(null=True, blank=True)
    proposee_le = models.DateTimeField()

    def __str__(self) -> str:
        """Say which draft it is."""
        return f"Clause proposée, rédaction {self.redaction}"


class RedactionClause(models.Model):
    """One wording of a proposed clause, kept when the next one replaces it.

    `fait` is one of `BY_CLAUSE`, or empty for a clause that organises and establishes nothing;
    `metier` says whose fact it is, empty for the whole partnership's.
    """

    clause = models.ForeignKey(ClauseProposee, on_delete=models.CASCADE, related_name="redactions")
    numero = models.PositiveSmallIntegerField()
    titre = models.CharField(max_length=160)
    texte = models.TextField()
    fait = models.CharField(max_length=60, blank=True)
    valeur = models.JSONField(null=True, blank=True)
    metier = models.CharField(max_length=24, choices=Metier, blank=True)
    le = models.DateTimeField()
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One row per wording."""

        constraints = [models.UniqueConstraint(fields=["clause", "numero"], name="redaction_unique")]

    def __str__(self) -> str:
        """Show the wording's title."""
        return self.titre


class VoteClause(models.Model):
    """A vote on one wording: it falls when the wording changes. Only counts by trade are shown."""

    clause = models.ForeignKey(ClauseProposee, on_delete=models.CASCADE, related_name="votes")
    redaction = models.PositiveSmallIntegerField()
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    metier = models.CharField(max_length=24, choices=Metier)
    pour = models.BooleanField()

    class Meta:
        """One vote each on one wording."""

        constraints = [models.UniqueConstraint(fields=["clause", "redaction", "poste"], name="vote_unique")]

    def __str__(self) -> str:
        """Say yes or no."""
        return "Pour" if self.pour else "Contre"


class SignatureConvention(models.Model):
    """The signature of one trade's direction."""

    convention = models.ForeignKey(Convention, on_delete=models.CASCADE, related_name="signatures")
    camp = models.CharField(max_length=12, choices=Camp)
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    le = models.DateField()

    class Meta:
        """Each side signs once."""

        constraints = [
            models.UniqueConstraint(fields=["convention", "camp"], name="signature_convention_unique")
        ]

    def __str__(self) -> str:
        """Say who signs."""
        return self.get_camp_display()


class Numerisation(models.Model):
    """A scan of the paper that was signed, sealed with the partnership's key; withdrawn, it is emptied.

    `genre` is the kind of the file as its bytes say it, `octets` its size as it was kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    convention = models.ForeignKey(Convention, on_delete=models.CASCADE, related_name="numerisations")
    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="+")
    genre = models.CharField(max_length=24)
    octets = models.PositiveIntegerField()
    contenu_scelle = SealedField(portee=Portee.PARTENARIAT, proprietaire="partenariat_id")
    deposee_le = models.DateTimeField()
    deposee_par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    retiree_le = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Say which version it shows."""
        return f"Exemplaire signé de la version {self.convention.version}"
