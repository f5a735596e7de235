"""No migration of a release locks or loses: the check that says it is itself seen to go red."""

from __future__ import annotations

import pytest
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from maillage.operations.indexes import AddIndexLater
from maillage.operations.removals import DropColumn, ForgetField
from tools import check_migrations

FIELD, LONGER = models.CharField(max_length=10), models.CharField(max_length=20)
INDEX = models.Index(fields=["texte"], name="note_texte")
UNIQUE = models.UniqueConstraint(fields=["texte"], name="note_unique")
GUILTY: list[tuple[str, Operation]] = [
    ("RemoveField note.texte", migrations.RemoveField("note", "texte")),
    ("DeleteModel Note", migrations.DeleteModel("Note")),
    ("RenameField note.texte", migrations.RenameField("note", "texte", "mots")),
    ("AddField note.suite", migrations.AddField("note", "suite", models.BooleanField(default=False))),
    ("AlterField note.texte", migrations.AlterField("note", "texte", FIELD)),
    ("AlterField note.vue", migrations.AlterField("note", "vue", models.BooleanField())),
    ("AddIndex note.note_texte", migrations.AddIndex("note", INDEX)),
    ("AddIndexLater note.note_texte", AddIndexLater("note", INDEX)),
    ("AddField note.code", migrations.AddField("note", "code", models.SlugField(null=True))),
    ("AddConstraint note.note_unique", migrations.AddConstraint("note", UNIQUE)),
    ("AlterUniqueTogether note", migrations.AlterUniqueTogether("note", {("texte", "vue")})),
    ("ForgetField note.texte", ForgetField("note", "texte")),
    ("DropColumn note.vieux", DropColumn("note", "vieux")),
    ("RemoveField note.vue", migrations.SeparateDatabaseAndState([migrations.RemoveField("note", "vue")])),
    ("RunSQL", migrations.RunSQL("ALTER TABLE note DROP COLUMN vieux", migrations.RunSQL.noop)),
    ("RunPython", migrations.RunPython(migrations.RunPython.noop)),
]
SOUND: list[Operation] = [
    migrations.AddField("note", "suite", models.BooleanField(null=True)),
    migrations.AddField("note", "suite", models.BooleanField(db_default=False)),
    migrations.AlterField("note", "texte", models.CharField(max_length=40, help_text="long")),
    migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
    migrations.CreateModel("Autre", [("id", models.BigAutoField(primary_key=True))]),
    AddIndexLater("note", INDEX),
    ForgetField("note", "vue"),
    migrations.RunSQL("UPDATE note SET vue = NULL", migrations.RunSQL.noop),
]


def refused(*operations: Operation, atomic: bool = True, unused_since: str = "") -> list[str]:
    """Return what the check says of a migration of `main_courante` made of these operations."""
    fields = {
        "id": models.BigAutoField(primary_key=True),
        "texte": LONGER.clone(),
        "vue": models.BooleanField(null=True),
    }
    state = ProjectState({("main_courante", "note"): ModelState("main_courante", "Note", fields)})
    migration = migrations.Migration("0099_essai", "main_courante")
    migration.operations, migration.atomic = list(operations), atomic
    if unused_since:
        migration.unused_since = unused_since  # type: ignore[attr-defined]
    return [
        one.key.removeprefix("main_courante.0099_essai ")
        for one in check_migrations.refusals(migration, state)
    ]


@pytest.mark.requirement("S-39")
@pytest.mark.parametrize(("said", "operation"), GUILTY, ids=[said for said, _ in GUILTY])
def test_what_locks_or_loses_is_refused(said: str, operation: Operation) -> None:
    assert refused(operation) == [said]


@pytest.mark.parametrize("operation", SOUND, ids=lambda one: type(one).__name__)
def test_what_does_neither_passes(operation: Operation) -> None:
    assert refused(operation, atomic=not isinstance(operation, AddIndexLater)) == []


def test_a_removal_prepared_by_an_earlier_version_passes() -> None:
    assert refused(DropColumn("note", "vieux"), unused_since="0.2.0") == []
    dropped = migrations.RunSQL("DROP TABLE vieille", migrations.RunSQL.noop)
    assert refused(dropped, unused_since="0.2.0") == []
    # Django's own asks every column of every row, that of the version which still serves too.
    assert refused(migrations.RemoveField("note", "texte"), unused_since="0.2.0") == [
        "RemoveField note.texte"
    ]


def test_a_migration_that_cannot_go_on_when_killed_is_refused() -> None:
    assert refused(AddIndexLater("note", INDEX), SOUND[0], atomic=False) == ["as a whole"]
    assert refused(SOUND[0], SOUND[3]) == ["as a whole"]


def test_a_table_made_by_the_same_migration_is_free() -> None:
    made = migrations.CreateModel("Neuve", [("id", models.BigAutoField(primary_key=True))])
    assert refused(made, migrations.AddField("neuve", "mot", LONGER), migrations.DeleteModel("Neuve")) == []


@pytest.mark.requirement("S-39")
def test_the_migrations_of_the_house_pass() -> None:
    found = {one.key: str(one) for one in check_migrations.found()}
    known = check_migrations.known()
    fresh = [said for key, said in sorted(found.items()) if key not in known]
    # Before a first release, no city has the table yet: `tools/check_migrations.py --known` notes them.
    assert fresh == [], "\n".join(fresh)
    assert sorted(set(known) - set(found)) == []
