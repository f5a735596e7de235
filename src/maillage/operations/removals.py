"""A column taken away over two versions, so that the one which still serves never asks for what is gone."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import RemoveField
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class ForgetField(RemoveField):
    """First version: the code no longer knows the field, the database keeps its column.

    The previous version goes on reading and writing it; the new one writes rows without, so the
    field must be one that may be empty, or that the database fills (tools/check_migrations.py says so).
    """

    keeps_column = True

    def database_forwards(self, *_given: Any) -> None:
        """Leave the column."""

    def database_backwards(self, *_given: Any) -> None:
        """The column is still there."""


class DropColumn(Operation):
    """A later version: the column that the previous one had forgotten goes, with what it held.

    Killed meanwhile it starts again; SQLite may already have lost the column, when the table was made again.
    """

    drops_forgotten = True
    reversible = True

    def __init__(self, model_name: str, name: str) -> None:
        self.model_name, self.name = model_name, name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: the models forgot it a version ago."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop the column if it is there."""
        connection = schema_editor.connection
        model = to_state.apps.get_model(app_label, self.model_name)
        table = model._meta.db_table
        with connection.cursor() as cursor:
            there = connection.introspection.get_table_description(cursor, table)
        if self.name not in {one.name for one in there}:
            return
        if connection.vendor == "sqlite":
            # As Django's own RemoveField: SQLite drops no column that is indexed or refers to a table.
            schema_editor._remake_table(model)
            return
        quoted = map(schema_editor.quote_name, (table, self.name))
        schema_editor.execute("ALTER TABLE {} DROP COLUMN {}".format(*quoted))

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Do nothing: the version before did not know the column either."""

    def describe(self) -> str:
        """Say it in one line."""
        return f"Drop the forgotten column {self.name} of {self.model_name}"
