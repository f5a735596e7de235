"""What to call people who work together, so that two of the same name are told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from django.utils.formats import date_format

from maillage.directory.models import Poste


def _day(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {date_format(day, 'F Y')}"


FIRST_NAME, FULL_NAME = 0, 2
_FORMS: tuple[Callable[[Poste], str], ...] = (
    lambda poste: poste.professionnel.prenom,
    lambda poste: f"{poste.professionnel.prenom} {poste.professionnel.nom[:1]}.",
    lambda poste: str(poste.professionnel),
    lambda poste: f"{poste.professionnel}, {poste.intitule.lower()}",
    lambda poste: f"{poste.professionnel}, depuis le {_day(poste.debut)}",
)


def names_apart(postes: Iterable[Poste], *, shortest: int = FIRST_NAME) -> dict[UUID, str]:
    """Return for each post the shortest name that no other of these bears.

    First name, then an initial, the full name, the post, the day it began; when nothing else differs, a
    number, in an order that does not change. `shortest` may ask for the full name at least.
    """
    left = {poste.pk: poste for poste in postes}
    found: dict[UUID, str] = {}
    for form in _FORMS[shortest:]:
        said = {pk: form(poste) for pk, poste in left.items()}
        times = Counter(name.casefold() for name in said.values())
        alone = {pk: name for pk, name in said.items() if times[name.casefold()] == 1}
        found |= alone
        left = {pk: poste for pk, poste in left.items() if pk not in alone}
    for number, pk in enumerate(sorted(left, key=str), start=1):
        found[pk] = f"{left[pk].professionnel} ({number})"
    return found
