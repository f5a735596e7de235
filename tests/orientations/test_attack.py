"""An attack: can a sender tell a followed person from one whom nobody looked at? (design, section 4)

Two orientations leave identical on the same minute; one is followed in every way the receiving
service knows, the other ignored. Everything a sender can read is compared, at every date.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.base import clock
from maillage.dossiers.models import Personne
from maillage.orientations.actions import (
    accept_orientation,
    close_due,
    decline_orientation,
    record_suite,
    remind_due,
    return_suite,
)
from maillage.orientations.enums import MotifDecline, Suite
from maillage.orientations.faces import Accepted
from maillage.orientations.models import Orientation
from maillage.orientations.queries import examine_answers, sent_face, sent_list
from maillage.sharing import persons
from maillage.sharing.errors import NotVisible, Withheld
from maillage.sharing.queries import list_accompagnements, read_accompagnement
from tests.cast import Cast
from tests.door import WITH_RETURN, YANIS, acteur, add_clause, month_of, send

FORBIDDEN = ("orientations_reception", "orientations_suiteinterne", "orientations_relance")


@pytest.fixture
def pair(cast: Cast) -> Iterator[tuple[Orientation, Orientation]]:
    """Two identical orientations; time stands still while they leave."""
    add_clause(cast.ici, "clause_retour", True)
    with time_machine.travel(clock.now(), tick=False):
        yield send(cast, WITH_RETURN), send(cast, WITH_RETURN)


def follow(cast: Cast, orientation: Orientation) -> None:
    """Do everything a receiving service can do of an orientation, and try to send a return."""
    samira = acteur(cast.samira)
    accepted = accept_orientation(orientation=orientation, by=samira)
    assert isinstance(accepted, Accepted)
    assert accepted.accompagnement is not None
    for suite in Suite:
        record_suite(orientation=orientation, by=samira, code=suite)
    for etat in ("recherchee", "acquise"):
        persons.record_adhesion(by=samira, accompagnement=accepted.accompagnement, donneur="jeune", etat=etat)
    persons.note_contact(by=samira, accompagnement=accepted.accompagnement, le=clock.today())
    with pytest.raises(Withheld):
        return_suite(orientation=orientation, by=samira, code=Suite.RELATION_ENGAGEE)


def readable(cast: Cast, orientation: Orientation) -> dict[str, Any]:
    """Return, without identifiers, everything a sender can read about one orientation."""
    karim = acteur(cast.karim)
    face = asdict(sent_face(karim, orientation.pk))
    line = asdict(next(one for one in sent_list(karim) if one.id == orientation.pk))
    for known in (face, line):
        known.pop("id")
    face["personne"].pop("id")
    return {"face": face, "line": line}


def test_a_followed_person_reads_like_an_ignored_one(
    cast: Cast, pair: tuple[Orientation, Orientation]
) -> None:
    followed, ignored = pair
    before = readable(cast, followed)
    follow(cast, followed)
    assert readable(cast, followed) == readable(cast, ignored) == before
    assert before["face"]["visible"] == "recue"


@pytest.mark.parametrize(("days", "state"), [(1, "recue"), (20, "recue"), (41, "recue"), (42, "close")])
def test_it_holds_at_every_date_and_through_the_nightly_work(
    cast: Cast, pair: tuple[Orientation, Orientation], days: int, state: str
) -> None:
    followed, ignored = pair
    follow(cast, followed)
    with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
        seen = readable(cast, followed)
        assert seen == readable(cast, ignored)
        assert (seen["face"]["visible"], seen["line"]["visible"]) == (state, state)
        assert len(remind_due(clock.today())) == (1 if 15 <= days < 42 else 0)
        assert close_due(clock.today()) == (2 if state == "close" else 0)
        assert readable(cast, followed) == readable(cast, ignored) == seen
        assert seen["face"]["personne"]["effacee"] is (state == "close")


@pytest.mark.parametrize("etat", ["donne", "refuse"])
def test_what_the_receiving_service_hears_again_leaves_the_senders_page_as_it_was(
    cast: Cast, pair: tuple[Orientation, Orientation], etat: str
) -> None:
    met, ignored = pair
    samira = acteur(cast.samira)
    assert met.sujet is not None
    for donneur, lien in (("jeune", None), ("titulaire", "mere")):
        persons.record_accord(
            by=samira,
            personne=met.sujet,
            portee="retour",
            destinataire=cast.alm,
            donneur=donneur,
            lien=lien,
            etat=etat,
        )
    persons.record_notice(by=samira, personne=met.sujet)
    seen = readable(cast, met)
    assert seen == readable(cast, ignored)
    assert len(seen["face"]["personne"]["accords"]) == 4


def test_a_declined_person_reads_like_an_ignored_one(
    cast: Cast, pair: tuple[Orientation, Orientation]
) -> None:
    declined, ignored = pair
    decline_orientation(orientation=declined, by=acteur(cast.samira), motif=MotifDecline.INJOIGNABLE)
    assert readable(cast, declined) == readable(cast, ignored)


def test_reciprocity_does_not_move_when_someone_is_followed(
    cast: Cast, pair: tuple[Orientation, Orientation]
) -> None:
    before = month_of(cast, "karim", clock.today())
    follow(cast, pair[0])
    assert month_of(cast, "karim", clock.today()) == before


def test_no_sender_query_touches_what_the_receiving_service_keeps(
    cast: Cast, pair: tuple[Orientation, Orientation]
) -> None:
    follow(cast, pair[0])
    karim = acteur(cast.karim)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        sent_list(karim)
        sent_face(karim, pair[0].pk)
        month_of(cast, "karim", clock.today())
        examine_answers(karim, partenariat=cast.ici, destinataire=cast.relais, answers=YANIS)
    assert len(queries) > 10
    statements = " ".join(one["sql"].lower() for one in queries)
    assert [table for table in FORBIDDEN if table in statements] == []
    assert "dossiers_accompagnement" not in statements
    assert "dossiers_adhesion" not in statements


def test_the_sender_never_opens_the_receivers_own_sheet(
    cast: Cast, pair: tuple[Orientation, Orientation]
) -> None:
    follow(cast, pair[0])
    (line,) = list_accompagnements(acteur(cast.samira))
    assert list_accompagnements(acteur(cast.karim)) == []
    with pytest.raises(NotVisible):
        read_accompagnement(acteur(cast.karim), line.id)
    taken = Personne.objects.get(pk=line.personne)
    with pytest.raises(NotVisible):
        persons.record_notice(by=acteur(cast.karim), personne=taken.pk)


def test_the_sender_rows_do_not_change_when_someone_is_followed(
    cast: Cast, pair: tuple[Orientation, Orientation]
) -> None:
    followed, _ = pair
    sujet = followed.sujet
    before = (
        Orientation.objects.filter(pk=followed.pk).values().get(),
        Personne.objects.filter(pk=sujet).values().get(),
    )
    follow(cast, followed)
    after = (
        Orientation.objects.filter(pk=followed.pk).values().get(),
        Personne.objects.filter(pk=sujet).values().get(),
    )
    assert json.dumps(after, default=str) == json.dumps(before, default=str)
