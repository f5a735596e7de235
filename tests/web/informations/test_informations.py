"""Informing an authority on screen: ticks only, a second factor again, a receipt, a paper."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.test import Client

from maillage.sharing.models import Information
from tests.cast import Cast, Membre
from tests.sharing.test_designations import staffed
from tests.sharing.test_informations import crip, young

SignedIn = Callable[[Membre], Client]
__all__ = ["crip", "staffed", "young"]
LIST = "/informations/"
CANARY = "canari-mot-libre"


def ticks(cast: Cast) -> dict[str, object]:
    """What the first paragraph's form sends, with a field that it does not have."""
    return {
        "objet": "personne",
        "difficultes": ["sociales", "materielles"],
        "intervenants": ["prevention", "ccas"],
        "aggravation": "on",
        "destinataires": [str(cast.maire.poste.pk)],
        "texte": CANARY,
    }


def test_from_the_sheet_to_the_receipt(staffed: Cast, signed_in: SignedIn, young: UUID) -> None:
    samira, mayor = signed_in(staffed.samira), signed_in(staffed.maire)
    address = f"{LIST}{young}/alinea-1/"
    (line,) = samira.get("/accompagnements/").context["lines"]
    assert address in samira.get(f"/accompagnements/{line['row'].id}/").content.decode()
    page = samira.get(address).content.decode()
    assert ("<textarea" in page, 'type="text"' in page) == (False, False)
    assert samira.post(address, ticks(staffed)).status_code == 302
    row = Information.objects.get()
    read = mayor.get(LIST).content.decode()
    assert [word in read for word in ("Sociales, Matérielles", "Canari", CANARY, str(young))] == [
        True, False, False, False,
    ]  # fmt: skip
    assert "1 information à accuser" in mayor.get("/").content.decode()
    assert mayor.post(f"{LIST}{row.pk}/accuse/").status_code == 302
    assert "Reçue le" in samira.get(LIST).content.decode()
    for kind in ("pdf", "docx"):
        paper = samira.get(f"{LIST}{row.pk}/papier.{kind}")
        assert (paper.status_code, b"Canari" in paper.content) == (200, False)


def test_what_the_law_holds_back_is_shown_with_what_lacks(
    staffed: Cast, signed_in: SignedIn, young: UUID
) -> None:
    samira = signed_in(staffed.samira)
    page = samira.post(f"{LIST}{young}/alinea-1/", {**ticks(staffed), "aggravation": ""})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["aggravation"])
    confided = {
        "competences": ["logement"],
        "sujets": ["logement"],
        "origine": "appris_en_fonction",
        "destinataires": [str(staffed.maire.poste.pk)],
        "seul": "on",
    }
    page = samira.post(f"{LIST}{young}/alinea-6/", confided)
    assert (page.status_code, page.context["panel"].issue) == (422, "incomplet")
    early = {"destinataires": [str(staffed.maire.poste.pk)], "seul": "on"}
    assert samira.post(f"{LIST}{young}/alinea-7/", early).status_code == 409


def test_the_fact_is_one_gesture_from_the_transmission(
    staffed: Cast, signed_in: SignedIn, crip: Membre, young: UUID
) -> None:
    samira = signed_in(staffed.samira)
    told = {"cle": str(UUID(int=9)), "destinataire": "crip", "personne": str(young)}
    samira.post("/danger/transmis/", told)
    assert f"{LIST}{young}/alinea-7/" in samira.get("/danger/").content.decode()
    said = {"destinataires": [str(staffed.maire.poste.pk)], "seul": "on"}
    assert samira.post(f"{LIST}{young}/alinea-7/", said).status_code == 302
    assert Information.objects.get().contenu == {}


def test_an_order_is_read_then_written_down(staffed: Cast, signed_in: SignedIn, crip: Membre) -> None:
    chief, address = signed_in(staffed.cheffe_relais), f"{LIST}representants/"
    assert "arrêté 2026-12" in chief.get(address).content.decode()
    said = {"poste": str(crip.poste.pk), "acte": "2026-13", "debut": "2026-01-01", "fin": "2025-01-01"}
    assert chief.post(address, said).status_code == 422
    assert chief.post(address, {**said, "fin": ""}).status_code == 302
    assert crip.poste.delegations.count() == 2


def test_the_litany(staffed: Cast, signed_in: SignedIn, young: UUID) -> None:
    samira = signed_in(staffed.samira)
    samira.post(f"{LIST}{young}/alinea-1/", ticks(staffed))
    row = Information.objects.get()
    write, receipt, paper = (f"{LIST}{end}" for end in (
        f"{young}/alinea-1/", f"{row.pk}/accuse/", f"{row.pk}/papier.pdf"))  # fmt: skip
    assert signed_in(staffed.educatrice_sud).get(write).status_code == 404
    assert signed_in(staffed.educatrice_sud).get(paper).status_code == 404
    for member in (staffed.karim, staffed.dpo, staffed.maire):
        assert signed_in(member).get(write).status_code == 404
    assert samira.post(receipt).status_code == 404
    assert signed_in(staffed.maire).get(paper).status_code == 404
    assert [samira.get(f"{LIST}{end}").status_code for end in (
        f"{UUID(int=7)}/alinea-1/", f"{young}/alinea-5/", f"{UUID(int=7)}/papier.pdf", f"{row.pk}/papier.xls"
    )] == [404] * 4  # fmt: skip
    assert (samira.put(write).status_code, signed_in(staffed.maire).get(receipt).status_code) == (405, 405)
    assert signed_in(staffed.dpo).get(LIST).status_code == 404
    assert signed_in(staffed.samira).get(f"{LIST}representants/").status_code == 404
    staffed.samira.poste.lecture_seule = True
    staffed.samira.poste.save()
    assert signed_in(staffed.samira).post(write, ticks(staffed)).status_code == 403
