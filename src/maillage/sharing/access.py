"""Who may stand at the door, and which openings are live: asked by every act and every read."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from maillage.base import clock
from maillage.conventions.queries import closed_to
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.dossiers.models import Personne
from maillage.sharing.enums import PorteeOuverture
from maillage.sharing.errors import BadAnswer, NotArrived, NotVisible, ReadOnly
from maillage.sharing.models import Ouverture

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

# Those who meet people. Direction, coordination, elected people and DPO have no access to persons.
PERSON_ROLES = frozenset({Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT, Role.EDUCATEUR, Role.CHEF_DE_SERVICE})

# A school head orients a pupil, and reads what their school said of them; nothing else about anyone.
READERS = PERSON_ROLES | {Role.CHEF_ETABLISSEMENT}


def live(prefix: str = "") -> Q:
    """Return the filter of openings in force now; `prefix` crosses a relation."""
    now = clock.now()
    begun = Q(**{f"{prefix}debut__lte": now, f"{prefix}cause_fin": ""})
    return begun & (Q(**{f"{prefix}fin__isnull": True}) | Q(**{f"{prefix}fin__gt": now}))


def opened_to(service_id: UUID, portee: str, person: str) -> Exists:
    """Return the condition « a live opening lets this service see that person », for one SQL query.

    `person` is the column of the outer query that holds the person's identifier.
    """
    return Exists(
        Ouverture.objects.filter(live(), personne=OuterRef(person), service_id=service_id, portee=portee)
    )


def visible_persons(acteur: Acteur, *portees: str) -> QuerySet[Personne]:
    """Return the persons that the acteur's service may see now in one of these scopes."""
    require_reader(acteur)
    openings = _openings(acteur, portees).filter(personne=OuterRef("pk"))
    return Personne.objects.filter(Exists(openings), effacee_le__isnull=True)


def _openings(acteur: Acteur, portees: Collection[str]) -> QuerySet[Ouverture]:
    wanted = portees or (PorteeOuverture.ORIENTATION, PorteeOuverture.ACCOMPAGNEMENT)
    return Ouverture.objects.filter(live(), service_id=acteur.service.pk, portee__in=wanted)


def find_person(acteur: Acteur, personne: UUID, *portees: str) -> Personne | None:
    """Return one person the acteur's service may see now, by a genuine opening, or None.

    Raises NotVisible for a post that meets nobody.
    """
    found = visible_persons(acteur, *portees).filter(pk=personne).first()
    return found if found and genuinely_opened(acteur, [personne], *portees) else None


def person_of(acteur: Acteur, personne: UUID, *portees: str) -> Personne:
    """Return one person the acteur's service may see now, by a genuine opening. Raises NotVisible."""
    found = find_person(acteur, personne, *portees)
    if found is None:
        raise NotVisible
    return found


def genuinely_opened(acteur: Acteur, personnes: Collection[UUID], *portees: str) -> set[UUID]:
    """Return those of these persons whom a live opening, its seal read, lets the acteur's service see.

    Whatever opens a sheet asks this; a list only joins the openings (S-20).
    """
    return {one.personne for one in _openings(acteur, portees).filter(personne__in=personnes) if one.genuine}


def require_reader(acteur: Acteur) -> None:
    """Refuse every post that meets nobody. Raises NotVisible."""
    if acteur.role not in READERS:
        raise NotVisible


def require_arrived(acteur: Acteur, partenariats: Collection[UUID]) -> None:
    """Refuse to exchange about a person in partnerships where this post has not finished arriving.

    Notes, places and the danger path ask for nothing. Raises NotArrived.
    """
    if closed_to(acteur.poste, clock.today(), partenariats):
        raise NotArrived


def require_taker(champ: str, poste: Poste, partenariat: UUID) -> None:
    """Refuse to hand what concerns a person to a post that has not finished arriving there.

    `champ` is the field of the answer. Raises BadAnswer.
    """
    if closed_to(poste, clock.today(), [partenariat]):
        raise BadAnswer(champ, "Pas encore : cette personne n'a pas fini son parcours d'arrivée.")


def require_writer(acteur: Acteur) -> None:
    """Refuse posts that meet nobody, then posts that only read. Raises NotVisible, ReadOnly."""
    require_reader(acteur)
    if acteur.lecture_seule:
        raise ReadOnly
