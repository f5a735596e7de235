"""A convention lives: the next workshop starts from the latest text, and a text may be set aside."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maillage.base import clock
from maillage.conventions.actions import (
    open_workshop,
    propose_clause,
    reopen_text,
    settle_text,
    sign_convention,
    vote_clause,
)
from maillage.conventions.actions.atelier import Wording
from maillage.conventions.enums import OrigineClause
from maillage.conventions.errors import CannotWrite, NotNow, NotYours
from maillage.conventions.models import Convention
from maillage.conventions.queries import carried, convention_in_force, facts, wordings
from tests.cast import Cast
from tests.door import acteur

pytestmark = pytest.mark.django_db
RETURN = Wording("Se dire la suite", "On se répond.", "clause_retour", True)
WALK = Wording("Marcher ensemble", "Le mardi.")


def _settled(cast: Cast) -> Convention:
    karim, today = acteur(cast.karim), clock.today()
    row = open_workshop(by=karim, partenariat=cast.ici)
    for wording in (RETURN, WALK):
        clause = propose_clause(
            by=karim, convention=row.pk, origine=OrigineClause.VILLE, source="Loinville", wording=wording
        )
        for who in (cast.karim, cast.samira):
            vote_clause(by=acteur(who), clause=clause.pk, redaction=1, pour=wording is RETURN)
    dates = {"debut": today, "fin": today + timedelta(365), "revue_le": today + timedelta(180)}
    return settle_text(by=acteur(cast.direction_alm), convention=row.pk, **dates)


def test_a_text_set_aside_brings_its_clauses_back_to_vote(cast: Cast) -> None:
    settled = _settled(cast)
    sign_convention(by=acteur(cast.direction_alm), convention=settled.pk, le=clock.today())
    again = reopen_text(by=acteur(cast.direction_relais), convention=settled.pk)
    settled.refresh_from_db()
    assert (settled.etat, again.etat, again.version) == ("ecartee", "atelier", 2)
    assert [(text.titre, text.fait) for text in wordings(again).values()] == [(RETURN.titre, RETURN.fait)]
    clause = again.clauses.get()
    assert (clause.origine, clause.source, carried(again)) == (OrigineClause.VILLE, "Loinville", [])
    assert (again.signatures.count(), facts(cast.ici, clock.today())) == (0, [])


def test_the_next_version_starts_from_the_one_in_force(cast: Cast) -> None:
    settled = _settled(cast)
    for who in (cast.direction_alm, cast.direction_relais):
        sign_convention(by=acteur(who), convention=settled.pk, le=clock.today())
    following = open_workshop(by=acteur(cast.samira), partenariat=cast.ici)
    assert [text.titre for text in wordings(following).values()] == [RETURN.titre]
    assert convention_in_force(cast.ici, clock.today()) == settled
    assert open_workshop(by=acteur(cast.karim), partenariat=cast.ici) == following
    assert following.clauses.count() == 1


def test_only_a_text_that_waits_for_signatures_is_set_aside(cast: Cast) -> None:
    settled = _settled(cast)
    for who, refused in (
        (cast.karim, NotYours),
        (cast.direction_sud, NotYours),
        (cast.lecteur, CannotWrite),
    ):
        with pytest.raises(refused):
            reopen_text(by=acteur(who), convention=settled.pk)
    again = reopen_text(by=acteur(cast.direction_alm), convention=settled.pk)
    for row in (settled, again):
        with pytest.raises(NotNow):
            reopen_text(by=acteur(cast.direction_alm), convention=row.pk)
