"""The service's own words: renamed, switched off, added; old notes keep their meaning."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from maillage.main_courante.enums import Liste
from maillage.main_courante.models import Vocabulaire
from maillage.main_courante.queries import listes_of
from tests.cast import Cast, Membre

SignedIn = Callable[[Membre], Client]
PAGE = "/notes/listes/?liste=ambiance"


def sent(cast: Cast, **changed: str) -> dict[str, str]:
    data = {}
    for entry in listes_of(cast.alm).entries(Liste.AMBIANCE):
        data |= {f"libelle-{entry.code}": entry.libelle, f"actif-{entry.code}": "on"}
    return data | changed


def labels(cast: Cast, service: str) -> list[str]:
    return [entry.libelle for entry in listes_of(cast.services[service]).entries(Liste.AMBIANCE)]


def test_rename_and_add_for_one_service_only(cast: Cast, signed_in: SignedIn) -> None:
    cheffe = signed_in(cast.cheffe_alm)
    answer = cheffe.post(PAGE, sent(cast, **{"libelle-ras": "Tranquille"}, nouvelle="Festive"))
    assert answer["Location"] == PAGE
    assert labels(cast, "alm") == ["Tranquille", "Tensions", "Violences", "Festive"]
    assert labels(cast, "nuit") == ["Calme", "Tensions", "Violences"]


def test_switched_off_is_no_longer_offered_and_still_read(cast: Cast, signed_in: SignedIn) -> None:
    data = sent(cast)
    del data["actif-violences"]
    signed_in(cast.cheffe_alm).post(PAGE, data)
    assert labels(cast, "alm") == ["Calme", "Tensions"]
    assert listes_of(cast.alm).label(Liste.AMBIANCE, "violences") == "Violences"


def test_what_the_product_writes_stays_on(cast: Cast, signed_in: SignedIn) -> None:
    data = sent(cast)
    del data["actif-ras"]
    signed_in(cast.cheffe_alm).post(PAGE, data)
    assert labels(cast, "alm") == ["Calme", "Tensions", "Violences"]


@pytest.mark.requirement("S-32")
@pytest.mark.parametrize("name", ["a‮b", "zéro​largeur", "x" * 61, "   "])
def test_names_refuse_what_the_eye_cannot_see(cast: Cast, signed_in: SignedIn, name: str) -> None:
    answer = signed_in(cast.cheffe_alm).post(PAGE, sent(cast, **{"libelle-ras": name}))
    assert (answer.status_code, Vocabulaire.objects.count()) == (422, 0)
    assert name in [libelle for _, libelle, _, _ in answer.context["rows"]]


def test_who_may(cast: Cast, signed_in: SignedIn) -> None:
    who = ("cheffe_alm", "direction_alm", "karim", "maire")
    assert [signed_in(cast.membres[one]).get(PAGE).status_code for one in who] == [200, 200, 404, 404]
    assert signed_in(cast.direction_alm).post(PAGE, {}).status_code == 403
    assert signed_in(cast.cheffe_alm).get("/notes/listes/?liste=inconnue").status_code == 404
    assert signed_in(cast.cheffe_alm).delete(PAGE).status_code == 405
