"""«Noter» on screen: once, kept when wrong, refused to whoever has no part in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from maillage.base import clock
from maillage.directory.models import Poste
from maillage.main_courante.models import Note, NoteEnConflit
from tests.cast import Cast, Membre

SignedIn = Callable[[Membre], Client]
CANARY = "canari-des-notes"


def typed(cast: Cast, **changed: Any) -> dict[str, Any]:
    """Return what a thumb sends."""
    return {
        "id": str(uuid4()),
        "lieu": str(cast.hall.pk),
        "categorie": "regroupement",
        "ambiance": "tensions",
        "effectif": "5_9",
        "texte": CANARY,
        **changed,
    }


@pytest.fixture
def nadia(cast: Cast, signed_in: SignedIn) -> Client:
    """The correspondante de nuit."""
    return signed_in(cast.nadia)


def test_a_double_click_writes_one_note_and_says_so(nadia: Client, cast: Cast) -> None:
    data = typed(cast)
    answers = [nadia.post("/noter/", data) for _ in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, f"/noter/?fait={data['id']}")
    ] * 2
    assert Note.objects.count() == 1
    page = nadia.get(answers[0]["Location"])
    assert page.context["done"]["line"].texte == CANARY
    assert page.context["values"]["lieu"] == str(cast.hall.pk)


def test_nothing_to_report_is_one_tap_and_counts(nadia: Client, cast: Cast) -> None:
    sent = {"id": str(uuid4()), "lieu": str(cast.hall.pk), "ambiance": "tensions", "rien": "1"}
    assert nadia.post("/noter/", sent).status_code == 302
    note = Note.objects.get()
    assert (note.categorie, note.ambiance, note.effectif, note.origine) == (
        "rien_a_signaler",
        "ras",
        "aucun",
        "ronde",
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"lieu": ""}, "Choisissez un lieu."),
        ({"categorie": ""}, "Choisissez ce que vous avez vu."),
        ({"effectif": ""}, "Combien de personnes ? Touchez un nombre."),
        ({"heure": "0000-00-00T99:99"}, "Cette date et cette heure ne se lisent pas."),
        ({"heure": "9999-12-31T23:59"}, "Cette heure n'est pas encore passée."),
        ({"heure": "1970-01-01T00:00"}, "Cette date est trop ancienne : soixante jours au plus."),
        ({"categorie": "inventee"}, "« inventee » n'est pas dans la liste « Motifs » de votre équipe."),
        ({"lieu": str(uuid4())}, "Ce lieu n'est pas dans le territoire de votre équipe."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    nadia: Client, cast: Cast, changed: dict[str, str], sentence: str
) -> None:
    answer = nadia.post("/noter/", typed(cast, **changed))
    assert answer.status_code == 422
    said = [error for errors in answer.context["form"].errors.values() for error in errors]
    assert (said, answer.context["values"]["texte"]) == ([sentence], CANARY)
    assert CANARY in answer.content.decode()
    assert Note.objects.count() == 0


def test_a_ten_megabyte_note_is_refused_and_kept_on_screen(nadia: Client, cast: Cast) -> None:
    answer = nadia.post("/noter/", typed(cast, texte="é" * 5_000_000))
    assert answer.status_code == 422
    assert len(answer.context["values"]["texte"]) == 5_000_000
    assert Note.objects.count() == 0


@pytest.mark.requirement("S-32")
@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "‮إلى", "deux\r\nlignes"])
def test_any_text_is_shown_inert_and_as_typed(nadia: Client, cast: Cast, text: str) -> None:
    data = typed(cast, texte=text)
    nadia.post("/noter/", data)
    page = nadia.get(f"/notes/{data['id']}/")
    assert page.context["sheet"].note.texte == text.replace("\r\n", "\n")
    assert "<script>alert" not in page.content.decode()


def test_same_form_other_content_shows_both_and_lets_choose(nadia: Client, cast: Cast) -> None:
    data = typed(cast)
    nadia.post("/noter/", data)
    answer = nadia.post("/noter/", {**data, "texte": "autre"})
    assert answer["Location"] == f"/notes/{data['id']}/"
    conflit = NoteEnConflit.objects.get()
    assert [one.texte for one in nadia.get(answer["Location"]).context["sheet"].conflits] == ["autre"]
    nadia.post(f"/notes/conflits/{conflit.pk}/", {"garder": "1"})
    assert sorted(line.texte for line in nadia.get("/notes/").context["page"].lignes) == ["autre", CANARY]
    assert nadia.get(answer["Location"]).context["sheet"].conflits == []


def test_the_notes_of_one_place(nadia: Client, cast: Cast) -> None:
    nadia.post("/noter/", typed(cast))
    for place, count in ((cast.hall, 1), (cast.square_sud, 0)):
        assert len(nadia.get("/notes/", {"lieu": str(place.pk)}).context["page"].lignes) == count


def test_a_note_is_corrected_and_its_first_version_stays(nadia: Client, cast: Cast) -> None:
    data = typed(cast)
    nadia.post("/noter/", data)
    address = f"/notes/{data['id']}/corriger/"
    assert nadia.get(address).context["values"]["texte"] == CANARY
    answer = nadia.post(address, typed(cast, effectif="20_plus"))
    sheet = nadia.get(answer["Location"]).context["sheet"]
    assert [version.effectif_code for version in sheet.versions] == ["5_9", "20_plus"]


def test_a_note_is_cancelled_by_its_crew_only(nadia: Client, cast: Cast, signed_in: SignedIn) -> None:
    data = typed(cast)
    nadia.post("/noter/", data)
    address = f"/notes/{data['id']}/annuler/"
    assert signed_in(cast.karim).post(address, {"id": str(uuid4())}).status_code == 403
    assert signed_in(cast.karim).get(f"/notes/{data['id']}/corriger/").status_code == 403
    assert nadia.post(address, {"id": str(uuid4())}).status_code == 302
    assert nadia.get("/notes/").context["page"].lignes == []


@pytest.mark.requirement("S-10")
def test_the_hierarchy_reads_places_and_slots_never_agents_nor_minutes(
    nadia: Client, cast: Cast, signed_in: SignedIn
) -> None:
    told = (clock.now() - timedelta(days=2)).replace(hour=21, minute=37)
    data = typed(cast, heure=told.strftime("%Y-%m-%dT%H:%M"))
    nadia.post("/noter/", data)
    day = Note.objects.get().jour.isoformat()
    for address in (f"/notes/{data['id']}/", "/notes/", f"/nuit/{day}/"):
        seen = signed_in(cast.cheffe_alm).get(address).content.decode()
        assert CANARY in seen
        assert ("Nadia" in seen, "21 h 37" in seen, "21:37" in seen) == (False, False, False)


@pytest.mark.requirement("S-12")
def test_nothing_leaks_to_another_team(nadia: Client, cast: Cast, signed_in: SignedIn) -> None:
    data = typed(cast)
    nadia.post("/noter/", data)
    day = Note.objects.get().jour.isoformat()
    for member in (cast.samira, cast.nuit, cast.mediateur_sud, cast.direction_sud):
        client = signed_in(member)
        for address in ("/", "/notes/", f"/nuit/{day}/", "/api/v1/notes"):
            assert CANARY not in client.get(address).content.decode()
        assert client.get(f"/notes/{data['id']}/").status_code == 404
    stranger = signed_in(cast.samira)
    for act in ("corriger", "annuler"):
        assert stranger.post(f"/notes/{data['id']}/{act}/", typed(cast)).status_code == 404


WRITES = [
    "/noter/",
    "/sorties/",
    "/sorties/fin/",
    f"/notes/{uuid4()}/annuler/",
    f"/notes/conflits/{uuid4()}/",
]


@pytest.mark.parametrize("address", WRITES)
def test_a_post_that_only_reads_writes_nothing(cast: Cast, signed_in: SignedIn, address: str) -> None:
    assert signed_in(cast.lecteur).post(address, typed(cast)).status_code == 403


@pytest.mark.parametrize(
    ("address", "method", "status"),
    [
        (f"/notes/{uuid4()}/", "get", 404),
        ("/notes/pas-un-identifiant/", "get", 404),
        (f"/notes/{uuid4()}/corriger/", "get", 404),
        (f"/notes/conflits/{uuid4()}/", "post", 404),
        ("/nuit/2026-02-31/", "get", 404),
        ("/nuit/20260201/", "get", 404),
        ("/notes/?suite=faux", "get", 400),
        ("/notes/?lieu=faux", "get", 404),
        ("/notes/?jour=2026-99-99", "get", 422),
        ("/notes/", "post", 405),
        ("/noter/", "delete", 405),
        ("/sorties/fin/", "get", 405),
        ("/nuit/2026-03-01/", "post", 405),
    ],
)
def test_bad_addresses_and_methods(nadia: Client, address: str, method: str, status: int) -> None:
    assert getattr(nadia, method)(address).status_code == status


@pytest.mark.parametrize("who", ["maire", "dpo", "coordination", "direction_alm"])
def test_who_has_no_part_in_notes(cast: Cast, signed_in: SignedIn, who: str) -> None:
    reads = 200 if who == "direction_alm" else 404
    client = signed_in(cast.membres[who])
    assert [client.get(address).status_code for address in ("/noter/", "/notes/", "/sorties/")] == [
        404,
        reads,
        404,
    ]


def test_an_outing_on_screen(nadia: Client, cast: Cast) -> None:
    started = nadia.post("/sorties/", {"id": str(uuid4()), "equipage": [str(cast.karim.poste.pk)]})
    assert started["Location"] == "/noter/"
    nadia.post("/noter/", typed(cast))
    ended = nadia.post("/sorties/fin/")
    report = nadia.get(ended["Location"]).context["report"]
    assert (report.sorties, report.passages, [place.nom for place in report.lieux]) == (1, 1, ["Hall 4"])


def test_an_outing_with_a_stranger_is_refused_in_words(nadia: Client, cast: Cast) -> None:
    answer = nadia.post("/sorties/", {"id": str(uuid4()), "equipage": [str(cast.samira.poste.pk)]})
    assert (answer.status_code, answer.context["error"]) == (
        422,
        "Un des collègues choisis n'est plus dans l'équipe.",
    )


def test_a_post_that_only_reads_is_told_before_it_types(cast: Cast, signed_in: SignedIn) -> None:
    told = "un formulaire de terrain envoyé d'ici ne s'enregistre pas"
    assert told not in signed_in(cast.nadia).get("/noter/").content.decode()
    Poste.objects.filter(pk=cast.nadia.poste.pk).update(lecture_seule=True)
    client = signed_in(cast.nadia)
    assert told in client.get("/noter/").content.decode()
    assert client.post("/noter/", typed(cast)).status_code == 403
    assert not Note.objects.exists()
