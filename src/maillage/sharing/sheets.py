"""Accompagnements as their own service reads them: the list and the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models import Value as Constant
from django.db.models.functions import Concat
from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base.encryption import data_keys
from maillage.base.enums import Portee
from maillage.dossiers import queries as dossiers
from maillage.dossiers.enums import Donneur
from maillage.dossiers.models import Accompagnement, Adhesion
from maillage.sharing.access import opened_to, require_reader
from maillage.sharing.enums import PorteeOuverture
from maillage.sharing.errors import NotVisible
from maillage.sharing.ledger import note
from maillage.sharing.models import Echange
from maillage.sharing.reading import accord_state, readable
from maillage.sharing.views import (
    AccompagnementLine,
    AccompagnementSheet,
    AdhesionState,
    ExchangeLine,
    ReferentLine,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from maillage.comptes.acteur import Acteur


def list_accompagnements(
    acteur: Acteur, *, clos: bool = False, limit: int = 50, offset: int = 0
) -> list[AccompagnementLine]:
    """Return my service's accompagnements (open ones, or ended ones), latest first.

    One query for what may be seen, one for the keys, and one ledger line in the same transaction.
    Raises NotVisible for a post that meets nobody.
    """
    with atomic():
        rows = list(_visible(acteur).filter(clos_le__isnull=not clos)[offset : offset + limit])
        note(acteur, Acte.LISTE, "accompagnement", None, {"nombre": len(rows)})
    keys = data_keys(Portee.PERSONNE, [row.personne_id for row in rows])
    return [_line(row, keys.get(row.personne_id)) for row in rows]


def _visible(acteur: Acteur) -> QuerySet[Accompagnement]:
    """Return the service's supports joined to their live opening, référent and last adhésion."""
    require_reader(acteur)
    last = Adhesion.objects.filter(accompagnement=OuterRef("pk"), donneur=Donneur.JEUNE)
    return (
        Accompagnement.objects.filter(
            opened_to(acteur.service.pk, PorteeOuverture.ACCOMPAGNEMENT, "personne_id"),
            service_id=acteur.service.pk,
        )
        .select_related("personne")
        .annotate(
            actuelle=FilteredRelation("references", condition=Q(references__fin__isnull=True)),
            referent=Concat(
                F("actuelle__poste__professionnel__prenom"),
                Constant(" "),
                F("actuelle__poste__professionnel__nom"),
            ),
            adhesion=Subquery(last.order_by("-le", "-rang").values("etat")[:1]),
        )
        .order_by("-ouvert_le", "pk")
    )


def _line(row: Accompagnement, key: bytes | None) -> AccompagnementLine:
    return AccompagnementLine(
        id=row.pk,
        personne=row.personne_id,
        pseudonyme=readable(row.personne, "appellation_scellee", key),
        tranche_age=row.personne.tranche_age,
        referent=(getattr(row, "referent", None) or "").strip(),
        ouvert_le=row.ouvert_le,
        clos_le=row.clos_le,
        adhesion=getattr(row, "adhesion", None) or "",
        dernier_contact_le=row.personne.dernier_contact_le,
    )


def read_accompagnement(acteur: Acteur, identifiant: UUID) -> AccompagnementSheet:
    """Return one sheet of my service; leaves one ledger line, of the refusal too. Raises NotVisible."""
    with atomic():
        row = _visible(acteur).filter(pk=identifiant).first()
        note(acteur, Acte.LECTURE if row else Acte.REFUS, "accompagnement", identifiant)
        sheet = _sheet(row) if row is not None else None
    if sheet is None:
        raise NotVisible
    return sheet


def _sheet(row: Accompagnement) -> AccompagnementSheet:
    personne = row.personne
    key = data_keys(Portee.PERSONNE, [personne.pk]).get(personne.pk)
    return AccompagnementSheet(
        id=row.pk,
        personne=personne.pk,
        pseudonyme=readable(personne, "appellation_scellee", key),
        contact=readable(personne, "contact_scelle", key),
        besoin=readable(personne, "besoin_scelle", key),
        tranche_age=personne.tranche_age,
        origine=row.origine,
        orientation=row.orientation,
        ouvert_le=row.ouvert_le,
        clos_le=row.clos_le,
        motif_cloture=row.motif_cloture,
        dernier_contact_le=personne.dernier_contact_le,
        referents=_referents(row),
        titulaires=tuple((holder.pk, holder.lien) for holder in personne.titulaires.order_by("lien")),
        adhesions=_adhesions(row),
        accords=tuple(accord_state(event) for event in dossiers.latest_accords([personne.pk])),
        notices=tuple(personne.notices.order_by("-le").values_list("le", flat=True)),
        informations=tuple(personne.informations.order_by("-le").values_list("etat", "le")),
        echanges=_exchanges(row),
    )


def _referents(row: Accompagnement) -> Sequence[ReferentLine]:
    history = row.references.select_related("poste__professionnel").order_by("-debut", "-pk")
    return tuple(
        ReferentLine(one.poste_id, str(one.poste.professionnel), one.debut, one.fin) for one in history
    )


def _adhesions(row: Accompagnement) -> Sequence[AdhesionState]:
    events = row.adhesions.select_related("titulaire", "par__professionnel").order_by("-le", "-rang")
    return tuple(
        AdhesionState(
            donneur=event.donneur,
            lien=event.titulaire.lien if event.titulaire else "",
            etat=event.etat,
            forme=event.forme,
            le=event.le,
            par=str(event.par.professionnel),
        )
        for event in events
    )


def _exchanges(row: Accompagnement) -> Sequence[ExchangeLine]:
    """Return the exchanges about the person that this service sent or received, newest first."""
    mine = Q(service_emetteur=row.service_id) | Q(service_destinataire=row.service_id, statut="transmis")
    about = Q(sujet=row.personne_id)
    if row.orientation is not None:
        about |= Q(orientation=row.orientation)
    exchanges = Echange.objects.filter(mine, about).select_related("service_emetteur", "service_destinataire")
    return tuple(
        ExchangeLine(
            id=one.pk,
            nature=one.nature,
            emetteur=one.service_emetteur.nom_court,
            destinataire=one.service_destinataire.nom_court,
            issue=one.issue,
            statut=one.statut,
            le=one.le,
        )
        for one in exchanges.order_by("-le", "pk")
    )
