"""Fixtures of every test: the cast, and a client signed in as one of its people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from tests.cast import Cast, Membre, build_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Two partnerships, six services, their people (see tests/cast.py)."""
    return build_cast()


@pytest.fixture
def signed_in() -> Callable[[Membre], Client]:
    """Return a maker of clients signed in, second factor included: `signed_in(cast.nadia)`."""

    def sign_in(member: Membre) -> Client:
        client = Client()
        client.force_login(member.compte)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Let no throttle of one test weigh on the next."""
    cache.clear()
