"""Reads through the door: one SQL query says what may be seen, and a ledger line says it was."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import data_keys
from maillage.base.enums import Portee
from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import shared_partenariats
from maillage.directory.models import Service
from maillage.dossiers import queries as dossiers
from maillage.law.decision import decide
from maillage.law.wire import parse_case
from maillage.sharing.access import find_person, person_of, require_reader, visible_persons
from maillage.sharing.carried import carried_accompagnements
from maillage.sharing.enums import PorteeOuverture
from maillage.sharing.errors import NotVisible
from maillage.sharing.facts import gather
from maillage.sharing.ledger import note
from maillage.sharing.reading import accord_state, readable
from maillage.sharing.receipts import receipts_asked, receipts_owed
from maillage.sharing.sheets import accompagnements_due, list_accompagnements, read_accompagnement
from maillage.sharing.views import Examined, Fact, Gathered, OrientedPerson, Value

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

__all__ = [
    "accompagnements_due",
    "carried_accompagnements",
    "examine",
    "follows",
    "heard",
    "judge",
    "list_accompagnements",
    "oriented_age",
    "oriented_names",
    "read_accompagnement",
    "read_oriented",
    "receipts_asked",
    "receipts_owed",
]


def examine(
    *,
    by: Acteur,
    destinataire: Service,
    partenariat: Partenariat,
    personne: UUID | None,
    nature: str,
    declared: Mapping[str, Value],
    established: Mapping[str, Fact] | None = None,
    finalite: str = "orientation_personne",
    cadre: str = "bilateral",
    portee: str = "orientation",
    temoins: Iterable[UUID] = (),
) -> Examined:
    """Gather the facts of an exchange by `by` today and ask the law. Writes nothing.

    A `personne` must be visible to the acteur. Raises NotVisible for another's person, and when
    the two services do not share the partnership today.
    """
    _require_shared(by, partenariat, destinataire)
    if personne is not None:
        person_of(by, personne)
    return judge(
        gather(
            emetteur=by.poste,
            destinataire=destinataire,
            partenariat=partenariat,
            personne=personne,
            objet="personne",
            nature=nature,
            finalite=finalite,
            cadre=cadre,
            on=clock.today(),
            declared=declared,
            established=established,
            portee=portee,
            temoins=temoins,
        )
    )


def _require_shared(by: Acteur, partenariat: Partenariat, destinataire: Service) -> None:
    if partenariat.pk not in by.partenariat_ids or destinataire.pk == by.service.pk:
        raise NotVisible
    if partenariat.pk not in shared_partenariats(by.service, destinataire, clock.today()):
        raise NotVisible


def judge(gathered: Gathered, identifier: UUID | None = None) -> Examined:
    """Ask the law about a gathered case; the case gets the identifier its exchange will bear."""
    cas = {"id": str(identifier or new_id()), **gathered.cas}
    return Examined(cas, gathered.sources, gathered.lectures, decide(parse_case(cas)))


def read_oriented(acteur: Acteur, personne: UUID | None) -> OrientedPerson:
    """Return what an orientation says of a person, empty and `effacee` once nothing may be read.

    The service that oriented reads the accords it heard itself; the one that received reads all.
    Leaves one ledger line, in the same transaction. Raises NotVisible for a post that meets nobody.
    """
    with atomic():
        require_reader(acteur)
        row = find_person(acteur, personne, PorteeOuverture.ORIENTATION) if personne is not None else None
        note(acteur, Acte.LECTURE, "personne_orientee", personne, {"lisible": row is not None})
        if row is None:
            return OrientedPerson(personne, "", "", "", "inconnue", effacee=True)
        heard_by = acteur.service.pk if row.service_id == acteur.service.pk else None
        accords = dossiers.latest_accords([row.pk], entendus_par=heard_by)
        notice = dossiers.last_notice(row.pk, par=heard_by)
    key = data_keys(Portee.PERSONNE, [row.pk]).get(row.pk)
    return OrientedPerson(
        id=row.pk,
        appellation=readable(row, "appellation_scellee", key),
        contact=readable(row, "contact_scelle", key),
        besoin=readable(row, "besoin_scelle", key),
        tranche_age=row.tranche_age,
        accords=tuple(accord_state(event) for event in accords),
        notice_le=notice.le if notice else None,
        effacer_le=row.effacer_le,
    )


def oriented_names(acteur: Acteur, personnes: Collection[UUID | None]) -> dict[UUID, str]:
    """Return how a service calls the oriented persons it may still see, in one query for visibility.

    Leaves one ledger line with their number. Raises NotVisible for a post that meets nobody.
    """
    wanted = {personne for personne in personnes if personne is not None}
    with atomic():
        rows = list(visible_persons(acteur, PorteeOuverture.ORIENTATION).filter(Q(pk__in=wanted)))
        note(acteur, Acte.LISTE, "personne_orientee", None, {"nombre": len(rows)})
    keys = data_keys(Portee.PERSONNE, [row.pk for row in rows])
    return {row.pk: readable(row, "appellation_scellee", keys.get(row.pk)) for row in rows}


def follows(acteur: Acteur, personne: UUID | None) -> bool:
    """Tell whether the acteur's service may open now its own accompagnement of this person.

    False once a withdrawal or the end of the delay erased it. Raises NotVisible for a post that
    meets nobody.
    """
    if personne is None:
        return False
    return visible_persons(acteur, PorteeOuverture.ACCOMPAGNEMENT).filter(pk=personne).exists()


class Heard(dict[tuple[str, UUID, str], str]):
    """What was heard so far: {(scope, recipient service, tie or ""): state}, and the notice."""

    notice = False


def heard(acteur: Acteur, personne: UUID) -> Heard:
    """Return the latest accords about a person the acteur may see. Raises NotVisible."""
    row = person_of(acteur, personne)
    known = Heard()
    for event in dossiers.latest_accords([row.pk]):
        lien = event.titulaire.lien if event.titulaire else ""
        known[event.portee, event.destinataire_id, lien] = event.etat
    known.notice = dossiers.last_notice(row.pk) is not None
    return known


def oriented_age(acteur: Acteur, personne: UUID) -> str:
    """Return the age band of a person the acteur may see. Raises NotVisible."""
    return person_of(acteur, personne).tranche_age
