"""The composer: five questions, a live verdict, a draft kept, a sending that happens once."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from maillage.orientations.models import Orientation
from maillage.sharing.models import Echange, Ouverture
from tests.cast import Cast
from tests.web.orientations.conftest import SignedIn, answers

NEW = "/orientations/nouvelle/"
EXAMINE = "/orientations/examiner/"


def _issue(page: object) -> str:
    return str(page.context["panel"].verdict.issue)  # type: ignore[attr-defined]


def _missing(page: object) -> set[str]:
    return {item.who for item in page.context["panel"].verdict.missing}  # type: ignore[attr-defined]


def test_an_empty_composer_says_what_is_missing(karim: Client) -> None:
    page = karim.get(NEW)
    assert page.status_code == 200
    assert _issue(page) == "incomplet"
    assert _missing(page) == {"ce jeune", "un de ses parents, ou son tuteur", "vous"}


@pytest.mark.parametrize(
    ("changed", "issue", "who"),
    [
        ({}, "permis", set()),
        ({"accord": "non_demande"}, "incomplet", {"ce jeune"}),
        ({"accord_parent": "non_demande"}, "incomplet", {"un de ses parents, ou son tuteur"}),
        ({"accord": "refuse"}, "interdit", set()),
        ({"accord_parent": "refuse"}, "interdit", set()),
        ({"necessaire": ["contact", "age"]}, "incomplet", {"vous"}),
        ({"tranche_age": "18_20", "accord_parent": "non_demande"}, "permis", set()),
    ],
)
def test_the_verdict_follows_the_answers(
    cast: Cast, karim: Client, changed: dict[str, object], issue: str, who: set[str]
) -> None:
    page = karim.post(EXAMINE, answers(cast, **changed))
    assert (page.status_code, _issue(page), _missing(page)) == (200, issue, who)
    assert Orientation.objects.count() == Echange.objects.count() == 0


@pytest.mark.parametrize("age", ["99", "", "\u202e15_17"])
def test_an_age_outside_the_list_is_an_unknown_age_and_one_sentence(
    cast: Cast, karim: Client, age: str
) -> None:
    assert _issue(karim.post(EXAMINE, answers(cast, tranche_age=age))) == "permis"
    page = karim.post(NEW, answers(cast, tranche_age=age))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["tranche_age"])
    assert 'value="Yanis"' in page.content.decode()
    assert Orientation.objects.count() == 0


def test_checking_without_a_script_keeps_what_was_typed_and_writes_nothing(cast: Cast, karim: Client) -> None:
    page = karim.post(NEW, answers(cast, action="verifier"))
    assert page.status_code == 200
    assert _issue(page) == "permis"
    assert 'value="Yanis"' in page.content.decode()
    assert Orientation.objects.count() == 0


def test_what_may_be_done_instead_leads_only_where_one_may_go(
    cast: Cast, karim: Client, signed_in: SignedIn
) -> None:
    educator = signed_in(cast.educatrice_sud)
    shown = {
        name: [text for text in client.get(NEW).context["panel"].verdict.instead if "href" in text]
        for name, client in (("mediator", karim), ("educator", educator))
    }
    assert {name: ["/contact/" in text for text in links] for name, links in shown.items()} == {
        "mediator": [True, False],
        "educator": [False],
    }


def test_out_of_age_is_said_before_sending(cast: Cast, karim: Client) -> None:
    cast.relais.age_min, cast.relais.age_max = 18, 25
    cast.relais.save()
    page = karim.post(EXAMINE, answers(cast))
    assert [obstacle.code for obstacle in page.context["panel"].obstacles] == ["hors_age"]


def test_sent_once_and_seen_received(cast: Cast, karim: Client) -> None:
    data = answers(cast)
    first, second = karim.post(NEW, data), karim.post(NEW, data)
    orientation = Orientation.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == f"/orientations/{orientation.pk}/"
    assert orientation.recue_le == orientation.envoyee_le
    assert Ouverture.objects.filter(service=cast.relais, portee="orientation").count() == 1
    page = karim.get(f"/orientations/{orientation.pk}/")
    assert page.context["face"].visible == "recue"


def test_withheld_is_kept_as_a_draft_then_repaired_and_sent(cast: Cast, karim: Client) -> None:
    held = karim.post(NEW, answers(cast, accord_parent="non_demande", lien=""), follow=True)
    orientation = Orientation.objects.get()
    assert held.redirect_chain[-1][0] == f"/orientations/{orientation.pk}/modifier/"
    assert (orientation.envoyee_le, _issue(held)) == (None, "incomplet")
    assert Ouverture.objects.filter(service=cast.relais).count() == 0
    version = held.context["form"]["version"].value()
    repaired = answers(cast, cle=str(orientation.pk), version=version)
    sent = karim.post(f"/orientations/{orientation.pk}/modifier/", repaired, follow=True)
    assert sent.redirect_chain[-1][0] == f"/orientations/{orientation.pk}/"
    orientation.refresh_from_db()
    assert orientation.envoyee_le is not None


def test_a_draft_opens_with_everything_that_was_said(cast: Cast, karim: Client, way_back: None) -> None:
    back = {"accord_retour": "donne", "accord_parent_retour": "donne"}
    karim.post(NEW, answers(cast, action="garder", **back))
    page = karim.get(f"/orientations/{Orientation.objects.get().pk}/modifier/")
    shown = {name: page.context["form"][name].value() for name in ("appellation", "contact", "besoin")}
    assert shown == {
        "appellation": "Yanis",
        "contact": "Hall 4, vers minuit",
        "besoin": "Parler à quelqu'un",
    }
    said = ("accord", "accord_parent", "lien", "accord_retour", "accord_parent_retour", "information")
    assert [page.context["form"][name].value() for name in said] == [
        "donne",
        "donne",
        "mere",
        "donne",
        "donne",
        True,
    ]
    assert _issue(page) == "permis"


@pytest.mark.requirement("S-31")
def test_a_stale_draft_keeps_both_texts(cast: Cast, karim: Client, signed_in: SignedIn) -> None:
    karim.post(NEW, answers(cast, action="garder"))
    orientation = Orientation.objects.get()
    address = f"/orientations/{orientation.pk}/modifier/"
    opened = karim.get(address).context["form"]["version"].value()
    common = {"cle": str(orientation.pk), "version": opened, "action": "garder"}
    signed_in(cast.nadia).post(address, answers(cast, contact="Au square", **common))
    page = karim.post(address, answers(cast, contact="Au city-stade", **common))
    text = page.content.decode()
    assert page.status_code == 409
    assert ("Au square" in text, "Au city-stade" in text) == (True, True)
    again = answers(cast, contact="Au city-stade", cle=str(orientation.pk), action="garder")
    again["version"] = page.context["form"]["version"].value()
    assert karim.post(address, again).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("appellation", ""),
        ("appellation", "Ya\u202enis"),
        ("besoin", ""),
        ("besoin", "x" * 501),
        ("vers", "x"),
    ],
)
def test_a_bad_answer_is_said_beside_its_question_and_nothing_is_lost(
    cast: Cast, karim: Client, field: str, value: str
) -> None:
    page = karim.post(NEW, answers(cast, **{field: value}))
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert 'value="Hall 4, vers minuit"' in page.content.decode()
    assert Orientation.objects.count() == 0


def test_another_partnership_is_not_offered_and_not_accepted(cast: Cast, karim: Client) -> None:
    offered = [value for value, _ in karim.get(NEW).context["form"].fields["vers"].choices]
    assert offered == [f"{cast.ici.pk}:{cast.relais.pk}"]
    page = karim.post(NEW, answers(cast, vers=f"{cast.ailleurs.pk}:{cast.prevention_sud.pk}"))
    assert (page.status_code, Orientation.objects.count()) == (422, 0)


def test_what_is_typed_is_shown_inert(cast: Cast, karim: Client) -> None:
    page = karim.post(NEW, answers(cast, besoin="<img src=x onerror=alert(1)>", action="verifier"))
    assert "<img src=x" not in page.content.decode()


def test_the_litany_of_the_composer(cast: Cast, karim: Client, signed_in: SignedIn) -> None:
    karim.post(NEW, answers(cast, action="garder"))
    draft = f"/orientations/{Orientation.objects.get().pk}/modifier/"
    assert signed_in(cast.nadia).get(draft).status_code == 200
    for stranger in (cast.samira, cast.mediateur_sud, cast.nuit):
        assert signed_in(stranger).get(draft).status_code == 404
    for role in (cast.maire, cast.dpo, cast.coordination):
        assert signed_in(role).get(NEW).status_code == 404
    chief = signed_in(cast.cheffe_alm)
    assert (chief.get(NEW).status_code, NEW in chief.get("/orientations/").content.decode()) == (404, False)
    assert karim.get(f"/orientations/{UUID(int=7)}/modifier/").status_code == 404
    assert (karim.put(NEW).status_code, karim.get(EXAMINE).status_code) == (405, 405)
    assert signed_in(cast.lecteur).post(NEW, answers(cast)).status_code == 403
    assert Client().get(NEW).status_code == 302
    assert Orientation.objects.count() == 1
