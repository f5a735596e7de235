"""The replay on screen: open to both teams, closed to others, counts only, and nothing written."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.conventions.enums import Forme
from maillage.orientations.actions import send_orientation
from maillage.sharing.errors import Withheld
from maillage.web.partenariat.samples import SAMPLES, Bench
from maillage.web.rejeu.formes import compare
from tests.cast import Cast, Membre
from tests.door import YANIS, acteur, add_clause, adopt, prepare, put_in_a_finished_quarter

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]
FORMS, TRIAL = "/rejeu/ici/", "/rejeu/ici/essai/"


def _text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return html.unescape(answer.content.decode())


def _withheld(cast: Cast, times: int = 6) -> None:
    for _ in range(times):
        draft = prepare(cast, replace(YANIS, notice=False))
        with pytest.raises(Withheld):
            send_orientation(orientation=draft, by=acteur(cast.karim), version=0)
    put_in_a_finished_quarter()


def test_both_teams_open_it_and_nobody_else(cast: Cast, signed_in: SignedIn, client: Client) -> None:
    for page in (FORMS, TRIAL):
        for who in ("nadia", "samira", "direction_alm", "cheffe_relais", "coordination", "dpo", "lecteur"):
            assert signed_in(cast.membres[who]).get(page).status_code == 200, (page, who)
        assert signed_in(cast.maire).get(page).status_code == 404
        assert signed_in(cast.mediateur_sud).get(page).status_code == 404
        assert signed_in(cast.nadia).get(page.replace("ici", "absent")).status_code == 404
        assert signed_in(cast.nadia).post(page).status_code == 405
        assert client.get(page).status_code == 302


def test_the_partnership_leads_to_it_only_those_it_lets_in(cast: Cast, signed_in: SignedIn) -> None:
    assert FORMS in _text(signed_in(cast.nadia), "/partenariat/ici/")
    cast.maire.service.participations.create(partenariat=cast.ici, debut="2020-01-01", place="associe")
    assert FORMS not in _text(signed_in(cast.maire), "/partenariat/ici/")


def test_the_three_forms_answer_side_by_side_clause_by_clause(cast: Cast) -> None:
    adopt(cast.ici, "U-10")
    add_clause(cast.ici, "clause_retour", True)
    add_clause(cast.ici, "information_rgpd", True)
    cast.ici.formes.update(forme=Forme.CONVENTION)
    found = compare(Bench(cast.ici, clock.today()), Forme.CONVENTION)
    assert [one.titre for one in found] == [sample.titre for sample in SAMPLES]
    orientation, back = found[1], found[2]
    assert [(one.forme, one.real, one.answer.issue, list(one.clauses)) for one in orientation.answers] == [
        ("informel", False, "incomplet", ["Rien d'écrit sur « information RGPD »"]),
        ("convention", True, "permis", []),
        ("pilotage_unique", False, "permis", []),
    ]
    assert [(one.answer.issue, list(one.clauses)) for one in back.answers] == [
        ("incomplet", ["Rien d'écrit sur « clause de retour »"]),
        ("permis", []),
        ("permis", []),
    ]
    assert [one.alike for one in found] == [True, False, False, found[3].alike, True]


def test_no_form_lifts_a_refusal(cast: Cast) -> None:
    bench = Bench(cast.ici, clock.today())
    confidence = compare(bench, Forme.INFORMEL)[4]
    assert {one.answer.issue for one in confidence.answers} == {"interdit"}


def test_a_clause_tried_shows_what_it_opens_and_writes_nothing(cast: Cast, signed_in: SignedIn) -> None:
    _withheld(cast)
    lines = Ligne.objects.count()
    page = _text(signed_in(cast.nadia), f"{TRIAL}?avec=notice&U-10=rapport")
    assert "6 échanges" in page
    assert "Confiance, réactivité, lisibilité ne sont pas mesurées." in page
    assert "devient «\u00a0Vous pouvez\u00a0» ; tient à\u00a0: Une même information" in page
    assert "« Vous pouvez » 6 de plus, « Il manque… » 6 de moins" in page
    assert "U-10 : lecture du rapport" in page
    assert "Yanis" not in page
    assert Ligne.objects.count() == lines


def test_an_exchange_of_a_quarter_not_over_is_not_read_whatever_the_address_asks(
    cast: Cast, signed_in: SignedIn
) -> None:
    """One more since yesterday, or one day more in the address, would tell that day's exchange."""
    _withheld(cast)
    draft = prepare(cast, replace(YANIS, notice=False))
    with pytest.raises(Withheld):
        send_orientation(orientation=draft, by=acteur(cast.karim), version=0)
    for asked in ("forme=", "depuis=2020-01-01", f"depuis=2020-01-01&jusqu_au={clock.today()}"):
        assert "6 échanges" in _text(signed_in(cast.nadia), f"{TRIAL}?{asked}")


def test_too_few_exchanges_are_not_shown(cast: Cast, signed_in: SignedIn) -> None:
    _withheld(cast, 4)
    page = _text(signed_in(cast.samira), f"{TRIAL}?forme=informel")
    assert "Trop peu d'échanges" in page
    assert "Ensemble" not in page


def test_another_partnership_weighs_nothing(cast: Cast, signed_in: SignedIn) -> None:
    _withheld(cast)
    assert "Trop peu d'échanges" in _text(signed_in(cast.mediateur_sud), "/rejeu/ailleurs/essai/?forme=")


@pytest.mark.parametrize(
    "asked",
    [
        "forme=ville",
        "avec=autre",
        "sans=autre",
        "U-10=oui",
    ],
)
def test_the_impossible_is_refused_and_what_was_typed_is_kept(
    cast: Cast, signed_in: SignedIn, asked: str
) -> None:
    add_clause(cast.ici, "clause_retour", True)
    page = _text(signed_in(cast.nadia), f"{TRIAL}?{asked}&avec=retour", 422)
    assert "is-invalid" in page or "errorlist" in page
    assert 'value="retour"' in page


def test_a_recorded_clause_can_be_taken_away(cast: Cast, signed_in: SignedIn) -> None:
    clause = add_clause(cast.ici, "information_rgpd", True)
    for _ in range(5):
        draft = prepare(cast, replace(YANIS, notice=False))
        send_orientation(orientation=draft, by=acteur(cast.karim), version=0)
    put_in_a_finished_quarter()
    page = _text(signed_in(cast.nadia), f"{TRIAL}?sans={clause.pk}")
    assert "Sans la clause « Clause information_rgpd »" in page
    assert "« Vous pouvez » 5 de moins, « Il manque… » 5 de plus" in page
