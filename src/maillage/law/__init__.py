"""The law as rules: one case of exchange in, one verdict with its reasons out. Pure Python.

Doors for the other rooms, kept stable:

- `maillage.law.wire.parse_case(obj)` reads a decoded JSON case, or raises `CaseError`;
- `maillage.law.case.new_case({chemin: valeur})` builds one, `Case.avec` changes some facts;
- `maillage.law.decision.decide(case, with_questions=True)` gives the `Verdict`;
- `maillage.law.plain.plain(verdict)` says it in the words of the screen;
- `maillage.law.catalogue` lists rules, articles, open questions and every label;
- `maillage.law.repairs` searches what would make a case possible, checked by the law itself.
"""

VERSION = "2026-11-22"
"""The state of the law that the rules write down; recorded with each exchange."""
