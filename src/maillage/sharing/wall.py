"""What the database lets someone reach while they are answered: the wall behind the door (S-11)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from maillage.base import wall
from maillage.sharing.demandes.mandats import served_by

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


@contextmanager
def within_the_wall(acteur: Acteur | None) -> Iterator[None]:
    """Tell the database for whom it answers inside this block: the acteur's service, or nobody.

    An officer of data protection answers for the services that named them too.
    """
    if acteur is None or not wall.stands():
        with wall.acting():
            yield
        return
    with wall.acting([acteur.service.pk], acteur.partenariat_ids):
        named = {one.pk for one in served_by(acteur)} - {acteur.service.pk}
        with wall.acting({acteur.service.pk, *named}, acteur.partenariat_ids):
            yield
