"""The sign-in page: two steps on one address, one answer for every refusal, sessions that end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from maillage.audit.models import Ligne
from maillage.audit.pseudonyms import pseudonym
from maillage.base import clock
from maillage.comptes import actions
from maillage.comptes.enums import EtatCompte
from maillage.comptes.models import Compte
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from tests.cast import PASSWORD, Cast, Membre
from tests.one_time_codes import totp
from tests.web.connexion.conftest import SignIn, without_token

pytestmark = pytest.mark.django_db
PAGE = "/connexion/"
OWN = "/compte/"


def move_clock(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    then = clock.now() + by
    monkeypatch.setattr(clock, "now", lambda: then)
    monkeypatch.setattr(clock, "today", lambda: then.date())


def test_password_then_code_on_the_same_address(client: Client, enrolled: Cast) -> None:
    first = client.post(PAGE, {"login": "nadia", "password": PASSWORD, "next": "/droit/"})
    assert (first.status_code, first["Location"]) == (302, PAGE)
    asked = client.get(PAGE).content.decode()
    assert ('name="code"' in asked, 'name="password"' in asked) == (True, False)
    assert client.get(OWN).status_code == 302

    second = client.post(PAGE, {"code": totp()})

    assert (second.status_code, second["Location"]) == (302, "/droit/")
    assert client.get(OWN).status_code == 200
    assert client.get(PAGE)["Location"] == "/"
    line = Ligne.objects.latest("id")
    assert (line.acte, line.chaine_id, line.acteur, line.detail) == (
        "connexion",
        enrolled.alm.pk,
        pseudonym(enrolled.nadia.poste.professionnel_id),
        {"second_facteur": "application"},
    )


@pytest.mark.requirement("S-01")
def test_the_password_alone_opens_nothing(client: Client, enrolled: Cast) -> None:
    client.post(PAGE, {"login": "nadia", "password": PASSWORD})
    for address in (OWN, "/compte/mot-de-passe/", "/connexion/confirmer/", "/api/v1/notes"):
        assert client.get(address).status_code in {302, 401, 404}, address
    assert client.post("/connexion/confirmer/", {"code": totp()})["Location"].startswith("/connexion/?next=")
    assert "_auth_user_id" not in client.session


@pytest.mark.requirement("S-01")
def test_a_session_opened_without_second_factor_is_closed(client: Client, enrolled: Cast) -> None:
    client.force_login(enrolled.nadia.compte)
    assert client.get(OWN).status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.requirement("S-01")
def test_the_code_without_the_password_opens_nothing(client: Client, enrolled: Cast) -> None:
    answer = client.post(PAGE, {"code": totp()})
    assert answer.status_code == 422
    assert client.get(OWN).status_code == 302


@pytest.mark.parametrize(
    "away", ["https://ailleurs.example/", "//ailleurs.example", "javascript:alert(1)", ""]
)
def test_after_signing_in_one_stays_here(client: Client, enrolled: Cast, away: str) -> None:
    client.post(PAGE, {"login": "nadia", "password": PASSWORD, "next": away})
    assert client.post(PAGE, {"code": totp()})["Location"] == "/"


@pytest.mark.requirement("S-03")
def test_every_refusal_has_the_same_body(enrolled: Cast) -> None:
    Compte.objects.filter(identifiant="karim").update(etat=EtatCompte.SUSPENDU)
    bodies = set()
    for login, password in [
        ("nadia", "faux"),
        ("xxxxx", PASSWORD),
        ("karim", PASSWORD),
        ("partie", PASSWORD),
    ]:
        answer = Client(REMOTE_ADDR=f"10.0.0.{len(login)}").post(PAGE, {"login": login, "password": password})
        body = without_token(answer).replace(f'value="{login}"', "")
        bodies.add((answer.status_code, body))
    assert [status for status, _body in bodies] == [422]


def test_what_was_typed_is_kept_but_the_password(client: Client, enrolled: Cast) -> None:
    body = client.post(PAGE, {"login": "nadia", "password": "un secret bien tapé"}).content.decode()
    assert 'value="nadia"' in body
    assert "un secret bien tapé" not in body
    assert "ne vont pas ensemble" in body


@pytest.mark.parametrize("login", ["", "x" * 5000, "nul\0", "🦊\u202e", "' OR 1=1 --"])
def test_absurd_identifiers_are_refused_clearly(client: Client, enrolled: Cast, login: str) -> None:
    assert client.post(PAGE, {"login": login, "password": PASSWORD}).status_code == 422


@pytest.mark.requirement("S-04")
def test_too_many_guesses_say_so_and_a_colleague_enters(
    client: Client, enrolled: Cast, enter: SignIn
) -> None:
    statuses = [client.post(PAGE, {"login": "nadia", "password": "faux"}).status_code for _ in range(8)]
    assert statuses == [422] * 5 + [429] * 3
    assert enter(Client(), "karim").status_code == 302


def test_her_usual_telephone_is_never_shut_out(client: Client, enrolled: Cast, enter: SignIn) -> None:
    enter(client, "nadia")
    client.post("/deconnexion/")
    stranger = Client()
    for _ in range(8):
        last = stranger.post(PAGE, {"login": "nadia", "password": "faux"})
    assert last.status_code == 429
    assert enter(client, "nadia", code=totp(shift=1)).status_code == 302
    assert client.get(OWN).status_code == 200


def test_a_forged_device_mark_is_worth_nothing(client: Client, enrolled: Cast) -> None:
    client.cookies["appareil"] = '["faux","nadia"]:signature'
    statuses = [client.post(PAGE, {"login": "nadia", "password": "faux"}).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]


@pytest.mark.requirement("S-04")
def test_sixty_right_sign_ins_from_one_address(enrolled: Cast) -> None:
    statuses = {Client().post(PAGE, {"login": "karim", "password": PASSWORD}).status_code for _ in range(60)}
    assert statuses == {302}


def test_wrong_code_stays_on_the_code_and_five_are_enough(client: Client, enrolled: Cast) -> None:
    client.post(PAGE, {"login": "nadia", "password": PASSWORD})
    statuses = [client.post(PAGE, {"code": "000000"}).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert 'name="code"' in client.get(PAGE).content.decode()


@pytest.mark.requirement("S-01")
def test_a_replayed_code_is_refused(enrolled: Cast, enter: SignIn) -> None:
    code = totp()
    assert enter(Client(), "nadia", code=code).status_code == 302
    assert enter(Client(), "nadia", code=code).status_code == 422
    assert enter(Client(), "nadia", code="abcd-2345").status_code == 302
    assert enter(Client(), "nadia", code="abcd2345").status_code == 422


def test_the_password_step_expires_and_can_be_cancelled(
    client: Client, enrolled: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(PAGE, {"login": "nadia", "password": PASSWORD})
    assert client.post(PAGE, {"annuler": "1"})["Location"] == PAGE
    assert 'name="login"' in client.get(PAGE).content.decode()
    client.post(PAGE, {"login": "nadia", "password": PASSWORD})
    move_clock(monkeypatch, timedelta(minutes=11))
    answer = client.post(PAGE, {"code": totp()})
    assert answer.status_code == 422
    assert "recommencez par votre mot de passe" in answer.content.decode()


@pytest.mark.requirement("S-05")
def test_the_session_identifier_changes_at_each_step(client: Client, enrolled: Cast) -> None:
    client.get("/invitation/rien/")
    seen = []
    client.post(PAGE, {"login": "nadia", "password": PASSWORD})
    seen.append(client.session.session_key)
    client.post(PAGE, {"code": totp()})
    seen.append(client.session.session_key)
    client.post("/connexion/confirmer/", {"code": totp(shift=1), "next": OWN})
    seen.append(client.session.session_key)
    assert len(set(seen)) == 3
    assert Session.objects.filter(session_key__in=seen[:2]).count() == 0


@pytest.mark.requirement("S-05")
def test_signing_out_is_done_on_the_server(client: Client, enrolled: Cast, enter: SignIn) -> None:
    enter(client, "nadia")
    stolen = client.cookies["sessionid"].value
    assert client.post("/deconnexion/")["Location"] == PAGE
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get(OWN).status_code == 302
    assert Ligne.objects.latest("id").acte == "deconnexion"


@pytest.mark.requirement("S-05")
@pytest.mark.parametrize(("steps", "expected"), [([19] * 6, 200), ([19, 21], 302), ([19] * 38, 302)])
def test_twenty_minutes_idle_twelve_hours_at_most(
    cast: Cast,
    signed_in: Callable[[Membre], Client],
    monkeypatch: pytest.MonkeyPatch,
    steps: list[int],
    expected: int,
) -> None:
    client = signed_in(cast.nadia)
    for minutes in steps:
        move_clock(monkeypatch, timedelta(minutes=minutes))
        status = client.get(OWN).status_code
    assert status == expected


@pytest.mark.requirement("S-06")
def test_a_contract_that_ends_closes_every_channel_at_once(
    cast: Cast, signed_in: Callable[[Membre], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    channels = [signed_in(cast.karim) for _ in range(8)]
    assert {channel.get(OWN).status_code for channel in channels} == {200}
    last_day = clock.today()
    Poste.objects.filter(pk=cast.karim.poste.pk).update(fin=last_day)
    evening = clock.now().replace(hour=18, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: evening)
    assert {channel.get(OWN).status_code for channel in channels} == {302}
    assert Client().post(PAGE, {"login": "karim", "password": PASSWORD}).status_code == 422
    monkeypatch.setattr(clock, "now", lambda: evening - timedelta(seconds=1))
    assert Client().post(PAGE, {"login": "karim", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("act", [actions.suspend, actions.end])
def test_suspending_an_account_closes_its_sessions(
    cast: Cast, signed_in: Callable[[Membre], Client], act: Callable[..., None]
) -> None:
    client = signed_in(cast.karim)
    act(compte=cast.karim.compte, by=cast.cheffe_alm.poste)
    assert client.get(OWN).status_code == 302
    if act is actions.suspend:
        actions.resume(compte=cast.karim.compte, by=cast.cheffe_alm.poste)
        assert client.get(OWN).status_code == 302


def test_two_posts_one_at_a_time(cast: Cast, signed_in: Callable[[Membre], Client]) -> None:
    second = Poste.objects.get(pk=cast.karim.poste.pk)
    second.pk = None
    second._state.adding = True
    second.service, second.role, second.intitule = cast.nuit.service, Role.CHEF_DE_SERVICE, "Chef de nuit"
    second.save()
    client = signed_in(cast.karim)
    assert "Agir dans un autre poste" in client.get(OWN).content.decode()
    assert client.post(OWN, {"poste": str(second.pk)})["Location"] == OWN
    assert "Chef de nuit, La Nuit" in client.get(OWN).content.decode()
    for foreign in (cast.samira.poste.pk, "n'importe quoi", ""):
        assert client.post(OWN, {"poste": str(foreign)}).status_code == 404


@pytest.mark.parametrize(
    ("address", "method"),
    [(PAGE, "put"), ("/deconnexion/", "get"), (OWN, "delete"), ("/compte/codes/", "post")],
)
def test_wrong_method(cast: Cast, signed_in: Callable[[Membre], Client], address: str, method: str) -> None:
    assert getattr(signed_in(cast.nadia), method)(address).status_code == 405
