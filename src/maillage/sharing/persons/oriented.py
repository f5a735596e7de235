"""What an orientation may hold of a person: kept for a time, corrected, erased."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.dossiers import actions as dossiers
from maillage.dossiers.enums import Nature, TrancheAge
from maillage.dossiers.models import Personne
from maillage.sharing.access import person_of, require_writer
from maillage.sharing.answers import clean_line, clean_text, member
from maillage.sharing.enums import FinOuverture, PorteeOuverture
from maillage.sharing.errors import NotVisible
from maillage.sharing.ledger import note
from maillage.sharing.models import Ouverture
from maillage.sharing.openings import close_access, midnight, open_access
from maillage.sharing.retention import unlink

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

# An orientation that nobody took up keeps nothing past this delay (law, section 12).
ORIENTED_DAYS = 92
OWN = "propre"


@atomic
def register_oriented(*, by: Acteur, appellation: str, contact: str, besoin: str, tranche_age: str) -> UUID:
    """Keep what an orientation may hold of a person, for three months at most; return its id.

    Raises BadAnswer, ReadOnly, NotVisible (a post that meets nobody).
    """
    require_writer(by)
    effacer_le = clock.today() + timedelta(days=ORIENTED_DAYS)
    personne = dossiers.create_personne(
        service=by.service,
        nature=Nature.ORIENTEE,
        appellation=clean_line("appellation", appellation),
        contact=clean_text("contact", contact),
        besoin=clean_text("besoin", besoin),
        tranche_age=member("tranche_age", tranche_age, TrancheAge),
        effacer_le=effacer_le,
    )
    open_access(
        personne=personne.pk,
        service=by.service,
        portee=PorteeOuverture.ORIENTATION,
        base=OWN,
        fin=midnight(effacer_le),
    )
    note(by, Acte.CREATION, "personne_orientee", personne.pk)
    return personne.pk


@atomic
def update_oriented(
    *, by: Acteur, personne: UUID, appellation: str, contact: str, besoin: str, tranche_age: str
) -> None:
    """Correct it. Raises NotVisible, BadAnswer, ReadOnly."""
    require_writer(by)
    row = own_person(by, personne)
    dossiers.write_personne(
        personne=row,
        appellation=clean_line("appellation", appellation),
        contact=clean_text("contact", contact),
        besoin=clean_text("besoin", besoin),
        tranche_age=member("tranche_age", tranche_age, TrancheAge),
    )
    note(by, Acte.MODIFICATION, "personne_orientee", personne)


def own_person(by: Acteur, personne: UUID) -> Personne:
    """Return a person of the acteur's own service, still readable. Raises NotVisible."""
    row = person_of(by, personne)
    if row.service_id != by.service.pk:
        raise NotVisible
    return row


@atomic
@house_work(HouseWork.ENDING)
def erase_oriented(*, personne: UUID, cause: FinOuverture = FinOuverture.EFFACEMENT) -> bool:
    """Erase an oriented person for good: key destroyed, columns emptied, exchanges unlinked.

    Returns False when it was erased already. The room that calls it writes the ledger line.
    """
    row = Personne.objects.filter(pk=personne, nature=Nature.ORIENTEE, effacee_le__isnull=True).first()
    if row is None:
        return False
    close_access(personne=personne, cause=cause)
    dossiers.erase_personne(personne=row)
    unlink(personne)
    return True


def bring_forward_erasure(*, personne: UUID, le: date) -> None:
    """Erase no later than `le`: at sending, the orientation's fixed end replaces the three months."""
    if Personne.objects.filter(pk=personne, effacer_le__gt=le).update(effacer_le=le):
        own = Ouverture.objects.filter(personne=personne, base=OWN, cause_fin="")
        own.update(fin=midnight(le))
