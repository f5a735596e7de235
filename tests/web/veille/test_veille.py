"""Technical watch: told once, answered by a link without account, never a word about a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client

from maillage.base import clock
from maillage.cli import main
from maillage.directory.enums import GenreLieu
from maillage.directory.models import Lieu
from maillage.main_courante.actions import veille as room
from maillage.main_courante.models import AdresseAvis, Guichet, Note, Signalement
from tests.cast import Cast, Membre
from tests.projects_made import write_note
from tests.veille_made import told as told_of

SignedIn = Callable[[Membre], Client]
CANARY = "canari-de-veille"


def desk(cast: Cast, **changed: Any) -> Guichet:
    given = {"service": cast.alm, "nom": "Habitat", "courriel": "travaux@exemple.fr"}
    lieux = changed.pop("lieux", [])
    made = Guichet.objects.create(**{**given, **changed})
    made.lieux.set(lieux)
    return made


def seen(client: Client, cast: Cast, **changed: Any) -> str:
    note = {"id": str(uuid4()), "lieu": str(cast.hall.pk), "categorie": "eclairage", "ambiance": "ras"}
    note |= {"effectif": "aucun", "texte": CANARY, **changed}
    assert client.post("/noter/", note).status_code == 302
    return note["id"]


def link_of(index: int = -1) -> str:
    found = re.search(r"http://testserver(/veille/lien/\S+/)", str(mail.outbox[index].body))
    assert found is not None
    return found[1]


def other_hall(cast: Cast) -> Lieu:
    return Lieu.objects.create(territoire=cast.quartier, nom="Hall 5", genre=GenreLieu.HALL)


@pytest.fixture
def told(cast: Cast, signed_in: SignedIn) -> str:
    """A lamp told to a desk; returns the link the desk received."""
    nadia = signed_in(cast.nadia)
    note, where = seen(nadia, cast), desk(cast)
    for _ in range(2):
        assert nadia.post(f"/veille/notes/{note}/envoyer/", {"guichet": str(where.pk)}).status_code == 302
    return link_of()


def test_a_lamp_is_told_once_by_a_mail_that_says_nothing(told: str, cast: Cast) -> None:
    (sent,) = mail.outbox
    assert (sent.to, Signalement.objects.count()) == (["travaux@exemple.fr"], 1)
    for secret in (CANARY, "Nadia", "Hall", "ALM"):
        assert secret not in sent.message().as_string()


def test_the_desk_answers_without_account_and_the_team_sees_it(
    told: str, cast: Cast, signed_in: SignedIn
) -> None:
    visitor, nadia = Client(), signed_in(cast.nadia)
    page = visitor.get(told).content.decode()
    assert "Hall 4, Port-Rouge" in page
    for secret in (CANARY, "Nadia", str(Note.objects.get().pk)):
        assert secret not in page
    day = (clock.today() + timedelta(days=2)).isoformat()
    states = []
    for answer in ({"geste": "recu"}, {"geste": "prevu", "jour": day}, {"geste": "repare"}):
        assert visitor.post(told, answer)["Location"] == told
        states.append(nadia.get("/veille/").context["told"][0].etat)
    assert states == ["recu", "prevu", "repare"]
    fruits = nadia.get("/tournee/").context["fruits"]
    assert [fruit.phrase for fruit in fruits] == ["Hall 4 : éclairage, réparé par Habitat."]
    assert "Nadia" not in visitor.get(told).content.decode()


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"geste": "prevu", "jour": ""}, "Donnez un jour à venir, d'ici un an."),
        ({"geste": "prevu", "jour": "2020-01-01"}, "Donnez un jour à venir, d'ici un an."),
        ({"geste": "prevu", "jour": "9999-12-31"}, "Donnez un jour à venir, d'ici un an."),
        ({"geste": "autre"}, "Ce geste n'existe pas."),
        ({}, "Ce geste n'existe pas."),
    ],
)
def test_a_wrong_answer_is_said_and_changes_nothing(
    told: str, cast: Cast, answer: dict[str, str], sentence: str
) -> None:
    page = Client().post(told, answer)
    assert (page.status_code, page.context["error"]) == (422, sentence)
    assert Signalement.objects.get().recu_le is None


def test_a_link_opens_its_own_report_until_it_ends(told: str, cast: Cast, signed_in: SignedIn) -> None:
    visitor, nadia, pk = Client(), signed_in(cast.nadia), Signalement.objects.get().pk
    for forged in (told[:-2] + "x/", "/veille/lien/rien/", told.replace(pk.hex, uuid4().hex)):
        assert visitor.get(forged).status_code == 404
    assert nadia.post(f"/veille/{pk}/renouveler/").status_code == 302
    assert [visitor.get(one).status_code for one in (told, link_of())] == [404, 200]
    with time_machine.travel(clock.now() + timedelta(days=61), tick=False):
        assert visitor.get(link_of()).status_code == 404
    assert nadia.post(f"/veille/{pk}/revoquer/").status_code == 302
    assert [visitor.get(link_of()).status_code, visitor.post(link_of()).status_code] == [404, 404]
    assert nadia.post(f"/veille/{pk}/revoquer/").status_code == 404


def test_a_link_is_slowed_down(told: str, cast: Cast) -> None:
    assert [Client().get(told).status_code for _ in range(31)] == [200] * 30 + [429]
    assert Client().get("/veille/lien/rien/").status_code == 429
    assert Client(REMOTE_ADDR="10.1.2.3").get(told).status_code == 429
    assert Client(REMOTE_ADDR="10.1.2.3").get("/veille/lien/rien/").status_code == 404


def test_a_silent_desk_is_reminded_once_a_week(told: str, cast: Cast) -> None:
    def run(days: int) -> int:
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            before = len(mail.outbox)
            assert main(["notices", "run", "--site", "http://testserver"]) == 0
            return len(mail.outbox) - before

    assert [run(days) for days in (2, 4, 5, 12)] == [0, 1, 0, 1]
    assert Client().get(link_of()).status_code == 200
    Client().post(told, {"geste": "recu"})
    assert run(20) == 0


def test_a_silent_desk_gets_one_mail_whatever_it_owes(told: str, cast: Cast, signed_in: SignedIn) -> None:
    nadia, where = signed_in(cast.nadia), Guichet.objects.get()
    for _ in range(2):
        note = seen(nadia, cast)
        assert nadia.post(f"/veille/notes/{note}/envoyer/", {"guichet": str(where.pk)}).status_code == 302
    del mail.outbox[:]
    with time_machine.travel(clock.now() + timedelta(days=4), tick=False):
        assert main(["notices", "run", "--site", "http://testserver"]) == 0
        assert main(["notices", "run", "--site", "http://testserver"]) == 0
    (sent,) = mail.outbox
    assert "3 signalements techniques attendent" in sent.body
    links = re.findall(r"http://testserver(/veille/lien/\S+)", sent.body)
    assert [Client().get(link).status_code for link in links] == [200] * 3


@pytest.mark.parametrize("changed", [{"categorie": "regroupement", "effectif": "5_9"}, {"annule": True}])
def test_only_a_standing_technical_note_leaves(
    cast: Cast, signed_in: SignedIn, changed: dict[str, Any]
) -> None:
    nadia, where = signed_in(cast.nadia), desk(cast)
    note = seen(nadia, cast, **{key: value for key, value in changed.items() if key != "annule"})
    if "annule" in changed:
        nadia.post(f"/notes/{note}/annuler/", {"id": str(uuid4())})
    assert nadia.get("/veille/").context["to_tell"] == []
    assert nadia.post(f"/veille/notes/{note}/envoyer/", {"guichet": str(where.pk)}).status_code == 400
    assert (Signalement.objects.count(), mail.outbox) == (0, [])


def test_nothing_is_kept_when_the_mail_cannot_leave(
    cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any) -> None:
        raise SMTPException

    monkeypatch.setattr(room, "send_mail", refuse)
    nadia, where = signed_in(cast.nadia), desk(cast)
    note = seen(nadia, cast)
    answer = nadia.post(f"/veille/notes/{note}/envoyer/", {"guichet": str(where.pk)})
    assert (answer.status_code, Signalement.objects.count()) == (400, 0)
    assert [one.categorie for one in nadia.get("/veille/").context["to_tell"]] == ["Éclairage"]


def test_the_most_precise_desk_is_offered(cast: Cast, signed_in: SignedIn) -> None:
    nadia = signed_in(cast.nadia)
    seen(nadia, cast)
    for kinds, categories, name in (
        ([], [], "Tout"),
        (["hall"], [], "Halls"),
        ([], ["eclairage"], "Éclairage public"),
        (["square"], ["eclairage"], "Squares"),
    ):
        desk(cast, nom=name, genres=kinds, categories=categories)
    assert [str(one.guichet) for one in nadia.get("/veille/").context["to_tell"]] == ["Éclairage public"]
    desk(cast, nom="Autre bailleur", lieux=[other_hall(cast)], categories=["eclairage"])
    assert [str(one.guichet) for one in nadia.get("/veille/").context["to_tell"]] == ["Éclairage public"]
    desk(cast, nom="Son bailleur", lieux=[cast.hall])
    assert [str(one.guichet) for one in nadia.get("/veille/").context["to_tell"]] == ["Son bailleur"]


def test_the_head_of_service_sets_desks_and_mailbox(cast: Cast, signed_in: SignedIn) -> None:
    head, given = signed_in(cast.cheffe_alm), {"id": str(uuid4()), "nom": "Voirie", "actif": "1"}
    wrong = head.post("/veille/guichets/", {**given, "courriel": "voirie"})
    assert (wrong.status_code, wrong.context["error"]) == (422, "Cette adresse de courriel ne se lit pas.")
    assert 'value="Voirie"' in wrong.content.decode()
    for bad in ({"categories": "regroupement"}, {"genres": "lune"}, {"nom": " "}):
        assert head.post("/veille/guichets/", {**given, "courriel": "v@exemple.fr", **bad}).status_code == 422
    assert Guichet.objects.count() == 0
    good = {**given, "courriel": "v@exemple.fr", "categories": ["voirie", "eclairage"]}
    for _ in range(2):
        assert head.post("/veille/guichets/", good).status_code == 302
    assert Guichet.objects.get().categories == ["eclairage", "voirie"]
    for lost, status in ((str(cast.square_sud.pk), 422), (str(uuid4()), 422), ("lune", 400)):
        assert head.post("/veille/guichets/", {**good, "lieux": lost}).status_code == status
    assert head.post("/veille/guichets/", {**good, "lieux": str(cast.hall.pk)}).status_code == 302
    assert list(Guichet.objects.get().lieux.all()) == [cast.hall]
    box = f'name="lieux" value="{cast.hall.pk}" checked'
    assert head.get("/veille/guichets/").content.decode().count(box) == 1
    assert head.post("/veille/guichets/", {**good, "id": str(uuid4())}).status_code == 422
    assert head.post("/veille/avis/", {"courriel_avis": "pas une adresse"}).status_code == 422
    assert head.post("/veille/avis/", {"courriel_avis": "alm@exemple.fr"}).status_code == 302
    assert AdresseAvis.objects.get().courriel == "alm@exemple.fr"


@pytest.mark.parametrize("who", ["nuit", "mediateur_sud"])
def test_another_team_sees_and_sends_nothing(told: str, cast: Cast, signed_in: SignedIn, who: str) -> None:
    stranger, row = signed_in(cast.membres[who]), Signalement.objects.get()
    page = stranger.get("/veille/")
    assert (page.context["told"], page.context["to_tell"], page.context["desks"]) == ([], [], [])
    for gesture in ("renouveler", "revoquer"):
        assert stranger.post(f"/veille/{row.pk}/{gesture}/").status_code == 404
    foreign = seen(signed_in(cast.karim), cast)
    desk_id = str(row.guichet_id)
    assert stranger.post(f"/veille/notes/{foreign}/envoyer/", {"guichet": desk_id}).status_code == 400
    assert Signalement.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "method", "address", "status"),
    [
        ("samira", "get", "/veille/", 404),
        ("maire", "get", "/veille/", 404),
        ("direction_alm", "get", "/veille/", 200),
        ("direction_alm", "post", "/veille/guichets/", 403),
        ("nadia", "get", "/veille/guichets/", 404),
        ("nadia", "post", "/veille/avis/", 404),
        ("lecteur", "post", f"/veille/{uuid4()}/revoquer/", 403),
        ("nadia", "post", f"/veille/{uuid4()}/revoquer/", 404),
        ("nadia", "get", f"/veille/{uuid4()}/revoquer/", 405),
        ("nadia", "post", f"/veille/notes/{uuid4()}/envoyer/", 400),
        ("cheffe_alm", "get", "/veille/guichets/", 200),
        ("cheffe_alm", "post", "/veille/guichets/", 400),
    ],
)
def test_who_may_do_what(
    cast: Cast, signed_in: SignedIn, who: str, method: str, address: str, status: int
) -> None:
    assert getattr(signed_in(cast.membres[who]), method)(address).status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_or_three(
    cast: Cast, signed_in: SignedIn, count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    nadia, where = signed_in(cast.nadia), desk(cast)
    for _ in range(count):
        nadia.post(f"/veille/notes/{seen(nadia, cast)}/envoyer/", {"guichet": str(where.pk)})
        seen(nadia, cast)
    with django_assert_num_queries(24):
        assert len(nadia.get("/veille/").context["told"]) == count


def test_what_is_refused_stays_in_its_own_form_with_its_places_counted(
    cast: Cast, signed_in: SignedIn
) -> None:
    known, elsewhere = desk(cast, lieux=[cast.hall]), other_hall(cast)
    typed = {"id": str(known.pk), "nom": "Habitat 2", "courriel": "faux", "lieux": str(elsewhere.pk)}
    answer = signed_in(cast.cheffe_alm).post("/veille/guichets/", typed)
    page = answer.content.decode()
    form = page[page.index(f'id="nom-{known.pk}"') :]
    assert (answer.status_code, page.count(f'id="nom-{known.pk}"')) == (422, 1)
    assert 'value="Habitat 2"' in form
    assert f'value="{elsewhere.pk}" checked' in form
    assert f'value="{cast.hall.pk}" checked' not in form
    assert "· 1 coché sur 2</span>" in form


def test_what_waits_stays_on_the_list_however_much_was_repaired_since(
    cast: Cast, signed_in: SignedIn
) -> None:
    def lamp() -> Note:
        return write_note(cast, cast.nadia, clock.today(), "eclairage")

    told_of(cast, lamp(), envoye_le=clock.now() - timedelta(days=20))
    for _ in range(51):
        told_of(cast, lamp(), repare_le=clock.now())
    page = signed_in(cast.nadia).get("/veille/").content.decode()
    assert (page.count("Sans réponse"), page.count("</use></svg>Réparé</span>")) == (1, 20)
