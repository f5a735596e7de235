"""An act on screen: the mayor prepares and signs without reading anyone; the coordonnateur reads."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.test import Client

from maillage.base import clock
from maillage.sharing.persons import open_accompagnement
from tests.cast import Cast, Membre
from tests.door import acteur
from tests.sharing.test_designations import prepared, staffed

SignedIn = Callable[[Membre], Client]
LIST, NAME = "/designations/", "Canari-Famille"
__all__ = ["staffed"]


def test_the_mayor_signs_unread_and_the_coordonnateur_reads(staffed: Cast, signed_in: SignedIn) -> None:
    row = prepared(staffed, (NAME,))
    mayor, coordonnateur = signed_in(staffed.maire), signed_in(staffed.direction_alm)
    assert NAME not in coordonnateur.get(LIST).content.decode()
    day = clock.today().isoformat()
    address = f"{LIST}{row.pk}/"
    late = mayor.post(f"{address}signer/", {"debut": day, "fin": "2020-01-01", "version": 2})
    assert (late.status_code, list(late.context["form"].errors)) == (422, ["fin"])
    sent = {"debut": day, "fin": day, "version": 2}
    assert [mayor.post(f"{address}signer/", sent).status_code for _ in range(2)] == [302, 409]
    for page in (LIST, address, f"{address}acte.pdf", f"{address}acte.docx"):
        answer = mayor.get(page)
        assert (answer.status_code, NAME.encode() in answer.content) == (200, False)
    assert NAME in coordonnateur.get(LIST).content.decode()
    assert mayor.post(f"{address}finir/", {"version": 3}).status_code == 302
    assert NAME not in coordonnateur.get(LIST).content.decode()


def test_an_act_begins_on_screen(staffed: Cast, signed_in: SignedIn) -> None:
    mayor = signed_in(staffed.maire)
    said = {"partenariat": str(staffed.ici.pk), "coordonnateur": str(staffed.direction_alm.poste.pk)}
    empty = mayor.post(f"{LIST}nouvelle/", said)
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["saisine", "sujets"])
    made = mayor.post(f"{LIST}nouvelle/", {**said, "saisine": "initiative", "sujets": ["logement"]})
    assert made.status_code == 302
    sent = {"etape": "accord", "version": 0}
    assert mayor.post(f"{made['Location']}etape/", sent).status_code == 302
    assert [row.version for row in mayor.get(LIST).context["rows"]] == [1]


def test_whoever_enters_someone_in_an_act_reads_who_would_coordinate_and_on_what(
    staffed: Cast, signed_in: SignedIn
) -> None:
    prepared(staffed)
    found = open_accompagnement(
        by=acteur(staffed.samira), pseudonyme="Autre", tranche_age="15_17", origine="famille"
    )
    sheet = signed_in(staffed.samira).get(f"/accompagnements/{found.accompagnement}/")
    (act, said), who = sheet.context["acts"][0], staffed.direction_alm.poste.professionnel
    assert act.coordonnateur.professionnel == who
    line = f"{who} lirait son nom d'usage et son âge, sur : {', '.join(said).lower()}."
    assert line in sheet.content.decode()


def test_the_litany(staffed: Cast, signed_in: SignedIn) -> None:
    row = prepared(staffed)
    mayor = signed_in(staffed.maire)
    ends = {"etape/": "post", "signer/": "post", "finir/": "post", "": "get", "acte.pdf": "get"}
    data = {"debut": "2026-01-01", "fin": "2026-01-01", "version": 2, "etape": "accord"}
    for end, method in ends.items():
        for other in (staffed.samira, staffed.direction_alm, staffed.dpo):
            assert getattr(signed_in(other), method)(f"{LIST}{row.pk}/{end}", data).status_code == 404
        assert getattr(mayor, method)(f"{LIST}{UUID(int=7)}/{end}", data).status_code == 404
        assert mayor.put(f"{LIST}{row.pk}/{end}").status_code == 405
    assert mayor.get(f"{LIST}{row.pk}/acte.xls").status_code == 404
    assert signed_in(staffed.samira).get(LIST).status_code == 404
    staffed.maire.poste.lecture_seule = True
    staffed.maire.poste.save()
    assert signed_in(staffed.maire).post(f"{LIST}{row.pk}/finir/", data).status_code == 403
