"""Exchanges with their law, and openings: the only thing that lists read."""

from django.db import models

from maillage.base.encryption import SealedField
from maillage.base.enums import Portee
from maillage.base.identifiers import new_id
from maillage.base.seals import SealedRow
from maillage.conventions.models import Partenariat
from maillage.directory.models import Poste, Service
from maillage.sharing.enums import (
    Alinea,
    Autorite,
    DecisionReserve,
    Demandeur,
    DestinataireDanger,
    FinOuverture,
    IdentiteVerifiee,
    ParoleDuJeune,
    PorteeOuverture,
    SaisineDesignation,
    StatutEchange,
)


class Echange(models.Model):
    """One kind of information, from one post to one service, one day, for one purpose.

    Holds the whole wire case as judged, the source of each fact ({path: {genre, id,
    libelle}}), the verdict as given, the readings and the law's version: it can be replayed.
    Never the content. `sujet` and `orientation` are plain identifiers; `sujet` is emptied
    when the person is erased.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    envoi = models.UUIDField(default=new_id)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="echanges")
    service_emetteur = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    poste_emetteur = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    service_destinataire = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    poste_destinataire = models.ForeignKey(
        Poste, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sujet = models.UUIDField(null=True, blank=True)
    orientation = models.UUIDField(null=True, blank=True)
    nature = models.CharField(max_length=32)
    finalite = models.CharField(max_length=32)
    cas = models.JSONField()
    sources = models.JSONField(default=dict)
    lectures = models.JSONField(default=dict)
    version_droit = models.CharField(max_length=24)
    issue = models.CharField(max_length=12)
    verdict = models.JSONField()
    statut = models.CharField(max_length=10, choices=StatutEchange)
    le = models.DateTimeField()

    class Meta:
        """Lists and replay read by partnership and date."""

        indexes = [
            models.Index(fields=["partenariat", "-le"], name="echange_par_partenariat"),
            models.Index(fields=["sujet"], name="echange_par_sujet"),
            models.Index(fields=["orientation"], name="echange_par_orientation"),
        ]

    def __str__(self) -> str:
        """Say what and how it was judged."""
        return f"{self.nature} : {self.issue}"


class Ouverture(SealedRow):
    """A service may see a scope of one person, on a ground, from when until when.

    A withdrawal closes it in the same transaction; everything that lists persons joins it. Its seal
    is read when a sheet opens (S-20).
    """

    SEALED = ("id", "personne", "service_id", "portee", "debut", "fin", "cause_fin")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    personne = models.UUIDField()
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="ouvertures")
    partenariat = models.ForeignKey(
        Partenariat, null=True, blank=True, on_delete=models.PROTECT, related_name="ouvertures"
    )
    portee = models.CharField(max_length=16, choices=PorteeOuverture)
    base = models.CharField(max_length=40)
    echange = models.ForeignKey(
        Echange, null=True, blank=True, on_delete=models.PROTECT, related_name="ouvertures"
    )
    debut = models.DateTimeField()
    fin = models.DateTimeField(null=True, blank=True)
    cause_fin = models.CharField(max_length=12, choices=FinOuverture, blank=True)

    class Meta:
        """One live opening per person, service and scope."""

        constraints = [
            models.UniqueConstraint(
                fields=["personne", "service", "portee"],
                condition=models.Q(cause_fin=""),
                name="ouverture_vive_unique",
            )
        ]
        indexes = [models.Index(fields=["service", "portee", "fin"], name="ouverture_par_service")]

    def __str__(self) -> str:
        """Say the scope."""
        return self.get_portee_display()


class Tache(models.Model):
    """An obligation that needs a later act (inform, copy, acknowledge), until it is done.

    It comes from an exchange, or from an opening that a withdrawal ended; `demandeur` is the
    service that may read whether its receipt came.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    echange = models.ForeignKey(
        Echange, null=True, blank=True, on_delete=models.CASCADE, related_name="taches"
    )
    ouverture = models.ForeignKey(
        Ouverture, null=True, blank=True, on_delete=models.CASCADE, related_name="taches"
    )
    demandeur = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="taches")
    obligation = models.CharField(max_length=24)
    echeance = models.DateField()
    faite_le = models.DateTimeField(null=True, blank=True)
    faite_par = models.ForeignKey(Poste, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A task says where it comes from; what a service owes is found by date."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(echange__isnull=False) | models.Q(ouverture__isnull=False),
                name="tache_a_une_source",
            )
        ]
        indexes = [models.Index(fields=["service", "faite_le", "echeance"], name="tache_due")]

    def __str__(self) -> str:
        """Say what is owed."""
        return self.obligation


class Designation(models.Model):
    """The act that designates a coordonnateur (CASF L. 121-6-2), from its saisine to its end.

    Three dated steps, then the signature (`signee_le`), which alone lets anything open, between
    `debut` and `fin`. `sujets` are codes of SujetCoordination. `sceau` binds the signed act: a row
    written beside the product has no effect (S-20). `version` refuses a stale screen.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="designations")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    coordonnateur = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    saisine = models.CharField(max_length=16, choices=SaisineDesignation)
    saisie_le = models.DateField()
    sujets = models.JSONField(default=list)
    accord_autorite_le = models.DateField(null=True, blank=True)
    consultation_le = models.DateField(null=True, blank=True)
    signee_le = models.DateTimeField(null=True, blank=True)
    signataire = models.ForeignKey(Poste, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    debut = models.DateField(null=True, blank=True)
    fin = models.DateField(null=True, blank=True)
    finie_le = models.DateTimeField(null=True, blank=True)
    sceau = models.BinaryField(default=b"")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        """A signed act has both opinions and its dates, in order."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(signee_le__isnull=True)
                | models.Q(
                    accord_autorite_le__isnull=False,
                    consultation_le__isnull=False,
                    debut__isnull=False,
                    fin__gte=models.F("debut"),
                ),
                name="designation_signee_complete",
            )
        ]
        indexes = [models.Index(fields=["coordonnateur", "fin"], name="designation_par_poste")]

    def __str__(self) -> str:
        """Say the act by its number, never by a person."""
        return f"désignation {str(self.pk)[:8]}"


class PersonneDesignee(models.Model):
    """One person whom a designation covers; a brother or a sister needs a line of their own."""

    designation = models.ForeignKey(Designation, on_delete=models.CASCADE, related_name="perimetre")
    personne = models.UUIDField()
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Once in an act."""

        constraints = [
            models.UniqueConstraint(fields=["designation", "personne"], name="personne_designee_unique")
        ]

    def __str__(self) -> str:
        """Never show a name by accident."""
        return str(self.personne)


class Information(models.Model):
    """What L. 121-6-2 lets be said to the mayor or the department: codes, never a word, never a name.

    `contenu` holds the allow-listed codes of its paragraph; `mandat` says how the recipient
    represents the authority; `personne` is emptied when the person is erased. The two sent
    together share `lot`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lot = models.UUIDField()
    echange = models.OneToOneField(Echange, on_delete=models.PROTECT, related_name="information")
    alinea = models.CharField(max_length=2, choices=Alinea)
    autorite = models.CharField(max_length=12, choices=Autorite)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="informations")
    destinataire = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    mandat = models.CharField(max_length=120)
    personne = models.UUIDField(null=True, blank=True)
    contenu = models.JSONField(default=dict)
    le = models.DateTimeField()
    accusee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Found by who receives and by who sent."""

        indexes = [
            models.Index(fields=["destinataire", "-le"], name="information_recue"),
            models.Index(fields=["service", "-le"], name="information_envoyee"),
        ]

    def __str__(self) -> str:
        """Say its number, never a person."""
        return f"information {str(self.pk)[:8]}"


class Carte(models.Model):
    """The person's own way in, given on request: a code that is not stored and a number of theirs.

    `empreinte` is the code's keyed digest; `verrou` opens on code and number together. `poste` gave
    it. Nothing here says whose it is to who does not already know `personne`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    personne = models.UUIDField()
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    empreinte = models.CharField(max_length=64, unique=True)
    verrou = models.CharField(max_length=160)
    le = models.DateTimeField()
    expire_le = models.DateField()
    finie_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Found by person when it is ended."""

        indexes = [models.Index(fields=["personne"], name="carte_par_personne")]

    def __str__(self) -> str:
        """Say the card by its number."""
        return f"carte {str(self.pk)[:8]}"


class DemandeAcces(models.Model):
    """Someone asks for all that one service holds about a person (RGPD 15).

    The service that knows them opens it (`poste`; none: by a command) and says how identity was
    made sure of; the data protection officer decides the reserves and answers before `echeance`.
    `parole` is what the young person says of a parent's reading. `personne` goes with the person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    personne = models.UUIDField(null=True, blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    poste = models.ForeignKey(Poste, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    demandeur = models.CharField(max_length=8, choices=Demandeur)
    identite = models.CharField(max_length=8, choices=IdentiteVerifiee)
    parole = models.CharField(max_length=12, choices=ParoleDuJeune, default=ParoleDuJeune.NON_DEMANDE)
    le = models.DateTimeField()
    echeance = models.DateField()
    repondue_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One request at a time for the same person by the same asker."""

        constraints = [
            models.UniqueConstraint(
                fields=["personne", "demandeur"],
                condition=models.Q(repondue_le__isnull=True),
                name="demande_acces_unique",
            )
        ]
        indexes = [models.Index(fields=["service", "repondue_le"], name="demande_acces_due")]

    def __str__(self) -> str:
        """Say its number, never a person."""
        return f"demande d'accès {str(self.pk)[:8]}"


class MandatDelegue(models.Model):
    """A service names the data protection officer of another one (`officier`) to answer its requests.

    Proposed by who heads the service, accepted by the officer: two people. Nothing opens before
    `accepte_le` nor from `fini_le` on. `sceau` binds an accepted row (S-20).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="mandats_donnes")
    officier = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="mandats_recus")
    propose_le = models.DateTimeField()
    propose_par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    accepte_le = models.DateTimeField(null=True, blank=True)
    accepte_par = models.ForeignKey(Poste, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    fini_le = models.DateTimeField(null=True, blank=True)
    sceau = models.BinaryField(default=b"")

    class Meta:
        """One at a time for a service, which never names itself."""

        constraints = [
            models.UniqueConstraint(
                fields=["service"], condition=models.Q(fini_le__isnull=True), name="mandat_delegue_unique"
            ),
            models.CheckConstraint(
                condition=~models.Q(service=models.F("officier")), name="mandat_delegue_autre_service"
            ),
        ]

    def __str__(self) -> str:
        """Say who answers for whom."""
        return f"{self.officier} pour {self.service}"


class ReserveAcces(models.Model):
    """What the officer decided of one passage (`cle`); the words to leave out are sealed with the person."""

    demande = models.ForeignKey(DemandeAcces, on_delete=models.CASCADE, related_name="reserves")
    personne = models.UUIDField()
    cle = models.CharField(max_length=80)
    decision = models.CharField(max_length=10, choices=DecisionReserve)
    mots_scelles = SealedField(portee=Portee.PERSONNE, proprietaire="personne")
    le = models.DateTimeField()
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Decided once; deciding again replaces."""

        constraints = [models.UniqueConstraint(fields=["demande", "cle"], name="reserve_unique")]

    def __str__(self) -> str:
        """Say the decision."""
        return self.get_decision_display()


class TransmissionDanger(models.Model):
    """That a danger was passed on: when, to whom, acknowledged when. Never what was said."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="transmissions")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    destinataire = models.CharField(max_length=16, choices=DestinataireDanger)
    personne = models.UUIDField(null=True, blank=True)
    le = models.DateTimeField()
    accusee_le = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Say to whom."""
        return self.get_destinataire_display()
