"""What goes each way in a month: flows both services may count, and my own decisions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur
    from maillage.conventions.models import Partenariat
    from maillage.orientations.faces import Flow, OwnDecisions


def reciprocity(acteur: Acteur, partenariat: Partenariat, month: date) -> list[Flow]:
    """Return each direction between two member services in the month of `month`, counted apart.

    Touches neither `Reception` nor `SuiteInterne`. Raises NotVisible.
    """
    raise NotImplementedError


def own_decisions(acteur: Acteur, partenariat: Partenariat, month: date) -> OwnDecisions:
    """Return what my service did of what it received that month. Raises NotVisible."""
    raise NotImplementedError
