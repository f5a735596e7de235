"""A fault planted on purpose in a copy of the code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Break:
    """One fault: `before` stands once in `path` (under src/maillage) and becomes `after`.

    `dit` says the fault in French, for the evidence table; `tests` are below tests/, run on
    PostgreSQL when `postgresql` says so.
    """

    requirement: str
    name: str
    dit: str
    path: str
    before: str
    after: str
    tests: tuple[str, ...]
    postgresql: bool = False
