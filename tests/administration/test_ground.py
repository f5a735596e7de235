"""Ground and places: what is typed is checked, kept once, and leaves its history."""

from __future__ import annotations

from uuid import uuid4

import pytest

from maillage.administration import actions
from maillage.administration.actions.places import kind_of
from maillage.administration.queries import grounds, history, progress
from maillage.conventions.errors import BadAnswer, CannotWrite, NotYours
from maillage.directory.models import Lieu, Poste, Territoire
from tests.administrators import Pair, build_pair, said
from tests.cast import Cast
from tests.door import acteur

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(db: None) -> Pair:
    """Two administrators of an empty installation."""
    return build_pair()


def test_a_shipped_commune_needs_only_its_code(pair: Pair) -> None:
    row = actions.add_commune(by=pair.one, code=" 17300 ", quartiers=["qn01701m  Mireuil", "Port-Neuf"])
    assert (row.nom, row.parent.nom, row.population is not None) == ("La Rochelle", "Charente-Maritime", True)
    assert [(one.genre, one.code, one.nom) for one in grounds()[0][1]] == [
        ("quartier", "QN01701M", "Mireuil"),
        ("secteur", "17300-port-neuf", "Port-Neuf"),
    ]
    actions.add_commune(by=pair.two, code="17300", quartiers=["Port-Neuf", "Tasdon"])
    assert [one.nom for one in grounds()[0][1]] == ["Mireuil", "Port-Neuf", "Tasdon"]
    assert {(one.quoi, one.nom, str(one.par.professionnel)) for one in history()} == {
        ("Commune", "La Rochelle", "Ada Un"),
        ("Quartier", "Mireuil", "Ada Un"),
        ("Quartier", "Port-Neuf", "Ada Un"),
        ("Quartier", "Tasdon", "Bob Deux"),
    }


def test_another_commune_is_named_by_hand_and_keeps_its_name(pair: Pair) -> None:
    with pytest.raises(BadAnswer) as refused:
        actions.add_commune(by=pair.one, code="59350")
    assert said(refused) == ("nom", "Nous n'avons pas le nom de cette commune : écrivez-le.")
    row = actions.add_commune(by=pair.one, code="59350", nom="Lille")
    assert (row.nom, row.parent.nom, row.parent.parent.nom) == ("Lille", "Nord", "Hauts-de-France")
    assert actions.add_commune(by=pair.one, code="59350") == row
    assert Territoire.objects.get(code="59350").nom == "Lille"


@pytest.mark.parametrize(
    ("code", "quartiers", "champ"),
    [
        ("1730", [], "code"),
        ("17 000", [], "code"),
        ("17300", ["QN01701M"], "quartiers"),
        ("17300", ["x" * 201], "quartiers"),
        ("17300", ["Mire\u200buil"], "quartiers"),
        ("17300", ["x"] * 101, "quartiers"),
    ],
)
def test_what_is_not_a_commune_is_refused_whole(
    pair: Pair, code: str, quartiers: list[str], champ: str
) -> None:
    with pytest.raises(BadAnswer) as refused:
        actions.add_commune(by=pair.one, code=code, quartiers=quartiers)
    assert refused.value.champ == champ
    assert (Territoire.objects.count(), len(history())) == (0, 0)


def test_places_take_their_kind_from_their_first_word(pair: Pair) -> None:
    ground = actions.add_commune(by=pair.one, code="17300")
    lines = ["Hall 4", "", "City-stade", "Square des  Lilas"]
    assert actions.add_places(by=pair.one, territoire=ground.pk, lignes=lines) == 3
    assert actions.add_places(by=pair.one, territoire=ground.pk, lignes=["hall 4"]) == 0
    assert list(Lieu.objects.order_by("nom").values_list("nom", "genre")) == [
        ("City-stade", "city_stade"),
        ("Hall 4", "hall"),
        ("Square des Lilas", "square"),
    ]
    with pytest.raises(BadAnswer) as refused:
        actions.add_places(by=pair.one, territoire=ground.pk, lignes=["Tour 7", "Chez Momo"])
    assert said(refused) == ("genre", "« Tour 7 » : de quelle sorte ? Choisissez-la, pour cette liste.")
    assert actions.add_places(by=pair.one, territoire=ground.pk, lignes=["Chez Momo"], genre="commerce") == 1
    with pytest.raises(NotYours):
        actions.add_places(by=pair.one, territoire=uuid4(), lignes=["Hall 5"])
    assert (kind_of("Halls du bas"), kind_of("Chez Momo")) == ("hall", "")


def test_a_place_is_renamed_put_aside_and_comes_back(pair: Pair) -> None:
    ground = actions.add_commune(by=pair.one, code="17300")
    actions.add_places(by=pair.one, territoire=ground.pk, lignes=["Hall 4", "Hall 5"])
    hall = Lieu.objects.get(nom="Hall 4")
    actions.change_place(by=pair.one, lieu=hall.pk, nom="Hall 4 bis", genre="cage", actif=False)
    assert {(one.quoi, one.avant, one.apres) for one in history("lieu", hall.pk)} == {
        ("Lieu", "", "La Rochelle"),
        ("Nom", "Hall 4", "Hall 4 bis"),
        ("Sorte", "Hall", "Cage d'escalier"),
        ("Proposé", "oui", "non"),
    }
    before = len(history())
    actions.change_place(by=pair.one, lieu=hall.pk, nom="Hall 4 bis", genre="cage", actif=False)
    assert len(history()) == before
    with pytest.raises(BadAnswer, match="déjà un lieu de ce nom"):
        actions.change_place(by=pair.one, lieu=hall.pk, nom="hall 5", genre="hall", actif=True)
    actions.add_places(by=pair.one, territoire=ground.pk, lignes=["Hall 4 bis"])
    hall.refresh_from_db()
    assert (hall.actif, progress().lieux) == (True, 2)


def test_only_an_administrator_who_may_write(cast: Cast) -> None:
    pair = build_pair()
    with pytest.raises(NotYours):
        actions.add_commune(by=acteur(cast.direction_alm), code="17300")
    Poste.objects.filter(pk=pair.ada.poste.pk).update(lecture_seule=True)
    pair.ada.poste.refresh_from_db()
    with pytest.raises(CannotWrite):
        actions.add_commune(by=pair.one, code="17300")
