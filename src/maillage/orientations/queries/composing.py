"""Live verdicts of what is being written: nothing is saved, nothing is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur
    from maillage.conventions.models import Partenariat
    from maillage.directory.models import Service
    from maillage.orientations.faces import Answers, DraftExamined
    from maillage.orientations.models import Orientation, Relais
    from maillage.sharing.views import Examined


def examine_answers(
    acteur: Acteur, *, partenariat: Partenariat, destinataire: Service, answers: Answers
) -> DraftExamined:
    """Say what the law would answer if these answers were sent now. Raises NotVisible."""
    raise NotImplementedError


def examine_draft(acteur: Acteur, *, orientation: Orientation) -> DraftExamined:
    """Say what the law answers of a saved draft. Raises NotVisible."""
    raise NotImplementedError


def examine_return(acteur: Acteur, *, orientation: Orientation, relais: Relais | None = None) -> Examined:
    """Say, inside the receiving service, what the law answers of a return. Raises NotVisible."""
    raise NotImplementedError
