"""The upgrade killed inside and between every migration: it must end as if nothing had happened.

    python -m tests.campaign.upgrades CHAINS SEED [APP …]

Starts from the installation of the environment, full; takes it (or only these apps) back to its first
migrations. Each chain then upgrades a copy, killed (SIGKILL) once in every migration, before one of its
statements or as it ends, and once while triggers are laid again; the next process goes on. At the end
the schema, the triggers and the rows are compared with those of an upgrade that nobody killed.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from maillage.cli import django_setup
from tests.campaign.copies import Copies, copies
from tests.campaign.fingerprint import fingerprint
from tests.campaign.mixed import old_code

AFTER = "after"
Counts = dict[str, int]


class Watch:
    """Counts the statements of each migration, and kills this process before the one it is told."""

    def __init__(self, migration: str = "", rank: int = -1) -> None:
        """Kill before statement `rank` of `migration` (AFTER: what follows the last one)."""
        self.target, self.rank = migration, rank
        self.now, self.counts = "", Counts()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Count one statement (the wrapper that Django calls around each)."""
        if self.now:
            self._tick()
        return execute(sql, params, many, context)

    def around(self, apply: Callable[..., Any]) -> Callable[..., Any]:
        """Return the executor's method with the migration's name known while it runs."""

        def watched(executor: Any, state: Any, migration: Any, *args: Any, **kwargs: Any) -> Any:
            self.now = f"{migration.app_label}.{migration.name}"
            self.counts[self.now] = 0
            done = apply(executor, state, migration, *args, **kwargs)
            self.rank = min(self.rank, self.counts[self.now]) if self.now == self.target else self.rank
            self._tick()
            # What follows the last one comes last.
            self.now = AFTER
            self.counts.pop(AFTER, None)
            self.counts[AFTER] = 0
            return done

        return watched

    def _tick(self) -> None:
        if (self.now, self.counts[self.now]) == (self.target, self.rank):
            os.kill(os.getpid(), signal.SIGKILL)
        self.counts[self.now] += 1


def upgrade(watch: Watch) -> Counts:
    """Upgrade the open database as `maillage init` does; return the statements of each migration."""
    from django.core.management import call_command
    from django.db import connection

    from maillage.operations.upgrade import WholeMigrations

    WholeMigrations.apply_migration = watch.around(WholeMigrations.apply_migration)  # type: ignore
    with connection.execute_wrapper(watch):
        call_command("migrate", verbosity=0, interactive=False)
    return watch.counts


def go_back(apps: list[str]) -> list[str]:
    """Undo the migrations of these apps (all of ours) but their first; return those left to apply."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    ours = MigrationLoader(connection).graph.root_nodes()
    first = {app: name for app, name in ours if (apps and app in apps) or (not apps and _is_ours(app))}
    for app, name in first.items():
        call_command("migrate", app, name, verbosity=0, interactive=False)
    loader = MigrationLoader(connection)
    return sorted(f"{app}.{name}" for app, name in set(loader.graph.nodes) - set(loader.applied_migrations))


def _is_ours(app: str) -> bool:
    from django.apps import apps

    return apps.get_app_config(app).name.startswith("maillage.")


def in_child(select: Callable[[], None], work: Callable[[], Any]) -> Any:
    """Run in a process of its own on a copy of the database; None when it was killed."""
    from django.db import connections

    connections.close_all()
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        child = os.fork()
        if child == 0:
            try:
                select()
                Path(file.name).write_text(json.dumps(work()), encoding="utf-8")
                connections.close_all()
            except BaseException:
                sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
                os._exit(1)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status == -signal.SIGKILL:
            return None
        assert status == 0, "a process that nobody killed has failed"
        return json.loads(Path(file.name).read_text(encoding="utf-8"))


def chain(ground: Copies, name: str, counts: Counts, chance: random.Random, turn: int) -> tuple[int, Any]:
    """Upgrade a copy with one kill in each migration; return the kills, and what it is at the end."""
    ground.copy("ancienne", name)
    kills = 0
    for migration, statements in counts.items():
        # The first turns take the edges: around the line that says it is done (SQLite switches its foreign
        # keys on again after it), as it begins, once it has ended.
        edges = [statements - 3, statements - 2, 0, statements - 1]
        rank = edges[turn] if turn < len(edges) else chance.randrange(statements)
        watch = Watch(migration, max(rank, 0))
        done = in_child(lambda: ground.use(name), lambda watch=watch: upgrade(watch))  # type: ignore[misc]
        kills += done is None
    in_child(lambda: ground.use(name), lambda: upgrade(Watch()))
    found = in_child(lambda: ground.use(name), fingerprint)
    ground.drop(name)
    return kills, found


def main(chains: int, seed: int, apps: list[str]) -> dict[str, Any]:
    """Go back once, upgrade once in peace, then `chains` times under fire; return the figures."""
    django_setup()
    ground = copies()
    ground.copy(ground.first, "ancienne")
    waiting = in_child(lambda: ground.use("ancienne"), lambda: go_back(apps))
    ground.copy("ancienne", "paisible")
    counts = in_child(lambda: ground.use("paisible"), lambda: upgrade(Watch()))
    expected = in_child(lambda: ground.use("paisible"), fingerprint)
    mixed = in_child(lambda: ground.use("paisible"), lambda: old_code(waiting))
    chance, kills, different = random.Random(seed), 0, []
    for turn in range(chains):
        done, found = chain(ground, f"chaine-{turn}", counts, chance, turn)
        kills += done
        different += [f"{turn}: {part}" for part in expected if found[part] != expected[part]]
    steps = [one for one in counts if one != AFTER]
    return {
        **mixed,
        "migrations": len(steps),
        "oubliees": sorted(set(waiting) - set(steps)),
        "instructions": sum(counts.values()),
        "arrets": kills,
        "differentes": different,
        "objets": len(expected["schema"]),
        "declencheurs": len(expected["declencheurs"]),
        "lignes": expected["lignes"],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])) + "\n")
