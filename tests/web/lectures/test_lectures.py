"""The screen of an open question: what is at stake, three signatures, the annex; closed to others."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from maillage.base import clock
from maillage.conventions.models import LectureAdoptee, PropositionLecture
from maillage.conventions.queries import lectures
from maillage.orientations.actions import accept_orientation, return_suite
from maillage.orientations.enums import Suite
from maillage.sharing.errors import Withheld
from tests.cast import Cast, Membre
from tests.door import WITH_RETURN, acteur, add_clause, put_in_a_finished_quarter, send

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]
PAGE, PROPOSE = "/lectures/ici/U-10/", "/lectures/ici/U-10/proposer/"


def _text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return html.unescape(answer.content.decode())


def _answers(**changed: str) -> dict[str, str]:
    today = clock.today()
    term = today + timedelta(days=365)
    return {"valeur": "rapport", "debut": str(today), "fin": str(term), "motif": "Essayer un an"} | changed


def _proposed(client: Client) -> PropositionLecture:
    assert client.post(PROPOSE, _answers()).status_code == 302
    return PropositionLecture.objects.get()


def test_members_read_it_and_nobody_else(cast: Cast, signed_in: SignedIn, client: Client) -> None:
    for page in (PAGE, "/lectures/ici/annexe.docx"):
        for who in ("nadia", "samira", "direction_alm", "lecteur", "dpo"):
            assert signed_in(cast.membres[who]).get(page).status_code == 200
        for who in ("maire", "mediateur_sud", "direction_sud"):
            assert signed_in(cast.membres[who]).get(page).status_code == 404
        assert signed_in(cast.nadia).post(page).status_code == 405
        assert client.get(page).status_code == 302
    for absent in ("/lectures/ici/U-8/", "/lectures/ici/U-99/", "/lectures/ici/annexe.odt"):
        assert signed_in(cast.nadia).get(absent).status_code == 404


def test_only_signatories_write(cast: Cast, signed_in: SignedIn) -> None:
    row = _proposed(signed_in(cast.direction_alm))
    sign, aside = (f"/lectures/propositions/{row.pk}/{act}/" for act in ("signer", "ecarter"))
    for who in ("nadia", "samira", "cheffe_alm", "coordination", "direction_sud"):
        for url in (PROPOSE, sign, aside):
            assert signed_in(cast.membres[who]).post(url, _answers()).status_code == 404, (who, url)
    director = signed_in(cast.direction_relais)
    for act in ("signer", "ecarter"):
        assert director.post(f"/lectures/propositions/{uuid4()}/{act}/").status_code == 404
        assert director.get(f"/lectures/propositions/{row.pk}/{act}/").status_code == 405
    assert director.get(PROPOSE).status_code == 405
    cast.direction_relais.poste.lecture_seule = True
    cast.direction_relais.poste.save()
    assert director.post(sign).status_code == 403
    assert row.signatures.count() == 1
    assert "Signer" not in _text(signed_in(cast.nadia), PAGE)


def test_three_signatures_adopt_it_and_the_page_follows(cast: Cast, signed_in: SignedIn) -> None:
    assert "Proposer une lecture" in _text(signed_in(cast.direction_alm), PAGE)
    row = _proposed(signed_in(cast.direction_alm))
    page = _text(signed_in(cast.direction_relais), PAGE)
    assert ["Essayer un an" in page, "signé : Denis Essai, ALM" in page, "Signer" in page] == [True] * 3
    assert f'action="/lectures/propositions/{row.pk}/signer/"' not in _text(
        signed_in(cast.direction_alm), PAGE
    )
    for who in (cast.direction_relais, cast.dpo):
        answer = signed_in(who).post(f"/lectures/propositions/{row.pk}/signer/")
        assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert lectures(cast.ici, clock.today()) == {"U-10": "rapport"}
    page = _text(signed_in(cast.nadia), PAGE)
    assert "Lecture du rapport, version 1" in page
    assert "Annexe de lecture U-10, version 1" in page
    again = signed_in(cast.dpo).post(f"/lectures/propositions/{row.pk}/ecarter/")
    assert again.status_code == 409
    assert "déjà adoptée" in html.unescape(again.content.decode())


def test_a_proposal_can_be_set_aside(cast: Cast, signed_in: SignedIn) -> None:
    row = _proposed(signed_in(cast.dpo))
    answer = signed_in(cast.direction_alm).post(f"/lectures/propositions/{row.pk}/ecarter/")
    assert answer.status_code == 302
    assert "Proposer une lecture" in _text(signed_in(cast.dpo), PAGE)
    assert LectureAdoptee.objects.count() == 0


def test_a_second_proposal_is_a_conflict(cast: Cast, signed_in: SignedIn) -> None:
    _proposed(signed_in(cast.direction_alm))
    assert signed_in(cast.dpo).post(PROPOSE, _answers()).status_code == 409
    assert PropositionLecture.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"debut": "2020-01-01"}, "jamais pour le passé"),
        ({"fin": "2020-01-01"}, "Le terme vient après le premier jour."),
        ({"valeur": "prudente"}, "vaut déjà, sans rien signer"),
        ({"debut": "demain"}, "date valide"),
    ],
)
def test_an_absurd_proposal_is_kept_as_typed(
    cast: Cast, signed_in: SignedIn, changed: dict[str, str], said: str
) -> None:
    answer = signed_in(cast.direction_alm).post(PROPOSE, _answers(**changed))
    page = html.unescape(answer.content.decode())
    assert (answer.status_code, said in page, "Essayer un an" in page) == (422, True, True)
    assert PropositionLecture.objects.count() == 0


def test_the_page_counts_what_depends_on_the_question_and_hides_few(cast: Cast, signed_in: SignedIn) -> None:
    add_clause(cast.ici, "clause_retour", True)
    assert "Aucun échange de l'année écoulée n'en dépend." in _text(signed_in(cast.nadia), PAGE)
    for times, said in ((1, "Moins de cinq échanges"), (5, "6 échanges")):
        for _ in range(times):
            orientation = send(cast, WITH_RETURN)
            accept_orientation(orientation=orientation, by=acteur(cast.samira))
            with pytest.raises(Withheld):
                return_suite(orientation=orientation, by=acteur(cast.samira), code=Suite.RELATION_ENGAGEE)
        put_in_a_finished_quarter()
        page = _text(signed_in(cast.nadia), PAGE)
        assert f"<strong>{said}</strong> de l'année écoulée en dépendent" in page
        assert "Yanis" not in page
    assert 'href="/rejeu/ici/essai/?U-10=rapport"' in page
    assert "n'en dépend" in _text(signed_in(cast.nadia), "/lectures/ici/U-14/")


def test_the_annex_is_given_in_both_formats(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.samira)
    word, pdf = (client.get(f"/lectures/ici/annexe.{genre}") for genre in ("docx", "pdf"))
    assert (word.content[:2], pdf.content[:5]) == (b"PK", b"%PDF-")
    assert word["Content-Disposition"] == 'attachment; filename="annexe-de-lecture-ici.docx"'


def test_the_list_leads_to_each_question(cast: Cast, signed_in: SignedIn) -> None:
    page = _text(signed_in(cast.nadia), "/partenariat/ici/lectures/")
    assert [f'href="/lectures/ici/{code}/"' in page for code in ("U-1", "U-10", "U-14")] == [True] * 3
