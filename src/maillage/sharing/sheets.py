"""Accompagnements as their own service reads them: the list and the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models import Value as Constant
from django.db.models.functions import Concat
from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import data_keys
from maillage.base.enums import Portee
from maillage.directory.enums import Role
from maillage.dossiers import queries as dossiers
from maillage.dossiers.models import Accompagnement, Reference, RencontreFamille
from maillage.sharing.access import genuinely_opened, opened_to, require_reader
from maillage.sharing.enums import EtatAdhesion, PorteeOuverture
from maillage.sharing.errors import NotVisible
from maillage.sharing.ledger import note
from maillage.sharing.models import Echange
from maillage.sharing.reading import accord_state, readable
from maillage.sharing.views import (
    AccompagnementLine,
    AccompagnementSheet,
    AdhesionState,
    ConfidenceLine,
    ExchangeLine,
    MeetingLine,
    ReferentLine,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from maillage.comptes.acteur import Acteur


# An adhésion is sought again every two weeks, and one that holds is spoken of every three months.
SEEK_DAYS = 14
REVIEW_DAYS = 90
# Once the young person said no, nobody else's word is sought any more.
SAID_NO = (EtatAdhesion.RETIREE, EtatAdhesion.REFUSEE)


def list_accompagnements(
    acteur: Acteur, *, clos: bool = False, due: bool = False, limit: int = 50, offset: int = 0
) -> list[AccompagnementLine]:
    """Return my service's accompagnements (open ones, or ended ones), latest first.

    `due` keeps those whose adhésion is to be sought or looked at again. One query for what
    may be seen, one for the keys, and one ledger line in the same transaction.
    Raises NotVisible for a post that meets nobody.
    """
    with atomic():
        wanted = _visible(acteur).filter(clos_le__isnull=not clos)
        rows = list((wanted.filter(_adhesion_due()) if due else wanted)[offset : offset + limit])
        note(acteur, Acte.LISTE, "accompagnement", None, {"nombre": len(rows)})
    keys = data_keys(Portee.PERSONNE, [row.personne_id for row in rows])
    return [_line(row, keys.get(row.personne_id)) for row in rows]


def _visible(acteur: Acteur) -> QuerySet[Accompagnement]:
    """Return the service's supports joined to their live opening, référent and last adhésion."""
    require_reader(acteur)
    last = dossiers.own_adhesions(OuterRef("pk")).order_by("-le", "-rang")
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
            adhesion=Subquery(last.values("etat")[:1]),
            adhesion_le=Subquery(last.values("le")[:1]),
        )
        .order_by("-ouvert_le", "pk")
    )


def _adhesion_due() -> Q:
    """Return the filter of supports where someone's word waits to be spoken of again.

    The young person's or a holder's, to any service and for any purpose, while it is sought; the young
    person's own to being supported, three months after it was given.
    """
    today = clock.now()
    asking, holding = today - timedelta(days=SEEK_DAYS), today - timedelta(days=REVIEW_DAYS)
    return (
        Q(adhesion__isnull=True)
        | (Q(Exists(dossiers.sought(OuterRef("pk"), asking))) & ~Q(adhesion__in=SAID_NO))
        | Q(adhesion=EtatAdhesion.ACQUISE, adhesion_le__lte=holding)
    )


@dataclass(frozen=True)
class Due:
    """How many supports ask for something: an adhésion to seek, a family to meet again."""

    adhesions: int
    rencontres: int


@atomic
def accompagnements_due(acteur: Acteur) -> Due:
    """Count what waits in my service; for who answers for supports, in those alone.

    A figure about one's own work, shown to nobody else. Raises NotVisible for a post that meets nobody.
    """
    rows = _visible(acteur).filter(clos_le__isnull=True)
    if acteur.role == Role.EDUCATEUR:
        mine = Reference.objects.filter(poste=acteur.poste, fin__isnull=True).values("accompagnement")
        rows = rows.filter(pk__in=mine)
    last = RencontreFamille.objects.filter(accompagnement=OuterRef("pk")).order_by("-le", "-pk")
    meetings = rows.annotate(prochaine=Subquery(last.values("prochaine_le")[:1]))
    due = Due(
        adhesions=rows.filter(_adhesion_due()).count(),
        rencontres=meetings.filter(prochaine__lte=clock.today()).count(),
    )
    note(acteur, Acte.LISTE, "accompagnement", None, {"nombre": due.adhesions + due.rencontres})
    return due


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
        if row and not genuinely_opened(acteur, [row.personne_id], PorteeOuverture.ACCOMPAGNEMENT):
            row = None
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
        rencontres=_meetings(row, key),
        confidences=_confidences(row),
    )


def _referents(row: Accompagnement) -> Sequence[ReferentLine]:
    history = row.references.select_related("poste__professionnel").order_by("-debut", "-pk")
    return tuple(
        ReferentLine(one.poste_id, str(one.poste.professionnel), one.debut, one.fin, one.motif)
        for one in history
    )


def _adhesions(row: Accompagnement) -> Sequence[AdhesionState]:
    events = row.adhesions.select_related("titulaire", "par__professionnel", "destinataire").order_by(
        "-le", "-rang"
    )
    return tuple(
        AdhesionState(
            donneur=event.donneur,
            lien=event.titulaire.lien if event.titulaire else "",
            etat=event.etat,
            forme=event.forme,
            le=event.le,
            par=str(event.par.professionnel),
            destinataire=event.destinataire.nom_court if event.destinataire else "",
            finalite=event.finalite,
            explication=event.explication,
        )
        for event in events
    )


def _meetings(row: Accompagnement, key: bytes | None) -> Sequence[MeetingLine]:
    return tuple(
        MeetingLine(one.le, readable(one, "engagements_scelles", key), one.prochaine_le)
        for one in row.rencontres.order_by("-le", "-pk")
    )


def _confidences(row: Accompagnement) -> Sequence[ConfidenceLine]:
    asked = row.personne.confidences.filter(levee_le__isnull=True).order_by("le", "pk")
    return tuple(ConfidenceLine(one.pk, one.lien, one.get_objet_display(), one.le) for one in asked)


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
