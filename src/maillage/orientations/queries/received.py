"""The receiving service's face."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.queries import closed_to
from maillage.orientations.access import is_closed, kept_for_chief, received_by
from maillage.orientations.enums import EtatReception, Suite
from maillage.orientations.faces import ReceivedFace, ReceivedLine, SuiteLine
from maillage.orientations.models import Orientation, Reception
from maillage.orientations.queries.sent import live_retours, relais_lines
from maillage.sharing.errors import NotArrived, NotVisible
from maillage.sharing.ledger import note
from maillage.sharing.queries import follows, oriented_names, read_oriented

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


def received_list(
    acteur: Acteur, *, a_voir: bool = False, limit: int = 50, offset: int = 0
) -> list[ReceivedLine]:
    """Return what my service received, newest first (`a_voir`: only what waits for an answer).

    The number of queries does not depend on the number of lines; leaves one ledger line. Leaves out
    partnerships where this post has not finished arriving. Raises NotVisible for a post that meets nobody.
    """
    rows = received_by(acteur).select_related(
        "partenariat", "service_emetteur", "reception__referent__professionnel"
    )
    closed = closed_to(acteur.poste, clock.today(), acteur.partenariat_ids)
    if closed:
        rows = rows.exclude(partenariat_id__in=closed)
    if a_voir:
        rows = rows.filter(
            reception__etat=EtatReception.A_VOIR, cloture_prevue_le__gt=clock.today(), retiree_le__isnull=True
        )
    with atomic():
        page = list(rows.order_by("-envoyee_le", "pk")[offset : offset + limit])
        names = oriented_names(acteur, [row.sujet for row in page])
    return [_line(row, names.get(row.sujet, "") if row.sujet else "") for row in page]


def inner_state(orientation: Orientation, reception: Reception) -> EtatReception:
    """Return the state inside the receiving service; what nobody answered in time has expired."""
    waiting = reception.etat == EtatReception.A_VOIR
    return EtatReception.EXPIREE if waiting and is_closed(orientation) else EtatReception(reception.etat)


def _line(row: Orientation, appellation: str) -> ReceivedLine:
    assert row.recue_le is not None
    assert row.cloture_prevue_le is not None
    state = inner_state(row, row.reception)
    due = row.reponse_attendue_le
    late = state == EtatReception.A_VOIR and due is not None and due < clock.today()
    referent = row.reception.referent
    return ReceivedLine(
        id=row.pk,
        partenariat=row.partenariat.nom,
        emetteur=row.service_emetteur.nom_court,
        appellation=appellation,
        etat=state.value,
        libelle=str(state.label),
        referent=str(referent.professionnel) if referent else "",
        recue_le=row.recue_le,
        reponse_attendue_le=due,
        cloture_prevue_le=row.cloture_prevue_le,
        en_retard=late,
    )


def received_face(acteur: Acteur, identifiant: UUID) -> ReceivedFace:
    """Return one orientation as my service lives it; leaves its ledger lines.

    Raises NotVisible, or NotArrived before the charters and the path; the ledger keeps that too.
    """
    with atomic():
        row = (
            received_by(acteur)
            .select_related(
                "partenariat",
                "service_emetteur",
                "lieu",
                "reception__referent__professionnel",
                "reception__vers",
            )
            .filter(pk=identifiant)
            .first()
        )
        closed = closed_to(acteur.poste, clock.today(), acteur.partenariat_ids)
        read = row is not None and row.partenariat_id not in closed
        note(acteur, Acte.LECTURE if read else Acte.REFUS, "orientation", identifiant)
        face = _face(acteur, row) if row is not None and read else None
    if row is not None and not read:
        raise NotArrived
    if face is None:
        raise NotVisible
    return face


def _face(acteur: Acteur, row: Orientation) -> ReceivedFace:
    assert row.recue_le is not None
    assert row.cloture_prevue_le is not None
    reception = row.reception
    state = inner_state(row, reception)
    waiting = state == EtatReception.A_VOIR
    motif = reception.get_motif_decline_display() or reception.get_motif_reorientation_display()
    return ReceivedFace(
        id=row.pk,
        version=reception.version,
        partenariat_id=row.partenariat_id,
        partenariat=row.partenariat.nom,
        emetteur=row.service_emetteur,
        lieu=row.lieu,
        etat=state.value,
        libelle=str(state.label),
        close=is_closed(row),
        referent=reception.referent,
        accompagnement=reception.accompagnement if follows(acteur, reception.personne) else None,
        motif=motif,
        vers=reception.vers,
        recue_le=row.recue_le,
        reponse_attendue_le=row.reponse_attendue_le,
        cloture_prevue_le=row.cloture_prevue_le,
        decidee_le=reception.decidee_le,
        personne=read_oriented(acteur, row.sujet),
        suites=_suites(row, reception),
        relais=relais_lines(acteur, row),
        relances=tuple(row.relances.order_by("le").values_list("le", flat=True)),
        kept_take=kept_for_chief(acteur, row.partenariat, taking=True) if waiting else "",
        kept_decline=kept_for_chief(acteur, row.partenariat, taking=False) if waiting else "",
    )


def _suites(row: Orientation, reception: Reception) -> tuple[SuiteLine, ...]:
    """Return what followed, and whether it came back to the sender."""
    returned = set(live_retours().filter(orientation=row).values_list("code", flat=True))
    suites = reception.suites.select_related("poste__professionnel").order_by("le", "pk")
    return tuple(
        SuiteLine(
            code=one.code,
            libelle=str(Suite(one.code).label),
            par=str(one.poste.professionnel),
            le=one.le,
            renvoyee=one.code in returned,
        )
        for one in suites
    )
