"""A withdrawal is felt at the same second on every channel: each is asked before and after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from maillage.base import clock
from maillage.dossiers.models import Accompagnement
from maillage.main_courante.actions.avis import send_notices
from maillage.main_courante.models import AdresseAvis
from maillage.orientations.actions import accept_orientation, return_suite, withdraw
from maillage.orientations.enums import Suite
from maillage.orientations.models import Orientation
from maillage.reunions.actions import open_feed
from maillage.sharing import persons
from maillage.sharing.cartes import give_card, open_card
from maillage.sharing.demandes.requests import open_request
from maillage.sharing.enrolments import enrol, participants
from maillage.sharing.models import Tache
from tests.cast import Cast, Membre
from tests.door import WITH_RETURN, acteur, add_clause, adopt, send
from tests.projects_made import under_way
from tests.reunions_made import planned

SignedIn = Callable[[Membre], Client]
CANARY = "Canarisoudain"
HIM = replace(WITH_RETURN, appellation=CANARY, contact=f"{CANARY} hall 4", besoin=f"{CANARY} parle")
NUMBER = "482915"


@pytest.fixture
def sent(cast: Cast) -> Orientation:
    """An orientation that Le Relais took up, with a return: both services hold something of him."""
    add_clause(cast.ici, "clause_retour", True)
    adopt(cast.ici, "U-10")
    row = send(cast, HIM)
    accept_orientation(orientation=row, by=acteur(cast.samira))
    return_suite(orientation=row, by=acteur(cast.samira), code=Suite.RELATION_ENGAGEE)
    Orientation.objects.filter(pk=row.pk).update(reponse_attendue_le=clock.today() - timedelta(days=3))
    return row


def stop(cast: Cast, sent: Orientation) -> None:
    """The young person takes his word back, said to the mediators."""
    withdraw(orientation=sent, by=acteur(cast.karim), donneur="jeune")


def text_of(client: Client, address: str) -> str:
    """Return all that an address answers, headers included."""
    answer = client.get(address)
    return answer.content.decode(errors="replace") + str(dict(answer.headers))


# Who reads, where, and what is read there while the accord holds.
CHANNELS = {
    "received, list": ("samira", "/orientations/", CANARY),
    "received, sheet": ("samira", "/orientations/{orientation}/", CANARY),
    "received, what may come back": ("samira", "/orientations/{orientation}/retour/", "{orientation}"),
    "sent, list": ("karim", "/orientations/?liste=envoyees", CANARY),
    "sent, sheet": ("karim", "/orientations/{orientation}/", CANARY),
    "sent, the return": ("karim", "/orientations/{orientation}/", "Relation engagée"),
    "supports, list": ("samira", "/accompagnements/", CANARY),
    "supports, sheet": ("cheffe_relais", "/accompagnements/{accompagnement}/", CANARY),
    "supports, to seek": ("samira", "/accompagnements/?liste=adhesion", ""),
    "machines, orientations": ("samira", "/api/v1/orientations?sens=recues", CANARY),
    "machines, sent": ("karim", "/api/v1/orientations", CANARY),
    "machines, supports": ("samira", "/api/v1/accompagnements", CANARY),
    "prepared agenda": ("karim", "/reunions/{reunion}/", CANARY),
    "a family's choices": ("bruno", "/accompagnements/{autre}/fratrie/", CANARY),
    "the officer's request": ("dpo", "/acces/{demande}/", CANARY),
    "the officer's file": ("dpo", "/acces/{demande}/reponse.json", CANARY),
}


@pytest.mark.requirement("S-14")
@pytest.mark.parametrize("name", CHANNELS)
def test_a_channel_forgets_at_once(cast: Cast, signed_in: SignedIn, sent: Orientation, name: str) -> None:
    who, address, word = CHANNELS[name]
    support = Accompagnement.objects.get(orientation=sent.pk)
    samira = acteur(cast.samira)
    another = persons.open_accompagnement(
        by=samira, pseudonyme="Autre", tranche_age="15_17", origine="famille"
    )
    asked = open_request(by=samira, personne=support.personne_id, demandeur="personne", identite="connue")
    there = address.format(
        orientation=sent.pk,
        accompagnement=support.pk,
        reunion=planned(cast).pk,
        autre=another.accompagnement,
        demande=asked.pk,
    )
    client, said = signed_in(cast.membres[who]), word.format(orientation=sent.pk)
    assert said in text_of(client, there)
    stop(cast, sent)
    after = text_of(client, there)
    assert CANARY not in after
    assert "Relation engagée" not in after or "retour" in address


def test_the_young_person_s_card_no_longer_opens(cast: Cast, sent: Orientation) -> None:
    support = Accompagnement.objects.get(orientation=sent.pk)
    code = give_card(by=acteur(cast.samira), accompagnement=support.pk, numero=NUMBER)
    assert open_card(code=code, numero=NUMBER, adresse="192.0.2.1") is not None
    stop(cast, sent)
    assert open_card(code=code, numero=NUMBER, adresse="192.0.2.1") is None


def test_a_project_counts_him_no_more(cast: Cast, sent: Orientation) -> None:
    support, samira, projet = (
        Accompagnement.objects.get(orientation=sent.pk),
        acteur(cast.samira),
        under_way(cast),
    )
    persons.record_adhesion(by=samira, accompagnement=support.pk, donneur="jeune", etat="acquise")
    enrol(by=samira, accompagnement=support.pk, projet=projet.pk)
    assert participants([projet.pk]) == {projet.pk: 1}
    persons.record_adhesion(by=samira, accompagnement=support.pk, donneur="jeune", etat="retiree")
    assert participants([projet.pk]) == {}


def test_what_came_back_goes_with_his_adhesion_too(
    cast: Cast, signed_in: SignedIn, sent: Orientation
) -> None:
    support, karim = Accompagnement.objects.get(orientation=sent.pk), signed_in(cast.karim)
    there = f"/orientations/{sent.pk}/"
    assert "Relation engagée" in text_of(karim, there)
    persons.record_adhesion(
        by=acteur(cast.samira), accompagnement=support.pk, donneur="jeune", etat="retiree"
    )
    assert "Relation engagée" not in text_of(karim, there)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_feeds_digests_and_phones_never_hold_him(
    cast: Cast, signed_in: SignedIn, sent: Orientation, client: Client, moment: str
) -> None:
    """An agenda's feed, the day's notice, what a phone keeps and the counts: nobody is there to forget."""
    planned(cast)
    feed = open_feed(by=acteur(cast.samira), personnel=True)
    AdresseAvis.objects.create(service=cast.relais, courriel="relais@essai.invalid")
    if moment == "after":
        stop(cast, sent)
    assert "BEGIN:VEVENT" in text_of(client, f"/reunions/flux/{feed}.ics")
    send_notices(site="https://essai.invalid")
    said = [text_of(client, f"/reunions/flux/{feed}.ics"), *(str(one.message()) for one in mail.outbox)]
    for who, addresses in {
        "karim": ("/carnet/", "/carnet/sw.js", "/carnet/etat/", "/carnet/soiree/", "/reciprocite/", "/"),
        "samira": ("/carnet/", "/reciprocite/", "/"),
        "direction_relais": ("/reunions/", "/departs/", "/"),
    }.items():
        reader = signed_in(cast.membres[who])
        said += [text_of(reader, address) for address in addresses]
    assert [one for one in said if CANARY in one] == []


def test_no_page_about_him_is_left_on_a_phone(cast: Cast, signed_in: SignedIn, sent: Orientation) -> None:
    samira = signed_in(cast.samira)
    for address in (f"/orientations/{sent.pk}/", "/accompagnements/", "/api/v1/accompagnements"):
        assert samira.get(address)["Cache-Control"] == "no-store", address


def test_each_recipient_is_asked_for_a_receipt(cast: Cast, sent: Orientation) -> None:
    stop(cast, sent)
    owed = Tache.objects.filter(obligation="RECU-RETRAIT", faite_le__isnull=True)
    assert sorted({row.service.nom_court for row in owed}) == ["ALM", "Le Relais"]
