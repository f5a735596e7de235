"""Invented rights at work: a card to open, a support to erase, requests, a school's orientation."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from random import Random

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.models import Clause, Partenariat
from maillage.conventions.queries import services_in
from maillage.demo import names, persons
from maillage.demo.acts import acting_as
from maillage.demo.field import random_id
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Poste, Service
from maillage.orientations.actions import prepare_orientation, send_orientation
from maillage.orientations.faces import Answers
from maillage.sharing import informations
from maillage.sharing import persons as door
from maillage.sharing.bulk import PersonToLoad, Support, Word, load_card, load_persons
from maillage.sharing.demandes.mandats import HEADS, seal_accepted
from maillage.sharing.demandes.requests import open_request
from maillage.sharing.enums import Alinea, EtatAdhesion, Nature, PorteeOuverture, TrancheAge
from maillage.sharing.models import MandatDelegue
from maillage.sharing.queries import list_accompagnements, read_accompagnement
from maillage.sharing.views import AccompagnementSheet

# A card is opened with both; a real one draws its own code.
CARD_CODE, CARD_NUMBER = "CARTEDEMA234", "482915"
PAST = 2 * 366 + 9
SEEN = 60


def write_rights(file: Path) -> None:
    """Write La Rochelle's card, due erasure and requests, and Orléans's school (données inventées).

    `file` gets the card's code and number, as `accounts.json` holds the passwords of a demonstration.
    """
    file.write_text(json.dumps([{"code": CARD_CODE, "numero": CARD_NUMBER}]) + "\n", encoding="utf-8")
    for partenariat in Partenariat.objects.order_by("code"):
        _name_officers(partenariat)
    _la_rochelle(Partenariat.objects.get(code="larochelle"), clock.today())
    _school(Partenariat.objects.get(code="orleans"), clock.today())


def _name_officers(partenariat: Partenariat) -> None:
    """Have each service with a head name the city's officer, who accepts; Orléans's school still waits."""
    officer = acting_as(partenariat, Role.DPO).poste
    there = services_in([partenariat.pk], clock.today()).exclude(pk=officer.service_id)
    heads = Poste.objects.filter(service__in=there, role__in=HEADS).order_by("service", "pk")
    for service, head in {head.service_id: head for head in heads}.items():
        row = MandatDelegue.objects.create(
            service_id=service, officier=officer.service, propose_le=clock.now(), propose_par=head
        )
        if (partenariat.code, head.role) != ("orleans", Role.CHEF_ETABLISSEMENT):
            seal_accepted(row, officer)


def _la_rochelle(partenariat: Partenariat, today: date) -> None:
    educator = acting_as(partenariat, Role.EDUCATEUR)
    sheets = [
        read_accompagnement(educator, line.id)
        for line in list_accompagnements(educator, limit=SEEN)
        if line.clos_le is None
    ]
    oriented = next((one for one in sheets if one.orientation and one.echanges), sheets[0])
    load_card(oriented.personne, educator.poste, CARD_CODE, CARD_NUMBER, clock.now())
    _requests(educator, [one for one in sheets if one.titulaires and one is not oriented])
    load_persons([_overdue(educator, today)])


def _requests(educator: Acteur, minors: list[AccompagnementSheet]) -> None:
    """Let one minor's parent ask, who is not to know everything; and one young person ask for themselves."""
    asked, own = minors[0], minors[1]
    tie = asked.titulaires[0][1]
    door.note_family_meeting(
        by=educator,
        accompagnement=asked.id,
        le=clock.today() - timedelta(days=12),
        engagements="Sa tante l'accueille le mercredi ; nous cherchons un stage.",
        prochaine_le=clock.today() + timedelta(days=16),
    )
    door.ask_confidence(by=educator, personne=asked.personne, objet="echanges", lien=tie)
    for sheet, who in ((asked, tie), (own, "personne")):
        open_request(by=educator, personne=sheet.personne, demandeur=who, identite="connue")


def _overdue(educator: Acteur, today: date) -> PersonToLoad:
    """Build someone not seen for more than two years: due to be erased."""
    start, rng = today - timedelta(days=PAST), Random("echue")
    opened = persons.moment(start, 10)
    service = educator.service.pk
    return PersonToLoad(
        id=random_id(rng),
        service=service,
        nature=Nature.ACCOMPAGNEE,
        appellation=names.pseudonym(rng),
        tranche_age=TrancheAge.DE_18_A_20,
        creee_le=opened,
        dernier_contact_le=start,
        support=Support(
            id=random_id(rng),
            ouvert_le=start,
            references=[(educator.poste.pk, start, None)],
            origine="famille",
        ),
        words=[Word(etat=EtatAdhesion.ACQUISE, le=opened, par=educator.poste.pk)],
        openings=[(service, PorteeOuverture.ACCOMPAGNEMENT, "propre", opened)],
    )


def _school(partenariat: Partenariat, today: date) -> None:
    """Let the school orient a pupil under a clause of its authority, and tell the mayor of absences."""
    head = acting_as(partenariat, Role.CHEF_ETABLISSEMENT)
    Clause.objects.create(
        partenariat=partenariat,
        service=head.service,
        titre="Le collège peut adresser un élève à une équipe d'éducateurs",
        fait="decision_autorite",
        valeur=True,
        preuve="Décision de l'autorité académique (inventée)",
        debut=today - timedelta(days=200),
        invente=True,
    )
    towards = Service.objects.filter(partenariats=partenariat, metier=Metier.PREVENTION_SPECIALISEE).order_by(
        "code"
    )[0]
    said = Answers(
        appellation="Milo",
        contact="Au collège, le jeudi à midi",
        besoin="Trouver un club de boxe",
        tranche_age=TrancheAge.MOINS_15,
        accord="donne",
        accords_titulaires={"mere": "donne"},
        notice=True,
        origine="dit_personne_presente",
        necessaire=True,
    )
    draft = prepare_orientation(by=head, partenariat=partenariat, destinataire=towards, answers=said)
    send_orientation(orientation=draft, by=head, version=draft.version)
    mayor = acting_as(partenariat, Role.MAIRE)
    absences = informations.Said(Alinea.ABSENCES, [mayor.poste.pk], {})
    informations.inform(by=head, personne=None, said=absences)
