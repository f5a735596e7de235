"""Naming the officer who answers for a service: proposed by its head, accepted by the officer."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from maillage.sharing import persons
from maillage.sharing.models import MandatDelegue
from tests.cast import Cast, Membre
from tests.door import acteur

SignedIn = Callable[[Membre], Client]
PAGE, NAME = "/acces/delegue/", "/acces/delegue/nommer/"
pytestmark = pytest.mark.requirement("S-12")


def test_from_the_proposal_to_the_end(cast: Cast, signed_in: SignedIn) -> None:
    MandatDelegue.objects.all().delete()
    dora, paule = signed_in(cast.direction_relais), signed_in(cast.dpo)
    assert "Nommer un délégué" in dora.get("/").content.decode()
    assert dora.post(NAME, {"officier": str(cast.alm.pk)})["Location"] == PAGE
    row = MandatDelegue.objects.get()
    assert "pas encore accepté" in dora.get(PAGE).content.decode()
    assert "Le Relais vous nomme délégué" in paule.get("/").content.decode()
    assert paule.post(f"{PAGE}{row.pk}/accepter/")["Location"] == "/acces/"
    assert "depuis le" in paule.get("/acces/").content.decode()
    assert "Le délégué répond pour nous depuis" in dora.get(PAGE).content.decode()
    assert dora.post(NAME, {"officier": str(cast.alm.pk)}).status_code == 409
    assert paule.post(f"{PAGE}{row.pk}/finir/")["Location"] == "/acces/"
    assert MandatDelegue.objects.get().fini_le is not None


def test_nobody_else_and_nothing_unknown(cast: Cast, signed_in: SignedIn) -> None:
    row = MandatDelegue.objects.get(service=cast.relais)
    for who in ("samira", "cheffe_relais", "maire"):
        client = signed_in(cast.membres[who])
        wanted = 404 if who != "maire" else 200
        assert client.get(PAGE).status_code == wanted
        assert client.post(f"{PAGE}{row.pk}/finir/").status_code == 404
    dora = signed_in(cast.direction_relais)
    assert [dora.post(f"{PAGE}{row.pk}/accepter/").status_code, dora.put(PAGE).status_code] == [404, 405]
    assert dora.post(f"{PAGE}{uuid4()}/finir/").status_code == 404
    assert signed_in(cast.direction_sud).post(f"{PAGE}{row.pk}/finir/").status_code == 404
    assert dora.post(NAME, {"officier": str(cast.mediation_sud.pk)}).status_code == 422
    assert signed_in(cast.dpo).get(PAGE).status_code == 404


def test_who_opens_a_request_is_told_when_nobody_answers_for_the_service(
    cast: Cast, signed_in: SignedIn
) -> None:
    personne = persons.open_accompagnement(
        by=acteur(cast.samira), pseudonyme="Canari", tranche_age="15_17", origine="famille"
    ).personne
    samira, address = signed_in(cast.samira), f"/acces/nouvelle/{personne}/"
    assert "pas encore de délégué" not in samira.get(address).content.decode()
    MandatDelegue.objects.update(accepte_le=None)
    assert "pas encore de délégué" in samira.get(address).content.decode()
