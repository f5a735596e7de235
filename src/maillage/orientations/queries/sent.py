"""The sender's face. No query here touches `Reception`, `SuiteInterne` or `Relance`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.orientations.access import is_closed, sent_by
from maillage.orientations.enums import EtatRelais, Suite, Visible
from maillage.orientations.faces import RelaisLine, RetourLine, SentFace, SentLine
from maillage.orientations.models import Orientation, Retour
from maillage.sharing.access import live
from maillage.sharing.errors import NotVisible
from maillage.sharing.ledger import note
from maillage.sharing.models import Ouverture
from maillage.sharing.queries import oriented_names, read_oriented

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


def visible(orientation: Orientation) -> Visible:
    """Return the only state that a sender may read; it depends on dates fixed at sending alone."""
    if orientation.envoyee_le is None:
        return Visible.PREPAREE
    return Visible.CLOSE if is_closed(orientation) else Visible.RECUE


def live_retours() -> QuerySet[Retour]:
    """Return what came back and still may be read: each return's opening lives."""
    return Retour.objects.filter(Exists(Ouverture.objects.filter(live(), pk=OuterRef("ouverture"))))


def sent_list(acteur: Acteur, *, limit: int = 50, offset: int = 0) -> list[SentLine]:
    """Return my service's drafts and sent orientations, newest first; leaves one ledger line.

    The number of queries does not depend on the number of lines. Raises NotVisible for a post
    that meets nobody.
    """
    counted = live_retours().filter(orientation=OuterRef("pk")).order_by().values("orientation")
    with atomic():
        rows = list(
            sent_by(acteur)
            .select_related("partenariat", "service_destinataire")
            .annotate(
                revenus=Coalesce(
                    Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
                )
            )
            .order_by("-creee_le", "pk")[offset : offset + limit]
        )
        names = oriented_names(acteur, [row.sujet for row in rows])
    return [_line(row, names.get(row.sujet, "") if row.sujet else "") for row in rows]


def _line(row: Orientation, appellation: str) -> SentLine:
    state = visible(row)
    return SentLine(
        id=row.pk,
        partenariat=row.partenariat.nom,
        destinataire=row.service_destinataire.nom_court,
        appellation=appellation,
        visible=state.value,
        libelle=str(state.label),
        creee_le=row.creee_le,
        envoyee_le=row.envoyee_le,
        cloture_prevue_le=row.cloture_prevue_le,
        retours=getattr(row, "revenus", 0),
    )


def sent_face(acteur: Acteur, identifiant: UUID) -> SentFace:
    """Return what my service may read of one orientation it sent; leaves its ledger lines.

    Raises NotVisible, and the ledger keeps that too.
    """
    with atomic():
        row = (
            sent_by(acteur)
            .select_related(
                "partenariat",
                "service_destinataire",
                "porteur__professionnel",
                "lieu",
            )
            .filter(pk=identifiant)
            .first()
        )
        note(acteur, Acte.LECTURE if row else Acte.REFUS, "orientation", identifiant)
        face = _face(acteur, row) if row is not None else None
    if face is None:
        raise NotVisible
    return face


def _face(acteur: Acteur, row: Orientation) -> SentFace:
    state = visible(row)
    return SentFace(
        id=row.pk,
        version=row.version,
        partenariat_id=row.partenariat_id,
        partenariat=row.partenariat.nom,
        destinataire=row.service_destinataire,
        porteur=row.porteur,
        lieu=row.lieu,
        visible=state.value,
        libelle=str(state.label),
        creee_le=row.creee_le,
        envoyee_le=row.envoyee_le,
        recue_le=row.recue_le,
        cloture_prevue_le=row.cloture_prevue_le,
        origine=row.origine,
        necessaire=row.necessaire,
        presente=row.presente,
        personne=read_oriented(acteur, row.sujet),
        retours=tuple(
            RetourLine(one.code, str(Suite(one.code).label), one.le)
            for one in live_retours().filter(orientation=row).order_by("le", "pk")
        ),
        relais=relais_lines(acteur, row),
    )


def relais_lines(acteur: Acteur, row: Orientation) -> tuple[RelaisLine, ...]:
    """Return the meetings of three of an orientation, as both sides read them, oldest first."""
    return tuple(
        RelaisLine(
            id=one.pk,
            etat=one.etat,
            libelle=str(EtatRelais(one.etat).label),
            par_moi=one.propose_par_id == acteur.service.pk,
            date_convenue=one.date_convenue,
        )
        for one in row.relais.order_by("le", "pk")
    )
