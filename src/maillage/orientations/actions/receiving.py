"""The receiving service's acts. None of them writes a row that the sender's face reads, returns apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.directory.enums import Metier
from maillage.directory.models import Poste, Service
from maillage.directory.queries import active_on
from maillage.orientations.access import lock, require_alive, require_answerer
from maillage.orientations.asking import ask_return
from maillage.orientations.enums import EtatReception, EtatRelais, MotifDecline, MotifReorientation, Suite
from maillage.orientations.faces import Accepted, AlreadyTaken
from maillage.orientations.models import Orientation, Reception, Relais, Retour, SuiteInterne
from maillage.sharing.access import require_arrived, require_taker
from maillage.sharing.actions import close_access, take_up, transmit
from maillage.sharing.enums import FinOuverture, PorteeOuverture
from maillage.sharing.errors import BadAnswer, NotNow, Withheld
from maillage.sharing.ledger import note
from maillage.sharing.models import Echange, Ouverture

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


@atomic
def accept_orientation(*, orientation: Orientation, by: Acteur) -> Accepted | AlreadyTaken:
    """Take it: one conditional update, one winner, who becomes référent (S-30).

    Taking it twice oneself is harmless. Raises NotVisible, ReadOnly, NotNow (closed, declined).
    """
    row = _received(orientation, by)
    require_answerer(by, row.partenariat, taking=True)
    won = _decide(row, EtatReception.ACCEPTEE, referent=by.poste)
    reception = Reception.objects.select_related("referent__professionnel").get(orientation=row)
    if not won:
        return _lost(reception, by)
    if row.service_destinataire.metier == Metier.PREVENTION_SPECIALISEE and row.sujet is not None:
        taken = take_up(by=by, personne=row.sujet, orientation=row.pk)
        reception.accompagnement, reception.personne = taken.accompagnement, taken.personne
        reception.save(update_fields=["accompagnement", "personne"])
    note(by, Acte.DECISION, "orientation", row.pk, {"etat": EtatReception.ACCEPTEE.value})
    return Accepted(row.pk, reception.accompagnement)


def _received(orientation: Orientation, by: Acteur) -> Orientation:
    """Return an orientation my service received, still alive. Raises NotVisible, ReadOnly, NotNow."""
    row = lock(by, orientation.pk, "destinataire")
    require_arrived(by, [row.partenariat_id])
    require_alive(row)
    return row


def _decide(orientation: Orientation, etat: EtatReception, **fields: object) -> bool:
    """Decide in one conditional update; False when someone already has."""
    waiting = Reception.objects.filter(orientation=orientation, etat=EtatReception.A_VOIR)
    decided = waiting.update(etat=etat, decidee_le=clock.now(), version=F("version") + 1, **fields)
    return decided == 1


def _lost(reception: Reception, by: Acteur) -> Accepted | AlreadyTaken:
    """Say who took it, or that it was decided otherwise. Raises NotNow."""
    if reception.etat != EtatReception.ACCEPTEE or reception.referent is None:
        raise NotNow(f"Cette orientation a déjà une réponse : {reception.get_etat_display().lower()}.")
    if reception.referent_id == by.poste.pk:
        return Accepted(reception.orientation_id, reception.accompagnement)
    return AlreadyTaken(reception.orientation_id, reception.referent)


@atomic
def decline_orientation(*, orientation: Orientation, by: Acteur, motif: MotifDecline) -> None:
    """Decline with a coded reason, kept inside the receiving service.

    What the orientation said of the person is closed to it. Declining twice alike is harmless.
    Raises NotVisible, ReadOnly, NotNow (already decided or closed).
    """
    _turn_down(orientation, by, EtatReception.DECLINEE, motif_decline=MotifDecline(motif).value)


@atomic
def redirect_orientation(
    *, orientation: Orientation, by: Acteur, motif: MotifReorientation, vers: Service | None
) -> None:
    """Note that another service is better placed; nothing is sent to it.

    Raises NotVisible, ReadOnly, NotNow.
    """
    code = MotifReorientation(motif).value
    _turn_down(orientation, by, EtatReception.REORIENTEE, motif_reorientation=code, vers=vers)


def _turn_down(orientation: Orientation, by: Acteur, etat: EtatReception, **fields: object) -> None:
    row = _received(orientation, by)
    require_answerer(by, row.partenariat, taking=False)
    if not _decide(row, etat, **fields):
        reception = Reception.objects.get(orientation=row)
        if all(getattr(reception, name) == value for name, value in {"etat": etat, **fields}.items()):
            return
        raise NotNow(f"Cette orientation a déjà une réponse : {reception.get_etat_display().lower()}.")
    if row.sujet is not None:
        close_access(
            personne=row.sujet,
            cause=FinOuverture.CLOTURE,
            services=[row.service_destinataire],
            portees=[PorteeOuverture.ORIENTATION],
        )
    note(by, Acte.DECISION, "orientation", row.pk, {"etat": etat.value})


@atomic
def record_suite(*, orientation: Orientation, by: Acteur, code: Suite) -> SuiteInterne:
    """Note what followed, inside the receiving service only; the fixed end does not prevent it.

    Raises NotVisible, ReadOnly, NotNow (not accepted).
    """
    row = lock(by, orientation.pk, "destinataire")
    reception = _accepted(row)
    suite = SuiteInterne.objects.create(
        reception=reception, code=Suite(code).value, poste=by.poste, le=clock.now()
    )
    note(by, Acte.MODIFICATION, "orientation", row.pk, {"suite": suite.code})
    return suite


def _accepted(orientation: Orientation) -> Reception:
    reception = orientation.reception
    if reception.etat != EtatReception.ACCEPTEE:
        raise NotNow("Prenez d'abord cette orientation : une suite vient après.")
    return reception


@atomic
def reassign_referent(*, orientation: Orientation, by: Acteur, referent: Poste) -> None:
    """Hand an orientation that my service has taken to a colleague, after a departure for instance.

    Raises NotVisible, ReadOnly, NotNow (nobody has taken it), BadAnswer (the post is not of this service,
    has ended, or has not finished arriving).
    """
    row = lock(by, orientation.pk, "destinataire")
    _accepted(row)
    if not Poste.objects.filter(active_on(clock.today()), pk=referent.pk, service=by.service).exists():
        raise BadAnswer("referent", "Choisissez une personne en poste aujourd'hui dans votre service.")
    require_taker("referent", referent, row.partenariat_id)
    Reception.objects.filter(orientation=row).update(referent=referent, version=F("version") + 1)
    note(by, Acte.MODIFICATION, "orientation", row.pk, {"referent": referent.professionnel_id})


def return_suite(
    *, orientation: Orientation, by: Acteur, code: Suite, relais: Relais | None = None
) -> Retour:
    """Let a suite come back to the sender, if the law permits it today: a code, never a text.

    Without `relais`, RETOUR-CONVENU must hold (reading, clause, accords to this return); with a
    relais that was held, the person spoke there. Raises NotVisible, ReadOnly, NotNow (not
    accepted, closed, relais not held), Withheld (recorded in the receiving service only).
    """
    result = _return(orientation, by, Suite(code), relais)
    if isinstance(result, Echange):
        raise Withheld(result)
    return result


@atomic
def _return(orientation: Orientation, by: Acteur, code: Suite, relais: Relais | None) -> Retour | Echange:
    """Return inside one transaction; a withheld exchange is handed back so that its record is kept."""
    row = _received(orientation, by)
    reception = _accepted(row)
    if relais is not None and (relais.orientation_id != row.pk or relais.etat != EtatRelais.TENU):
        raise NotNow("Ce relais à trois n'a pas été tenu.")
    already = row.retours.filter(code=code).order_by("le").first()
    if already is not None and Ouverture.objects.filter(pk=already.ouverture, cause_fin="").exists():
        return already
    personne = reception.personne or row.sujet
    if personne is None:
        raise NotNow("Ce que disait cette orientation est déjà effacé.")
    echange = transmit(
        by=by,
        examined=ask_return(by, row, relais),
        partenariat=row.partenariat,
        destinataire=row.service_emetteur,
        personne=personne,
        orientation=row.pk,
        portee=PorteeOuverture.SUITE,
    )
    if echange.statut != "transmis":
        return echange
    opening = Ouverture.objects.get(
        personne=personne, service=row.service_emetteur, portee=PorteeOuverture.SUITE, cause_fin=""
    )
    return Retour.objects.create(
        orientation=row, code=code.value, echange=echange.pk, ouverture=opening.pk, le=clock.now()
    )
