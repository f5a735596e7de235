"""What one service makes or holds, and what it sends: notes, desks, persons, acts, meetings."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta

from django.core import mail, signing

from maillage.administration.actions import open_help
from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.comptes.devices import enrol_telephone
from maillage.coordination.vacations import note_hours
from maillage.directory.actions import record_delegation
from maillage.directory.models import Poste
from maillage.dossiers.models import Confidence
from maillage.main_courante.actions.consignes import ConsigneData, leave_consigne, lift_consigne
from maillage.main_courante.actions.demandes import (
    DemandeData,
    ask_about_place,
    close_desk_link,
    desk_token,
    open_desk_link,
)
from maillage.main_courante.actions.messages import MessageData, send_message
from maillage.main_courante.actions.notes import write_note
from maillage.main_courante.actions.sorties import start_sortie
from maillage.main_courante.actions.veille import report_defect, revoke_link
from maillage.main_courante.gestes import Geste
from maillage.main_courante.models import Guichet, NoteEnConflit
from maillage.main_courante.saisie import NoteData
from maillage.orientations.actions import (
    accept_orientation,
    prepare_orientation,
    propose_relais,
    send_orientation,
)
from maillage.reunions.actions import invite as invite_guest
from maillage.reunions.actions import open_feed, revoke_feed, revoke_invitation, write_minutes
from maillage.reunions.models import FluxAgenda
from maillage.sharing import cartes, informations, persons
from maillage.sharing import designations as acts
from maillage.sharing.actions import open_access
from maillage.sharing.dangers import record_danger
from maillage.sharing.demandes.mandats import propose_mandate
from maillage.sharing.demandes.requests import open_request
from maillage.sharing.enums import PorteeOuverture
from maillage.sharing.models import MandatDelegue, Tache
from maillage.sharing.receipts import RECEIPT
from maillage.web.carte.giving import SALT
from tests.cast import SINCE
from tests.door import WITH_RETURN, add_clause, adopt
from tests.probes.objects import Seeded
from tests.reunions_made import decided, held, planned

LINK = re.compile(r"http://exemple\.test/(\S+)/")


def address(token: str) -> str:
    """Turn a token into the address that a mail gives."""
    return f"http://exemple.test/{token}/"


def field_work(made: Seeded) -> None:
    """Notes, conflict, news, consigne, request about a place."""
    night, chief = made.by("alm", "mediateur"), made.by("alm", "chef_de_service")
    start_sortie(by=night, sortie=new_id(), equipage=[night.poste.pk])
    note = NoteData(id=new_id(), lieu=made.cast.hall.pk, categorie="eclairage", texte="Une lampe.")
    for one in (note, replace(note, texte="Deux lampes.")):
        write_note(by=night, data=one)
    said = MessageData(
        new_id(), made.cast.relais.pk, made.cast.hall.pk, "nuit", "aucun", "regroupement", "Du monde au hall."
    )
    consigne = ConsigneData(
        id=new_id(), lieu=made.cast.hall.pk, geste=Geste.PASSER, texte="Passer voir la lampe."
    )
    asked = DemandeData(id=new_id(), lieu=made.cast.hall.pk, motif="bruit", service=made.cast.alm.pk)
    worked = note_hours(
        by=made.by("alm", "parent_relais"), jour=clock.today(), debut=time(8), fin=time(9, 30)
    )
    made.real |= {
        "vacation": worked.pk,
        "note": note.id,
        "conflit": NoteEnConflit.objects.get().pk,
        "message": send_message(by=night, data=said).message.pk,
        "consigne": leave_consigne(by=chief, data=consigne).pk,
        "consigne_levee": leave_consigne(by=chief, data=replace(consigne, id=new_id())).pk,
        "demande": ask_about_place(by=made.by("mairie", "maire"), data=asked).pk,
        "telephone": enrol_telephone(by=chief, nom="Téléphone 1").telephone.pk,
    }

    lift_consigne(by=chief, consigne=made.real["consigne_levee"])


def desks(made: Seeded) -> None:
    """A desk, a report of technical watch, their links."""
    night, chief = made.by("alm", "mediateur"), made.by("alm", "chef_de_service")
    desks, tokens = [], {}
    for name in ("Habitat", "Ancien"):
        desk = Guichet.objects.create(service=made.cast.alm, nom=name, courriel="travaux@exemple.fr")
        desk.lieux.set([made.cast.hall])
        open_desk_link(by=chief, guichet=desk.pk, address=address)
        desk.refresh_from_db()
        desks.append(desk)
        tokens[name] = desk_token(desk)
    close_desk_link(by=chief, guichet=desks[1].pk)
    made.links["guichet"] = (tokens["Habitat"], tokens["Ancien"])
    found = []
    for text in ("Panne", "Autre panne"):
        note = NoteData(id=new_id(), lieu=made.cast.hall.pk, categorie="eclairage", texte=text)
        write_note(by=night, data=note)
        told = report_defect(by=night, note=note.id, guichet=desks[0].pk, address=address)
        found.append((told, _token()))
    revoke_link(by=night, signalement=found[1][0].pk)
    made.links["signalement"] = (found[0][1], found[1][1])
    made.real |= {"signalement": found[0][0].pk, "guichet": desks[0].pk}


def _token() -> str:
    said = LINK.search(str(mail.outbox[-1].body))
    assert said is not None
    return said[1]


def oriented(made: Seeded) -> None:
    """A draft, one waiting for its answer, one taken with a relais and something owed."""
    add_clause(made.cast.ici, "clause_retour", True)
    adopt(made.cast.ici, "U-10")
    karim, samira = made.by("alm", "mediateur"), made.by("relais", "educateur")
    drafts = [
        prepare_orientation(
            by=karim, partenariat=made.cast.ici, destinataire=made.cast.relais, answers=WITH_RETURN
        )
        for _ in range(3)
    ]
    waiting, taken = (send_orientation(orientation=one, by=karim, version=one.version) for one in drafts[1:])
    accept_orientation(orientation=taken, by=samira)
    today = clock.today()
    owed = {
        name: Tache.objects.create(
            echange_id=taken.echange, service=service, obligation="O-COPIE-PCD", echeance=today
        )
        for name, service in (("tache_alm", made.cast.alm), ("tache_relais", made.cast.relais))
    }
    made.real |= {
        "brouillon": drafts[0].pk,
        "attendue": waiting.pk,
        "orientation": taken.pk,
        "relais": propose_relais(orientation=taken, by=karim).pk,
        **{name: task.pk for name, task in owed.items()},
    }


def supported(made: Seeded) -> None:
    """Someone accompanied by Le Relais, a withdrawal that ALM must confirm, a danger passed on."""
    samira = made.by("relais", "educateur")
    found = persons.open_accompagnement(
        by=samira, pseudonyme="Canari", tranche_age="15_17", origine="famille"
    )
    persons.record_adhesion(by=samira, accompagnement=found.accompagnement, donneur="jeune", etat="acquise")
    persons.ask_confidence(by=samira, personne=found.personne, objet="demande")
    inside = persons.open_accompagnement(
        by=samira, pseudonyme="Inscrit", tranche_age="15_17", origine="famille"
    )
    persons.record_adhesion(by=samira, accompagnement=inside.accompagnement, donneur="jeune", etat="acquise")
    cartes.give_card(by=samira, accompagnement=found.accompagnement, numero="904173")
    gone = persons.open_accompagnement(by=samira, pseudonyme="Parti", tranche_age="15_17", origine="famille")
    open_access(personne=gone.personne, service=made.cast.alm, portee=PorteeOuverture.PROJET, base="adhesion")
    persons.record_adhesion(by=samira, accompagnement=gone.accompagnement, donneur="jeune", etat="retiree")
    persons.note_family_meeting(
        by=samira, accompagnement=found.accompagnement, le=clock.today(), engagements="Se revoir en février."
    )
    persons.record_information(
        by=samira,
        personne=found.personne,
        etat="dispense_interet_enfant",
        raison="Sa mère l'apprendrait mal.",
    )
    made.real |= {
        "accompagnement": found.accompagnement,
        "jeton_de_carte": signing.dumps([str(found.accompagnement), "A" * 12], salt=SALT),
        "confidence": Confidence.objects.get().pk,
        "inscrit": inside.accompagnement,
        "personne": found.personne,
        "recu": Tache.objects.get(service=made.cast.alm, obligation=RECEIPT).pk,
        "demande_acces": open_request(
            by=samira, personne=found.personne, demandeur="personne", identite="connue"
        ).pk,
        "assistance": open_help(
            by=made.by("relais", "chef_de_service"), motif="Un téléphone ne s'ouvre plus", minutes=60
        ).pk,
        "mandat": MandatDelegue.objects.get(service=made.cast.relais).pk,
        "mandat_propose": propose_mandate(by=made.by("mairie", "maire"), officier=made.cast.alm.pk).pk,
        "transmission": record_danger(by=samira, destinataire="crip", personne=found.personne).pk,
    }


def acts_about(made: Seeded) -> None:
    """An act in preparation, and an information sent to the mayor and the department."""
    mayor, samira = made.by("mairie", "maire"), made.by("relais", "educateur")
    act = acts.open_designation(
        by=mayor, partenariat=made.cast.ici, saisine="professionnel", sujets=["logement"],
        coordonnateur=made.people["mairie", "coordonnateur"].poste,
    )  # fmt: skip
    acts.enter_scope(by=samira, designation=act.pk, accompagnement=made.real["accompagnement"])
    for version, step in enumerate(("accord", "consultation")):
        acts.note_step(by=mayor, designation=act.pk, step=step, version=version)
    crip = made.people["departement", "crip"].poste
    Poste.objects.filter(pk=crip.pk).update(fonction="delegue_departement")
    crip.refresh_from_db()
    record_delegation(
        by=made.people["relais", "chef_de_service"].poste, poste=crip, acte="2026-12", debut=SINCE
    )
    said = informations.Said(
        "1",
        [made.people["mairie", "maire"].poste.pk, crip.pk],
        {"difficultes": ["sociales"], "intervenants": ["prevention", "ccas"]},
        aggravation=True,
    )
    told = informations.inform(by=samira, personne=made.real["personne"], said=said)
    made.real |= {
        "maire": made.people["mairie", "maire"].poste.pk,
        "designation": act.pk,
        "information_maire": next(one.pk for one in told if one.autorite == "maire"),
        "information_crip": next(one.pk for one in told if one.autorite != "maire"),
    }


def meetings(made: Seeded) -> None:
    """A meeting to come with its guest, one held with a decision, a calendar address of one's own."""
    chief = made.by("alm", "chef_de_service")
    coming, group = planned(made.cast), planned(made.cast, -2, genre="groupe")
    past = held(made.cast)
    decision = decided(made.cast, past, "Se revoir", clock.today() + timedelta(days=30))
    tokens = [invite_guest(by=chief, reunion=coming.pk, structure=name) for name in ("Bailleur", "Ancien")]
    first, last = (coming.invitations.get(structure=name) for name in ("Bailleur", "Ancien"))
    revoke_invitation(by=chief, invitation=last.pk)
    write_minutes(by=chief, reunion=past.pk, texte="On s'est dit ce qui suit.", version=1)
    made.links["invite"] = (tokens[0], tokens[1])
    mediator = made.by("alm", "mediateur")
    gone = open_feed(by=mediator, personnel=True)
    revoke_feed(by=mediator, flux=FluxAgenda.objects.get().pk)
    made.links["flux"] = (open_feed(by=mediator, personnel=True), gone)
    feed = FluxAgenda.objects.get(revoque_le=None)
    made.real |= {
        "reunion": coming.pk, "tenue": past.pk, "groupe": group.pk, "decision": decision.pk,
        "invitation": first.pk, "flux": feed.pk,
    }  # fmt: skip
