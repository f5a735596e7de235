"""Requests about a place: asked by account or by link, answered in one gesture, nobody recognisable."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from maillage.base import clock
from maillage.conventions.enums import Place
from maillage.conventions.models import Participation
from maillage.directory.enums import GenreLieu, Role
from maillage.directory.models import Lieu
from maillage.main_courante.actions.avis import waiting_lines
from maillage.main_courante.models import Consigne, DemandeDeLieu, Guichet, Note
from tests.cast import SINCE, Cast, Membre

SignedIn = Callable[[Membre], Client]


@pytest.fixture
def town(cast: Cast, signed_in: SignedIn) -> Client:
    """The mayor, whose town hall is associated to the partnership."""
    Participation.objects.create(partenariat=cast.ici, service=cast.mairie, place=Place.ASSOCIE, debut=SINCE)
    return signed_in(cast.maire)


def asked(cast: Cast, **changed: str) -> dict[str, str]:
    given = {"id": str(uuid4()), "lieu": str(cast.hall.pk), "motif": "bruit", "service": str(cast.alm.pk)}
    return given | changed


def seen(cast: Cast, count: int, category: str, *, canary: str = "") -> None:
    now = clock.now()
    for _ in range(count):
        Note.objects.create(
            service=cast.alm,
            poste=cast.nadia.poste,
            lieu=cast.hall,
            jour=now.date(),
            creneau="nuit",
            categorie=category,
            ambiance="ras",
            effectif="aucun",
            texte_scelle=b"",
            observee_le=now,
            recue_le=now,
            empreinte=canary,
        )


def test_the_town_hall_asks_once_and_reads_the_answer(town: Client, cast: Cast, signed_in: SignedIn) -> None:
    nadia, data = signed_in(cast.nadia), asked(cast)
    assert [town.post("/demander-un-passage/", data).status_code for _ in range(2)] == [302, 302]
    assert town.post("/demander-un-passage/", asked(cast)).status_code == 302
    assert DemandeDeLieu.objects.count() == 1
    assert nadia.get("/").context["items"][0].titre == "1 demande de passage à répondre"
    assert waiting_lines(cast.alm, clock.now()) == ["Vous avez 1 demande de passage à répondre."]
    seen(cast, 5, "nuisance_sonore")
    seen(cast, 4, "regroupement")
    seen(cast, 9, "personne_en_detresse")
    answer = f"/demandes/{data['id']}/repondre/"
    assert nadia.post(answer, {"reponse": "on_passe"})["Location"] == "/demandes/"
    (line,) = town.get("/demander-un-passage/").context["demandes"]
    assert (line.reponse, list(line.chiffres.vu)) == (
        "on_passe",
        [("Nuisance sonore", 5), ("Regroupement", None)],
    )
    page = town.get("/demander-un-passage/").content.decode()
    for secret in ("Nadia", "détresse", "regroupement 4"):
        assert secret not in page
    tonight = nadia.get("/tournee/").context["demandes"]
    assert [(one.lieu, one.pourquoi) for one in tonight] == [(cast.hall, "Visite demandée : Mairie")]
    assert nadia.post(answer, {"reponse": "pas_pour_nous"}).status_code == 302
    assert nadia.get("/tournee/").context["demandes"] == []
    assert Consigne.objects.get().levee_le is not None
    assert town.get("/demander-un-passage/").context["demandes"][0].chiffres is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"lieu": ""}, "Choisissez un lieu."),
        ({"motif": "autre"}, "Dites pourquoi."),
        ({"creneau": "jamais"}, "Ce moment n'est pas dans la liste."),
        ({"service": ""}, "Choisissez l'équipe à qui le demander."),
        ({"service": str(uuid4())}, "Cette équipe n'est pas dans votre partenariat."),
        ({"lieu": str(uuid4())}, "Choisissez un lieu de la liste."),
    ],
)
def test_a_wrong_request_is_said_and_writes_nothing(
    town: Client, cast: Cast, changed: dict[str, str], sentence: str
) -> None:
    page = town.post("/demander-un-passage/", asked(cast, **changed))
    assert (page.status_code, page.context["error"]) == (422, sentence)
    assert DemandeDeLieu.objects.count() == 0


def test_only_mediation_of_the_partnership_is_asked(town: Client, cast: Cast) -> None:
    teams = town.get("/demander-un-passage/").context["teams"]
    assert [str(team) for team in teams] == ["ALM", "La Nuit"]
    for other in (cast.relais, cast.mediation_sud):
        assert town.post("/demander-un-passage/", asked(cast, service=str(other.pk))).status_code == 422


def test_who_may_answer(town: Client, cast: Cast, signed_in: SignedIn) -> None:
    data = asked(cast)
    town.post("/demander-un-passage/", data)
    address, said = f"/demandes/{data['id']}/repondre/", {"reponse": "passages"}
    expected = {
        "mediateur_sud": 404,
        "nuit": 404,
        "samira": 404,
        "maire": 404,
        "lecteur": 403,
        "direction_alm": 403,
        "karim": 302,
        "cheffe_alm": 302,
    }
    got = {name: signed_in(cast.membres[name]).post(address, said).status_code for name in expected}
    assert got == expected
    karim = signed_in(cast.karim)
    assert karim.post(f"/demandes/{uuid4()}/repondre/", said).status_code == 404
    assert karim.post(address, {"reponse": "oui"}).status_code == 400
    assert karim.get(address).status_code == 405
    reading = {"direction_alm": 200, "lecteur": 200, "maire": 404, "samira": 404}
    assert {name: signed_in(cast.membres[name]).get("/demandes/").status_code for name in reading} == reading


def test_the_list_does_not_query_by_row(town: Client, cast: Cast, signed_in: SignedIn) -> None:
    karim, counts = signed_in(cast.karim), []
    for motif in ("bruit", "tension", "fete"):
        data = asked(cast, motif=motif)
        town.post("/demander-un-passage/", data)
        karim.post(f"/demandes/{data['id']}/repondre/", {"reponse": "on_passe"})
        karim.get("/demandes/")
        with CaptureQueriesContext(connection) as queries:
            karim.get("/demandes/")
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_a_relay_warns_its_own_team_and_sees_no_person(cast: Cast, signed_in: SignedIn) -> None:
    poste = cast.karim.poste
    poste.role = Role.PARENT_RELAIS
    poste.save()
    karim, nadia = signed_in(cast.karim), signed_in(cast.nadia)
    assert [item.titre for item in karim.get("/").context["items"]] == ["Prévenir l'équipe"]
    data = asked(cast, motif="tension")
    assert karim.post("/prevenir-l-equipe/", data)["Location"] == "/prevenir-l-equipe/"
    assert nadia.post(f"/demandes/{data['id']}/repondre/", {"reponse": "on_passe"}).status_code == 302
    (line,) = karim.get("/prevenir-l-equipe/").context["demandes"]
    assert (line.reponse_libelle, line.chiffres) == ("On passe", None)
    closed = ("/accompagnements/", "/orientations/", "/notes/", "/demandes/", "/demander-un-passage/")
    assert [karim.get(one).status_code for one in closed] == [404] * len(closed)


def desk_with(cast: Cast, name: str, *places: Lieu) -> Guichet:
    desk = Guichet.objects.create(service=cast.alm, nom=name, courriel="bailleur@exemple.fr")
    desk.lieux.set(places)
    return desk


def link_of(desk: Guichet, head: Client) -> str:
    assert head.post(f"/mois-des-lieux/guichets/{desk.pk}/lien/").status_code == 302
    found = re.search(r"http://testserver(/demandes/lien/\S+/)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


@pytest.fixture
def link(cast: Cast, signed_in: SignedIn) -> str:
    """A bailleur's link, as its desk received it."""
    return link_of(desk_with(cast, "Habitat", cast.hall), signed_in(cast.cheffe_alm))


def test_two_bailleurs_of_a_quartier_see_their_own_halls_only(cast: Cast, signed_in: SignedIn) -> None:
    head, nadia = signed_in(cast.cheffe_alm), signed_in(cast.nadia)
    halls = [
        cast.hall,
        *(Lieu.objects.create(territoire=cast.quartier, nom=name, genre=GenreLieu.HALL) for name in "BC"),
    ]
    links = [
        link_of(desk, head)
        for desk in (desk_with(cast, "Un", *halls[:1]), desk_with(cast, "Deux", *halls[1:]))
    ]
    seen_by = [[place.nom for place in Client().get(link).context["lieux"]] for link in links]
    assert seen_by == [["Hall 4"], ["B", "C"]]
    asks = [
        [Client().post(link, asked(cast, lieu=str(hall.pk))).status_code for hall in halls] for link in links
    ]
    assert asks == [[302, 422, 422], [422, 302, 302]]
    assert [line.demandeur for line in nadia.get("/demandes/").context["demandes"]] == ["Deux", "Deux", "Un"]
    assert [len(Client().get(link).context["demandes"]) for link in links] == [1, 2]
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        month = (clock.today().replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
        sheets = [
            [Client().get(f"{link}{hall.pk}/{month}.{kind}").status_code for hall in halls]
            for link in links
            for kind in ("csv", "pdf")
        ]
    assert sheets == [[200, 404, 404], [200, 404, 404], [404, 200, 200], [404, 200, 200]]


def test_a_desk_without_a_place_of_its_own_gets_no_link(cast: Cast, signed_in: SignedIn) -> None:
    head, desk = signed_in(cast.cheffe_alm), desk_with(cast, "Ville")
    refused = head.post(f"/mois-des-lieux/guichets/{desk.pk}/lien/")
    assert (refused.status_code, mail.outbox) == (400, [])
    assert "Cochez d&#x27;abord les lieux de ce guichet" in refused.content.decode()
    assert "Cocher ses lieux d'abord" in head.get("/mois-des-lieux/").content.decode()


def test_a_bailleur_asks_by_its_link(link: str, cast: Cast, signed_in: SignedIn) -> None:
    visitor, nadia = Client(), signed_in(cast.nadia)
    data = asked(cast)
    assert [visitor.post(link, data)["Location"] for _ in range(2)] == [link, link]
    assert [line.demandeur for line in nadia.get("/demandes/").context["demandes"]] == ["Habitat"]
    seen(cast, 11, "nuisance_sonore")
    seen(cast, 10, "regroupement")
    nadia.post(f"/demandes/{data['id']}/repondre/", {"reponse": "passages"})
    page = visitor.get(link)
    (line,) = page.context["demandes"]
    assert list(line.chiffres.vu) == [("Nuisance sonore", 11), ("Regroupement", None)]
    assert [line.reponse_libelle for line in page.context["demandes"]] == ["Voici nos passages"]
    assert "Nadia" not in page.content.decode()
    square = Lieu.objects.create(territoire=cast.quartier, nom="Square", genre=GenreLieu.SQUARE)
    refused = visitor.post(link, asked(cast, lieu=str(square.pk)))
    assert (refused.status_code, refused.context["error"]) == (422, "Choisissez un lieu de la liste.")


def test_a_link_ends(link: str, cast: Cast, signed_in: SignedIn) -> None:
    head, desk = signed_in(cast.cheffe_alm), Guichet.objects.get()
    for forged in (link[:-2] + "x/", "/demandes/lien/rien/", link.replace(desk.pk.hex, uuid4().hex)):
        assert Client().get(forged).status_code == 404
    with time_machine.travel(clock.now() + timedelta(days=181), tick=False):
        assert Client().get(link).status_code == 404
    assert head.post(f"/mois-des-lieux/guichets/{desk.pk}/lien/").status_code == 302
    assert Client().get(link).status_code == 404
    assert head.post(f"/mois-des-lieux/guichets/{desk.pk}/fermer/").status_code == 302
    assert head.post(f"/mois-des-lieux/guichets/{desk.pk}/fermer/").status_code == 404
    other = signed_in(cast.direction_alm)
    assert other.post(f"/mois-des-lieux/guichets/{desk.pk}/lien/").status_code == 403
    desk.service = cast.services["nuit"]
    desk.save()
    assert head.post(f"/mois-des-lieux/guichets/{desk.pk}/lien/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_sheet_and_its_ledger_line_are_one_transaction(link: str, cast: Cast) -> None:
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        month = (clock.today().replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
        assert Client().get(f"{link}{cast.hall.pk}/{month}.csv").status_code == 200


def test_the_sheet_of_an_ended_month_hides_what_is_below_eleven(
    link: str, cast: Cast, signed_in: SignedIn
) -> None:
    seen(cast, 11, "nuisance_sonore")
    seen(cast, 10, "regroupement")
    seen(cast, 20, "sans_abri")
    month = clock.today().strftime("%Y-%m")
    address = f"{link}{cast.hall.pk}/{month}"
    assert Client().get(f"{address}.csv").status_code == 404
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        table = Client().get(f"{address}.csv").content.decode("utf-8-sig")
        assert "Vu;Nuisance sonore;11" in table
        assert "Vu;Regroupement;moins de 11" in table
        assert "abri" not in table
        paper = PdfReader(io.BytesIO(Client().get(f"{address}.pdf").content))
        text = "".join(page.extract_text() for page in paper.pages)
        assert "moins de 11" in text
        assert "Nadia" not in text
        other = address.replace(str(cast.hall.pk), str(cast.square_sud.pk))
        assert [Client().get(one).status_code for one in (f"{other}.pdf", f"{address}.doc")] == [404, 404]
        head = signed_in(cast.cheffe_alm)
        mine = f"/mois-des-lieux/{cast.hall.pk}/{month}.pdf"
        assert head.get(mine)["Content-Type"] == "application/pdf"
        assert head.get("/mois-des-lieux/").status_code == 200
        assert signed_in(cast.direction_sud).get(mine).status_code == 404
        assert signed_in(cast.nadia).get(mine).status_code == 404
