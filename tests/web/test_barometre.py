"""The barometer on screen: answered once, read when closed; the litany."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from maillage.directory.models import Poste
from maillage.enquetes.actions import open_wave
from maillage.enquetes.models import Depouillement, Marque, Vague
from maillage.enquetes.questions import QUESTIONS
from tests.cast import Cast, Membre
from tests.door import acteur

SignedIn = Callable[[Membre], Client]
PAGE = "/barometre/ici/"
ALL = {question.cle: "3" for question in QUESTIONS}


def test_a_wave_from_opening_to_results(cast: Cast, signed_in: SignedIn) -> None:
    keys = ("nadia", "karim", "lecteur", "nuit", "coordination")
    posts = [cast.membres[key].poste.pk for key in keys]
    Poste.objects.filter(pk__in=posts).update(role="mediateur", lecture_seule=False)
    direction = signed_in(cast.direction_alm)
    assert direction.post(f"{PAGE}vague/").status_code == 302
    assert [signed_in(cast.membres[key]).post(f"{PAGE}repondre/", ALL).status_code for key in keys] == [
        302
    ] * 5
    assert signed_in(cast.karim).post(f"{PAGE}repondre/", ALL).status_code == 409
    assert signed_in(cast.karim).get(PAGE).context["chart"] is None
    assert direction.post(f"{PAGE}vague/", {"geste": "fermer"}).status_code == 302
    page = signed_in(cast.samira).get(PAGE)
    assert [row[1] for row in page.context["chart"].table.rows] == ["3"] * 10
    assert [row[1:] for row in page.context["evolution"].rows] == [["3"]] * 10


def test_what_was_chosen_stays(cast: Cast, signed_in: SignedIn) -> None:
    open_wave(by=acteur(cast.direction_alm), partenariat=cast.ici)
    answer = signed_in(cast.samira).post(f"{PAGE}repondre/", ALL | {"droit": ""})
    assert (answer.status_code, Marque.objects.count()) == (422, 0)
    assert answer.content.decode().count(" checked") == 9


def test_the_small_team_s_sheet(cast: Cast, signed_in: SignedIn) -> None:
    open_wave(by=acteur(cast.direction_alm), partenariat=cast.ici)
    assert signed_in(cast.cheffe_relais).post(f"{PAGE}equipe/", ALL).status_code == 302
    assert Vague.objects.get().feuilles.count() == 1
    assert Depouillement.objects.exclude(comptes={}).count() == 0


def test_the_litany(cast: Cast, signed_in: SignedIn) -> None:
    open_wave(by=acteur(cast.direction_alm), partenariat=cast.ici)
    karim, south = signed_in(cast.karim), signed_in(cast.mediateur_sud)
    assert [signed_in(cast.membres[key]).get(PAGE).status_code for key in ("karim", "samira", "lecteur")] == [
        200
    ] * 3
    assert signed_in(cast.lecteur).post(f"{PAGE}repondre/", ALL).status_code == 403
    assert [south.get(PAGE).status_code, south.post(f"{PAGE}repondre/", ALL).status_code] == [404, 404]
    assert karim.get("/barometre/rien/").status_code == 404
    assert [karim.get("/barometre/").headers["Location"], karim.post("/barometre/").status_code] == [
        PAGE,
        405,
    ]
    assert [karim.post(f"{PAGE}{one}/").status_code for one in ("equipe", "vague")] == [404, 404]
    assert (karim.post(PAGE).status_code, karim.get(f"{PAGE}repondre/").status_code) == (405, 405)
    heads = signed_in(cast.direction_alm)
    assert [heads.get(f"{PAGE}{one}/").status_code for one in ("equipe", "vague")] == [405, 405]
    assert signed_in(cast.maire).get(PAGE).status_code == 404
    assert Client().get(PAGE).status_code == 302
