"""Live verdicts of what is being written: nothing is saved, nothing is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.conventions.models import Partenariat
from maillage.directory.models import Service
from maillage.orientations.access import received_by, sent_by
from maillage.orientations.asking import ask_answers, ask_draft, ask_return
from maillage.orientations.delivery import obstacles
from maillage.orientations.faces import Answers, DraftExamined
from maillage.orientations.models import Orientation, Relais
from maillage.sharing.access import require_reader
from maillage.sharing.errors import NotVisible
from maillage.sharing.queries import oriented_age
from maillage.sharing.views import Examined

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


def examine_answers(
    acteur: Acteur, *, partenariat: Partenariat, destinataire: Service, answers: Answers
) -> DraftExamined:
    """Say what the law would answer if these answers were sent now. Raises NotVisible."""
    require_reader(acteur)
    examined = ask_answers(acteur, partenariat=partenariat, destinataire=destinataire, answers=answers)
    return DraftExamined(
        examined, obstacles(destinataire, tranche_age=answers.tranche_age, lieu=answers.lieu)
    )


def examine_draft(acteur: Acteur, *, orientation: Orientation) -> DraftExamined:
    """Say what the law answers of a saved draft. Raises NotVisible (sent, erased, another's)."""
    draft = sent_by(acteur).filter(pk=orientation.pk, envoyee_le__isnull=True).first()
    if draft is None or draft.sujet is None:
        raise NotVisible
    return DraftExamined(
        ask_draft(acteur, draft),
        obstacles(draft.service_destinataire, tranche_age=oriented_age(acteur, draft.sujet), lieu=draft.lieu),
    )


def examine_return(acteur: Acteur, *, orientation: Orientation, relais: Relais | None = None) -> Examined:
    """Say, inside the receiving service, what the law answers of a return. Raises NotVisible."""
    row = received_by(acteur).filter(pk=orientation.pk).first()
    if row is None or (relais is not None and relais.orientation_id != row.pk):
        raise NotVisible
    return ask_return(acteur, row, relais)
