"""The support of a person by a prevention service: opened, handed over, agreed to, ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.queries import shared_partenariats
from maillage.directory.enums import Metier
from maillage.directory.models import Poste, Service
from maillage.directory.queries import active_on
from maillage.dossiers import actions as dossiers
from maillage.dossiers.enums import MotifCloture, Nature, TrancheAge
from maillage.dossiers.models import Accompagnement
from maillage.dossiers.queries import ENDING
from maillage.sharing.access import (
    PERSON_ROLES,
    genuinely_opened,
    opened_to,
    require_reader,
    require_writer,
)
from maillage.sharing.answers import clean_line, clean_text, member
from maillage.sharing.enums import (
    Donneur,
    EtatAdhesion,
    Explication,
    FinaliteAdhesion,
    FormeAccord,
    MotifRelais,
    PorteeOuverture,
)
from maillage.sharing.errors import BadAnswer, NotNow, NotVisible, Stale
from maillage.sharing.ledger import note
from maillage.sharing.openings import open_access
from maillage.sharing.persons.accords import giver_tie
from maillage.sharing.receipts import end_shares
from maillage.sharing.views import TakenUp

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


@atomic
def open_accompagnement(
    *,
    by: Acteur,
    pseudonyme: str,
    tranche_age: str,
    origine: str,
    contact: str = "",
    besoin: str = "",
    referent: Poste | None = None,
    orientation: UUID | None = None,
) -> TakenUp:
    """Open a support in a prevention service, under pseudonym; the référent is `by` unless named.

    Raises NotVisible (a service that holds no accompagnement), BadAnswer, ReadOnly.
    """
    require_writer(by)
    if by.service.metier != Metier.PREVENTION_SPECIALISEE:
        raise NotVisible
    if not pseudonyme.strip():
        raise BadAnswer("pseudonyme", "Donnez un pseudonyme.")
    poste = _active(by.service, referent or by.poste)
    personne = dossiers.create_personne(
        service=by.service,
        nature=Nature.ACCOMPAGNEE,
        appellation=clean_line("pseudonyme", pseudonyme),
        contact=clean_text("contact", contact),
        besoin=clean_text("besoin", besoin),
        tranche_age=member("tranche_age", tranche_age, TrancheAge),
    )
    accompagnement = dossiers.create_accompagnement(
        personne=personne,
        origine=clean_line("origine", origine)[:24],
        referent=poste,
        orientation=orientation,
    )
    open_access(
        personne=personne.pk, service=by.service, portee=PorteeOuverture.ACCOMPAGNEMENT, base="propre"
    )
    note(by, Acte.CREATION, "accompagnement", accompagnement.pk)
    return TakenUp(personne.pk, accompagnement.pk)


def accompagnement_of(acteur: Acteur, identifiant: UUID, *, lock: bool = False) -> Accompagnement:
    """Return one support of the acteur's service, still open to it. Raises NotVisible."""
    require_reader(acteur)
    rows = Accompagnement.objects.filter(
        opened_to(acteur.service.pk, PorteeOuverture.ACCOMPAGNEMENT, "personne_id"),
        pk=identifiant,
        service=acteur.service,
    )
    found = (rows.select_for_update(of=("self",)) if lock else rows).select_related("personne").first()
    if found is None or not genuinely_opened(acteur, [found.personne_id], PorteeOuverture.ACCOMPAGNEMENT):
        raise NotVisible
    return found


def _active(service: Service, poste: Poste) -> Poste:
    """Return the post if it may answer for someone today. Raises BadAnswer."""
    active = Poste.objects.filter(active_on(clock.today()), pk=poste.pk, service=service)
    if not active.filter(role__in=PERSON_ROLES).exists():
        raise BadAnswer("referent", "Le référent doit être en poste aujourd'hui dans votre service.")
    return poste


@atomic
def hand_over(
    *, accompagnement: UUID, to: Poste, by: Acteur, motif: str = "", seen: UUID | None = None
) -> None:
    """Hand the support over to a colleague: one référent at a time, with history.

    `motif` is one of sharing.enums.MotifRelais or nothing; `seen` is the référent's post that the
    screen showed, when there is a screen. Raises NotVisible, ReadOnly, BadAnswer (not in post today
    in this service), NotNow (ended), Stale (someone handed it over meanwhile).
    """
    require_writer(by)
    row = _open(accompagnement_of(by, accompagnement, lock=True))
    poste = _active(by.service, to)
    reason = member("motif", motif, MotifRelais) if motif else ""
    current = row.references.filter(fin__isnull=True).first()
    if current is not None and current.poste_id == poste.pk:
        return
    if seen is not None and (current is None or current.poste_id != seen):
        raise Stale("Un collègue vient de passer ce relais : relisez qui est référent.")
    row.references.filter(fin__isnull=True).update(fin=clock.today())
    row.references.create(poste=poste, debut=clock.today(), motif=reason)
    said = {"referent": poste.professionnel_id, "motif": reason}
    note(by, Acte.MODIFICATION, "accompagnement", row.pk, said)


def _open(row: Accompagnement) -> Accompagnement:
    if row.clos_le is not None:
        raise NotNow(f"Cet accompagnement est terminé depuis le {row.clos_le:%d/%m/%Y}.")
    return row


@atomic
def record_adhesion(
    *,
    by: Acteur,
    accompagnement: UUID,
    donneur: str,
    etat: str,
    forme: str = "orale",
    lien: str | None = None,
    destinataire: Service | None = None,
    finalite: str = FinaliteAdhesion.ACCOMPAGNEMENT,
    explication: str = "",
) -> None:
    """Add one event to a free agreement, to one service and for one purpose.

    `destinataire` is the service agreed to, one of a partnership of mine; left out, mine. Withdrawn,
    suspended or refused, what rested on it ends in the same transaction and each recipient is
    asked for a receipt; acquired again, nothing comes back by itself. Raises NotVisible, BadAnswer,
    ReadOnly.
    """
    require_writer(by)
    row = accompagnement_of(by, accompagnement, lock=True)
    _require_partner(by, destinataire)
    dossiers.add_adhesion(
        accompagnement=row,
        destinataire=destinataire,
        finalite=member("finalite", finalite, FinaliteAdhesion),
        explication=member("explication", explication, Explication) if explication else "",
        donneur=member("donneur", donneur, Donneur),
        lien=giver_tie(donneur, lien),
        etat=member("etat", etat, EtatAdhesion),
        forme=member("forme", forme, FormeAccord),
        par=by.poste,
    )
    ended = 0
    if etat in ENDING:
        ended = end_shares(row.personne_id, by.service, finalite=finalite, destinataire=destinataire)
        # Agreeing again later enrols nobody by itself.
        row.inscriptions.filter(fin=None).update(fin=clock.today())
    note(by, Acte.ACCORD, "adhesion", row.pk, {"donneur": donneur, "etat": etat, "partages_finis": ended})


def _require_partner(by: Acteur, destinataire: Service | None) -> None:
    """Refuse a service that shares no partnership with mine today. Raises NotVisible."""
    if destinataire is None or destinataire.pk == by.service.pk:
        return
    if not shared_partenariats(by.service, destinataire, clock.today()):
        raise NotVisible


@atomic
def note_contact(*, by: Acteur, accompagnement: UUID, le: date) -> None:
    """Note the day of the last contact by the person, which restarts the retention clock.

    Raises NotVisible, ReadOnly, BadAnswer (a day to come).
    """
    require_writer(by)
    row = accompagnement_of(by, accompagnement)
    if le > clock.today():
        raise BadAnswer("le", "Ce jour n'est pas encore arrivé.")
    dossiers.met(personne=row.personne_id, le=le)
    note(by, Acte.MODIFICATION, "accompagnement", row.pk)


@atomic
def note_family_meeting(
    *, by: Acteur, accompagnement: UUID, le: date, engagements: str = "", prochaine_le: date | None = None
) -> None:
    """Note a meeting with the family, what each side commits to, and when to meet again.

    Raises NotVisible, ReadOnly, NotNow (ended), BadAnswer (a day to come, a next day before it).
    """
    require_writer(by)
    row = _open(accompagnement_of(by, accompagnement))
    if le > clock.today():
        raise BadAnswer("le", "Ce jour n'est pas encore arrivé.")
    if prochaine_le is not None and prochaine_le <= le:
        raise BadAnswer("prochaine_le", "La prochaine rencontre vient après celle-ci.")
    dossiers.add_rencontre(
        accompagnement=row,
        le=le,
        engagements=clean_text("engagements", engagements),
        prochaine_le=prochaine_le,
        par=by.poste,
    )
    note(by, Acte.MODIFICATION, "rencontre", row.pk)


@atomic
def close_accompagnement(*, by: Acteur, accompagnement: UUID, motif: str) -> None:
    """End the support today, and its référent's charge of it.

    What was said back to a sender stays as it was: its vanishing would tell of the end. Raises
    NotVisible, ReadOnly, BadAnswer (a reason outside the list), NotNow (already ended).
    """
    require_writer(by)
    row = _open(accompagnement_of(by, accompagnement, lock=True))
    row.clos_le, row.motif_cloture = clock.today(), member("motif", motif, MotifCloture)
    row.save(update_fields=["clos_le", "motif_cloture"])
    row.references.filter(fin__isnull=True).update(fin=clock.today())
    note(by, Acte.CLOTURE, "accompagnement", row.pk, {"motif": motif})
