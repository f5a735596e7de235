"""Make the database refuse any change to the ledger."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from maillage.audit import triggers


def protect(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    triggers.install(schema_editor.connection)


def release(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers so that the tables can go."""
    for statement in triggers.removal(schema_editor.connection):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers of the ledger."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
