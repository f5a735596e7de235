"""The documentation says what is there: commands, variables, addresses, order of rooms, tables, links."""

from __future__ import annotations

import argparse
import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from maillage import cli
from maillage.cli.bench import benchmarks
from maillage.config.environment import EXAMPLES
from maillage.web.api.views import document

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
# Django's own plumbing: set by the code, never by a person.
PLUMBING = {"DJANGO_SETTINGS_MODULE"}


def text_of(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def parsers(
    parser: argparse.ArgumentParser, path: str = "maillage"
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that runs, with its parser."""
    below = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    for action in below:
        for name, child in action.choices.items():
            yield from parsers(child, f"{path} {name}")
    if not below:
        yield path, parser


def typed(parser: argparse.ArgumentParser) -> set[str]:
    """What a person types after a command: options, names of arguments."""
    actions = [one for one in parser._actions if one.dest != "help"]
    return {one.option_strings[-1] if one.option_strings else str(one.metavar) for one in actions}


def sections(text: str) -> dict[str, str]:
    """What follows each title that is a command, until the next title."""
    parts = re.split(r"^#+ (.*)$", text, flags=re.MULTILINE)
    return {
        title.strip("`"): body
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
        if title.startswith("`maillage")
    }


def test_every_command_is_documented_with_what_it_takes() -> None:
    written = {
        name: {re.split(r"[ =]", cell)[0] for cell in re.findall(r"^\| `([^`]+)` \|", body, re.MULTILINE)}
        for name, body in sections(text_of("commandes.md")).items()
    }
    assert written == {name: typed(parser) for name, parser in parsers(cli._build_parser())}


def test_every_closed_choice_is_named() -> None:
    written = sections(text_of("commandes.md"))
    for name, parser in parsers(cli._build_parser()):
        for action in parser._actions:
            missing = [one for one in action.choices or () if not re.search(rf"\b{one}\b", written[name])]
            assert missing == [], name
    row = re.search(r"^\| `NOM` \|(.*)$", written["maillage bench"], re.MULTILINE)
    assert row is not None
    assert re.findall(r"`(\w+)`", row[1]) == sorted(benchmarks())


def environment(path: Path) -> Iterator[str]:
    """The variables a module reads: by `environ`, the readers of `config.environment`, or a constant."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {
        ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target): node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
            key: ast.expr = node.slice
        elif isinstance(node, ast.Call) and node.args and reads_environment(node.func):
            key = node.args[0]
        else:
            continue
        if isinstance(key, ast.Name) and key.id in named:
            yield str(named[key.id])
        elif isinstance(key, ast.Constant):
            yield str(key.value)


def reads_environment(function: ast.expr) -> bool:
    called = ast.unparse(function)
    return (
        called in {"_text", "folder", "os.getenv"} or re.search(r"\benviron(ment)?\.\w+$", called) is not None
    )


def test_every_environment_variable_is_in_the_table() -> None:
    modules = [one for one in (ROOT / "src").rglob("*.py") if one.name != "settings_essai.py"]
    read = {name for path in modules for name in environment(path)} - PLUMBING
    rows = re.findall(r"^\| `([A-Z_]+)` \|.*\| `([^`]+)` \|$", text_of("variables.md"), re.MULTILINE)
    assert dict(rows) == EXAMPLES
    assert set(EXAMPLES) == read


def test_every_address_of_the_json_interface_is_in_the_table() -> None:
    described = {
        f"{method.upper()} {path}": {one["name"] for one in operation.get("parameters", [])}
        for path, operations in document()["paths"].items()
        for method, operation in operations.items()
    }
    rows = re.findall(r"^\| `((?:GET|POST) [^`]+)` \|[^|]*\|([^|]*)\|", text_of("api.md"), re.MULTILINE)
    said = {address: set(re.findall(r"`(\S+)`", re.sub(r"\([^)]*\)", "", cell))) for address, cell in rows}
    assert said == described


def test_the_interface_names_the_cookie_that_the_server_sets() -> None:
    scheme = document()["components"]["securitySchemes"]["session"]
    assert (scheme["in"], scheme["name"]) == ("cookie", settings.SESSION_COOKIE_NAME)


def test_the_order_of_the_rooms_is_the_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["id"]: one for one in project["tool"]["importlinter"]["contracts"]}
    order = [re.findall(r"\w+", line) for line in contracts["rooms"]["layers"]]
    rows = re.findall(r"^\| \d+ \| ([^|]+) \|", text_of("pieces.md"), re.MULTILINE)
    assert [re.findall(r"\w+", row) for row in rows] == order


def test_every_table_named_in_the_model_exists() -> None:
    parts = re.split(r"^## `(\w+)`$", text_of("modele.md"), flags=re.MULTILINE)
    for room, body in zip(parts[1::2], parts[2::2], strict=True):
        first_cells = re.findall(r"^\| (`[^|]+) \|", body, re.MULTILINE)
        written = {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)}
        assert written != set()
        assert written - {model.__name__ for model in apps.get_app_config(room).get_models()} == set(), room


def anchors(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_is_reached_from_the_index() -> None:
    index = DOCS / "README.md"
    linked = {(index.parent / link).resolve() for link in LINK.findall(index.read_text(encoding="utf-8"))}
    numbered = DOCS / "decisions"
    assert [
        page for page in PAGES[1:] if page != index and page not in linked and page.parent != numbered
    ] == []


def test_decisions_are_numbered_one_after_the_other() -> None:
    pages = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [int(page.name[:4]) for page in pages]
    assert numbers == list(range(1, len(pages) + 1))
    titles = [page.read_text(encoding="utf-8").splitlines()[0] for page in pages]
    assert [title.partition(".")[0] for title in titles] == [f"# {number}" for number in numbers]
