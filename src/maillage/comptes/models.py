"""Accounts and invitations. What an account may do comes from its post, never from itself."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from maillage.base.identifiers import new_id
from maillage.comptes.enums import EtatCompte
from maillage.directory.models import Poste, Professionnel, Service


class ComptesManager(BaseUserManager["Compte"]):
    """Creates accounts; there is no superuser."""

    def create_user(self, identifiant: str, password: str | None = None, **fields: Any) -> "Compte":
        """Create an account; without a password it can only be opened by invitation."""
        compte = self.model(identifiant=identifiant, **fields)
        compte.set_password(password)
        compte.save(using=self._db)
        return compte


class Compte(AbstractBaseUser):
    """A professional's account: identifier, password, state. Roles live on posts.

    Every open session carries `version_acces`: raising it closes them all (`close_sessions`).
    """

    # The ledger knows who signed in; nobody else needs to.
    last_login = None

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identifiant = models.CharField(max_length=80, unique=True)
    email = models.EmailField(blank=True)
    professionnel = models.OneToOneField(Professionnel, on_delete=models.PROTECT, related_name="compte")
    etat = models.CharField(max_length=10, choices=EtatCompte, default=EtatCompte.INVITE)
    cree_le = models.DateTimeField()
    version_acces = models.PositiveIntegerField(default=0)

    objects: ClassVar[ComptesManager] = ComptesManager()

    USERNAME_FIELD = "identifiant"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Only an active account may sign in."""
        return self.etat == EtatCompte.ACTIF

    def get_session_auth_hash(self) -> str:
        """Return what an open session must still match: password and version of access."""
        return f"{super().get_session_auth_hash()}.{self.version_acces}"

    def __str__(self) -> str:
        """Show the sign-in identifier."""
        return self.identifiant


class Invitation(models.Model):
    """A one-time link that lets an invited professional choose a password and a second factor.

    Only a digest of the link is stored.
    """

    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="invitations")
    empreinte = models.CharField(max_length=64, unique=True)
    par = models.ForeignKey(
        Poste, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations_faites"
    )
    creee_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    utilisee_le = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Say for whom."""
        return f"invitation de {self.compte}"


class CodeUtilise(models.Model):
    """A one-time code already spent, by its thirty-second step of machine time (S-01)."""

    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="codes_utilises")
    pas = models.BigIntegerField()

    class Meta:
        """A step serves an account once."""

        constraints = [models.UniqueConstraint(fields=["compte", "pas"], name="code_unique_par_compte")]

    def __str__(self) -> str:
        """Say whose and which step."""
        return f"{self.compte_id} @ {self.pas}"


class Essais(models.Model):
    """Failed sign-ins counted under one key, in one window of time (S-04).

    `cle` is a digest: who or where is not readable from it.
    """

    cle = models.CharField(max_length=64, primary_key=True)
    nombre = models.PositiveSmallIntegerField()
    depuis = models.DateTimeField()

    def __str__(self) -> str:
        """Say how many."""
        return f"{self.nombre} depuis {self.depuis:%H:%M}"


class Telephone(models.Model):
    """A service's telephone, enrolled by its head of service: the first of the notebook's two factors.

    Only a digest of the secret that the telephone keeps is stored (S-05).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="telephones")
    nom = models.CharField(max_length=40)
    empreinte = models.CharField(max_length=64, unique=True)
    par = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    inscrit_le = models.DateTimeField()
    retire_le = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Show the name written on the telephone."""
        return self.nom


class CodeCarnet(models.Model):
    """The six digits that open the notebook on an enrolled telephone, for one account; a hash only."""

    compte = models.OneToOneField(Compte, on_delete=models.CASCADE, related_name="code_carnet")
    empreinte = models.CharField(max_length=200)
    choisi_le = models.DateTimeField()

    def __str__(self) -> str:
        """Say whose, never what."""
        return f"code de {self.compte}"


class OuvertureCarnet(models.Model):
    """The notebook opened for a shift, by one post, on an enrolled telephone or within a full sign-in.

    Its identifier is in each note written during that shift, with a proof that only it could make:
    this is how a note that arrives weeks later still has a sure author. `empreinte` is the digest of
    what the telephone shows at each request; empty when a full session answers for the author.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="ouvertures_carnet")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="+")
    telephone = models.ForeignKey(
        Telephone, null=True, blank=True, on_delete=models.PROTECT, related_name="ouvertures"
    )
    empreinte = models.CharField(max_length=64, blank=True, db_index=True)
    version_acces = models.PositiveIntegerField()
    ouverte_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    fermee_le = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Say when."""
        return f"carnet ouvert le {self.ouverte_le:%d/%m/%Y}"
