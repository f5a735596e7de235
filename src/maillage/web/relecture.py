"""What the guard against over-writing finds in a shared text: shown with its reason, never a refusal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maillage.conventions.models import Partenariat
from maillage.directory.queries import lieux_of
from maillage.main_courante.garde.lecture import read
from maillage.main_courante.garde.lexique import lexique


@dataclass(frozen=True)
class ToReread:
    """Words of a text, why they had better not be there, and a neutral wording to put instead."""

    mots: str
    pourquoi: str
    plutot: str


def to_reread(texts: Iterable[str], partenariat: Partenariat) -> list[ToReread]:
    """Return what the guard finds in texts that both services read; places are not people. Keeps nothing."""
    places = list(lieux_of(partenariat).values_list("nom", flat=True))
    kinds = lexique().genres
    return [
        ToReread(one.mots, kinds[one.genre].pourquoi, (kinds[one.genre].propositions or ("",))[0])
        for text in texts
        for one in read(text, lieux=places)
    ]
