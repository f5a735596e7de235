"""An index made on a large table while teams write in it."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import AddIndex
from django.db.migrations.state import ProjectState


class AddIndexLater(AddIndex):
    """Adds an index without making a writer wait, alone in a migration with `atomic = False`.

    PostgreSQL builds it CONCURRENTLY; killed meanwhile it leaves an invalid index, which the next try
    removes first. SQLite has one writer anyway, and builds it as usual.
    """

    waits_for_nobody = True

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Build the index, again if a first try was cut."""
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        name = schema_editor.quote_name(self.index.name)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            schema_editor.add_index(model, self.index, concurrently=True)
            return
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
        schema_editor.add_index(model, self.index)
