"""«Aujourd'hui»: five items at most, nobody named, each role its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from maillage.base import clock
from tests.cast import Cast, Membre

SignedIn = Callable[[Membre], Client]


def titles(client: Client) -> list[str]:
    return [item.titre for item in client.get("/").context["items"]]


def tell(client: Client, cast: Cast) -> None:
    data = {
        "id": str(uuid4()),
        "destinataire": str(cast.relais.pk),
        "lieu": str(cast.hall.pk),
        "creneau": "nuit",
        "effectif": "1",
        "categorie": "errance",
    }
    assert client.post("/dire/", data).status_code == 302


def test_what_waits_shows_on_both_sides(cast: Cast, signed_in: SignedIn) -> None:
    karim, samira = signed_in(cast.karim), signed_in(cast.samira)
    assert (titles(karim), titles(samira)) == ([], [])
    for _ in range(2):
        tell(karim, cast)
    assert (titles(karim), titles(samira)) == (
        ["2 nouvelles sans réponse"],
        ["2 nouvelles de lieux à répondre"],
    )
    assert titles(signed_in(cast.educatrice_sud)) == []


def test_a_direction_sees_contracts_ending_by_number(cast: Cast, signed_in: SignedIn) -> None:
    poste = cast.karim.poste
    poste.fin = clock.today() + timedelta(days=20)
    poste.save(update_fields=["fin"])
    page = signed_in(cast.direction_alm).get("/")
    assert [item.titre for item in page.context["items"]] == [
        "1 contrat se termine d'ici trois mois",
        "Réciprocité du mois",
        "Partenariat ici",
    ]
    assert "Karim" not in page.content.decode()


@pytest.mark.parametrize(
    ("day", "shown"), [("2026-12-31", False), ("2027-01-02", True), ("2027-02-01", False)]
)
def test_january_says_that_the_report_of_the_year_is_written(
    cast: Cast, signed_in: SignedIn, day: str, shown: bool
) -> None:
    with time_machine.travel(f"{day}T10:00:00+01:00"):
        for member in (cast.cheffe_alm, cast.direction_relais):
            client = signed_in(member)
            assert ("Le rapport d'activité 2026 est écrit" in titles(client)) is shown
        assert "Le rapport d'activité 2026 est écrit" not in titles(signed_in(cast.karim))


def test_a_reading_to_sign_waits_for_those_who_have_not(cast: Cast, signed_in: SignedIn) -> None:
    today = clock.today()
    proposed = {
        "valeur": "rapport",
        "debut": str(today),
        "fin": str(today + timedelta(days=90)),
    }
    assert signed_in(cast.dpo).post("/lectures/ici/U-10/proposer/", proposed).status_code == 302
    waiting = {
        who: "1 lecture du droit à signer" in titles(signed_in(cast.membres[who]))
        for who in ("dpo", "direction_alm", "direction_relais", "direction_sud", "cheffe_alm", "karim")
    }
    assert [who for who, shown in waiting.items() if shown] == ["direction_alm", "direction_relais"]
    item = signed_in(cast.direction_alm).get("/").context["items"][0]
    assert item.url == "/lectures/ici/U-10/"


@pytest.mark.parametrize("who", ["karim", "samira", "cheffe_alm", "direction_alm", "dpo", "maire", "lecteur"])
def test_every_role_has_a_first_screen(cast: Cast, signed_in: SignedIn, who: str) -> None:
    page = signed_in(cast.membres[who]).get("/")
    assert page.status_code == 200
    assert len(page.context["items"]) <= 5


def test_nobody_signed_in_goes_to_sign_in(db: None, client: Client) -> None:
    assert client.get("/")["Location"] == "/connexion/?next=%2F"


def test_wrong_method(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(cast.karim).post("/").status_code == 405


def test_the_hierarchy_sees_the_report_when_the_round_ends(cast: Cast, signed_in: SignedIn) -> None:
    chief, karim = signed_in(cast.cheffe_alm), signed_in(cast.karim)
    karim.post("/sorties/", {"id": str(uuid4())})
    note = {"id": str(uuid4()), "lieu": str(cast.hall.pk), "categorie": "rien_a_signaler", "ambiance": "ras"}
    karim.post("/noter/", {**note, "effectif": "aucun"})
    said = []
    for _ in range(2):
        (report,) = [one for one in chief.get("/").context["items"] if one.icone == "lune"]
        said.append(report.detail)
        karim.post("/tournee/fin/")
    assert said == ["Prêt, à lire ou à imprimer.", "Transmis par l'équipe, à lire ou à imprimer."]
    assert "Transmis à la hiérarchie le" in chief.get(report.url).content.decode()
