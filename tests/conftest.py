"""Fixtures of every test: the cast, and a client signed in as one of its people."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management.commands import flush
from django.db import connection
from django.test import Client, TestCase
from hypothesis import HealthCheck, settings

from maillage.audit import triggers
from maillage.base import wall
from maillage.web.acteur import open_session
from tests import migrated
from tests.cast import Cast, Membre, build_cast
from tests.evidence import results
from tests.evidence.results import pytest_configure as pytest_configure

# A busy machine is slow: no test of ours fails for a time.
settings.register_profile("maison", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("maison")


# What a test prepares and looks at is house work; its requests pass the wall, as in an installation.
wall.declare_house()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Name what each test is evidence of; a second database repeats only what opens a database."""
    results.name_evidence(items)
    if connection.vendor == "sqlite":
        return
    elsewhere = [item for item in items if not opens_database(item)]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if opens_database(item)]


def pytest_collection_finish() -> None:
    """Spare the collector what is imported, and its rounds: a tenth of the suite went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def opens_database(item: pytest.Item) -> bool:
    """Say whether a test opens the database: by a fixture, by its class, or one that it makes itself."""
    asked = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    marked = any(item.get_closest_marker(name) for name in ("django_db", "own_database"))
    return bool(asked) or marked or issubclass(getattr(item, "cls", None) or object, TestCase)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool, django_db_modify_db_settings: None) -> bool:
    """Start from the database kept for these migrations, when there is one (see tests/migrated.py)."""
    if connection.vendor != "sqlite":
        return django_db_keepdb
    return migrated.lay(migrated.kept_copy(), Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any) -> None:
    """Keep the database just migrated for the next run."""
    if connection.vendor == "sqlite" and not django_db_keepdb:
        with django_db_blocker.unblock():
            migrated.keep(Path(connection.settings_dict["NAME"]), migrated.kept_copy())


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
        session = client.session
        open_session(session)
        session.save()
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Let no throttle of one test weigh on the next."""
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _ledger_can_be_emptied() -> None:
    """Let the end of a transactional test empty the ledger; the flush itself restores the triggers."""
    original = flush.sql_flush

    def without_triggers(*args: Any, **kwargs: Any) -> list[str]:
        return [*triggers.removal(connection), *original(*args, **kwargs)]

    flush.sql_flush = without_triggers
