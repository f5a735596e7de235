"""The meeting of three: offered from either side, held with the young person present."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur
    from maillage.orientations.enums import EtatRelais
    from maillage.orientations.models import Orientation, Relais


def propose_relais(*, orientation: Orientation, by: Acteur) -> Relais:
    """Offer a meeting of three. From the receiving side it says something: the law is asked first.

    A live offer is returned as it is. Raises NotVisible, ReadOnly, NotNow (not sent, closed),
    Withheld (receiving side: the person, or a holder, did not agree to a relais).
    """
    raise NotImplementedError


def answer_relais(
    *, relais: Relais, by: Acteur, etat: EtatRelais, date_convenue: date | None = None
) -> Relais:
    """Agree on a day (the other service), say it was held (either), or take the offer back (its author).

    Raises NotVisible, ReadOnly, NotNow (wrong side or state), BadAnswer (no day, a past day),
    Withheld (agreeing from the receiving side without the person's accord to a relais).
    """
    raise NotImplementedError
