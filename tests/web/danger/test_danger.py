"""Danger: never behind an account, an accord or a second factor; only the bare fact is kept."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client

from maillage.audit.models import Ligne
from maillage.dossiers.models import InformationPrealable
from maillage.orientations.actions import accept_orientation
from maillage.sharing import persons
from maillage.sharing.models import TransmissionDanger
from tests.cast import Cast, Membre
from tests.door import acteur, send
from tests.web.accompagnements.test_accompagnements import LIST, NEW, typed

SignedIn = Callable[[Membre], Client]
PAGE, NOTE = "/danger/", "/danger/transmis/"
SECRET = "canari-raison"


def told(**changed: object) -> dict[str, object]:
    """Return what someone notes after calling."""
    return {"cle": str(uuid4()), "destinataire": "crip", **changed}


@pytest.mark.django_db
def test_the_numbers_need_no_account(client: Client) -> None:
    page = client.get(PAGE)
    text = page.content.decode()
    assert page.status_code == 200
    assert [n for n in ("119", "17", "15", "18", "112") if f'href="tel:{n}"' not in text] == []
    assert "Noter que c'est transmis" not in text


def test_every_role_reaches_it_in_one_gesture(cast: Cast, signed_in: SignedIn) -> None:
    for member in (cast.karim, cast.samira, cast.maire, cast.dpo, cast.lecteur):
        page = signed_in(member).get("/droit/").content.decode()
        assert 'href="/danger/"' in page


def test_only_when_and_to_whom_are_kept(cast: Cast, signed_in: SignedIn) -> None:
    karim = signed_in(cast.karim)
    page = karim.post(
        NOTE, told(raison=SECRET, contenu=SECRET, famille="dispense_interet_enfant"), follow=True
    )
    row = TransmissionDanger.objects.get()
    assert (row.destinataire, row.service, row.personne) == ("crip", cast.alm, None)
    assert SECRET not in page.content.decode()
    assert SECRET not in str(list(Ligne.objects.values()))


def test_sent_twice_noted_once(cast: Cast, signed_in: SignedIn) -> None:
    karim, data = signed_in(cast.karim), told()
    for _ in range(2):
        karim.post(NOTE, data)
    assert TransmissionDanger.objects.count() == 1


@pytest.mark.parametrize("member", ["lecteur", "maire", "dpo", "direction_alm"])
def test_nobody_is_held_back(cast: Cast, signed_in: SignedIn, member: str) -> None:
    assert signed_in(cast.membres[member]).post(NOTE, told()).status_code == 302
    assert TransmissionDanger.objects.count() == 1


def test_a_person_one_may_not_see_never_stops_it(cast: Cast, signed_in: SignedIn) -> None:
    signed_in(cast.karim).post(NOTE, told(personne=str(UUID(int=7))))
    assert TransmissionDanger.objects.get().personne is None


def test_why_the_family_was_not_told_is_asked_about_someone_and_never_required(
    cast: Cast, signed_in: SignedIn
) -> None:
    samira = signed_in(cast.samira)
    samira.post(NEW, typed())
    (line,) = samira.get(LIST).context["lines"]
    sheet = samira.get(f"{LIST}{line['row'].id}/")
    person = sheet.context["sheet"].personne
    assert f"/danger/?personne={person}" in sheet.content.decode()
    assert "La famille sait-elle" in samira.get(f"{PAGE}?personne={person}").content.decode()
    samira.post(NOTE, told(personne=str(person)))
    samira.post(NOTE, told(personne=str(person), famille="dispense_interet_enfant"))
    assert TransmissionDanger.objects.filter(personne=person).count() == 2
    said = {"famille": "dispense_interet_enfant", "raison": SECRET}
    samira.post(NOTE, told(personne=str(person), **said))
    again = samira.get(f"{LIST}{line['row'].id}/").context["sheet"]
    assert [etat for etat, _ in again.informations] == ["dispense_interet_enfant"]


@pytest.mark.parametrize("said", [{"raison": "a\r\n" * 300}, {"raison": "a\x00"}, {"famille": "autre"}])
def test_nothing_said_of_the_family_holds_the_note_back(
    cast: Cast, signed_in: SignedIn, said: dict[str, str]
) -> None:
    found = persons.open_accompagnement(
        by=acteur(cast.samira), pseudonyme="Canari", tranche_age="15_17", origine="famille"
    )
    data = told(personne=str(found.personne), famille="dispense_interet_enfant") | said
    page = signed_in(cast.samira).post(NOTE, data, follow=True)
    assert TransmissionDanger.objects.get().personne == found.personne
    assert InformationPrealable.objects.count() == 0
    assert "Ce que vous dites de la famille n&#x27;est pas gardé" in page.content.decode()


def test_the_acknowledgement_is_the_service_s(cast: Cast, signed_in: SignedIn) -> None:
    signed_in(cast.karim).post(NOTE, told())
    row = TransmissionDanger.objects.get()
    address = f"/danger/transmissions/{row.pk}/accuse/"
    for other in (cast.samira, cast.mediateur_sud):
        assert signed_in(other).post(address).status_code == 404
    assert signed_in(cast.nadia).post(address).status_code == 302
    row.refresh_from_db()
    assert row.accusee_le is not None


def test_other_services_do_not_see_what_was_passed_on(cast: Cast, signed_in: SignedIn) -> None:
    signed_in(cast.karim).post(NOTE, told())
    seen = {
        name: len(signed_in(cast.membres[name]).get(PAGE).context["transmissions"])
        for name in ("nadia", "samira", "mediateur_sud")
    }
    assert seen == {"nadia": 1, "samira": 0, "mediateur_sud": 0}


def test_the_litany(cast: Cast, signed_in: SignedIn) -> None:
    karim = signed_in(cast.karim)
    assert (karim.post(PAGE).status_code, karim.get(NOTE).status_code) == (405, 405)
    bad = karim.post(NOTE, told(destinataire="mairie"))
    assert (bad.status_code, list(bad.context["form"].errors)) == (422, ["destinataire"])
    assert karim.get(f"{PAGE}?personne=x").status_code == 200
    assert karim.post(f"/danger/transmissions/{UUID(int=7)}/accuse/").status_code == 404
    assert Client().post(NOTE, told()).status_code == 302
    assert TransmissionDanger.objects.count() == 0


def test_from_a_page_about_someone_the_button_of_every_page_knows_who(
    cast: Cast, signed_in: SignedIn
) -> None:
    taken = persons.open_accompagnement(
        by=acteur(cast.samira), pseudonyme="Canari", tranche_age="15_17", origine="famille"
    )
    row = send(cast)
    accept_orientation(orientation=row, by=acteur(cast.samira))
    pages = {
        "samira": [
            (f"/accompagnements/{taken.accompagnement}/", taken.personne),
            (f"/accompagnements/{taken.accompagnement}/fratrie/", taken.personne),
            (f"/acces/nouvelle/{taken.personne}/", taken.personne),
            (f"/informations/{taken.personne}/alinea-1/", taken.personne),
            (f"/orientations/{row.pk}/", row.sujet),
            (f"/orientations/{row.pk}/retour/", row.sujet),
        ],
        "karim": [(f"/orientations/{row.pk}/", row.sujet)],
    }
    for who, asked in pages.items():
        client = signed_in(cast.membres[who])
        for page, person in asked:
            button = f'class="btn btn-danger danger-button" href="/danger/?personne={person}"'
            assert button in client.get(page).content.decode(), page
