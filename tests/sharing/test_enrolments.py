"""Taking part in a project: only who is accompanied and agrees; a withdrawal counts in the same instant."""

from __future__ import annotations

from uuid import uuid4

import pytest

from maillage.audit.models import Ligne
from maillage.base.identifiers import new_id
from maillage.sharing import enrolments, persons
from maillage.sharing.enrolments import enrol, enrolled, leave, participants
from maillage.sharing.errors import NotNow, NotVisible, ReadOnly
from tests.cast import Cast
from tests.door import acteur

PROJET = uuid4()


def person(cast: Cast, pseudonyme: str = "Rivière", etat: str = "acquise") -> object:
    """Return the accompagnement of someone Samira supports, whose adhésion is as said."""
    taken = persons.open_accompagnement(
        by=acteur(cast.samira), pseudonyme=pseudonyme, tranche_age="15_17", origine="travail_de_rue"
    )
    say(cast, taken.accompagnement, etat)
    return taken.accompagnement


def say(cast: Cast, accompagnement: object, etat: str) -> None:
    persons.record_adhesion(
        by=acteur(cast.samira),
        accompagnement=accompagnement,
        donneur="jeune",
        etat=etat,  # type: ignore[arg-type]
    )


def join(cast: Cast, accompagnement: object) -> None:
    enrol(by=acteur(cast.samira), accompagnement=accompagnement, projet=PROJET)  # type: ignore[arg-type]


def test_whoever_agrees_is_enrolled_once(cast: Cast) -> None:
    one = person(cast)
    join(cast, one)
    join(cast, one)
    assert [line.pseudonyme for line in enrolled(acteur(cast.bruno), PROJET)] == ["Rivière"]
    assert participants([PROJET, uuid4()]) == {PROJET: 1}
    assert Ligne.objects.filter(objet_genre="inscription", acte="creation").count() == 1


@pytest.mark.parametrize("etat", ["suscitee", "recherchee", "suspendue", "retiree", "refusee"])
def test_without_an_adhesion_nobody_is_enrolled(cast: Cast, etat: str) -> None:
    one = person(cast, etat=etat)
    with pytest.raises(NotNow, match="adhésion"):
        join(cast, one)
    assert participants([PROJET]) == {}


@pytest.mark.parametrize("etat", ["suspendue", "retiree", "refusee"])
def test_a_withdrawal_takes_out_in_the_same_instant(cast: Cast, etat: str) -> None:
    one, other = person(cast), person(cast, "Colline")
    join(cast, one)
    join(cast, other)
    say(cast, one, etat)
    assert participants([PROJET]) == {PROJET: 1}
    assert [line.pseudonyme for line in enrolled(acteur(cast.samira), PROJET)] == ["Colline"]


def test_a_new_adhesion_enrols_nobody_again(cast: Cast) -> None:
    one = person(cast)
    join(cast, one)
    say(cast, one, "retiree")
    say(cast, one, "acquise")
    assert (participants([PROJET]), enrolled(acteur(cast.samira), PROJET)) == ({}, [])


def test_leaving_then_coming_back(cast: Cast) -> None:
    one = person(cast)
    join(cast, one)
    leave(by=acteur(cast.samira), accompagnement=one, projet=PROJET)  # type: ignore[arg-type]
    assert participants([PROJET]) == {}
    join(cast, one)
    assert participants([PROJET]) == {PROJET: 1}


def test_nobody_else_reads_who(cast: Cast) -> None:
    join(cast, person(cast))
    assert enrolled(acteur(cast.karim), PROJET) == []
    assert enrolled(acteur(cast.educatrice_sud), PROJET) == []
    for member in (cast.direction_relais, cast.coordination, cast.dpo, cast.maire):
        with pytest.raises(NotVisible):
            enrolled(acteur(member), PROJET)


def test_only_one_s_own_people_are_enrolled(cast: Cast) -> None:
    one = person(cast)
    for member, refusal in (
        (cast.karim, NotVisible),
        (cast.educatrice_sud, NotVisible),
        (cast.direction_relais, NotVisible),
        (cast.lecteur, ReadOnly),
    ):
        with pytest.raises(refusal):
            enrolments.enrol(by=acteur(member), accompagnement=one, projet=PROJET)  # type: ignore[arg-type]
    with pytest.raises(NotVisible):
        enrol(by=acteur(cast.samira), accompagnement=new_id(), projet=PROJET)


def test_one_query_counts_whatever_the_number(cast: Cast, django_assert_num_queries: object) -> None:
    for name in ("Un", "Deux", "Trois"):
        join(cast, person(cast, name))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert participants([PROJET]) == {PROJET: 3}
