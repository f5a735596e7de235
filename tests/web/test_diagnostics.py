"""The diagnosis on screen: opened, read, written by two, published, given as files; the litany."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from random import Random
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.conventions.enums import Place
from maillage.conventions.models import Participation
from maillage.diagnostics.actions import plan_walk
from maillage.diagnostics.models import Diagnostic, Edition, Marche
from maillage.diagnostics.queries import parts
from maillage.directory.models import Lieu
from tests.cast import SINCE, Cast, Membre
from tests.diagnostics.field import season
from tests.diagnostics.test_diagnostic import signed, summer
from tests.door import acteur

SignedIn = Callable[[Membre], Client]
LIST = "/diagnostics/"
OPENED = {"partenariat": "ici", "titre": "L'été", "debut": "2026-06", "fin": "2026-08"}


def test_a_head_of_service_opens_one(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.cheffe_alm).post(LIST, OPENED)
    made = Diagnostic.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{made.pk}/")
    assert (made.debut, made.fin) == (date(2026, 6, 1), date(2026, 8, 1))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"titre": ""}, 422),
        ({"debut": "juin"}, 422),
        ({"fin": "2099-01"}, 422),
        ({"partenariat": "ailleurs"}, 404),
    ],
)
def test_a_bad_form_writes_nothing(
    cast: Cast, signed_in: SignedIn, changes: dict[str, str], status: int
) -> None:
    answer = signed_in(cast.cheffe_alm).post(LIST, OPENED | changes)
    assert (answer.status_code, Diagnostic.objects.count()) == (status, 0)


def test_overlapping_is_a_conflict_and_keeps_what_was_typed(cast: Cast, signed_in: SignedIn) -> None:
    summer(cast)
    answer = signed_in(cast.cheffe_alm).post(LIST, OPENED | {"titre": "Juillet vu de près"})
    assert answer.status_code == 409
    assert "Juillet vu de près" in answer.content.decode()


def test_a_draft_is_its_service_s(cast: Cast, signed_in: SignedIn) -> None:
    diagnostic = summer(cast)
    page = f"{LIST}{diagnostic.pk}/"
    sent = {"texte": "Brouillon tournesol", "divergence": "", "version": "1", "geste": "garder"}
    assert signed_in(cast.cheffe_alm).post(f"{page}recit/", sent).status_code == 302
    seen = {
        name: "tournesol" in signed_in(cast.membres[name]).get(page).content.decode()
        for name in ("cheffe_alm", "cheffe_relais")
    }
    assert seen == {"cheffe_alm": True, "cheffe_relais": False}
    again = signed_in(cast.cheffe_alm).post(f"{page}recit/", sent | {"texte": "Autre lilas"})
    assert (again.status_code, "lilas" in again.content.decode()) == (409, True)
    assert [part["texte"] for part in parts(diagnostic) if part["service"] == "ALM"] == [
        "Brouillon tournesol"
    ]


def test_publishing_waits_for_every_signature(cast: Cast, signed_in: SignedIn) -> None:
    diagnostic = summer(cast)
    assert signed_in(cast.cheffe_alm).post(f"{LIST}{diagnostic.pk}/publier/").status_code == 409
    assert Edition.objects.count() == 0


def test_the_mayor_receives_the_edition_in_every_form(cast: Cast, signed_in: SignedIn) -> None:
    Participation.objects.create(
        partenariat=cast.ici, service=cast.maire.service, place=Place.ASSOCIE, debut=SINCE
    )
    season(cast, Random(1))
    Lieu.objects.filter(nom="Hall 4").update(longitude=2.0, latitude=46.0)
    diagnostic = signed(cast)
    assert signed_in(cast.cheffe_alm).post(f"{LIST}{diagnostic.pk}/publier/").status_code == 302
    edition, maire = Edition.objects.get(), signed_in(cast.maire)
    page = f"{LIST}editions/{edition.pk}"
    assert (maire.get(f"{page}/").status_code, maire.get(f"{LIST}{diagnostic.pk}/").status_code) == (200, 404)
    starts = {kind: maire.get(f"{page}.{kind}").content[:4] for kind in ("pdf", "docx")}
    assert starts == {"pdf": b"%PDF", "docx": b"PK\x03\x04"}
    places = json.loads(maire.get(f"{page}.geojson").content)["features"]
    assert [place["geometry"] for place in places if place["geometry"]] == [
        {"type": "Point", "coordinates": [2.0, 46.0]}
    ]
    assert len(maire.get(f"{page}.csv").content.decode("utf-8-sig").splitlines()) == 5
    assert json.loads(maire.get(f"{page}.json").content)["empreinte"] == edition.empreinte


def test_a_walk_is_prepared_then_told(cast: Cast, signed_in: SignedIn) -> None:
    head = signed_in(cast.cheffe_alm)
    sent = {
        "partenariat": "ici",
        "titre": "Tour du quartier",
        "jour": "2026-06-03",
        "lieux": [str(cast.hall.pk)],
    }
    assert head.post(f"{LIST}marches/", sent).status_code == 302
    assert head.post(f"{LIST}marches/", sent | {"jour": "demain"}).status_code == 422
    marche = Marche.objects.get()
    point, page = marche.points.get(), f"{LIST}marches/{marche.pk}/"
    assert head.post(page, {f"constat-{point.pk}": "Le banc est cassé."}).status_code == 302
    assert "Le banc est cassé." in signed_in(cast.samira).get(page).content.decode()
    assert head.post(page, {f"constat-{point.pk}": "Yanis Belkacem y dort."}).status_code == 422


def test_the_list_costs_the_same_with_three(cast: Cast, signed_in: SignedIn) -> None:
    karim, counts = signed_in(cast.karim), []
    for wanted in (1, 3):
        while Diagnostic.objects.count() < wanted:
            month = date(2026, 1 + Diagnostic.objects.count(), 1)
            Diagnostic.objects.create(
                partenariat=cast.ici,
                titre="x",
                debut=month,
                fin=month,
                figures={},
                arrete_le="2026-07-01T00:00Z",
            )
        with CaptureQueriesContext(connection) as queries:
            assert karim.get(LIST).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_litany(cast: Cast, signed_in: SignedIn) -> None:
    diagnostic = summer(cast)
    marche = plan_walk(
        by=acteur(cast.cheffe_alm), partenariat=cast.ici, titre="Tour", jour=SINCE, lieux=[cast.hall.pk]
    )
    page, walk = f"{LIST}{diagnostic.pk}/", f"{LIST}marches/{marche.pk}/"
    karim, samira, south = signed_in(cast.karim), signed_in(cast.samira), signed_in(cast.direction_sud)
    assert [karim.get(one).status_code for one in (LIST, page, walk, f"{LIST}marches/")] == [200] * 4
    assert [samira.get(one).status_code for one in (page, walk)] == [200, 200]
    assert [south.get(one).status_code for one in (page, walk)] == [404, 404]
    assert [south.post(f"{page}{one}/").status_code for one in ("recit", "publier")] == [404, 404]
    assert [karim.post(one).status_code for one in (LIST, walk, f"{LIST}marches/")] == [403] * 3
    assert [karim.post(f"{page}{one}/").status_code for one in ("recit", "publier")] == [404, 404]
    missing = [f"{LIST}{uuid4()}/", f"{LIST}marches/{uuid4()}/", f"{LIST}editions/{uuid4()}/"]
    assert [karim.get(one).status_code for one in [*missing, f"{LIST}editions/{uuid4()}.pdf"]] == [404] * 4
    assert [karim.post(one).status_code for one in (page, missing[2], f"{LIST}editions/{uuid4()}.pdf")] == [
        405
    ] * 3
    assert signed_in(cast.cheffe_alm).get(f"{page}recit/").status_code == 405
    assert Client().get(LIST).status_code == 302
