"""Persons, families, referents, adhésions and accords. Read only through `sharing`.

Names, ways to find someone and needs are sealed under the person's own key: destroying that
key erases the person, old backups included (S-17, S-19).
"""

from django.db import models

from maillage.base.encryption import SealedField
from maillage.base.enums import Portee
from maillage.base.identifiers import new_id
from maillage.directory.models import Poste, Service
from maillage.dossiers.enums import (
    Donneur,
    EtatAccord,
    EtatAdhesion,
    Explication,
    FinaliteAdhesion,
    FormeAccord,
    Lien,
    MotifCloture,
    MotifRelais,
    Nature,
    ObjetConfidence,
    PorteeAccord,
    TrancheAge,
)


class Famille(models.Model):
    """A family known to one prevention service; siblings are never carried along by a share."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    libelle_scelle = SealedField(portee=Portee.SERVICE, proprietaire="service_id")

    def __str__(self) -> str:
        """Never show a name by accident."""
        return str(self.id)


class Personne(models.Model):
    """Someone a service knows, under a pseudonym by default.

    `accompagnee` belongs to a prevention service. `orientee` is all that a sending service may
    hold: how to find the person, age band, need expressed; `effacer_le` is set at creation
    (three months) and brought forward when the orientation closes.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    nature = models.CharField(max_length=12, choices=Nature)
    famille = models.ForeignKey(
        Famille, null=True, blank=True, on_delete=models.SET_NULL, related_name="personnes"
    )
    tranche_age = models.CharField(max_length=12, choices=TrancheAge, default=TrancheAge.INCONNUE)
    tranche_age_au = models.DateField(null=True, blank=True)
    appellation_scellee = SealedField(portee=Portee.PERSONNE, proprietaire="pk")
    contact_scelle = SealedField(portee=Portee.PERSONNE, proprietaire="pk")
    besoin_scelle = SealedField(portee=Portee.PERSONNE, proprietaire="pk")
    creee_le = models.DateTimeField()
    dernier_contact_le = models.DateField(null=True, blank=True)
    effacer_le = models.DateField(null=True, blank=True)
    effacee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Due erasures are found by date."""

        indexes = [
            models.Index(fields=["effacer_le"], name="personne_a_effacer"),
            models.Index(fields=["service", "nature"], name="personne_par_service"),
        ]

    def __str__(self) -> str:
        """Never show a name by accident."""
        return str(self.id)


class Titulaire(models.Model):
    """A holder of parental authority of one person, each with a voice of their own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="titulaires")
    lien = models.CharField(max_length=8, choices=Lien)
    appellation_scellee = SealedField(portee=Portee.PERSONNE, proprietaire="personne_id")

    def __str__(self) -> str:
        """Say the tie, not the name."""
        return self.get_lien_display()


class Accompagnement(models.Model):
    """The support of one person by one prevention service, freely agreed to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    personne = models.OneToOneField(Personne, on_delete=models.CASCADE, related_name="accompagnement")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    origine = models.CharField(max_length=24, blank=True)
    orientation = models.UUIDField(null=True, blank=True)
    ouvert_le = models.DateField()
    clos_le = models.DateField(null=True, blank=True)
    motif_cloture = models.CharField(max_length=16, choices=MotifCloture, blank=True)

    class Meta:
        """Lists read open supports of one service."""

        indexes = [models.Index(fields=["service", "clos_le"], name="accompagnement_ouvert")]

    def __str__(self) -> str:
        """Never show a name by accident."""
        return str(self.id)


class Reference(models.Model):
    """Who answers for the support: one référent at a time, with history."""

    accompagnement = models.ForeignKey(Accompagnement, on_delete=models.CASCADE, related_name="references")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    motif = models.CharField(max_length=12, choices=MotifRelais, blank=True)

    class Meta:
        """Two référents at once are refused by the database."""

        constraints = [
            models.UniqueConstraint(
                fields=["accompagnement"], condition=models.Q(fin__isnull=True), name="un_seul_referent"
            )
        ]

    def __str__(self) -> str:
        """Say since when."""
        return f"référent depuis {self.debut}"


class Adhesion(models.Model):
    """One event in a free agreement; the latest per giver, recipient and purpose is its state.

    `destinataire` is the service agreed to (none: the one that supports); `explication` says how
    it was explained, by a code. `rang` orders the events of one moment.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    accompagnement = models.ForeignKey(Accompagnement, on_delete=models.CASCADE, related_name="adhesions")
    destinataire = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    finalite = models.CharField(
        max_length=16, choices=FinaliteAdhesion, default=FinaliteAdhesion.ACCOMPAGNEMENT
    )
    explication = models.CharField(max_length=12, choices=Explication, blank=True)
    donneur = models.CharField(max_length=10, choices=Donneur)
    titulaire = models.ForeignKey(
        Titulaire, null=True, blank=True, on_delete=models.CASCADE, related_name="adhesions"
    )
    etat = models.CharField(max_length=10, choices=EtatAdhesion)
    forme = models.CharField(max_length=8, choices=FormeAccord, default=FormeAccord.ORALE)
    le = models.DateTimeField()
    rang = models.PositiveIntegerField(default=0)
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A holder's event names the holder; the young person's names none."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(donneur="jeune", titulaire__isnull=True)
                | models.Q(donneur="titulaire", titulaire__isnull=False),
                name="adhesion_donneur",
            )
        ]

    def __str__(self) -> str:
        """Say the state."""
        return self.get_etat_display()


class RencontreFamille(models.Model):
    """Coopération éducative: a meeting with the family, what each side commits to, when to meet again.

    Held on one support: a brother's or a sister's is another one, and never comes along.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    accompagnement = models.ForeignKey(Accompagnement, on_delete=models.CASCADE, related_name="rencontres")
    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="+")
    engagements_scelles = SealedField(portee=Portee.PERSONNE, proprietaire="personne_id")
    le = models.DateField()
    prochaine_le = models.DateField(null=True, blank=True)
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """The next meetings are found by date."""

        indexes = [models.Index(fields=["accompagnement", "-le"], name="rencontre_derniere")]

    def __str__(self) -> str:
        """Say the day."""
        return f"rencontre du {self.le:%d/%m/%Y}"


class Inscription(models.Model):
    """Someone accompanied takes part in a joint project; `projet` is its bare identifier.

    It counts only while the person's own adhésion holds: nothing here says so, it is read each time.
    """

    accompagnement = models.ForeignKey(Accompagnement, on_delete=models.CASCADE, related_name="inscriptions")
    projet = models.UUIDField(db_index=True)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)

    class Meta:
        """Enrolled once at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["accompagnement", "projet"],
                condition=models.Q(fin__isnull=True),
                name="inscription_unique",
            )
        ]

    def __str__(self) -> str:
        """Say since when."""
        return f"inscription du {self.debut}"


class Accord(models.Model):
    """An agreement to one exchange (`portee`, `destinataire`), as events; never an adhésion.

    `rang` orders the events of one moment.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="accords")
    portee = models.CharField(max_length=12, choices=PorteeAccord)
    destinataire = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    donneur = models.CharField(max_length=10, choices=Donneur)
    titulaire = models.ForeignKey(
        Titulaire, null=True, blank=True, on_delete=models.CASCADE, related_name="accords"
    )
    etat = models.CharField(max_length=8, choices=EtatAccord)
    forme = models.CharField(max_length=8, choices=FormeAccord, default=FormeAccord.ORALE)
    le = models.DateTimeField()
    rang = models.PositiveIntegerField(default=0)
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A holder's accord names the holder; the latest event per giver and scope counts."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(donneur="jeune", titulaire__isnull=True)
                | models.Q(donneur="titulaire", titulaire__isnull=False),
                name="accord_donneur",
            )
        ]
        indexes = [models.Index(fields=["personne", "portee", "-le"], name="accord_dernier")]

    def __str__(self) -> str:
        """Say the scope and the state."""
        return f"{self.get_portee_display()} : {self.get_etat_display()}"


class InformationPrealable(models.Model):
    """The notice that L. 226-2-2 owes the parents and the child, or the reason to withhold it."""

    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="informations")
    etat = models.CharField(
        max_length=24,
        choices=[("faite", "Faite"), ("dispense_interet_enfant", "Écartée dans l'intérêt de l'enfant")],
    )
    raison_scellee = SealedField(portee=Portee.PERSONNE, proprietaire="personne_id")
    le = models.DateTimeField()
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        """Say the state."""
        return self.get_etat_display()


class Confidence(models.Model):
    """What a minor asks not to tell a parent (`lien`; none: any of them), until they lift it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="confidences")
    lien = models.CharField(max_length=8, choices=Lien, blank=True)
    objet = models.CharField(max_length=12, choices=ObjetConfidence)
    le = models.DateTimeField()
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    levee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Asked once at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["personne", "lien", "objet"],
                condition=models.Q(levee_le__isnull=True),
                name="confidence_unique",
            )
        ]

    def __str__(self) -> str:
        """Say the heading."""
        return self.get_objet_display()


class NoticeRGPD(models.Model):
    """The person was told who holds what, why, for whom, and their rights (RGPD 13 and 14)."""

    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="notices")
    forme = models.CharField(max_length=8, choices=FormeAccord, default=FormeAccord.ORALE)
    le = models.DateTimeField()
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        """Say the day."""
        return f"notice du {self.le:%d/%m/%Y}"


class Constat(models.Model):
    """A dated appreciation by a named professional, as a fact of the law's vocabulary.

    `fait` is a `situation.*` path (danger, aggravation, suivi_commun…); `fin` returns it to
    its default.
    """

    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="constats")
    fait = models.CharField(max_length=48)
    valeur = models.JSONField()
    le = models.DateTimeField()
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    fin = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        """Say the fact."""
        return self.fait
