"""The notebook's exchange with the server: who opens, who sends, what becomes of each envelope."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from maillage.base import clock
from maillage.comptes.devices import choose_code, enrol_telephone, retire_telephone
from maillage.comptes.enums import EtatCompte
from maillage.comptes.models import Compte, OuvertureCarnet, Telephone
from maillage.main_courante.models import (
    CompteRendu,
    EnveloppeDeposee,
    MessageDeLieu,
    Note,
    NoteEnConflit,
    Sortie,
)
from tests.cast import Cast, Membre
from tests.door import acteur
from tests.phone import CODE, Phone, held

CANARY = "mot-canari-7f3"


def outing(*crew: Membre, pk: str = "", **more: Any) -> dict[str, Any]:
    begun = (clock.now() - timedelta(hours=1)).isoformat()
    return {"id": pk or str(uuid4()), "debut": begun, "equipage": [str(one.poste.pk) for one in crew]} | more


@pytest.mark.requirement("S-01", "S-05")
def test_an_enrolled_telephone_and_six_digits_open_the_notebook_and_nothing_else(
    cast: Cast, alm_phone: str
) -> None:
    phone = held(cast, cast.nadia, alm_phone)
    state = phone.state()
    assert (state["telephone"], state["moi"], state["mode"]) == ("Téléphone 1", None, None)
    assert [one["prenom"] for one in state["equipe"]] == ["Karim", "Nadia"]
    opened = phone.open(CODE).json()
    assert opened["reference"]["prenom"] == "Nadia"
    assert [one["nom"] for one in opened["reference"]["recents"]] == ["Hall 4"]
    assert opened["reference"]["destinataires"] == [{"id": str(cast.relais.pk), "nom": "Le Relais"}]
    assert phone.state()["mode"] == "telephone"
    for path in ("/", "/notes/", "/orientations/", "/accompagnements/", "/api/v1/notes"):
        assert phone.client.get(path).status_code in {302, 401}, path


@pytest.mark.parametrize(
    "code", ["000000", "123456", "987654", "12345", "1234567", "abcdef", "１２３４５６", ""]
)
def test_easy_digits_are_refused(cast: Cast, signed_in: Any, code: str) -> None:
    answer = signed_in(cast.nadia).post("/carnet/code/", {"code": code, "encore": code})
    assert answer.status_code == 422
    assert not hasattr(Compte.objects.get(pk=cast.nadia.compte.pk), "code_carnet")


def test_wrong_digits_are_refused_then_slowed_on_that_telephone_only(cast: Cast, alm_phone: str) -> None:
    phone = held(cast, cast.nadia, alm_phone)
    assert [phone.open("111222").status_code for _ in range(7)] == [422] * 5 + [429] * 2
    assert phone.open(CODE).status_code == 429
    other = enrol_telephone(by=acteur(cast.cheffe_alm), nom="Téléphone 2").jeton
    assert held(cast, cast.nadia, other).open(CODE).status_code == 200
    assert held(cast, cast.karim, alm_phone).open(CODE).status_code == 200


def test_digits_open_only_a_telephone_of_their_service(cast: Cast, alm_phone: str) -> None:
    choose_code(by=acteur(cast.samira), compte=cast.samira.compte, code=CODE)
    assert held(cast, cast.samira, alm_phone).open(CODE).status_code == 422
    assert held(cast, cast.nadia, "pas inscrit").open(CODE).status_code == 401
    assert held(cast, cast.lecteur, alm_phone).open(CODE).status_code == 422


def test_a_retired_telephone_opens_nothing_and_its_shift_ends(cast: Cast, nadia: Phone) -> None:
    envelope = nadia.seal(nadia.note())
    retire_telephone(by=acteur(cast.cheffe_alm), telephone=Telephone.objects.get().pk)
    assert nadia.send(envelope).status_code == 401
    assert nadia.open(CODE).status_code == 401
    assert Note.objects.count() == 0


@pytest.mark.requirement("S-05")
def test_a_shift_ends_after_twelve_hours_or_when_sessions_are_closed(cast: Cast, nadia: Phone) -> None:
    OuvertureCarnet.objects.update(expire_le=clock.now() - timedelta(seconds=1))
    assert nadia.send(nadia.seal(nadia.note())).status_code == 401
    assert nadia.open(CODE).status_code == 200
    Compte.objects.filter(pk=cast.nadia.compte.pk).update(version_acces=9)
    assert nadia.send(nadia.seal(nadia.note())).status_code == 401


def test_closing_asks_the_digits_again(nadia: Phone) -> None:
    envelope = nadia.seal(nadia.note())
    assert nadia.post("fermer", {}).status_code == 200
    assert nadia.send(envelope).status_code == 401
    assert nadia.open(CODE).status_code == 200
    assert nadia.send(envelope) == ["cree"]


def test_a_full_session_opens_the_notebook_on_ones_own_telephone(cast: Cast, signed_in: Any) -> None:
    phone = Phone(signed_in(cast.samira), cast.samira.poste.pk, cast.hall.pk)
    assert phone.state()["mode"] == "session"
    assert phone.open().status_code == 200
    assert phone.send(phone.seal(phone.note(categorie="travail_de_rue"))) == ["cree"]
    assert Note.objects.get().service == cast.relais


def test_each_envelope_is_written_once_and_the_same_identifier_with_another_content_is_kept_apart(
    nadia: Phone,
) -> None:
    first, second = nadia.note(texte="un"), nadia.note(texte="deux")
    sealed = [nadia.seal(first), nadia.seal(second)]
    assert nadia.send(*sealed) == ["cree", "cree"]
    assert nadia.send(*sealed[::-1], sealed[0]) == ["deja", "deja", "deja"]
    assert nadia.send(nadia.seal(first)) == ["deja"]
    assert nadia.send(nadia.seal(first | {"texte": "trois"})) == ["conflit"]
    assert (Note.objects.count(), NoteEnConflit.objects.count()) == (2, 1)


def test_what_was_not_sealed_by_a_shift_is_refused_and_nothing_is_written(nadia: Phone, karim: Phone) -> None:
    data = nadia.note(texte=CANARY)
    good = nadia.seal(data)
    stolen = karim.seal(karim.note())
    forged = nadia.wrap(data["id"], b"\0" * 32 + json.dumps({"genre": "note", "donnees": data}).encode())
    moved = good | {"id": str(uuid4())}
    wrong = [
        forged,
        moved,
        good | {"ouverture": str(uuid4())},
        good | {"ouverture": stolen["ouverture"]},
        good | {"cle": "s9"},
        good | {"scelle": "AAAA"},
        good | {"scelle": good["scelle"][:-8] + "AAAAAAA="},
    ]
    assert nadia.send(*wrong) == ["refuse"] * 7
    assert Note.objects.count() == 0
    assert nadia.send(good) == ["cree"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"enveloppes": 1}',
        '{"enveloppes": [1]}',
        '{"enveloppes": [{"id": "x"}]}',
        "[" * 20000,
    ],
)
def test_what_is_not_a_sending_is_refused_in_words(nadia: Phone, body: str) -> None:
    for path in ("envoyer", "deposer", "ouvrir"):
        answer = nadia.client.post(f"/carnet/{path}/", body, content_type="application/json")
        assert answer.status_code == 400, path
        assert list(answer.json()) == ["erreur"]


def test_a_note_out_of_the_lists_is_refused_and_the_others_pass(nadia: Phone) -> None:
    odd = nadia.note(categorie="invention")
    assert nadia.send(nadia.seal(nadia.note()), nadia.seal(odd), nadia.seal(nadia.note())) == [
        "cree",
        "refuse",
        "cree",
    ]


def test_a_note_opens_the_outing_it_tells_whatever_the_order(cast: Cast, nadia: Phone) -> None:
    told = outing(cast.nadia, cast.karim)
    ended = told | {"fin": clock.now().isoformat()}
    end = nadia.seal({"id": str(uuid4())}, "sortie", ended)
    note = nadia.seal(nadia.note(), sortie=told)
    assert nadia.send(end, note, end) == ["cree", "cree", "cree"]
    sortie = Sortie.objects.get()
    assert str(sortie.pk) == told["id"]
    assert {poste.pk for poste in sortie.equipage.all()} == {cast.nadia.poste.pk, cast.karim.poste.pk}
    assert sortie.fin is not None
    assert Note.objects.get().sortie == sortie
    assert list(sortie.lieux.all()) == [cast.hall]
    assert [report.jour for report in CompteRendu.objects.filter(service=cast.alm)] == [sortie.jour]


def test_notes_belong_to_the_crew(cast: Cast, nadia: Phone, karim: Phone) -> None:
    alone, together = outing(cast.nadia), outing(cast.nadia, cast.karim)
    mine = nadia.seal(nadia.note(texte=CANARY), sortie=alone)
    ours = nadia.seal(nadia.note(), sortie=together)
    assert karim.send(mine, ours) == ["autre", "cree"]
    note = Note.objects.get()
    assert note.poste == cast.nadia.poste
    assert CANARY not in karim.client.get("/carnet/soiree/").content.decode()
    assert nadia.send(mine, ours) == ["cree", "deja"]


def test_another_service_neither_sends_nor_reads(cast: Cast, nadia: Phone, signed_in: Any) -> None:
    envelope = nadia.seal(
        nadia.note(texte=CANARY), sortie=outing(cast.nadia, cast.samira, cast.mediateur_sud)
    )
    for member in (cast.samira, cast.nuit, cast.mediateur_sud):
        other = Phone(signed_in(member), member.poste.pk, cast.hall.pk)
        other.open()
        assert other.send(envelope) == ["autre"]
    assert nadia.send(envelope) == ["cree"]
    for member in (cast.samira, cast.nuit, cast.mediateur_sud):
        assert CANARY not in signed_in(member).get("/carnet/soiree/").content.decode()
    assert {poste.pk for poste in Sortie.objects.get().equipage.all()} == {cast.nadia.poste.pk}


@pytest.mark.requirement("S-28")
def test_the_hour_of_a_telephone_is_only_advice(nadia: Phone) -> None:
    now = clock.now()
    past, future = (now + timedelta(days=days) for days in (-3, 400))
    late, ahead = (nadia.note(observee_le=moment.isoformat()) for moment in (past, future))
    assert nadia.send(nadia.seal(late), nadia.seal(ahead)) == ["cree", "cree"]
    rows = {str(row.pk): row for row in Note.objects.all()}
    assert rows[late["id"]].observee_le == past
    assert rows[ahead["id"]].heure_ecartee
    assert rows[ahead["id"]].observee_le - now < timedelta(minutes=1)
    assert [row.compteur for row in Note.objects.order_by("compteur")] == [1, 2]


def test_news_of_a_place_leaves_once_for_the_other_team(cast: Cast, nadia: Phone) -> None:
    data = {"id": str(uuid4()), "destinataire": str(cast.relais.pk), "lieu": str(cast.hall.pk)}
    data |= {"creneau": "nuit", "effectif": "5_9", "categorie": "regroupement", "texte": "vers minuit"}
    sealed = nadia.seal(data, "message")
    assert [nadia.send(sealed), nadia.send(sealed)] == [["cree"], ["deja"]]
    assert MessageDeLieu.objects.get().service_destinataire == cast.relais


@pytest.mark.requirement("S-29")
def test_a_departed_authors_notes_reach_the_sealed_tray_and_they_read_nothing(
    cast: Cast, nadia: Phone, karim: Phone, signed_in: Any
) -> None:
    sealed = nadia.seal(nadia.note(texte=CANARY), sortie=outing(cast.nadia, cast.karim))
    assert nadia.send(sealed, to="deposer") == ["autre"]
    Compte.objects.filter(pk=cast.nadia.compte.pk).update(etat=EtatCompte.PARTI)
    assert nadia.send(sealed).status_code == 401
    assert nadia.open(CODE).status_code == 422
    assert karim.send(sealed) == ["bac"]
    anyone = Phone(Client(), cast.nadia.poste.pk, cast.hall.pk)
    assert [anyone.send(sealed, to="deposer"), anyone.send(sealed, to="deposer")] == [["cree"], ["deja"]]
    row = EnveloppeDeposee.objects.get()
    assert CANARY.encode() not in bytes(row.enveloppe)
    assert Note.objects.count() == 0
    chief = signed_in(cast.cheffe_alm)
    page = chief.get("/carnet/telephones/").content.decode()
    assert "1 note laissée" in page
    assert CANARY not in page
    assert "1 note laissée" not in signed_in(cast.cheffe_relais).get("/carnet/telephones/").content.decode()
    assert signed_in(cast.cheffe_relais).post("/carnet/bac/verser/").status_code == 302
    assert Note.objects.count() == 0
    assert chief.post("/carnet/bac/verser/").status_code == 302
    note = Note.objects.get()
    assert (note.poste, str(note.pk)) == (cast.nadia.poste, sealed["id"])
    assert chief.post("/carnet/bac/verser/").status_code == 302
    assert Note.objects.count() == 1


def test_enrolling_signs_the_head_out_and_only_they_may(cast: Cast, signed_in: Any) -> None:
    chief = signed_in(cast.cheffe_alm)
    assert chief.post("/carnet/telephones/", {"nom": " "}).status_code == 422
    answer = chief.post("/carnet/telephones/", {"nom": "Poche bleue"})
    assert (answer.status_code, answer["Location"]) == (302, "/carnet/")
    assert chief.get("/notes/").status_code == 302
    assert chief.get("/carnet/etat/").json()["telephone"] == "Poche bleue"
    for member in (cast.nadia, cast.direction_alm, cast.dpo):
        assert signed_in(member).get("/carnet/telephones/").status_code == 404
    stranger = signed_in(cast.cheffe_relais)
    assert stranger.post(f"/carnet/telephones/{Telephone.objects.get().pk}/retirer/").status_code == 404
    assert stranger.post(f"/carnet/telephones/{uuid4()}/retirer/").status_code == 404
    assert Telephone.objects.get().retire_le is None


def test_pages_keep_to_their_methods_and_roles(cast: Cast, signed_in: Any) -> None:
    nadia, reader = signed_in(cast.nadia), signed_in(cast.lecteur)
    assert [nadia.get(f"/carnet/{path}/").status_code for path in ("ouvrir", "envoyer", "deposer")] == [
        405
    ] * 3
    assert [nadia.post(f"/carnet/{path}").status_code for path in ("", "etat/", "soiree/", "sw.js")] == [
        405
    ] * 4
    assert nadia.get("/carnet/entree/").status_code == 200
    assert signed_in(cast.maire).get("/carnet/entree/").status_code == 404
    assert reader.get("/carnet/etat/").json()["moi"] is None
    assert reader.get("/carnet/soiree/").status_code == 401


def test_the_page_the_manifest_and_the_worker_say_nothing_of_anyone(cast: Cast, signed_in: Any) -> None:
    alone, nadia = Client(), signed_in(cast.nadia)
    for path in ("/carnet/", "/carnet/sw.js", "/carnet/manifest.webmanifest"):
        assert alone.get(path).content == nadia.get(path).content
    worker = alone.get("/carnet/sw.js")
    assert worker["Content-Type"] == "text/javascript; charset=utf-8"
    first = worker.content.decode().split("\n")[0]
    files = json.loads(first.removeprefix("const COQUILLE = ").removesuffix(";"))["fichiers"]
    answers = [alone.get(path) for path in files]
    for answer in answers:
        answer.close()
    assert [answer.status_code for answer in answers] == [200] * 6
    described = alone.get("/carnet/manifest.webmanifest").json()
    assert described["start_url"] == "/carnet/"
    icons = [alone.get(icon["src"]) for icon in described["icons"]]
    assert [b"".join(icon)[:4] for icon in icons] == [b"<svg", b"\x89PNG", b"\x89PNG"]  # type: ignore[arg-type]


def test_a_note_of_a_former_shift_still_comes_home(cast: Cast, nadia: Phone) -> None:
    old = nadia.seal(nadia.note(observee_le=(clock.now() - timedelta(days=30)).isoformat()))
    OuvertureCarnet.objects.update(
        ouverte_le=clock.now() - timedelta(days=30), expire_le=clock.now() - timedelta(days=29)
    )
    assert nadia.send(old).status_code == 401
    assert nadia.open(CODE).status_code == 200
    assert nadia.send(old) == ["cree"]
    assert Note.objects.get().jour == date.fromisoformat(str(Note.objects.get().jour))


def test_two_hundred_envelopes_cost_no_more_queries_each(
    nadia: Phone, django_assert_max_num_queries: Any
) -> None:
    few = [nadia.seal(nadia.note()) for _ in range(5)]
    with django_assert_max_num_queries(160):
        assert nadia.send(*few) == ["cree"] * 5
    assert UUID(nadia.shift)
