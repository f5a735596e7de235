"""The sender's acts: prepare, correct, send, hand over, give up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F
from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.base.wall import HouseWork, house_work
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import shared_partenariats
from maillage.conventions.regles import Regles, regles
from maillage.directory.models import Poste, Service
from maillage.directory.queries import active_on
from maillage.orientations.access import lock, sent_by
from maillage.orientations.asking import ask_draft
from maillage.orientations.delivery import obstacles
from maillage.orientations.faces import Answers
from maillage.orientations.models import Orientation, Reception
from maillage.sharing import persons
from maillage.sharing.access import require_arrived, require_taker, require_writer
from maillage.sharing.actions import transmit
from maillage.sharing.enums import Donneur, EtatAccord, PorteeAccord, PorteeOuverture
from maillage.sharing.errors import BadAnswer, NotNow, NotVisible, Stale, Withheld
from maillage.sharing.ledger import note
from maillage.sharing.models import Echange
from maillage.sharing.openings import midnight
from maillage.sharing.queries import heard, oriented_age

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


def prepare_orientation(
    *,
    by: Acteur,
    partenariat: Partenariat,
    destinataire: Service,
    answers: Answers,
    identifiant: UUID | None = None,
) -> Orientation:
    """Keep a draft: the oriented person, the accords heard, nobody told yet.

    `identifiant` is chosen by the form, so that a double click keeps one draft. Raises
    NotVisible (a service that is no partner), BadAnswer (nothing to find the person by, one's
    own service), ReadOnly, NotArrived.
    """
    require_writer(by)
    _require_partner(by, partenariat, destinataire)
    require_arrived(by, [partenariat.pk])
    _require_findable(answers)
    chosen = identifiant or new_id()
    try:
        return _already(by, chosen) or _prepare(by, partenariat, destinataire, answers, chosen)
    except IntegrityError:
        found = _already(by, chosen)
        if found is None:
            raise
        return found


@atomic
def _prepare(
    by: Acteur, partenariat: Partenariat, destinataire: Service, answers: Answers, identifiant: UUID
) -> Orientation:
    sujet = persons.register_oriented(
        by=by,
        appellation=answers.appellation,
        contact=answers.contact,
        besoin=answers.besoin,
        tranche_age=answers.tranche_age,
    )
    orientation = Orientation(
        id=identifiant,
        partenariat=partenariat,
        service_emetteur=by.service,
        service_destinataire=destinataire,
        poste_emetteur=by.poste,
        porteur=by.poste,
        sujet=sujet,
        creee_le=clock.now(),
    )
    _declare(orientation, answers)
    orientation.save(force_insert=True)
    _record_heard(by, orientation, answers)
    note(by, Acte.CREATION, "orientation", orientation.pk)
    return orientation


def _already(by: Acteur, identifiant: UUID) -> Orientation | None:
    """Return the draft a double click has kept; another's identifier looks absent."""
    with house_work(HouseWork.IDENTIFIER):
        found = Orientation.objects.filter(pk=identifiant).first()
    if found is not None and not sent_by(by).filter(pk=identifiant).exists():
        raise NotVisible
    return found


def _require_partner(by: Acteur, partenariat: Partenariat, destinataire: Service) -> None:
    if destinataire.pk == by.service.pk:
        raise BadAnswer("destinataire", "On n'oriente pas vers son propre service.")
    shared = shared_partenariats(by.service, destinataire, clock.today())
    if partenariat.pk not in shared & by.partenariat_ids:
        raise NotVisible


def _require_findable(answers: Answers) -> None:
    if not answers.appellation.strip() and not answers.contact.strip():
        raise BadAnswer("contact", "Dites comment retrouver cette personne.")
    if not answers.besoin.strip():
        raise BadAnswer("besoin", "Dites en quelques mots ce que la personne demande.")


def _declare(orientation: Orientation, answers: Answers) -> None:
    orientation.lieu = answers.lieu
    orientation.origine = answers.origine
    orientation.necessaire = answers.necessaire
    orientation.presente = answers.presente


def _record_heard(by: Acteur, orientation: Orientation, answers: Answers) -> None:
    """Record as events the accords that the answers change, and the notice the first time."""
    sujet, there, back = orientation.sujet, orientation.service_destinataire, orientation.service_emetteur
    assert sujet is not None
    known = heard(by, sujet)
    for portee, to, young, holders in (
        (PorteeAccord.ORIENTATION, there, answers.accord, answers.accords_titulaires),
        (PorteeAccord.RETOUR, back, answers.accord_retour, answers.accords_retour_titulaires),
    ):
        for lien, etat in (("", young), *sorted(holders.items())):
            if not etat or known.get((portee, to.pk, lien)) == etat:
                continue
            if etat not in {EtatAccord.DONNE, EtatAccord.REFUSE}:
                raise BadAnswer("accord", "Un accord est donné, refusé, ou pas encore demandé.")
            persons.record_accord(
                by=by,
                personne=sujet,
                portee=portee,
                destinataire=to,
                donneur=Donneur.TITULAIRE if lien else Donneur.JEUNE,
                lien=lien or None,
                etat=etat,
                forme=answers.forme_accord,
            )
    if answers.notice and not known.notice:
        persons.record_notice(by=by, personne=sujet, forme=answers.forme_accord)


@atomic
def update_draft(*, orientation: Orientation, by: Acteur, version: int, answers: Answers) -> Orientation:
    """Correct a draft; an accord that changed becomes one more event.

    Raises NotVisible, Stale (someone corrected it meanwhile), NotNow (already sent), BadAnswer.
    """
    draft = _draft(orientation, by)
    if draft.version != version:
        raise Stale
    _require_findable(answers)
    assert draft.sujet is not None
    persons.update_oriented(
        by=by,
        personne=draft.sujet,
        appellation=answers.appellation,
        contact=answers.contact,
        besoin=answers.besoin,
        tranche_age=answers.tranche_age,
    )
    _declare(draft, answers)
    draft.version = version + 1
    draft.save()
    _record_heard(by, draft, answers)
    note(by, Acte.MODIFICATION, "orientation", draft.pk)
    return draft


def _draft(orientation: Orientation, by: Acteur) -> Orientation:
    """Return the draft locked. Raises NotVisible, NotNow once it left or its data was erased."""
    draft = lock(by, orientation.pk, "emetteur")
    if draft.envoyee_le is not None:
        raise NotNow("Cette orientation est déjà partie : elle ne se corrige plus.")
    if draft.sujet is None:
        raise NotNow("Ce brouillon a dépassé trois mois : ce qu'il disait a été effacé.")
    return draft


def send_orientation(*, orientation: Orientation, by: Acteur, version: int) -> Orientation:
    """Send a draft: the law is asked on the saved facts, delivery is immediate, the end is dated.

    Sending twice sends once. Raises NotVisible, Stale, NotNow (given up, out of age or area),
    Withheld (recorded: nothing left).
    """
    sent = _send(orientation, by, version)
    if isinstance(sent, Echange):
        raise Withheld(sent)
    return sent


@atomic
def _send(orientation: Orientation, by: Acteur, version: int) -> Orientation | Echange:
    """Send inside one transaction; a withheld exchange is returned so that its record is kept."""
    draft = lock(by, orientation.pk, "emetteur")
    if draft.envoyee_le is not None:
        return draft
    if draft.version != version:
        raise Stale
    draft = _draft(draft, by)
    require_arrived(by, [draft.partenariat_id])
    assert draft.sujet is not None
    tranche_age = oriented_age(by, draft.sujet)
    for obstacle in obstacles(draft.service_destinataire, tranche_age=tranche_age, lieu=draft.lieu):
        if obstacle.bloque:
            raise NotNow(obstacle.phrase)
    rules = regles(draft.partenariat, clock.today())
    cloture = clock.today() + timedelta(days=rules.delai_cloture_jours)
    echange = transmit(
        by=by,
        examined=ask_draft(by, draft),
        partenariat=draft.partenariat,
        destinataire=draft.service_destinataire,
        personne=draft.sujet,
        orientation=draft.pk,
        portee=PorteeOuverture.ORIENTATION,
        fin=midnight(cloture),
    )
    if echange.statut != "transmis":
        return echange
    _deliver(draft, echange, rules, version)
    note(by, Acte.PARTAGE, "orientation", draft.pk)
    return draft


def _deliver(draft: Orientation, echange: Echange, rules: Regles, version: int) -> None:
    """Date the orientation once and for all, by one conditional update, and hand it over."""
    now, today = clock.now(), clock.today()
    cloture = today + timedelta(days=rules.delai_cloture_jours)
    dates = {
        "envoyee_le": now,
        "recue_le": now,
        "reponse_attendue_le": today + timedelta(days=rules.delai_reponse_jours),
        "cloture_prevue_le": cloture,
        "echange": echange.pk,
    }
    rows = Orientation.objects.filter(pk=draft.pk, version=version, envoyee_le__isnull=True)
    if rows.update(version=F("version") + 1, **dates) != 1:
        raise Stale
    with house_work(HouseWork.DELIVERY):
        Reception.objects.create(orientation=draft, service=draft.service_destinataire)
    assert draft.sujet is not None
    persons.bring_forward_erasure(personne=draft.sujet, le=cloture)
    draft.refresh_from_db()


@atomic
def abandon_draft(*, orientation: Orientation, by: Acteur) -> None:
    """Give up a draft: what it said of the person is erased at once.

    Raises NotVisible, NotNow (already sent).
    """
    draft = _draft(orientation, by)
    assert draft.sujet is not None
    persons.erase_oriented(personne=draft.sujet)
    Orientation.objects.filter(pk=draft.pk).update(abandonnee_le=clock.now(), sujet=None)
    note(by, Acte.EFFACEMENT, "orientation", draft.pk)


@atomic
def reassign_porteur(*, orientation: Orientation, by: Acteur, porteur: Poste) -> Orientation:
    """Hand the orientation to a colleague of the sending service, after a departure for instance.

    Raises NotVisible, BadAnswer (the post is not of this service, has ended, or has not finished arriving).
    """
    row = lock(by, orientation.pk, "emetteur")
    active = Poste.objects.filter(active_on(clock.today()), pk=porteur.pk, service=by.service)
    if not active.exists():
        raise BadAnswer("porteur", "Choisissez une personne en poste aujourd'hui dans votre service.")
    require_taker("porteur", porteur, row.partenariat_id)
    Orientation.objects.filter(pk=row.pk).update(porteur=porteur)
    note(by, Acte.MODIFICATION, "orientation", row.pk, {"porteur": porteur.professionnel_id})
    row.refresh_from_db()
    return row
