"""Identifiers that say nothing: no time, no order, no place inside them."""

from uuid import UUID, uuid4


def new_id() -> UUID:
    """Return a random identifier.

    Version 4 on purpose: time-ordered identifiers would tell a sender when the
    receiving service acted.
    """
    return uuid4()
