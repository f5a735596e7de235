"""Who acts in a request: a professional, in one post, of one service."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from maillage.comptes.models import Compte
from maillage.directory.models import Poste, Service


@dataclass(frozen=True)
class Acteur:
    """A signed-in professional in the post they hold now.

    `role` is a value of `directory.enums.Role`; `partenariat_ids` the partnerships of the service
    that day; `lecture_seule` a post that may look and not write.
    """

    compte_id: UUID
    professionnel_id: UUID
    poste: Poste
    service: Service
    role: str
    partenariat_ids: frozenset[UUID]
    lecture_seule: bool


def build_acteur(compte: Compte, poste: Poste, partenariat_ids: Iterable[UUID]) -> Acteur:
    """Assemble the acting professional; `poste` comes from `queries.active_post`."""
    return Acteur(
        compte_id=compte.pk,
        professionnel_id=poste.professionnel_id,
        poste=poste,
        service=poste.service,
        role=poste.role,
        partenariat_ids=frozenset(partenariat_ids),
        lecture_seule=poste.lecture_seule,
    )
