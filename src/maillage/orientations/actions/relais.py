"""The meeting of three: offered from either side, held with the young person present."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.orientations.access import lock, require_alive
from maillage.orientations.asking import ask_return
from maillage.orientations.enums import EtatRelais
from maillage.orientations.models import Orientation, Relais
from maillage.sharing.access import require_arrived
from maillage.sharing.actions import transmit
from maillage.sharing.errors import BadAnswer, NotNow, Withheld
from maillage.sharing.ledger import note
from maillage.sharing.models import Echange

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

LIVE = (EtatRelais.PROPOSE, EtatRelais.CONVENU)


def propose_relais(*, orientation: Orientation, by: Acteur) -> Relais:
    """Offer a meeting of three. From the receiving side it says something: the law is asked first.

    A live offer is returned as it is. Raises NotVisible, ReadOnly, NotNow (not sent, closed),
    Withheld (receiving side: the person, or a holder, did not agree to a relais).
    """
    result = _propose(orientation, by)
    if isinstance(result, Echange):
        raise Withheld(result)
    return result


@atomic
def _propose(orientation: Orientation, by: Acteur) -> Relais | Echange:
    row = _alive(orientation, by)
    require_arrived(by, [row.partenariat_id])
    live = row.relais.filter(etat__in=LIVE).first()
    if live is not None:
        return live
    relais = Relais(orientation=row, propose_par=by.service, poste=by.poste, le=clock.now())
    withheld = _ask_if_receiving(by, row, relais)
    if withheld is not None:
        return withheld
    relais.save()
    note(by, Acte.CREATION, "relais", relais.pk)
    return relais


def _alive(orientation: Orientation, by: Acteur) -> Orientation:
    row = lock(by, orientation.pk, "emetteur", "destinataire")
    require_alive(row)
    return row


def _ask_if_receiving(by: Acteur, row: Orientation, relais: Relais) -> Echange | None:
    """Ask the law when the receiving service is about to say that a meeting will be.

    Returns the recorded exchange when it is withheld, None when nothing stands in the way.
    """
    if by.service.pk != row.service_destinataire_id:
        return None
    echange = transmit(
        by=by,
        examined=ask_return(by, row, relais),
        partenariat=row.partenariat,
        destinataire=row.service_emetteur,
        personne=row.reception.personne or row.sujet,
        orientation=row.pk,
    )
    return None if echange.statut == "transmis" else echange


def answer_relais(
    *, relais: Relais, by: Acteur, etat: EtatRelais, date_convenue: date | None = None
) -> Relais:
    """Agree on a day (the other service), say it was held (either), or take the offer back (its author).

    Raises NotVisible, ReadOnly, NotNow (wrong side or state), BadAnswer (no day, past, after the end),
    Withheld (agreeing from the receiving side without the person's accord to a relais).
    """
    result = _answer(relais, by, EtatRelais(etat), date_convenue)
    if isinstance(result, Echange):
        raise Withheld(result)
    return result


@atomic
def _answer(relais: Relais, by: Acteur, etat: EtatRelais, date_convenue: date | None) -> Relais | Echange:
    row = _alive(relais.orientation, by)
    current = Relais.objects.select_for_update().get(pk=relais.pk)
    if current.etat == etat:
        return current
    if etat in {EtatRelais.CONVENU, EtatRelais.TENU}:
        require_arrived(by, [row.partenariat_id])
    if etat == EtatRelais.CONVENU:
        withheld = _agree(current, row, by, date_convenue)
        if withheld is not None:
            return withheld
    elif etat == EtatRelais.TENU:
        _hold(current)
    else:
        _take_back(current, by, etat)
    current.etat = etat
    current.save(update_fields=["etat", "date_convenue"])
    note(by, Acte.MODIFICATION, "relais", current.pk, {"etat": etat.value})
    return current


def _agree(current: Relais, row: Orientation, by: Acteur, jour: date | None) -> Echange | None:
    if current.etat != EtatRelais.PROPOSE or current.propose_par_id == by.service.pk:
        raise NotNow("C'est à l'autre service de convenir du jour de ce relais.")
    if jour is None or jour < clock.today():
        raise BadAnswer("date_convenue", "Choisissez un jour, aujourd'hui ou plus tard.")
    last = row.cloture_prevue_le
    if last is not None and jour >= last:
        raise BadAnswer("date_convenue", f"Choisissez un jour avant la clôture, le {last:%d/%m/%Y}.")
    current.date_convenue = jour
    return _ask_if_receiving(by, row, current)


def _hold(current: Relais) -> None:
    if current.etat != EtatRelais.CONVENU or current.date_convenue is None:
        raise NotNow("Ce relais n'a pas encore de jour convenu.")
    if current.date_convenue > clock.today():
        raise NotNow(f"Ce relais est prévu le {current.date_convenue:%d/%m/%Y} : il n'a pas encore eu lieu.")


def _take_back(current: Relais, by: Acteur, etat: EtatRelais) -> None:
    if etat != EtatRelais.SANS_SUITE or current.etat not in LIVE:
        raise NotNow("Ce relais ne peut plus changer.")
    if current.propose_par_id != by.service.pk:
        raise NotNow("Seul le service qui a proposé ce relais peut le retirer.")
