"""The standing coordination: contacts, one reminder a day to a service, and never a person."""

from __future__ import annotations

import html
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from maillage.coordination.models import Contact, RappelService
from maillage.orientations.actions import accept_orientation
from maillage.orientations.models import Reception
from maillage.web.areas import rule_table
from tests.cast import Cast, Membre
from tests.door import acteur
from tests.reunions_made import late_orientation

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]
CONTACT = {
    "genre": "ecole",
    "structure": "Collège inventé",
    "fonction": "Vie scolaire",
    "telephone": "01 99 00 12 34",
}
PERSONS = ("orientations", "accompagnements", "danger")


def _text(client: Client) -> str:
    return html.unescape(client.get("/coordination/").content.decode())


def test_the_book_is_written_by_the_coordination_and_read_by_members(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.coordination)
    assert client.post("/coordination/contacts/", CONTACT).status_code == 302
    for who in ("karim", "samira", "cheffe_alm", "direction_relais", "lecteur"):
        assert "Vie scolaire" in _text(signed_in(cast.membres[who]))
        assert signed_in(cast.membres[who]).post("/coordination/contacts/", CONTACT).status_code == 403
    for who in ("maire", "dpo"):
        assert signed_in(cast.membres[who]).get("/coordination/").status_code == 404
    assert "Vie scolaire" not in _text(signed_in(cast.educatrice_sud))
    assert signed_in(cast.educatrice_sud).get("/coordination/?partenariat=ici").status_code == 404
    assert client.post("/coordination/").status_code == 405
    assert client.get("/coordination/contacts/").status_code == 405
    remove = f"/coordination/contacts/{Contact.objects.get().pk}/retirer/"
    assert signed_in(cast.karim).post(remove).status_code == 403
    assert client.post(f"/coordination/contacts/{uuid4()}/retirer/").status_code == 404
    assert client.post(remove).status_code == 302
    assert Contact.objects.count() == 0


def test_a_bad_telephone_is_one_sentence(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.coordination).post(
        "/coordination/contacts/", CONTACT | {"telephone": "chez elle"}
    )
    page = html.unescape(answer.content.decode())
    assert (answer.status_code, "s'écrit en chiffres" in page, "chez elle" in page) == (422, True, True)
    assert Contact.objects.count() == 0


def test_a_reminder_goes_to_the_service_once_a_day(cast: Cast, signed_in: SignedIn) -> None:
    late_orientation(cast)
    client, url = signed_in(cast.coordination), f"/coordination/rappels/{cast.relais.pk}/"
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 409
    assert client.post(f"/coordination/rappels/{cast.mediation_sud.pk}/").status_code == 404
    assert signed_in(cast.karim).post(url).status_code == 403
    assert RappelService.objects.count() == 1
    said = "Des réponses sont attendues de votre service"
    shown = [
        html.unescape(signed_in(one).get("/").content.decode())
        for one in (cast.cheffe_relais, cast.cheffe_alm)
    ]
    assert [said in page for page in shown] == [True, False]
    assert [word in _text(client) for word in ("Yanis", "Samira", "Karim")] == [False] * 3


def test_no_page_of_a_person_exists_for_the_coordination(cast: Cast, signed_in: SignedIn) -> None:
    """Every address about persons, with the identifiers that open them for those who may."""
    orientation = late_orientation(cast)
    accept_orientation(orientation=orientation, by=acteur(cast.samira))
    support = Reception.objects.get().accompagnement
    client = signed_in(cast.coordination)
    for url, reader in (
        (f"/orientations/{orientation.pk}/", cast.samira),
        (f"/accompagnements/{support}/", cast.samira),
        ("/orientations/", cast.karim),
        ("/accompagnements/", cast.samira),
    ):
        assert signed_in(reader).get(url).status_code == 200, url
        assert client.get(url).status_code == 404, url
    admitted = [
        name
        for name, rule in rule_table().items()
        if name.split(":")[0] in PERSONS and rule.admits("coordination") and not rule.public
    ]
    assert [name for name in admitted if not name.startswith("danger:")] == []
