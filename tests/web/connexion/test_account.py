"""Invitations, and what one changes of one's own account."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.comptes import actions, mfa
from maillage.comptes.enums import EtatCompte
from maillage.comptes.models import Compte, Invitation
from maillage.directory.enums import Role
from maillage.directory.models import Poste, Professionnel
from maillage.web.connexion.fresh import requires_fresh_second_factor
from maillage.web.errors import Refusal
from tests.cast import PASSWORD, SINCE, Cast, Membre
from tests.one_time_codes import totp
from tests.web.connexion.conftest import SignIn, without_token

pytestmark = pytest.mark.django_db
CODES = re.compile(r'<code class="title">([a-z2-9]{4}-[a-z2-9]{4})</code>')
PHRASE = "cerise velours radar"
CHANGES = ["/compte/mot-de-passe/", "/compte/application/", "/compte/codes/renouveler/"]


@pytest.fixture
def invited(cast: Cast) -> actions.Invited:
    """Tom, invited by his chief: a link, no password."""
    tom = Professionnel.objects.create(prenom="Tom", nom="Essai", invente=True)
    Poste.objects.create(
        professionnel=tom,
        service=cast.alm,
        role=Role.MEDIATEUR,
        intitule="Médiateur",
        fonction="mediateur",
        emploi="salarie_prive",
        debut=SINCE,
    )
    return actions.invite(professionnel=tom, identifiant="Tom", by=cast.cheffe_alm.poste)


def shown_secret(client: Client, address: str) -> str:
    """Return the application's secret that the page shows."""
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get(address).content.decode())
    assert found is not None
    return found[1].replace(" ", "")


def answers(secret: str, **changed: str) -> dict[str, str]:
    return {"password": PHRASE, "again": PHRASE, "code": totp(secret), **changed}


def test_an_invitation_opens_an_account_with_both_factors(client: Client, invited: actions.Invited) -> None:
    address = f"/invitation/{invited.jeton}/"
    page = client.get(address).content.decode()
    assert ("Bienvenue, Tom" in page, "data:image/svg+xml;base64," in page) == (True, True)
    secret = shown_secret(client, address)

    answer = client.post(address, answers(secret))

    assert (answer.status_code, answer["Location"]) == (302, "/compte/codes/")
    page = client.get("/compte/codes/").content.decode()
    codes = CODES.findall(page)
    assert len(codes) == 10
    assert client.get("/compte/codes/")["Location"] == "/compte/"
    compte = Compte.objects.get(identifiant="tom")
    assert (compte.etat, compte.check_password(PHRASE)) == (EtatCompte.ACTIF, True)
    assert mfa.spend_code(compte, codes[3]) == "secours"
    assert Client().get(address).status_code == 404
    assert [line.detail["quoi"] for line in Ligne.objects.filter(acte="compte").order_by("id")] == [
        "invitation",
        "invitation acceptée",
    ]


def test_the_link_is_not_stored(invited: actions.Invited) -> None:
    assert invited.jeton not in str(list(Invitation.objects.values()))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "court", "again": "court"}, "trop court"),
        ({"password": "motdepasse2026", "again": "motdepasse2026"}, "trop facile à deviner"),
        ({"again": "cerise velours navet"}, "ne sont pas les mêmes"),
        ({"code": "000000"}, "Ce code n&#x27;est pas le bon"),
        ({"code": ""}, "obligatoire"),
        ({"password": "", "again": ""}, "obligatoire"),
    ],
)
def test_a_bad_answer_keeps_the_link_and_the_application(
    client: Client, invited: actions.Invited, changed: dict[str, str], said: str
) -> None:
    address = f"/invitation/{invited.jeton}/"
    secret = shown_secret(client, address)
    answer = client.post(address, answers(secret, **changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Compte.objects.get(identifiant="tom").etat == EtatCompte.INVITE
    assert shown_secret(client, address) == secret
    assert client.post(address, answers(secret)).status_code == 302


def test_dead_links_all_look_the_same(
    client: Client, invited: actions.Invited, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    renewed = actions.renew_invitation(compte=invited.compte)
    bodies = {without_token(client.get(f"/invitation/{jeton}/")) for jeton in (invited.jeton, "inconnu", "é")}
    later = clock.now() + timedelta(days=7, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    answer = client.get(f"/invitation/{renewed.jeton}/")
    assert (answer.status_code, len({without_token(answer), *bodies})) == (404, 1)
    with pytest.raises(actions.AccountError):
        actions.renew_invitation(compte=cast.nadia.compte)


def test_the_link_of_a_colleague_who_left_is_dead(client: Client, invited: actions.Invited) -> None:
    Poste.objects.filter(professionnel=invited.compte.professionnel).update(
        fin=clock.today() - timedelta(days=1)
    )
    assert client.get(f"/invitation/{invited.jeton}/").status_code == 404
    actions.end(compte=invited.compte, by=None)
    assert Invitation.objects.count() == 0


def test_an_identifier_serves_one_account(invited: actions.Invited, cast: Cast) -> None:
    other = Professionnel.objects.create(prenom="Tom", nom="Autre")
    with pytest.raises(actions.AccountError):
        actions.invite(professionnel=other, identifiant="tom ")
    with pytest.raises(actions.AccountError):
        actions.invite(professionnel=cast.nadia.compte.professionnel, identifiant="libre")


@pytest.mark.requirement("S-07")
@pytest.mark.parametrize("address", CHANGES)
def test_changes_ask_the_code_again(
    enrolled: Cast,
    signed_in: Callable[[Membre], Client],
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    client = signed_in(enrolled.nadia)
    assert client.get(address).status_code == 200
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    asked = client.get(address)
    assert (asked.status_code, asked["Location"]) == (
        302,
        f"/connexion/confirmer/?next={address.replace('/', '%2F')}",
    )
    assert client.post(address, {"code": totp()}).status_code == 403
    assert client.post("/connexion/confirmer/", {"code": "000000", "next": address}).status_code == 422
    given = client.post("/connexion/confirmer/", {"code": totp(), "next": address})
    assert (given.status_code, given["Location"]) == (302, address)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", CHANGES)
def test_changes_need_an_account_and_a_known_method(
    cast: Cast, signed_in: Callable[[Membre], Client], address: str
) -> None:
    assert Client().get(address)["Location"].startswith("/connexion/?next=")
    assert signed_in(cast.nadia).delete(address).status_code == 405
    assert signed_in(cast.lecteur).get(address).status_code == 200


@pytest.mark.requirement("S-07")
def test_the_api_never_redirects_for_a_stale_factor(cast: Cast) -> None:
    @requires_fresh_second_factor
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    request = HttpRequest()
    request.path, request.method = "/api/v1/export", "GET"
    request.session = Client().session
    with pytest.raises(Refusal) as refusal:
        view(request)
    assert refusal.value.status == 403


def test_a_new_password_ends_the_other_sessions(
    enrolled: Cast, signed_in: Callable[[Membre], Client], enter: SignIn
) -> None:
    client, elsewhere = signed_in(enrolled.nadia), signed_in(enrolled.nadia)
    answer = client.post("/compte/mot-de-passe/", {"password": PHRASE, "again": PHRASE})
    assert (answer.status_code, answer["Location"]) == (302, "/compte/")
    assert (client.get("/compte/").status_code, elsewhere.get("/compte/").status_code) == (200, 302)
    assert enter(Client(), "nadia", password=PHRASE).status_code == 302
    assert Client().post("/connexion/", {"login": "nadia", "password": PASSWORD}).status_code == 422


def test_a_new_application_replaces_the_former_one(
    enrolled: Cast, signed_in: Callable[[Membre], Client]
) -> None:
    client, elsewhere = signed_in(enrolled.nadia), signed_in(enrolled.nadia)
    secret = shown_secret(client, "/compte/application/")
    assert client.post("/compte/application/", {"code": "000000"}).status_code == 422
    assert client.post("/compte/application/", {"code": totp(secret)}).status_code == 302
    assert (client.get("/compte/").status_code, elsewhere.get("/compte/").status_code) == (200, 302)
    compte = enrolled.nadia.compte
    spent = [mfa.spend_code(compte, code) for code in (totp(), totp(secret), totp(secret, 1), "abcd2345")]
    assert spent == [None, None, "application", "secours"]


def test_recovery_codes_are_renewed(enrolled: Cast, signed_in: Callable[[Membre], Client]) -> None:
    client = signed_in(enrolled.nadia)
    assert "2 encore bons" in client.get("/compte/").content.decode()
    assert client.post("/compte/codes/renouveler/")["Location"] == "/compte/codes/"
    fresh = CODES.findall(client.get("/compte/codes/").content.decode())
    compte = enrolled.nadia.compte
    assert [mfa.spend_code(compte, code) for code in ("abcd2345", fresh[0], fresh[0])] == [
        None,
        "secours",
        None,
    ]


def test_secrets_waiting_in_the_session_are_sealed(client: Client, invited: actions.Invited) -> None:
    secret = shown_secret(client, f"/invitation/{invited.jeton}/")
    assert secret not in str(dict(client.session))
