"""Notes of both trades, news of places between teams, and cards given. Nobody is named here."""

from django.db import models

from maillage.base.encryption import SealedField
from maillage.base.enums import Portee
from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat
from maillage.directory.models import Lieu, Poste, Service
from maillage.main_courante.enums import GenreSortie, Liste, Reponse
from maillage.main_courante.gestes import EtatSignalement, Geste

CORRECTS = models.Q(corrige__isnull=False)  # So few that SQLite would scan rather than index them all.


class Vocabulaire(models.Model):
    """One entry of one list of one service: codes are stored, labels may be renamed."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="vocabulaire")
    liste = models.CharField(max_length=12, choices=Liste)
    code = models.SlugField(max_length=40)
    libelle = models.CharField(max_length=80)
    famille = models.CharField(max_length=60, blank=True)
    rang = models.PositiveSmallIntegerField(default=0)
    actif = models.BooleanField(default=True)

    class Meta:
        """A code is unique within a service's list."""

        constraints = [
            models.UniqueConstraint(fields=["service", "liste", "code"], name="vocabulaire_unique")
        ]
        ordering = ["rang", "libelle"]

    def __str__(self) -> str:
        """Show the label."""
        return self.libelle


class Sortie(models.Model):
    """A round of mediators or a street outing of educators: its crew owns its notes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="sorties")
    genre = models.CharField(max_length=16, choices=GenreSortie)
    jour = models.DateField()
    debut = models.DateTimeField()
    fin = models.DateTimeField(null=True, blank=True)
    equipage = models.ManyToManyField(Poste, related_name="sorties")
    lieux = models.ManyToManyField(Lieu, blank=True, related_name="sorties")

    class Meta:
        """The night's report reads one service's day."""

        indexes = [models.Index(fields=["service", "-jour"], name="sortie_par_jour")]

    def __str__(self) -> str:
        """Say what and when."""
        return f"{self.get_genre_display()} du {self.jour:%d/%m/%Y}"


class Note(models.Model):
    """What was seen at a place: no name, no law. A correction is a new note (S-25).

    `id`, `appareil` and `compteur` come from the phone; `observee_le` is advisory,
    `recue_le` is the server's; `heure_ecartee` says that the phone's time was impossible and
    that the server's stands in its place. `empreinte` is the keyed digest of author and content,
    by which a repeated send is told from a conflict. `annule`: it withdraws what it names.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="notes")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="notes")
    sortie = models.ForeignKey(Sortie, null=True, blank=True, on_delete=models.PROTECT, related_name="notes")
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, related_name="notes")
    jour = models.DateField()
    creneau = models.CharField(max_length=40)
    categorie = models.CharField(max_length=40)
    ambiance = models.CharField(max_length=40)
    effectif = models.CharField(max_length=40)
    publics = models.JSONField(default=list, blank=True)
    origine = models.CharField(max_length=40, default="ronde")
    suites = models.JSONField(default=list, blank=True)
    contacts_nouveaux = models.PositiveSmallIntegerField(null=True, blank=True)
    texte_scelle = SealedField(portee=Portee.SERVICE, proprietaire="service_id")
    observee_le = models.DateTimeField()
    recue_le = models.DateTimeField()
    heure_ecartee = models.BooleanField(default=False)
    appareil = models.CharField(max_length=40, blank=True)
    compteur = models.PositiveIntegerField(null=True, blank=True)
    annule = models.BooleanField(default=False)
    corrige = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    empreinte = models.CharField(max_length=64)

    class Meta:
        """A device's counter is used once; lists read a service's days; a year is counted in one index."""

        constraints = [
            models.UniqueConstraint(
                fields=["service", "appareil", "compteur"],
                condition=~models.Q(appareil=""),
                name="note_compteur_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(annule=False) | CORRECTS, name="note_annulation_nomme_sa_note"
            ),
        ]
        indexes = [
            models.Index(fields=["service", "-observee_le"], name="note_par_service"),
            models.Index(fields=["lieu", "-observee_le"], name="note_par_lieu"),
            models.Index(fields=["service", "jour"], name="note_par_jour"),
            models.Index(
                fields=["service", "categorie", "lieu", "jour", "annule", "contacts_nouveaux"],
                name="note_comptee",
            ),
            models.Index(fields=["corrige"], condition=CORRECTS, name="note_correction"),
        ]

    def __str__(self) -> str:
        """Say where and what."""
        return f"{self.lieu} : {self.categorie}"


class NoteEnConflit(models.Model):
    """The same note identifier sent with another content: kept and shown, never merged."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="conflits")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    contenu_scelle = SealedField(portee=Portee.SERVICE, proprietaire="service_id")
    empreinte = models.CharField(max_length=64)
    recue_le = models.DateTimeField()
    reglee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The same other content is kept once."""

        constraints = [models.UniqueConstraint(fields=["note", "empreinte"], name="conflit_unique")]

    def __str__(self) -> str:
        """Name the note."""
        return f"conflit sur {self.note_id}"


class MessageDeLieu(models.Model):
    """«Dire à l'autre équipe»: a place, a moment, a number; it calls for an answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.PROTECT, related_name="messages")
    service_emetteur = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="messages_envoyes")
    service_destinataire = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="messages_recus")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, related_name="messages")
    creneau = models.CharField(max_length=40)
    effectif = models.CharField(max_length=40)
    categorie = models.CharField(max_length=40)
    texte_scelle = SealedField(portee=Portee.PARTENARIAT, proprietaire="partenariat_id")
    envoye_le = models.DateTimeField()

    class Meta:
        """A service does not write to itself."""

        constraints = [
            models.CheckConstraint(
                condition=~models.Q(service_emetteur=models.F("service_destinataire")),
                name="message_entre_deux_services",
            )
        ]
        indexes = [
            models.Index(fields=["service_destinataire", "-envoye_le"], name="message_recu"),
            models.Index(fields=["service_emetteur", "-envoye_le"], name="message_envoye"),
        ]

    def __str__(self) -> str:
        """Say where and what."""
        return f"{self.lieu} : {self.categorie}"


class ReponseMessage(models.Model):
    """One answer to a place message; the latest counts, earlier ones stay."""

    message = models.ForeignKey(MessageDeLieu, on_delete=models.CASCADE, related_name="reponses")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    reponse = models.CharField(max_length=16, choices=Reponse)
    le = models.DateTimeField()

    def __str__(self) -> str:
        """Say the answer."""
        return self.get_reponse_display()


class ContactDonne(models.Model):
    """A young person left with the educators' card: nothing is sent, a place is counted.

    Nothing says who gave it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="contacts_donnes")
    vers = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, related_name="+")
    jour = models.DateField()

    class Meta:
        """Counted by place and month."""

        indexes = [models.Index(fields=["service", "jour"], name="contact_par_jour")]

    def __str__(self) -> str:
        """Say where."""
        return f"carte donnée : {self.lieu}"


class EnveloppeDeposee(models.Model):
    """The sealed tray: what a telephone still held when its author could no longer send it (S-29).

    `enveloppe` stays as the telephone sealed it, under the installation's public key `cle`; only a
    head of the author's service may have it written in the logbook. `id` is the note's own.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="enveloppes")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    ouverture = models.UUIDField()
    cle = models.CharField(max_length=16)
    enveloppe = models.BinaryField()
    deposee_le = models.DateTimeField()
    versee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The head of service reads what waits, oldest first."""

        indexes = [models.Index(fields=["service", "deposee_le"], name="enveloppe_par_service")]

    def __str__(self) -> str:
        """Name the service, never the content."""
        return f"enveloppe déposée : {self.service}"


class Consigne(models.Model):
    """What one team asks of the next about a place: a gesture, a last day, a word if need be.

    Nobody is named. `levee_le` says that a team did it, or that it is no longer needed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="consignes")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, related_name="consignes")
    geste = models.CharField(max_length=12, choices=Geste)
    texte_scelle = SealedField(portee=Portee.SERVICE, proprietaire="service_id")
    creee_le = models.DateTimeField()
    jusquau = models.DateField()
    levee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The next team reads what still holds."""

        indexes = [models.Index(fields=["service", "jusquau"], name="consigne_en_cours")]

    def __str__(self) -> str:
        """Say what is asked, and where."""
        return f"{self.get_geste_display()} : {self.lieu}"


class CompteRendu(models.Model):
    """The fact that a working day's report went to the hierarchy; the report itself is never copied."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="comptes_rendus")
    jour = models.DateField()
    transmis_le = models.DateTimeField()

    class Meta:
        """A day is sent once; notes that come later are in the report all the same."""

        constraints = [models.UniqueConstraint(fields=["service", "jour"], name="compte_rendu_unique")]

    def __str__(self) -> str:
        """Say which day."""
        return f"compte rendu du {self.jour:%d/%m/%Y}"


class AdresseAvis(models.Model):
    """Where a service receives its daily notice: a mailbox of the service, never of a person."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="adresse_avis")
    courriel = models.EmailField()

    def __str__(self) -> str:
        """Show the address."""
        return self.courriel


class AvisDuJour(models.Model):
    """The fact that a service had its notice of the day: one a day, whatever runs twice."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="avis")
    jour = models.DateField()
    envoye_le = models.DateTimeField()

    class Meta:
        """One notice a day."""

        constraints = [models.UniqueConstraint(fields=["service", "jour"], name="avis_unique")]

    def __str__(self) -> str:
        """Say which day."""
        return f"avis du {self.jour:%d/%m/%Y}"


class Guichet(models.Model):
    """A bailleur's or a city's technical desk, as one service knows it.

    `lieux` are the places it looks after, one by one; without any, `genres` (kinds of places, all when
    empty) says where it repairs. `categories` (codes, all when empty) says what. `lien_revision` is part
    of the link by which it asks about its `lieux` and reads their monthly sheets, and about no other
    place; the link opens until `lien_jusquau` (none without it).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="guichets")
    nom = models.CharField(max_length=80)
    courriel = models.EmailField()
    lieux = models.ManyToManyField(Lieu, blank=True, related_name="+")
    genres = models.JSONField(default=list, blank=True)
    categories = models.JSONField(default=list, blank=True)
    actif = models.BooleanField(default=True)
    lien_revision = models.PositiveSmallIntegerField(default=0)
    lien_jusquau = models.DateField(null=True, blank=True)

    class Meta:
        """A service knows a desk once."""

        constraints = [models.UniqueConstraint(fields=["service", "nom"], name="guichet_unique")]
        ordering = ["nom"]

    def __str__(self) -> str:
        """Name the desk."""
        return self.nom


class Signalement(models.Model):
    """A technical watch: a thing to repair, told to a desk by a link that needs no account.

    Made from a note of the technical family, of which it keeps the place, the day and the category:
    never the text, never a person. `revision` is part of the link: another one ends the link before.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="signalements")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    guichet = models.ForeignKey(Guichet, on_delete=models.PROTECT, related_name="signalements")
    note = models.OneToOneField(Note, on_delete=models.PROTECT, related_name="signalement")
    lieu = models.ForeignKey(Lieu, on_delete=models.PROTECT, related_name="+")
    categorie = models.CharField(max_length=40)
    jour = models.DateField()
    envoye_le = models.DateTimeField()
    revision = models.PositiveSmallIntegerField(default=1)
    expire_le = models.DateTimeField()
    revoque_le = models.DateTimeField(null=True, blank=True)
    recu_le = models.DateTimeField(null=True, blank=True)
    prevu_le = models.DateField(null=True, blank=True)
    repare_le = models.DateTimeField(null=True, blank=True)
    relance_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The team reads its reports, newest first."""

        indexes = [models.Index(fields=["service", "-envoye_le"], name="signalement_par_service")]

    def __str__(self) -> str:
        """Say what, and where."""
        return f"{self.lieu} : {self.categorie}"

    @property
    def etat(self) -> EtatSignalement:
        """Return where the report stands, from its dates."""
        if self.repare_le:
            return EtatSignalement.REPARE
        if self.prevu_le:
            return EtatSignalement.PREVU
        return EtatSignalement.RECU if self.recu_le else EtatSignalement.ENVOYE


class Correspondance(models.Model):
    """How the columns and words of a file of notes become ours, kept for the next file like it.

    `entetes` is the digest of the file's column names; `champs` holds no data of the file.
    """

    entetes = models.CharField(max_length=64, unique=True)
    champs = models.JSONField()
    gardee_le = models.DateTimeField()

    def __str__(self) -> str:
        """Say since when it is kept."""
        return f"correspondance du {self.gardee_le:%d/%m/%Y}"
