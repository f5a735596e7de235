"""A partnership's form has a history without overlap; a title has a number, dates, and one holder."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from maillage.base import clock
from maillage.conventions.actions import end_title, record_form, record_title
from maillage.conventions.enums import Forme
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.conventions.models import FormePartenariat, Participation
from maillage.conventions.queries import forme
from maillage.directory.enums import GenreTitre
from maillage.directory.models import Titre
from maillage.directory.queries import post_facts
from tests.cast import SINCE, Cast
from tests.door import acteur

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _write(cast: Cast, forme: str = Forme.CONVENTION, **given: Any) -> FormePartenariat:
    said = {"preuve": "Convention inventée n° 3", "debut": date(2024, 3, 1)} | given
    return record_form(by=acteur(cast.direction_alm), partenariat=cast.ici, forme=forme, **said)


def _title(cast: Cast, **given: Any) -> Titre:
    said = {"genre": GenreTitre.DELEGATION, "numero": "n° 12", "preuve": "Convention", "debut": clock.today()}
    return record_title(by=acteur(cast.direction_relais), partenariat=cast.ici, **said | given)


def _history(cast: Cast) -> list[tuple[str, date, date | None]]:
    return list(cast.ici.formes.order_by("debut").values_list("forme", "debut", "fin"))


def test_a_new_form_ends_the_former_the_day_before(cast: Cast) -> None:
    row = _write(cast, fin=date(2026, 12, 31))
    assert _history(cast) == [
        ("informel", SINCE, row.debut - DAY),
        ("convention", row.debut, date(2026, 12, 31)),
    ]
    held = [forme(cast.ici, day) for day in (row.debut - DAY, row.debut, date(2027, 1, 1))]
    assert held == ["informel", "convention", "informel"]


def test_two_forms_never_hold_on_one_day(cast: Cast) -> None:
    row = _write(cast)
    for debut, fin in ((row.debut, None), (row.debut - DAY, None), (row.debut - 9 * DAY, row.debut)):
        with pytest.raises(NotNow, match="deux formes ne valent pas le même jour"):
            _write(cast, Forme.PILOTAGE_UNIQUE, debut=debut, fin=fin)
    assert len(_history(cast)) == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        FormePartenariat.objects.create(partenariat=cast.ici, forme="informel", preuve="x", debut=row.debut)


def test_the_latest_line_alone_is_corrected_and_the_eve_follows(cast: Cast) -> None:
    first = cast.ici.formes.get()
    row = _write(cast)
    _write(cast, Forme.PILOTAGE_UNIQUE, debut=row.debut + 10 * DAY, corrects=row.pk)
    assert _history(cast) == [
        ("informel", SINCE, row.debut + 9 * DAY),
        ("pilotage_unique", row.debut + 10 * DAY, None),
    ]
    with pytest.raises(NotNow, match="Seule la dernière forme"):
        _write(cast, corrects=first.pk)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"fin": date(2024, 2, 28)}, "Le terme vient avant le premier jour"),
        ({"preuve": "  "}, "Dites ce qui prouve cette forme"),
        ({"debut": date(1900, 1, 1)}, "Le premier jour va de 1950"),
        ({"forme": "amitie"}, "Choisissez une des trois formes"),
    ],
)
def test_an_absurd_form_is_refused_in_one_sentence(cast: Cast, given: dict[str, Any], said: str) -> None:
    with pytest.raises(BadAnswer, match=said):
        _write(cast, **given)
    assert _history(cast) == [("informel", SINCE, None)]


def test_a_form_that_binds_two_trades_needs_both(cast: Cast) -> None:
    Participation.objects.filter(service=cast.relais).update(fin=clock.today() - DAY)
    with pytest.raises(BadAnswer, match="lie les deux métiers"):
        _write(cast)
    assert _write(cast, Forme.INFORMEL).forme == "informel"


def test_who_writes_the_form(cast: Cast) -> None:
    for who in ("karim", "samira", "coordination", "dpo", "maire", "direction_sud"):
        with pytest.raises(NotYours):
            record_form(
                by=acteur(cast.membres[who]),
                partenariat=cast.ici,
                forme=Forme.CONVENTION,
                preuve="x",
                debut=clock.today(),
            )
    cast.direction_alm.poste.lecture_seule = True
    with pytest.raises(CannotWrite):
        _write(cast)


def test_a_title_makes_the_mission_until_its_term(cast: Cast) -> None:
    Titre.objects.all().delete()
    samira = cast.samira.poste
    samira.fondements_secret = []
    assert post_facts(samira, clock.today()).facts["fondement_secret"] == []
    row = _title(cast, fin=clock.today() + 30 * DAY)
    assert post_facts(samira, clock.today()).facts["fondement_secret"] == ["mission_ase"]
    end_title(by=acteur(cast.direction_relais), titre=row.pk, fin=clock.today() + DAY)
    # Past its term the ground is unknown: silence never loosens a secret.
    assert "fondement_secret" not in post_facts(samira, clock.today() + 2 * DAY).facts


def test_titles_that_contradict_each_other_are_refused(cast: Cast) -> None:
    _title(cast, fin=clock.today() + 30 * DAY)
    with pytest.raises(NotNow, match="n'est pas déléguée et transférée le même jour"):
        _title(cast, genre=GenreTitre.TRANSFERT, debut=clock.today() + 30 * DAY)
    with pytest.raises(NotNow, match="deux fois le même titre"):
        _title(cast)
    _title(cast, genre=GenreTitre.TRANSFERT, debut=clock.today() + 31 * DAY)
    for given, champ in (({"numero": ""}, "numero"), ({"fin": clock.today() - DAY}, "fin")):
        with pytest.raises(BadAnswer) as refused:
            _title(cast, **given)
        assert refused.value.champ == champ
    assert cast.relais.titres.count() == 3


def test_a_title_is_written_by_the_direction_of_the_team_that_holds_it(cast: Cast) -> None:
    with pytest.raises(NotYours):
        record_title(
            by=acteur(cast.direction_alm),
            partenariat=cast.ici,
            genre=GenreTitre.TRANSFERT,
            numero="1",
            preuve="x",
            debut=clock.today(),
        )
    row = cast.relais.titres.get()
    for who in (cast.direction_alm, cast.samira, cast.direction_sud):
        with pytest.raises(NotYours):
            end_title(by=acteur(who), titre=row.pk, fin=clock.today())
    with pytest.raises(BadAnswer, match="il ne finit pas avant"):
        end_title(by=acteur(cast.direction_relais), titre=row.pk, fin=SINCE - DAY)
