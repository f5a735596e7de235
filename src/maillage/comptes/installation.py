"""The first two accounts of an empty installation: administrators, by invitation (S-16).

Two from the start, so that a right is never given by one person alone.
"""

from collections.abc import Sequence

from django.db.transaction import atomic

from maillage.base import clock
from maillage.comptes.actions import Invited, invite, renew_invitation, start_over
from maillage.comptes.enums import EtatCompte
from maillage.comptes.models import Compte
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Poste, Professionnel, Service, Structure
from maillage.directory.queries import active_on

CODE = "administration"
NAMES = (("Administration", "Un"), ("Administration", "Deux"))


@atomic
def invite_administrators(names: Sequence[tuple[str, str]] = NAMES) -> list[Invited]:
    """Invite two administrators, first name and name, if the installation has no account; else do nothing."""
    if Compte.objects.exists():
        return []
    structure = Structure.objects.create(nom="Administration de l'installation", nature="installation")
    service = Service.objects.create(
        code=CODE,
        structure=structure,
        metier=Metier.INSTITUTION,
        nom="Administration de l'installation",
        nom_court="Administration",
    )
    return [_invite(service, f"{CODE}-{rank}", *name) for rank, name in enumerate(names, start=1)]


@atomic
def renew_administrators_links() -> list[Invited]:
    """Replace the links of the first administrators who never used theirs."""
    waiting = Compte.objects.filter(
        etat=EtatCompte.INVITE, professionnel__postes__service__code=CODE
    ).order_by("identifiant")
    return [renew_invitation(compte=compte) for compte in waiting]


@atomic
def start_administrator_over(identifiant: str) -> Invited | None:
    """Invite an administrator again, None when nobody who administrates today bears this identifier.

    For whoever holds the machine: two administrators who both lost everything have no other way in.
    """
    held = active_on(clock.today(), "professionnel__postes__")
    compte = Compte.objects.filter(
        held, identifiant=identifiant.strip().casefold(), professionnel__postes__role=Role.ADMINISTRATEUR
    ).first()
    return None if compte is None else start_over(compte=compte, by=None)


def _invite(service: Service, identifiant: str, prenom: str, nom: str) -> Invited:
    person = Professionnel.objects.create(prenom=prenom, nom=nom)
    Poste.objects.create(
        professionnel=person,
        service=service,
        role=Role.ADMINISTRATEUR,
        intitule=Role.ADMINISTRATEUR.label,
        fonction="autre_tiers",
        emploi="salarie_prive",
        debut=clock.today(),
    )
    return invite(professionnel=person, identifiant=identifiant)
