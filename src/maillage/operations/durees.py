"""How long things are kept here: the law's term, or a shorter one that the installation chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from maillage.law.conservation import EXCHANGE_YEARS, SUPPORT_YEARS
from maillage.operations.models import Conservation

ACCOMPAGNEMENT, ECHANGE = "accompagnement", "echange"


@dataclass(frozen=True)
class Terme:
    """What may be chosen of a kind: its French name, least and most months, what the most comes from."""

    dit: str
    moins: int
    plus: int
    source: str


TERMES: Mapping[str, Terme] = {
    ACCOMPAGNEMENT: Terme(
        "Un accompagnement, après le dernier contact", 6, 12 * SUPPORT_YEARS, "CNIL, 20 janvier 2022"
    ),
    ECHANGE: Terme(
        "La trace d'un échange, sans contenu", 12, 12 * EXCHANGE_YEARS, "prescription de l'action"
    ),
}


def months_kept(genre: str, on: date) -> int:
    """Return how many months this kind is kept that day; never more than the law's term."""
    row = Conservation.objects.filter(genre=genre, depuis__lte=on).order_by("-depuis").first()
    most = TERMES[genre].plus
    return most if row is None else min(row.mois, most)
