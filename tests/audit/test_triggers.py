"""The database refuses to change the ledger, whatever the way in."""

from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from maillage.audit import triggers
from maillage.audit.actions import record, sign_heads
from maillage.audit.checks import check_triggers
from maillage.audit.enums import Acte
from maillage.audit.models import Chaine, Ligne, TeteSignee

pytestmark = pytest.mark.django_db

BY_SQL = [
    "UPDATE audit_ligne SET acte = 'export'",
    "UPDATE audit_ligne SET detail = '{}' WHERE rang = 1",
    "DELETE FROM audit_ligne",
    "DELETE FROM audit_ligne WHERE rang = 2",
    "UPDATE audit_tetesignee SET rang = 9",
    "DELETE FROM audit_tetesignee",
    "UPDATE audit_chaine SET dernier_rang = 1",
    "DELETE FROM audit_chaine",
]
SAME = "SELECT id, rang, le, acteur, 'export', objet_genre, objet, detail, precedent, empreinte, chaine_id"
COLUMNS = "id, rang, le, acteur, acte, objet_genre, objet, detail, precedent, empreinte, chaine_id"
ON_SQLITE = [
    f"INSERT OR REPLACE INTO audit_ligne ({COLUMNS}) {SAME} FROM audit_ligne",
    f"REPLACE INTO audit_ligne ({COLUMNS}) {SAME} FROM audit_ligne WHERE rang = 1",
    f"INSERT OR REPLACE INTO audit_ligne ({COLUMNS}) {SAME.replace('id,', 'id + 50,', 1)} FROM audit_ligne",
    "UPDATE OR REPLACE audit_ligne SET rang = 2 WHERE rang = 1",
    f"INSERT INTO audit_ligne ({COLUMNS}) {SAME} FROM audit_ligne WHERE true "
    "ON CONFLICT (id) DO UPDATE SET acte = 'export'",
    "INSERT OR REPLACE INTO audit_tetesignee SELECT * FROM audit_tetesignee",
    "INSERT OR REPLACE INTO audit_chaine (id, dernier_rang, derniere_empreinte) "
    "SELECT id, 0, derniere_empreinte FROM audit_chaine",
]
ON_POSTGRESQL = [
    "TRUNCATE audit_ligne",
    "TRUNCATE audit_chaine CASCADE",
    "TRUNCATE audit_tetesignee",
    f"INSERT INTO audit_ligne ({COLUMNS}) {SAME} FROM audit_ligne "
    "ON CONFLICT (id) DO UPDATE SET acte = 'export'",
]


@pytest.fixture
def written(service_a: UUID) -> list[tuple[object, ...]]:
    """Write two lines and a signed head; return what must not change."""
    record(chaine=service_a, acte=Acte.LECTURE, acteur=None)
    record(chaine=service_a, acte=Acte.CREATION, acteur=None)
    sign_heads()
    # PostgreSQL refuses to truncate a table whose deferred checks are waiting, before any trigger.
    connection.check_constraints()
    return _content()


def _content() -> list[tuple[object, ...]]:
    return [
        *Ligne.objects.order_by("id").values_list(),
        *TeteSignee.objects.order_by("id").values_list(),
        *Chaine.objects.values_list(),
    ]


def _attempts() -> list[str]:
    return [*BY_SQL, *(ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL)]


@pytest.mark.requirement("S-22")
def test_every_way_of_changing_is_refused(written: list[tuple[object, ...]]) -> None:
    for statement in _attempts():
        with (
            pytest.raises(IntegrityError, match="Le journal ne se modifie pas"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert _content() == written, statement


@pytest.mark.requirement("S-22")
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the pragma is SQLite's")
def test_replacing_is_refused_even_without_recursive_triggers(written: list[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
        try:
            for statement in ON_SQLITE:
                with pytest.raises(IntegrityError), transaction.atomic():
                    cursor.execute(statement)
                assert _content() == written, statement
        finally:
            cursor.execute("PRAGMA recursive_triggers=ON")


def test_the_orm_is_refused_too(written: list[tuple[object, ...]]) -> None:
    ligne = Ligne.objects.get(rang=1)
    for attempt in (
        lambda: Ligne.objects.update(acte=Acte.EXPORT),
        lambda: Ligne.objects.filter(rang=1).delete(),
        lambda: ligne.save(),
        lambda: TeteSignee.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    assert _content() == written


def test_losing_a_trigger_is_seen_and_mended_by_the_next_migration(written: list[tuple[object, ...]]) -> None:
    assert triggers.missing(connection) == []
    assert check_triggers(databases=["default"]) == []
    for statement in triggers.removal(connection)[:1]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    assert triggers.missing(connection) == ["audit_ligne_sans_update"]
    assert [error.id for error in check_triggers(databases=["default"])] == ["audit.E001"]

    call_command("migrate", "audit", verbosity=0)

    assert triggers.missing(connection) == []
    assert check_triggers(databases=["default"]) == []
    assert check_triggers(databases=None) == []


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_leaves_an_empty_protected_ledger(service_a: UUID) -> None:
    with transaction.atomic():
        record(chaine=service_a, acte=Acte.LECTURE, acteur=None)
    call_command("flush", verbosity=0, interactive=False)
    assert _content() == []
    assert triggers.missing(connection) == []
