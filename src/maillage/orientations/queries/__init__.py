"""Reads of orientations: the sender's face, the receiver's face, own decisions, live verdicts."""

from maillage.orientations.queries.carried import carried_orientations, carried_receptions
from maillage.orientations.queries.composing import examine_answers, examine_draft, examine_return
from maillage.orientations.queries.decisions import own_decisions
from maillage.orientations.queries.received import received_face, received_list
from maillage.orientations.queries.sent import sent_face, sent_list

__all__ = [
    "carried_orientations",
    "carried_receptions",
    "examine_answers",
    "examine_draft",
    "examine_return",
    "own_decisions",
    "received_face",
    "received_list",
    "sent_face",
    "sent_list",
]
