"""The form's screen: what holds, what it opens, and a direction that writes it."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from django.test import Client

from maillage.base import clock
from tests.cast import Cast, Membre
from tests.door import add_clause, adopt

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]
PAGE = "/partenariat/ici/forme/"
TYPED = {"forme": "convention", "preuve": "Convention n° 3", "debut": "2024-03-01", "fin": ""}

ENDED = {"fin": "2030-01-01"}


def _title() -> dict[str, str]:
    today = str(clock.today())
    return {"genre": "transfert", "numero": "n° 4", "preuve": "Convention", "debut": today, "fin": ""}


def _text(client: Client) -> str:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_the_page_shows_clause_fact_and_effect(cast: Cast, signed_in: SignedIn) -> None:
    adopt(cast.ici, "U-10")
    assert "Aucune clause n'est en cours" in _text(signed_in(cast.nadia))
    add_clause(cast.ici, "clause_retour", True)
    page = _text(signed_in(cast.nadia))
    chain = ["Clause de retour", "Ce qui devient possible", "Dire en retour où en est la relation"]
    assert [page.index(one) for one in chain] == sorted(page.index(one) for one in chain)
    assert "Habilitation (CASF L. 313-8, L. 121-2)" in page
    assert "Une mission de l'aide sociale à l'enfance, pour cette équipe seule" in page
    assert "Le secret : seule la loi l'impose et le lève" in page
    assert "Écrire la forme" not in page


def test_a_direction_writes_a_form_and_a_title(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.direction_relais)
    assert "Écrire un titre" in _text(client)
    assert "Écrire un titre" not in _text(signed_in(cast.direction_alm))
    assert client.post(f"{PAGE}ecrire/", TYPED).status_code == 302
    assert client.post(f"{PAGE}titre/", _title()).status_code == 302
    page = _text(client)
    assert ("Conventionné" in page, "Transfert à la métropole" in page, "n° 4" in page) == (True, True, True)
    title = cast.relais.titres.latest("pk")
    ended = client.post(f"{PAGE}titre/{title.pk}/terme/", {"fin": str(clock.today())})
    title.refresh_from_db()
    assert (ended.status_code, title.fin) == (302, clock.today())


def test_what_is_refused_stays_typed(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.direction_relais)
    late = client.post(f"{PAGE}ecrire/", TYPED | {"fin": "2024-02-01"})
    assert (late.status_code, "Convention n° 3" in late.content.decode()) == (422, True)
    assert "Le terme vient avant le premier jour" in html.unescape(late.content.decode())
    title = client.post(f"{PAGE}titre/", _title() | {"numero": ""})
    assert (title.status_code, cast.relais.titres.count()) == (422, 1)
    assert client.post(f"{PAGE}ecrire/", TYPED).status_code == 302
    twice = client.post(f"{PAGE}ecrire/", TYPED)
    assert twice.status_code == 409
    assert cast.ici.formes.count() == 2
    row = cast.ici.formes.latest("debut")
    again = client.post(f"{PAGE}ecrire/", TYPED | {"forme": "informel", "corrects": str(row.pk)})
    row.refresh_from_db()
    assert (again.status_code, row.forme) == (302, "informel")
    bad = client.post(f"{PAGE}titre/{cast.relais.titres.get().pk}/terme/", {"fin": "x"})
    assert bad.status_code == 422


def test_who_reads_and_who_writes(cast: Cast, signed_in: SignedIn, client: Client) -> None:
    for who in ("samira", "dpo", "coordination", "lecteur"):
        assert signed_in(cast.membres[who]).get(PAGE).status_code == 200
    for who in ("maire", "mediateur_sud", "direction_sud"):
        assert signed_in(cast.membres[who]).get(PAGE).status_code == 404
    urls = [f"{PAGE}ecrire/", f"{PAGE}titre/", f"{PAGE}titre/{cast.relais.titres.get().pk}/terme/"]
    for url in urls:
        assert signed_in(cast.karim).post(url, TYPED | _title()).status_code == 404
        assert signed_in(cast.direction_sud).post(url, TYPED | _title()).status_code == 404
        assert signed_in(cast.direction_relais).get(url).status_code == 405
    assert signed_in(cast.direction_alm).post(urls[2], {"fin": str(clock.today())}).status_code == 404
    assert signed_in(cast.direction_alm).post(urls[1], _title()).status_code == 404
    assert signed_in(cast.direction_relais).post(f"{PAGE}titre/999/terme/", ENDED).status_code == 404
    cast.direction_alm.poste.lecture_seule = True
    cast.direction_alm.poste.save()
    assert signed_in(cast.direction_alm).post(urls[0], TYPED).status_code == 403
    assert client.get(PAGE).status_code == 302
    assert (cast.ici.formes.count(), cast.relais.titres.count()) == (1, 1)
