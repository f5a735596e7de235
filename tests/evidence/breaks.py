"""The faults planted on purpose: a requirement, one change of the code, and the tests that must see it.

A test counts as evidence only if it goes red on a broken build. `make campaign` applies each change to
a copy of the code and runs the tests named here; `test_breaks.py` checks at every run that each change
still finds its place in the code.
"""

from __future__ import annotations

from tests.evidence.breaks_accounts import ACCOUNTS
from tests.evidence.breaks_door import DOOR
from tests.evidence.breaks_machine import MACHINE
from tests.evidence.planted import Break

BREAKS: list[Break] = [*ACCOUNTS, *DOOR, *MACHINE]
