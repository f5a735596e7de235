"""The field's own helpers: someone who acts, a note as a phone sends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from maillage.base import clock
from maillage.comptes.acteur import Acteur, build_acteur
from maillage.conventions.queries import partenariat_ids
from maillage.main_courante.saisie import NoteData
from tests.cast import Cast, Membre


@pytest.fixture
def acting() -> Callable[[Membre], Acteur]:
    """Return a maker of acteurs: `acting(cast.nadia)`."""

    def build(member: Membre) -> Acteur:
        return build_acteur(member.compte, member.poste, partenariat_ids(member.service.pk, clock.today()))

    return build


@pytest.fixture
def a_note(cast: Cast) -> Callable[..., NoteData]:
    """Return a maker of notes at the hall: `a_note(texte="…")`."""

    def build(**changed: Any) -> NoteData:
        return NoteData(
            **{
                "id": uuid4(),
                "lieu": cast.hall.pk,
                "categorie": "regroupement",
                "ambiance": "tensions",
                "effectif": "5_9",
                **changed,
            }
        )

    return build
