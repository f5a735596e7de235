"""The papers on the public site, and from a support's sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from maillage.base import clock
from maillage.sharing import persons
from tests.cast import Cast, Membre
from tests.door import acteur

SignedIn = Callable[[Membre], Client]


def test_anyone_reads_the_papers_of_the_services(cast: Cast, client: Client) -> None:
    page = client.get("/vos-donnees/")
    assert [one.nom_court for one, _ in page.context["services"]] == [
        "Médiation Sud", "Prévention Sud", "ALM", "La Nuit", "Le Relais",
    ]  # fmt: skip
    paper = client.get("/vos-donnees/relais/donnees.pdf")
    assert (paper.status_code, paper.content[:4]) == (200, b"%PDF")
    assert paper["Content-Disposition"] == 'attachment; filename="donnees-relais.pdf"'
    assert client.get("/vos-donnees/relais/facile.docx").content[:2] == b"PK"


def test_only_what_stands(cast: Cast, client: Client) -> None:
    for address in ("absent/donnees.pdf", "relais/autre.pdf", "alm/partage.pdf", "relais/donnees.odt",
                    "mairie/donnees.pdf"):  # fmt: skip
        assert client.get(f"/vos-donnees/{address}").status_code == 404, address
    assert client.post("/vos-donnees/").status_code == 405
    cast.ici.participations.filter(service=cast.alm).update(fin=clock.today() - timedelta(days=1))
    assert client.get("/vos-donnees/alm/donnees.pdf").status_code == 404


def test_the_sheet_gives_the_papers_of_its_own_service(cast: Cast, signed_in: SignedIn) -> None:
    taken = persons.open_accompagnement(
        by=acteur(cast.samira), pseudonyme="Canari", tranche_age="15_17", origine="famille"
    )
    page = signed_in(cast.samira).get(f"/accompagnements/{taken.accompagnement}/").content.decode()
    for code in ("donnees", "facile", "partage"):
        assert f"/vos-donnees/relais/{code}.pdf" in page
