"""`migrate`, Django's own, with each migration whole or not at all (see `maillage.operations.upgrade`)."""

from django.core.management.commands import migrate

from maillage.operations.upgrade import WholeMigrations

# The command looks its executor up by this name.
migrate.MigrationExecutor = WholeMigrations  # type: ignore[attr-defined]


class Command(migrate.Command):
    """Upgrades the database; killed at any instant, the next run goes on from there."""
