"""Photos of a place: confirmed empty of anyone, sealed, of the partnership alone, erased on a doubt."""

from __future__ import annotations

from typing import Any

import pytest

from maillage.audit.models import Ligne
from maillage.base.identifiers import new_id
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.documents.attachments import Attachment, Genre
from maillage.projets import actions, photos
from maillage.projets.models import Photo, Projet
from tests.cast import Cast, Membre
from tests.door import acteur
from tests.projects_made import proposed

IMAGE = Attachment(b"\xff\xd8 un mur repeint", Genre.JPEG)


def left(row: Projet, by: Membre, **changed: Any) -> Photo:
    given = {"image": IMAGE, "moment": "apres", "legende": "Le mur repeint", "sans_personne": True}
    return photos.add_photo(by=acteur(by), projet=row.pk, **given | changed)


@pytest.mark.requirement("S-17")
def test_a_photo_is_sealed_and_read_back_by_the_members(cast: Cast) -> None:
    row = proposed(cast)
    made = left(row, cast.karim)
    assert b"mur repeint" not in bytes(Photo.objects.get().image_scellee)
    assert photos.picture_of(acteur(cast.samira), row.pk, made.pk) == IMAGE
    (seen,) = photos.photos_of(row.pk)
    assert (seen.legende, seen.get_deferred_fields()) == ("Le mur repeint", {"image_scellee"})


@pytest.mark.parametrize(
    ("changed", "champ"),
    [
        ({"sans_personne": False}, "sans_personne"),
        ({"image": Attachment(b"%PDF-", Genre.PDF)}, "image"),
        ({"moment": "hier"}, "moment"),
        ({"legende": "  "}, "legende"),
        ({"legende": "x" * 161}, "legende"),
    ],
)
def test_a_photo_that_is_not_confirmed_leaves_nothing(
    cast: Cast, changed: dict[str, Any], champ: str
) -> None:
    row = proposed(cast)
    with pytest.raises(BadAnswer) as refused:
        left(row, cast.karim, **changed)
    assert (refused.value.champ, Photo.objects.count()) == (champ, 0)


def test_the_thirteenth_and_those_of_an_abandoned_project_are_refused(cast: Cast) -> None:
    row = proposed(cast)
    for _ in range(12):
        left(row, cast.karim)
    with pytest.raises(NotNow, match="12 photos"):
        left(row, cast.karim)
    other = proposed(cast)
    actions.give_up(by=acteur(cast.karim), projet=other.pk)
    with pytest.raises(NotNow, match="abandonné"):
        left(other, cast.karim)


def test_anyone_of_the_partnership_erases_a_photo_and_it_is_gone(cast: Cast) -> None:
    row = proposed(cast)
    made = left(row, cast.karim)
    photos.remove_photo(by=acteur(cast.samira), projet=row.pk, photo=made.pk)
    assert (Photo.objects.count(), Ligne.objects.filter(acte="effacement").count()) == (0, 1)
    with pytest.raises(NotYours):
        photos.picture_of(acteur(cast.karim), row.pk, made.pk)


def test_the_wall_stands_before_a_photo(cast: Cast) -> None:
    row, other = proposed(cast), proposed(cast)
    made = left(row, cast.karim)
    south, reader = acteur(cast.educatrice_sud), acteur(cast.lecteur)
    for act in (
        lambda: photos.picture_of(south, row.pk, made.pk),
        lambda: photos.picture_of(acteur(cast.karim), other.pk, made.pk),
        lambda: photos.remove_photo(by=south, projet=row.pk, photo=made.pk),
        lambda: photos.remove_photo(by=acteur(cast.karim), projet=other.pk, photo=made.pk),
        lambda: photos.remove_photo(by=acteur(cast.karim), projet=row.pk, photo=new_id()),
        lambda: left(row, cast.educatrice_sud),
    ):
        with pytest.raises(NotYours):
            act()
    with pytest.raises(CannotWrite):
        photos.remove_photo(by=reader, projet=row.pk, photo=made.pk)
    assert Photo.objects.count() == 1
