#!/usr/bin/env python3
"""The release check of migrations: refuses one that loses data, or makes those who work wait.

    tools/check_migrations.py            prints what is refused; exit 1 when there is something new
    tools/check_migrations.py --known    writes today's refusals as known (before a first release only)

At an upgrade the previous version still serves while the database changes (docs/guides/changer-la-base.md
says what to write instead). Nothing is run: operations are read, on the state of the models before them.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import models
from django.db.migrations import operations as ops
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

ROOT = Path(__file__).resolve().parents[1]
KNOWN = ROOT / "tests/house/migrations_connues.txt"
# Tables that a network of cities fills by the million: to lock one is to stop every team.
LARGE = frozenset(
    {
        ("audit", "ligne"),
        ("base", "cledonnees"),
        ("dossiers", "personne"),
        ("main_courante", "note"),
        ("orientations", "orientation"),
        ("sharing", "echange"),
        ("sharing", "ouverture"),
    }
)
LOSES = (ops.RemoveField, ops.DeleteModel)
RENAMES = (ops.RenameField, ops.RenameModel, ops.AlterModelTable)


@dataclass(frozen=True)
class Refusal:
    """One operation refused: in which migration, what it is, why and what to write instead."""

    migration: str
    what: str
    why: str

    @property
    def key(self) -> str:
        """Return what names it in the list of those that are known."""
        return f"{self.migration} {self.what}"

    def __str__(self) -> str:
        """Say it on one line."""
        return f"{self.key}: {self.why}"


def refusals(migration: Migration, before: ProjectState) -> Iterator[Refusal]:
    """Yield what is refused in a migration; `before`: the models as they are when it starts."""
    name, state, new = f"{migration.app_label}.{migration.name}", before.clone(), set[str]()
    for why in _as_a_whole(migration):
        yield Refusal(name, "as a whole", why)
    for operation in migration.operations:
        for acting in _acting(operation):
            if isinstance(acting, ops.CreateModel):
                new.add(acting.name_lower)
            elif _model(acting) not in new:
                for why in _why(acting, migration, state):
                    yield Refusal(name, _what(acting), why)
        operation.state_forwards(migration.app_label, state)


def _acting(operation: Operation) -> Sequence[Operation]:
    """Return what an operation does to the database: itself, or what it wraps."""
    return (
        operation.database_operations if isinstance(operation, ops.SeparateDatabaseAndState) else [operation]
    )


def _as_a_whole(migration: Migration) -> Iterator[str]:
    operations: Sequence[Operation] = migration.operations
    if not migration.atomic and len(operations) > 1:
        yield "killed between two operations without a transaction, it cannot go on: one a migration"
    moving = [one for one in operations if isinstance(one, ops.RunPython | ops.RunSQL)]
    if moving and len(moving) < len(operations):
        yield "rows are moved while the tables they change stay locked: two migrations"


def _why(operation: Operation, migration: Migration, state: ProjectState) -> Iterator[str]:
    large = (migration.app_label, _model(operation)) in LARGE
    if isinstance(operation, ops.RunPython | ops.RunSQL) and not operation.reversible:
        yield "there is no way back: give its reverse (RunPython.noop when nothing is to be undone)"
    elif getattr(operation, "keeps_column", False):
        yield from _forgotten(operation, migration, state)
    elif isinstance(operation, LOSES):
        yield (
            "the previous version still reads it, and what it holds is lost: release a version that forgets "
            "it (operations.removals.ForgetField), then one that drops it (DropColumn)"
        )
    elif _drops(operation):
        if not getattr(migration, "unused_since", ""):
            yield 'write in the Migration unused_since = "the first version that does without it"'
    elif isinstance(operation, RENAMES):
        yield "the previous version asks for the old name: add, copy, then remove in a later version"
    elif isinstance(operation, ops.AddField) and _required(operation.field):
        yield "the previous version cannot write a row without it: null=True, or db_default=…"
    elif isinstance(operation, ops.AlterField):
        yield from _altered(operation, migration, state, large=large)
    elif large and isinstance(operation, ops.AddConstraint | ops.AlterUniqueTogether):
        yield "writers wait while every row is read: keep the rule in the code, or on a new table"
    elif large and _locks(operation, migration):
        yield "writers wait while it is built: operations.indexes.AddIndexLater, alone, with atomic = False"


def _forgotten(operation: Operation, migration: Migration, state: ProjectState) -> Iterator[str]:
    field = state.models[migration.app_label, _model(operation)].get_field(getattr(operation, "name", ""))
    if _required(field):
        yield "the new version cannot write a row without it: first make it null=True, or db_default=…"


def _drops(operation: Operation) -> bool:
    """Tell whether a column or a table goes, or raw SQL changes one: what it does is not read here."""
    if isinstance(operation, ops.RunSQL):
        return re.search(r"\b(alter|create|drop|rename|truncate)\b", str(operation.sql), re.I) is not None
    return bool(getattr(operation, "drops_forgotten", False))


def _altered(
    operation: ops.AlterField, migration: Migration, state: ProjectState, *, large: bool
) -> Iterator[str]:
    old = state.models[migration.app_label, operation.model_name_lower].get_field(operation.name)
    new = operation.field
    if old.null and not new.null:
        yield "the previous version still writes rows without it: fill, and keep null, until the next version"
    elif type(old) is not type(new) or (old.max_length or 0) > (new.max_length or old.max_length or 0):
        yield "values are converted or cut: add a column beside, copy, then remove in a later version"
    elif large and (old.db_index, old.unique, old.null) != (new.db_index, new.unique, new.null):
        yield "a large table is locked or written again: add a column or an index beside"


def _required(field: models.Field[object, object]) -> bool:
    filled = field.has_db_default() or isinstance(field, models.ManyToManyField | models.AutoField)
    return not (field.null or filled)


def _locks(operation: Operation, migration: Migration) -> bool:
    if isinstance(operation, ops.AddIndex):
        return bool(migration.atomic) or not getattr(operation, "waits_for_nobody", False)
    return isinstance(operation, ops.AddField) and (operation.field.db_index or operation.field.unique)


def _model(operation: Operation) -> str:
    return str(getattr(operation, "model_name", getattr(operation, "name", "")) or "").lower()


def _what(operation: Operation) -> str:
    named = [getattr(operation, "model_name", ""), getattr(operation, "name", "")]
    inner = getattr(operation, "index", None) or getattr(operation, "constraint", None)
    if inner is not None:
        named[1] = inner.name
    return " ".join([type(operation).__name__, ".".join(str(one) for one in named if one)]).strip()


def found() -> list[Refusal]:
    """Return what is refused in the migrations of our rooms, in the order in which they apply."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    ours = {one.label for one in apps.get_app_configs() if one.name.startswith("maillage.")}
    state, refused, seen = ProjectState(), list[Refusal](), set[tuple[str, str]]()
    for leaf in sorted(loader.graph.leaf_nodes()):
        for node in loader.graph.forwards_plan(leaf):
            if node in seen:
                continue
            seen.add(node)
            migration = loader.graph.nodes[node]
            if node[0] in ours:
                refused += refusals(migration, state)
            state = migration.mutate_state(state, preserve=False)
    return refused


def known() -> list[str]:
    """Return the refusals that were there before a first release."""
    return KNOWN.read_text(encoding="utf-8").splitlines()


def main() -> int:
    """Print what is refused and not known; 1 when there is something."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings_essai")
    import django

    django.setup()
    refused = found()
    if "--known" in sys.argv[1:]:
        KNOWN.write_text("".join(f"{key}\n" for key in sorted({one.key for one in refused})), "utf-8")
        return 0
    fresh = [one for one in refused if one.key not in known()]
    for one in fresh:
        print(one)
    return 1 if fresh else 0


if __name__ == "__main__":
    sys.exit(main())
