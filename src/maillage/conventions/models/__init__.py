"""The partnership's tables: the wall and its readings, the convention's workshop, the charters."""

from maillage.conventions.models.atelier import (
    ClauseProposee,
    Convention,
    Numerisation,
    RedactionClause,
    SignatureConvention,
    VoteClause,
)
from maillage.conventions.models.chartes import Charte, SignatureCharte
from maillage.conventions.models.partenariat import (
    Clause,
    FormePartenariat,
    LectureAdoptee,
    Partenariat,
    Participation,
    PropositionLecture,
    SignatureLecture,
)

__all__ = [
    "Charte",
    "Clause",
    "ClauseProposee",
    "Convention",
    "FormePartenariat",
    "LectureAdoptee",
    "Numerisation",
    "Partenariat",
    "Participation",
    "PropositionLecture",
    "RedactionClause",
    "SignatureCharte",
    "SignatureConvention",
    "SignatureLecture",
    "VoteClause",
]
