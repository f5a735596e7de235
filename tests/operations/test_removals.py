"""A column forgotten by one version and dropped by the next: both serve meanwhile, nothing else is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from maillage.main_courante.models import AdresseAvis
from maillage.operations.removals import DropColumn, ForgetField

pytestmark = pytest.mark.django_db(transaction=True)
APP, MODEL, COLUMN = "main_courante", "adresseavis", "ancien_id"


def columns() -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, AdresseAvis._meta.db_table)
        return {one.name for one in found}


def apply(operation: Operation, before: ProjectState) -> ProjectState:
    after = before.clone()
    operation.state_forwards(APP, after)
    with connection.schema_editor() as editor:
        operation.database_forwards(APP, editor, before, after)
    return after


@pytest.mark.requirement("S-39")
def test_a_column_leaves_over_two_versions() -> None:
    whole = columns()
    field: Any = models.ForeignKey("comptes.Compte", null=True, on_delete=models.PROTECT, related_name="+")
    state = apply(migrations.AddField(MODEL, "ancien", field), ProjectState.from_apps(apps))
    assert columns() == whole | {COLUMN}
    try:
        state = apply(ForgetField(MODEL, "ancien"), state)
        assert columns() == whole | {COLUMN}
        assert "ancien" not in state.models[APP, MODEL].fields
    finally:
        for _again in range(2):
            state = apply(DropColumn(MODEL, COLUMN), state)
    assert columns() == whole
