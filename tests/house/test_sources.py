"""Tests about the code itself: sizes, names, docstrings, what may not be committed."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN_NAMES = {"utils.py", "services.py", "common.py", "signals.py", "helpers.py"}
# Put together from halves, so that this file does not contain what it looks for.
REGISTRIES = re.compile("|".join(["py" + "pi\\.org", "python" + "hosted", "npm" + "js\\.", "yarn" + "pkg"]))
MACHINE_PATHS = re.compile("(^|[^\\w.])(/" + "work/|/" + "home/\\w|/" + "root/|file:/" + "//)")


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def sources() -> list[Path]:
    return [
        path
        for path in sorted((ROOT / "src").rglob("*.py"))
        if "migrations" not in path.relative_to(ROOT).parts
    ]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_files_fit_in_one_reading() -> None:
    fronts = [
        *(ROOT / "front").glob("*.mjs"),
        *(ROOT / "front/scripts").rglob("*.js"),
        *(ROOT / "front/styles").rglob("*.css"),
    ]
    long = [name(path) for path in [*sources(), *fronts] if len(text_of(path).splitlines()) > 400]
    long += [name(path) for path in (ROOT / "tests").rglob("*.py") if len(text_of(path).splitlines()) > 500]
    assert long == []


def test_functions_fit_in_one_look() -> None:
    long = [
        f"{name(path)}:{node.name}"
        for path in sources()
        for node in functions(ast.parse(text_of(path)))
        if (node.end_lineno or node.lineno) - node.lineno + 1 > 40
    ]
    assert long == []


def test_no_junk_drawer() -> None:
    assert [name(path) for path in sources() if path.name in FORBIDDEN_NAMES] == []


def undocumented(path: Path) -> Iterator[str]:
    tree = ast.parse(text_of(path))
    if tree.body and ast.get_docstring(tree) is None:
        yield name(path)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            if ast.get_docstring(node) is None:
                yield f"{name(path)}:{node.name}"
            if isinstance(node, ast.ClassDef):
                yield from (
                    f"{name(path)}:{node.name}.{method.name}"
                    for method in node.body
                    if isinstance(method, ast.FunctionDef)
                    and not method.name.startswith("_")
                    and ast.get_docstring(method) is None
                )


def test_everything_public_says_what_it_is_for() -> None:
    assert [missing for path in sources() for missing in undocumented(path)] == []


def test_no_address_of_a_registry_and_no_path_of_a_machine() -> None:
    guilty = [
        f"{name(path)}: {found.group(0).strip()}"
        for path in committed()
        for found in [REGISTRIES.search(text_of(path)) or MACHINE_PATHS.search(text_of(path))]
        if found
    ]
    assert guilty == []


def test_locked_files_hold_hashes_and_no_index() -> None:
    for locked in ("requirements.txt", "requirements-essai.txt", "requirements-uv.txt"):
        text = text_of(ROOT / locked)
        assert not re.search(r"^\s*--(?!hash)|://|^-", text, re.MULTILINE), locked
        for block in re.split(r"^(?=\S)", text, flags=re.MULTILINE):
            if "==" in block:
                assert "--hash=sha256:" in block, block
    assert "resolved" not in text_of(ROOT / "front/package-lock.json")


def test_no_unfinished_work_is_left() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|NotImplemented" + r"Error")
    assert [name(path) for path in sources() if marks.search(text_of(path))] == []
