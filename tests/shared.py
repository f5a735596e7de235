"""One suite run by two processes at once: whoever is free takes the next module.

`pytest --shared FOLDER` in each, with the same arguments; the folder starts empty and holds one file per
module taken. A module is never cut in two, so its fixtures are made once and its tests keep their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest


def runs(names: list[str]) -> dict[str, int]:
    """Return the rank of the run of neighbours of one file that each test belongs to, by its name."""
    cut = groupby(names, key=lambda name: name.partition("::")[0])
    return {name: rank for rank, (_, together) in enumerate(cut) for name in together}


class Shared:
    """Leaves to the other processes the modules that they have taken."""

    def __init__(self, folder: Path) -> None:
        """Take nothing yet; `folder` exists and is shared by the processes of this suite alone."""
        self.folder = folder
        self.rank: dict[str, int] = {}
        self.mine: dict[int, bool] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Cut the suite in modules: the same in every process, as all collect the same tests."""
        self.rank = runs([item.nodeid for item in session.items])

    def take(self, rank: int) -> bool:
        """Say whether this process runs that module: the first who asks does."""
        if rank not in self.mine:
            try:
                (self.folder / str(rank)).open("x").close()
            except FileExistsError:
                self.mine[rank] = False
            else:
                self.mine[rank] = True
        return self.mine[rank]

    def taken(self, items: list[pytest.Item]) -> Iterator[pytest.Item]:
        """Give the tests of the modules that this process runs, taking each when its turn comes."""
        yield from (item for item in items if self.take(self.rank[item.nodeid]))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run them, each with the next in sight, as what they share is taken down between them."""
        if session.testsfailed or session.config.option.collectonly:
            return None
        mine = self.taken(session.items)
        item = next(mine, None)
        while item is not None:
            following = next(mine, None)
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.shouldfail:
                raise session.Failed(session.shouldfail)
            if session.shouldstop:
                raise session.Interrupted(session.shouldstop)
            item = following
        return True


def pytest_addoption(parser: pytest.Parser) -> None:
    """Name the folder where processes that share a suite say what they take."""
    parser.addoption("--shared", type=Path, help="share this suite with the other processes on this folder")


def pytest_configure(config: pytest.Config) -> None:
    """Share this run when it was asked."""
    if folder := config.getoption("shared"):
        config.pluginmanager.register(Shared(folder), "shared")
