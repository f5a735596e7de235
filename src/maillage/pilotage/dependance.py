"""How many of the exchanges that took place hang on an open question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from maillage.conventions.models import Partenariat
from maillage.law.replay import LAW
from maillage.pilotage.masking import Cell, masked_count
from maillage.pilotage.recorded import load_recorded


def dependents(
    partenariat: Partenariat, questions: Sequence[str], since: date, until: date
) -> Mapping[str, Cell]:
    """Return, by question, how many exchanges of these days the other reading would judge otherwise.

    « Otherwise » counts the outcome, its grounds or what is missing; one to four are hidden.
    """
    columns = load_recorded(partenariat, since, until).columns
    return {
        question: masked_count(int(np.count_nonzero(LAW.depends_on(columns, question))))
        for question in questions
    }
