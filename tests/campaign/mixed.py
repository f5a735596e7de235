"""The previous version's models on the new version's tables: what they still read and write."""

from __future__ import annotations

from typing import Any


def old_code(waiting: list[str]) -> dict[str, Any]:
    """Read and save a row of each table as the code did before these migrations (`app.name`).

    Returns how many tables were read and written, and those that refuse one of the two, or a new row:
    a column that the old code does not fill and that has no default in the database.
    """
    from django.db import DatabaseError, connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.transaction import atomic

    loader = MigrationLoader(connection)
    before = [node for node in loader.graph.nodes if f"{node[0]}.{node[1]}" not in waiting]
    found: dict[str, Any] = {"lues": 0, "ecrites": 0, "genees": []}
    for model in loader.project_state(before).apps.get_models():
        label = f"{model._meta.app_label}.{model._meta.model_name}"
        try:
            row = model._base_manager.first()
            found["lues"] += 1
            with atomic():
                if row is not None and model._meta.app_label != "audit":  # never written twice, by design
                    row.save(force_update=True)
                    found["ecrites"] += 1
        except DatabaseError:
            found["genees"].append(label)
            continue
        if _unfilled(model):
            found["genees"].append(label)
    return found


def _unfilled(model: Any) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, model._meta.db_table)
    known = {field.column for field in model._meta.concrete_fields}
    return [one.name for one in columns if one.name not in known and not one.null_ok and one.default is None]
