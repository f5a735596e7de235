"""Reads of orientations: the sender's face, the receiver's face, reciprocity, live verdicts."""

from maillage.orientations.queries.carried import carried_orientations
from maillage.orientations.queries.composing import examine_answers, examine_draft, examine_return
from maillage.orientations.queries.received import received_face, received_list
from maillage.orientations.queries.reciprocity import own_decisions, reciprocity
from maillage.orientations.queries.sent import sent_face, sent_list

__all__ = [
    "carried_orientations",
    "examine_answers",
    "examine_draft",
    "examine_return",
    "own_decisions",
    "received_face",
    "received_list",
    "reciprocity",
    "sent_face",
    "sent_list",
]
