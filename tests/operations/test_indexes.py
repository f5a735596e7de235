"""An index built without making anyone wait, and built again when a first try was cut."""

from __future__ import annotations

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from maillage.main_courante.models import Note
from maillage.operations.indexes import AddIndexLater

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "note_essai"


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, Note._meta.db_table))


def test_the_index_is_built_again_after_a_cut_and_removed() -> None:
    from django.apps import apps

    operation = AddIndexLater("note", models.Index(fields=["categorie"], name=NAME))
    before = ProjectState.from_apps(apps)
    after = before.clone()
    operation.state_forwards("main_courante", after)
    for _ in range(2):
        with connection.schema_editor(atomic=False) as editor:
            operation.database_forwards("main_courante", editor, before, after)
        assert NAME in indexes()
    with connection.schema_editor(atomic=False) as editor:
        operation.database_backwards("main_courante", editor, after, before)
    assert NAME not in indexes()
    assert isinstance(operation, migrations.AddIndex)
