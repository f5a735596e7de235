"""A unique word in every text, readable or sealed, of every row: whoever meets one names what leaked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from django.apps import apps
from django.db import models

from maillage.base.encryption import SealedField, seal, unseal

WORD = re.compile(r"zq[a-z]{7}")
LETTERS = "bcdfghjklmnpqrstvwxz"


@dataclass
class Planted:
    """Where each word stands: `app.Model.field`, and the row's own identifier."""

    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    sealed: set[str] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def word(self, place: str, row: models.Model, *, sealed: bool) -> str:
        """Draw the next word and remember where it is put."""
        number, letters = next(self.numbers), ""
        for _ in range(7):
            number, rest = divmod(number, len(LETTERS))
            letters += LETTERS[rest]
        made = f"zq{letters}"
        self.places[made] = (place, str(row.pk))
        if sealed:
            self.sealed.add(made)
        return made


def text_fields() -> Iterator[tuple[type[models.Model], models.Field[object, object]]]:
    """Return every column of ours that may hold someone's words: free texts and sealed ones."""
    for model in apps.get_models():
        if not model.__module__.startswith("maillage."):
            continue
        for one in model._meta.fields:
            free = isinstance(one, models.CharField | models.TextField) and not one.choices
            if free or isinstance(one, SealedField):
                yield model, one


def place_of(model: type[models.Model], one: models.Field[object, object]) -> str:
    """Return the name of a column: `dossiers.Personne.besoin_scelle`."""
    return f"{model._meta.label}.{one.name}"


def plant(codes: Mapping[str, object]) -> Planted:
    """Write a word over every text that is there; `codes` are columns that hold no one's words.

    An empty text stays empty: the product itself keeps nothing there.
    """
    made = Planted()
    for model, one in text_fields():
        place = place_of(model, one)
        if place in codes:
            continue
        for row in model._default_manager.order_by("pk"):
            if not getattr(row, one.attname):
                continue
            sealed = isinstance(one, SealedField)
            word = made.word(place, row, sealed=sealed)
            mail = isinstance(one, models.EmailField)
            value = _resealed(row, one.name, word) if sealed else f"{word}@exemple.fr" if mail else word
            model._default_manager.filter(pk=row.pk).update(**{one.attname: value})
    return made


def _resealed(row: models.Model, column: str, word: str) -> bytes:
    """Seal the word; inside a sealed record, in the place of its text."""
    try:
        kept = json.loads(unseal(row, column))
    except ValueError:
        return seal(row, column, word)
    return seal(row, column, json.dumps({**kept, "texte": word}) if isinstance(kept, dict) else word)
