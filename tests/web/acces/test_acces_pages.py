"""Requests for access on screen: the service opens, the officer decides and answers, nobody else reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from maillage.audit.models import Ligne
from maillage.directory.models import Poste
from maillage.dossiers.models import Personne
from maillage.sharing import persons
from maillage.sharing.models import DemandeAcces
from tests.cast import Cast, Membre
from tests.door import acteur, send

SignedIn = Callable[[Membre], Client]
SAID = {"demandeur": "personne", "identite": "connue", "parole": "non_demande"}


@pytest.fixture
def young(cast: Cast) -> UUID:
    """Someone whom Le Relais supports."""
    return persons.open_accompagnement(
        by=acteur(cast.samira), pseudonyme="Canari", tranche_age="15_17", origine="famille", besoin="Un stage"
    ).personne


@pytest.fixture
def demande(young: UUID, cast: Cast, signed_in: SignedIn) -> str:
    """Their request, opened by Samira; its address."""
    answer = signed_in(cast.samira).post(f"/acces/nouvelle/{young}/", SAID)
    assert (answer.status_code, answer["Location"]) == (302, "/acces/")
    return f"/acces/{DemandeAcces.objects.get().pk}/"


def test_the_service_opens_for_its_own_and_no_other(cast: Cast, young: UUID, signed_in: SignedIn) -> None:
    address = f"/acces/nouvelle/{young}/"
    assert signed_in(cast.bruno).get(address).status_code == 200
    assert [signed_in(cast.membres[who]).get(address).status_code for who in ("karim", "educatrice_sud")] == [
        404,
        404,
    ]
    assert [signed_in(cast.membres[who]).get(address).status_code for who in ("dpo", "maire")] == [404, 404]
    client = signed_in(cast.samira)
    assert client.post(address, {**SAID, "demandeur": "voisin"}).status_code == 422
    assert client.post(f"/acces/nouvelle/{uuid4()}/", SAID).status_code == 404
    assert client.put(address).status_code == 405
    Poste.objects.filter(pk=cast.bruno.poste.pk).update(lecture_seule=True)
    assert signed_in(cast.bruno).post(address, SAID).status_code == 403
    assert DemandeAcces.objects.count() == 0


def test_a_mediator_opens_for_someone_they_oriented(cast: Cast, signed_in: SignedIn) -> None:
    sujet = send(cast).sujet
    client = signed_in(cast.karim)
    assert client.post(f"/acces/nouvelle/{sujet}/", SAID).status_code == 302
    assert [row.service for row in client.get("/acces/").context["rows"]] == [cast.alm]
    assert client.get("/acces/").content.decode().count("Yanis") == 0
    # Who received them holds a record of its own: theirs is not to be opened there.
    assert signed_in(cast.samira).post(f"/acces/nouvelle/{sujet}/", SAID).status_code == 404


def test_the_officer_decides_then_answers_and_reads_no_more(
    cast: Cast, demande: str, signed_in: SignedIn
) -> None:
    dpo = signed_in(cast.dpo)
    assert "demande d&#x27;accès à répondre" in dpo.get("/").content.decode()
    page = dpo.get(demande)
    ((passage, why, _),) = page.context["waiting"]
    assert (passage.brut, why) == ("Un stage", ["Des mots libres : nomment-ils quelqu'un d'autre ?"])
    assert dpo.post(f"{demande}repondre/").status_code == 409
    bad = dpo.post(f"{demande}trancher/", {"cle": passage.cle, "decision": "caviarder"})
    assert (bad.status_code, "séparés par des virgules" in bad.content.decode()) == (422, True)
    assert dpo.post(f"{demande}trancher/", {"cle": "autre", "decision": "donner"}).status_code == 422
    assert dpo.post(f"{demande}trancher/", {"cle": passage.cle, "decision": "donner"}).status_code == 302
    assert dpo.post(f"{demande}repondre/").status_code == 302
    assert [dpo.get(address).status_code for address in (demande, f"{demande}reponse.pdf")] == [404, 404]


def test_the_answer_is_a_paper_and_a_file(cast: Cast, demande: str, signed_in: SignedIn) -> None:
    dpo = signed_in(cast.dpo)
    paper, data = dpo.get(f"{demande}reponse.pdf"), dpo.get(f"{demande}reponse.json")
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    assert [word for word in ("Canari", "provisoire", "Vos droits", "CNIL") if word not in text] == []
    assert "stage" not in text
    assert json.loads(data.content)["a_decider"] == 1
    lines = Ligne.objects.filter(chaine=cast.relais.pk, objet_genre="demande_acces")
    assert list(lines.order_by("rang").values_list("acte", flat=True)) == [
        "creation", "lecture", "export", "lecture", "export",
    ]  # fmt: skip
    assert dpo.get(f"{demande}reponse.odt").status_code == 404


def test_nobody_but_an_officer_of_that_partnership(cast: Cast, demande: str, signed_in: SignedIn) -> None:
    for who in ("samira", "cheffe_relais", "direction_relais", "karim", "maire", "direction_sud"):
        client = signed_in(cast.membres[who])
        assert [client.get(demande).status_code, client.post(f"{demande}repondre/").status_code] == [404, 404]
    Poste.objects.filter(pk=cast.dpo.poste.pk).update(service=cast.mediation_sud)
    assert signed_in(cast.dpo).get(demande).status_code == 404
    assert signed_in(cast.dpo).get("/acces/").context["rows"] == []


def test_the_officer_reads_what_is_due_to_be_erased_and_nobody_else(
    cast: Cast, young: UUID, signed_in: SignedIn
) -> None:
    assert signed_in(cast.dpo).get("/acces/").context["due"] == []
    Personne.objects.update(dernier_contact_le=date(2020, 1, 1))
    assert signed_in(cast.dpo).get("/acces/").context["due"] == [("Le Relais", 1)]
    assert signed_in(cast.samira).get("/acces/").context["due"] == []
    Poste.objects.filter(pk=cast.dpo.poste.pk).update(service=cast.mediation_sud)
    assert signed_in(cast.dpo).get("/acces/").context["due"] == []


def test_bad_methods_and_unknown_requests(cast: Cast, demande: str, signed_in: SignedIn) -> None:
    dpo = signed_in(cast.dpo)
    assert [dpo.get(f"{demande}trancher/").status_code, dpo.post(demande).status_code] == [405, 405]
    assert dpo.get(f"/acces/{uuid4()}/").status_code == 404


def test_what_a_minor_asks_not_to_tell(cast: Cast, young: UUID, signed_in: SignedIn) -> None:
    samira = signed_in(cast.samira)
    sheet = samira.get("/accompagnements/").context["lines"][0]["row"].id
    said = {"confidence-objet": "demande", "confidence-lien": "mere"}
    assert samira.post(f"/accompagnements/{sheet}/confidences/", said).status_code == 302
    ((line, who),) = samira.get(f"/accompagnements/{sheet}/").context["confidences"]
    assert (line.objet, who) == ("Sa demande, où le retrouver", "sa mère")
    assert signed_in(cast.bruno).post(f"/accompagnements/{sheet}/confidences/", said).status_code == 302
    assert samira.post(f"/accompagnements/{sheet}/confidences/", {"confidence-objet": "x"}).status_code == 422
    lift = f"/accompagnements/{sheet}/confidences/{line.id}/lever/"
    assert [signed_in(cast.karim).post(lift).status_code, samira.get(lift).status_code] == [404, 405]
    assert [samira.post(lift).status_code, samira.post(lift).status_code] == [302, 404]
    assert samira.get(f"/accompagnements/{sheet}/").context["confidences"] == []
