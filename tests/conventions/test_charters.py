"""Charters are signed post by post; the other service learns how many remain, never who."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maillage.base import clock
from maillage.conventions.actions import publish_charter, sign_charter
from maillage.conventions.enums import GenreCharte
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.conventions.models import Charte, SignatureCharte
from maillage.conventions.queries import charters_to_sign, has_signed, unsigned_charters
from maillage.orientations.actions import accept_orientation, send_orientation, withdraw
from maillage.sharing.errors import NotNow as SharingNotNow
from tests.cast import Cast
from tests.door import acteur, prepare, send

pytestmark = pytest.mark.django_db


def _publish(cast: Cast, genre: GenreCharte = GenreCharte.DEONTOLOGIE, later: int = 0) -> Charte:
    return publish_charter(
        by=acteur(cast.direction_alm),
        partenariat=cast.ici,
        genre=genre,
        texte="Nous ne disons que le nécessaire.",
        debut=clock.today() + timedelta(later),
    )


def test_without_a_charter_there_is_nothing_to_sign(cast: Cast) -> None:
    assert has_signed(cast.karim.poste, clock.today(), cast.ici)
    assert set(unsigned_charters(cast.ici, clock.today()).values()) == {0}


def test_one_has_signed_once_every_charter_bears_ones_signature(cast: Cast) -> None:
    today, karim = clock.today(), cast.karim.poste
    rows = [_publish(cast, genre) for genre in GenreCharte]
    assert {row.pk for row in charters_to_sign(karim, today, cast.ici)} == {row.pk for row in rows}
    sign_charter(by=acteur(cast.karim), charte=rows[0].pk)
    assert not has_signed(karim, today, cast.ici)
    for row in rows:
        sign_charter(by=acteur(cast.karim), charte=row.pk)
    assert has_signed(karim, today, cast.ici)
    assert SignatureCharte.objects.count() == 2


def test_a_new_version_is_signed_anew_from_its_first_day(cast: Cast) -> None:
    today, karim = clock.today(), cast.karim.poste
    sign_charter(by=acteur(cast.karim), charte=_publish(cast).pk)
    later = _publish(cast, later=3)
    assert [has_signed(karim, today + timedelta(day), cast.ici) for day in (2, 3)] == [True, False]
    with pytest.raises(NotNow):
        sign_charter(by=acteur(cast.karim), charte=later.pk)
    with pytest.raises(NotNow):
        _publish(cast, later=3)


def test_only_numbers_of_posts_remain_by_service(cast: Cast) -> None:
    row = _publish(cast)
    # ALM: two in the field, the head, the direction; the reader, the DPO, the one gone do not count.
    assert unsigned_charters(cast.ici, clock.today()) == {
        cast.alm.pk: 4,
        cast.services["nuit"].pk: 1,
        cast.relais.pk: 4,
    }
    sign_charter(by=acteur(cast.samira), charte=row.pk)
    assert unsigned_charters(cast.ici, clock.today())[cast.relais.pk] == 3


def test_who_may_publish_and_sign(cast: Cast) -> None:
    row = _publish(cast)
    for who in ("maire", "coordination", "dpo", "mediateur_sud"):
        with pytest.raises(NotYours):
            sign_charter(by=acteur(cast.membres[who]), charte=row.pk)
    with pytest.raises(CannotWrite):
        sign_charter(by=acteur(cast.lecteur), charte=row.pk)
    with pytest.raises(NotYours):
        publish_charter(
            by=acteur(cast.karim),
            partenariat=cast.ici,
            genre=GenreCharte.DEONTOLOGIE,
            texte="x",
            debut=clock.today(),
        )
    with pytest.raises(BadAnswer):
        _publish(cast, later=-1)


def test_nothing_about_a_person_goes_before_the_charters_are_signed(cast: Cast) -> None:
    draft, received = prepare(cast), send(cast)
    row = _publish(cast)
    with pytest.raises(SharingNotNow, match="signature des chartes"):
        send_orientation(orientation=draft, by=acteur(cast.karim), version=draft.version)
    with pytest.raises(SharingNotNow, match="signature des chartes"):
        accept_orientation(orientation=received, by=acteur(cast.samira))
    # Whoever withdraws is never held back.
    withdraw(orientation=received, by=acteur(cast.karim), donneur="jeune")
    sign_charter(by=acteur(cast.karim), charte=row.pk)
    sent = send_orientation(orientation=draft, by=acteur(cast.karim), version=draft.version)
    assert sent.envoyee_le is not None
