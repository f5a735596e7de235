"""The round on screen: consignes, handing over, the night on paper, the month, one's own months."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from maillage.audit.models import Ligne
from maillage.main_courante.models import CompteRendu, Consigne, Sortie
from tests.cast import Cast, Membre

SignedIn = Callable[[Membre], Client]
CANARY = "canari-de-tournee"


def asked(cast: Cast, **changed: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "lieu": str(cast.hall.pk),
        "geste": "passer",
        "texte": CANARY,
        **changed,
    }


def out(client: Client, cast: Cast, **changed: Any) -> None:
    """Start an outing and write one note."""
    client.post("/sorties/", {"id": str(uuid4())})
    note = {"id": str(uuid4()), "lieu": str(cast.hall.pk), "categorie": "eclairage", "ambiance": "ras"}
    assert client.post("/noter/", {**note, "effectif": "aucun", **changed}).status_code == 302


def test_the_day_leaves_a_consigne_and_the_night_finds_it(cast: Cast, signed_in: SignedIn) -> None:
    karim, nadia = signed_in(cast.karim), signed_in(cast.nadia)
    data = asked(cast)
    assert [karim.post("/tournee/consignes/", data)["Location"] for _ in range(2)] == ["/tournee/"] * 2
    page = nadia.get("/tournee/")
    assert [line.texte for line in page.context["consignes"]] == [CANARY]
    titles = [item.titre for item in nadia.get("/").context["items"]]
    assert titles == ["1 consigne de l'équipe précédente"]
    done = nadia.post(f"/tournee/consignes/{data['id']}/faite/")
    assert done["Location"] == f"/tournee/?faite={data['id']}"
    assert "Rétablir la consigne" in nadia.get(done["Location"]).content.decode()
    assert nadia.post(f"/tournee/consignes/{data['id']}/retablir/").status_code == 302
    assert Consigne.objects.get().levee_le is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"lieu": ""}, "Choisissez un lieu."),
        ({"geste": ""}, "Dites ce qu'il faut faire."),
        ({"jusquau": "hier"}, "Cette date ne se lit pas."),
        ({"jusquau": "2020-01-01"}, "Une consigne vaut d'aujourd'hui à soixante jours au plus."),
        ({"lieu": str(uuid4())}, "Ce lieu n'est pas dans le territoire de votre équipe."),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    cast: Cast, signed_in: SignedIn, changed: dict[str, str], sentence: str
) -> None:
    answer = signed_in(cast.karim).post("/tournee/consignes/", asked(cast, **changed))
    said = [error for errors in answer.context["form"].errors.values() for error in errors]
    assert (answer.status_code, said) == (422, [sentence])
    assert CANARY in answer.content.decode()
    assert Consigne.objects.count() == 0


def test_handing_over_ends_the_outing_and_sends_the_report(cast: Cast, signed_in: SignedIn) -> None:
    nadia = signed_in(cast.nadia)
    out(nadia, cast)
    assert [place.nom for place in nadia.get("/tournee/fin/").context["lieux"]] == ["Hall 4"]
    left = nadia.post("/tournee/consignes/", asked(cast, fin="1"))
    assert left["Location"] == "/tournee/fin/"
    ended = nadia.post("/tournee/fin/")
    sortie = Sortie.objects.get()
    assert ended["Location"] == f"/nuit/{sortie.jour.isoformat()}/"
    assert sortie.fin is not None
    assert list(sortie.lieux.all()) == [cast.hall]
    assert CompteRendu.objects.get().jour == sortie.jour
    assert nadia.post("/tournee/fin/")["Location"] == "/tournee/"
    assert CompteRendu.objects.count() == 1


def test_the_night_prints_for_the_team_and_its_hierarchy(cast: Cast, signed_in: SignedIn) -> None:
    nadia = signed_in(cast.nadia)
    out(nadia, cast)
    day = Sortie.objects.get().jour.isoformat()
    for who in (cast.nadia, cast.cheffe_alm):
        paper = signed_in(who).get(f"/tournee/nuit/{day}/compte-rendu.pdf")
        assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
        assert paper.content.startswith(b"%PDF-")
    for wrong in ("2026-02-30", "0001-01-01", "demain"):
        assert nadia.get(f"/tournee/nuit/{wrong}/compte-rendu.pdf").status_code == 404


def test_one_s_own_months_are_read_by_nobody_else(cast: Cast, signed_in: SignedIn) -> None:
    nadia = signed_in(cast.nadia)
    out(nadia, cast)
    assert [one.passages for one in nadia.get("/tournee/mes-passages/").context["mois"]] == [1]
    file = nadia.get("/tournee/mes-passages.csv")
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert len(file.content.decode().splitlines()) == 2
    assert Ligne.objects.filter(acte="export", objet_genre="portfolio").count() == 1
    assert signed_in(cast.karim).get("/tournee/mes-passages/").context["mois"] == []
    for who in (cast.cheffe_alm, cast.direction_alm, cast.dpo):
        for address in ("/tournee/mes-passages/", "/tournee/mes-passages.csv"):
            assert signed_in(who).get(address).status_code == 404


def test_the_hierarchy_reads_places_and_slots_never_agents(cast: Cast, signed_in: SignedIn) -> None:
    out(signed_in(cast.nadia), cast)
    for who in (cast.cheffe_alm, cast.direction_alm):
        page = signed_in(who).get("/mois-de-l-equipe/")
        assert [(row.lieu, row.total) for row in page.context["coverage"].lignes] == [("Hall 4", 1)]
        assert "Nadia" not in page.content.decode()


@pytest.mark.parametrize(
    ("who", "method", "address", "status"),
    [
        ("maire", "get", "/tournee/", 404),
        ("coordination", "get", "/mois-de-l-equipe/", 404),
        ("lecteur", "get", "/tournee/", 200),
        ("lecteur", "post", "/tournee/consignes/", 403),
        ("lecteur", "post", "/tournee/fin/", 403),
        ("direction_alm", "get", "/tournee/", 200),
        ("direction_alm", "post", "/tournee/consignes/", 403),
        ("cheffe_alm", "get", "/tournee/fin/", 404),
        ("nadia", "get", "/tournee/consignes/", 405),
        ("nadia", "post", "/mois-de-l-equipe/", 405),
        ("nadia", "get", "/mois-de-l-equipe/?mois=9999-99", 200),
        ("nadia", "get", "/tournee/?faite=rien", 200),
    ],
)
def test_who_may_do_what(
    cast: Cast, signed_in: SignedIn, who: str, method: str, address: str, status: int
) -> None:
    assert getattr(signed_in(cast.membres[who]), method)(address).status_code == status


@pytest.mark.parametrize("who", ["nuit", "samira", "mediateur_sud"])
def test_another_team_sees_and_changes_nothing(cast: Cast, signed_in: SignedIn, who: str) -> None:
    data = asked(cast)
    signed_in(cast.karim).post("/tournee/consignes/", data)
    stranger = signed_in(cast.membres[who])
    assert CANARY not in stranger.get("/tournee/").content.decode()
    for gesture in ("faite", "retablir"):
        assert stranger.post(f"/tournee/consignes/{data['id']}/{gesture}/").status_code == 404
    assert Consigne.objects.get().levee_le is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_consigne_or_three(
    cast: Cast, signed_in: SignedIn, count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    karim = signed_in(cast.karim)
    for _ in range(count):
        karim.post("/tournee/consignes/", asked(cast))
    with django_assert_num_queries(44):
        assert len(karim.get("/tournee/").context["consignes"]) == count
