"""What is proved of the law: sentences, each with a planted fault that must make it fail.

Needs `z3-solver`, a development dependency; `maillage law check` prints them.
"""

from maillage.law.proofs.checking import Proved, Sentence, check
from maillage.law.proofs.relations import RELATIONS
from maillage.law.proofs.sentences import SENTENCES as ALONE

__all__ = ["SENTENCES", "Proved", "Sentence", "check"]

SENTENCES: tuple[Sentence, ...] = (*ALONE, *RELATIONS)
"""Every sentence, about one case first, then about two."""
