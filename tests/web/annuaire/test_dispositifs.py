"""What a service runs by age: written by who leads it, shown to its partners and when orienting."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from maillage.base import clock
from maillage.directory.models import Dispositif
from maillage.orientations.delivery import obstacles
from tests.cast import SINCE, Cast, Membre

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]
PAGE = "/annuaire/services/relais/"


def _said(**changed: object) -> dict[str, object]:
    return {"nom": "Passerelle", "age_min": 11, "age_max": 16, "presentation": "Retour au collège"} | changed


def _runs(cast: Cast) -> list[str]:
    return [str(one) for one in Dispositif.objects.filter(service=cast.relais)]


def test_who_leads_the_service_writes_it_and_partners_read_it(cast: Cast, signed_in: SignedIn) -> None:
    for who, nom in ((cast.cheffe_relais, "Passerelle"), (cast.direction_relais, "Plateforme")):
        assert signed_in(who).post(f"{PAGE}dispositifs/", _said(nom=nom)).status_code == 302
    shown = html.unescape(signed_in(cast.karim).get(PAGE).content.decode())
    found = ["Passerelle (11 à 16 ans)" in shown, "Plateforme" in shown, "Ajouter un dispositif" in shown]
    assert found == [True, True, False]
    row = Dispositif.objects.get(nom="Passerelle")
    closing = f"/annuaire/dispositifs/{row.pk}/fermer/"
    for _ in range(2):
        assert signed_in(cast.direction_relais).post(closing).status_code == 302
    row.refresh_from_db()
    assert row.fin == clock.today()


def test_an_absurd_answer_is_one_sentence_and_comes_back(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.cheffe_relais)
    cases = (
        (_said(age_min=17, age_max=16), "Le premier âge vient avant le dernier"),
        (_said(nom=" "), ""),
        (_said(age_max=200), ""),
    )
    for typed, sentence in cases:
        answer = client.post(f"{PAGE}dispositifs/", typed)
        page = html.unescape(answer.content.decode())
        assert (answer.status_code, sentence in page, "Retour au collège" in page) == (422, True, True)
    client.post(f"{PAGE}dispositifs/", _said())
    again = client.post(f"{PAGE}dispositifs/", _said(nom="passerelle"))
    assert (again.status_code, "existe déjà" in again.content.decode()) == (422, True)
    assert _runs(cast) == ["Passerelle (11 à 16 ans)"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispositif.objects.update(age_max=3)


def test_who_may_write_it(cast: Cast, signed_in: SignedIn) -> None:
    row = Dispositif.objects.create(service=cast.relais, nom="P", age_min=11, age_max=16, debut=SINCE)
    closing = f"/annuaire/dispositifs/{row.pk}/fermer/"
    for who in (cast.samira, cast.cheffe_alm, cast.direction_sud):
        client = signed_in(who)
        assert (
            client.post(f"{PAGE}dispositifs/", _said()).status_code,
            client.post(closing).status_code,
        ) == (
            404,
            404,
        )
    client = signed_in(cast.cheffe_relais)
    assert (client.get(f"{PAGE}dispositifs/").status_code, client.get(closing).status_code) == (405, 405)
    assert client.post(f"/annuaire/dispositifs/{uuid4()}/fermer/").status_code == 404
    cast.cheffe_relais.poste.lecture_seule = True
    cast.cheffe_relais.poste.save()
    assert signed_in(cast.cheffe_relais).post(f"{PAGE}dispositifs/", _said()).status_code == 403
    assert _runs(cast) == ["P (11 à 16 ans)"]


def test_orienting_says_what_fits_the_age_and_blocks_nothing(cast: Cast) -> None:
    today = clock.today()
    for nom, low, high, fin in (
        ("Passerelle", 11, 16, None),
        ("Plateforme", 16, 21, None),
        ("Fini", 15, 17, today - timedelta(1)),
    ):
        Dispositif.objects.create(
            service=cast.relais, nom=nom, age_min=low, age_max=high, debut=SINCE, fin=fin
        )
    said = {
        band: [
            (one.code, one.phrase, one.bloque) for one in obstacles(cast.relais, tranche_age=band, lieu=None)
        ]
        for band in ("moins_15", "15_17", "18_20")
    }
    first, second = "Passerelle (11 à 16 ans)", "Plateforme (16 à 21 ans)"
    assert said == {
        "moins_15": [("dispositif", f"Pour cet âge, Le Relais a {first}. Hors d'âge : {second}.", False)],
        "15_17": [("dispositif", f"Pour cet âge, Le Relais a {first}, {second}.", False)],
        "18_20": [("dispositif", f"Pour cet âge, Le Relais a {second}. Hors d'âge : {first}.", False)],
    }
