"""What a person and the holders of parental authority say: accords, notices, information."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.directory.models import Service
from maillage.dossiers import actions as dossiers
from maillage.sharing.access import person_of, require_writer
from maillage.sharing.answers import clean_text, member
from maillage.sharing.enums import (
    Donneur,
    EtatAccord,
    FormeAccord,
    Lien,
    ObjetConfidence,
    PorteeAccord,
)
from maillage.sharing.errors import BadAnswer, NotVisible
from maillage.sharing.ledger import note
from maillage.sharing.openings import resting_on
from maillage.sharing.person_facts import is_majeur
from maillage.sharing.receipts import end_for_withdrawal

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


@atomic
def record_accord(
    *,
    by: Acteur,
    personne: UUID,
    portee: str,
    destinataire: Service,
    donneur: str,
    etat: str,
    forme: str = "orale",
    lien: str | None = None,
) -> None:
    """Add one event to an agreement to one exchange; the latest per giver counts.

    A refusal or a withdrawal ends at once the openings that rested on it; to take back the accord
    of an orientation already sent, use `orientations.actions.withdraw`. Raises NotVisible,
    BadAnswer (a holder without tie, a value outside its list), ReadOnly.
    """
    require_writer(by)
    person_of(by, personne)
    dossiers.add_accord(
        personne=personne,
        portee=member("portee", portee, PorteeAccord),
        destinataire=destinataire,
        donneur=member("donneur", donneur, Donneur),
        lien=giver_tie(donneur, lien),
        etat=member("etat", etat, EtatAccord),
        forme=member("forme", forme, FormeAccord),
        par=by.poste,
    )
    if etat != EtatAccord.DONNE:
        end_for_withdrawal(resting_on(personne, portee, destinataire))
    note(by, Acte.ACCORD, "accord", personne, {"portee": portee, "donneur": donneur, "etat": etat})


def giver_tie(donneur: str, lien: str | None) -> str | None:
    """Return the holder's tie, None for the young person.

    Raises BadAnswer when a holder has none, or for a giver outside the list.
    """
    if member("donneur", donneur, Donneur) == Donneur.JEUNE:
        return None
    if not lien:
        raise BadAnswer("lien", "Dites quel titulaire de l'autorité parentale a répondu.")
    return member("lien", lien, Lien)


@atomic
def ask_confidence(*, by: Acteur, personne: UUID, objet: str, lien: str = "") -> None:
    """Note what a minor asks not to tell a parent (`lien`; none: any of them); asked twice is once.

    Raises NotVisible, ReadOnly, BadAnswer (outside the lists, or not known as a minor).
    """
    require_writer(by)
    row = person_of(by, personne)
    if is_majeur(row.tranche_age):
        raise BadAnswer("objet", "Rien n'est dit aux parents d'un majeur : il n'a pas à le demander.")
    row.confidences.get_or_create(
        lien=member("lien", lien, Lien) if lien else "",
        objet=member("objet", objet, ObjetConfidence),
        levee_le=None,
        defaults={"le": clock.now(), "par": by.poste},
    )
    note(by, Acte.ACCORD, "confidence", personne, {"objet": objet})


@atomic
def lift_confidence(*, by: Acteur, personne: UUID, confidence: UUID) -> None:
    """Note that the minor no longer asks it; it stays in their history. Raises NotVisible, ReadOnly."""
    require_writer(by)
    rows = person_of(by, personne).confidences.filter(pk=confidence, levee_le__isnull=True)
    if not rows.exists():
        raise NotVisible
    rows.update(levee_le=clock.now())
    note(by, Acte.ACCORD, "confidence", personne, {"levee": True})


@atomic
def record_notice(*, by: Acteur, personne: UUID, forme: str = "orale") -> None:
    """Note that the person was told who holds what, why, for whom, and their rights (RGPD 13, 14).

    Raises NotVisible, BadAnswer, ReadOnly.
    """
    require_writer(by)
    row = person_of(by, personne)
    row.notices.create(forme=member("forme", forme, FormeAccord), le=clock.now(), par=by.poste)
    note(by, Acte.ACCORD, "notice", personne)


@atomic
def record_information(*, by: Acteur, personne: UUID, etat: str, raison: str = "") -> None:
    """Note the notice that L. 226-2-2 owes: faite, or dispense_interet_enfant with its reason.

    Raises NotVisible, BadAnswer (another value, a waiver without reason), ReadOnly.
    """
    require_writer(by)
    row = person_of(by, personne)
    if etat not in {"faite", "dispense_interet_enfant"}:
        raise BadAnswer("etat", "Choisissez une réponse de la liste.")
    reason = clean_text("raison", raison)
    if etat == "dispense_interet_enfant" and not reason:
        raise BadAnswer("raison", "Écrivez pourquoi les parents ne sont pas informés d'abord.")
    dossiers.add_information(personne=row, etat=etat, raison=reason, par=by.poste)
    note(by, Acte.ACCORD, "information_prealable", personne, {"etat": etat})
