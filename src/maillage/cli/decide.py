"""`maillage decide`: cases in, verdicts out, one JSON object a line, in the same order.

A line that is not a case gives `{"id", "ligne", "erreur"}` and the rest goes on; the exit status is
then 2. Blank lines are skipped. Nothing here loads Django.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from maillage.base.oserrors import reason
from maillage.cli import CommandError
from maillage.law.decision import decide
from maillage.law.wire import CaseError, load_case

LONGEST_LINE = 1_000_000
"""Bytes; a case takes about two thousand. A longer line is refused without being kept in memory."""

_BOM = b"\xef\xbb\xbf"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "decide",
        help="juger des cas d'échange (JSON Lines)",
        description="Lit un cas JSON par ligne et écrit un verdict par ligne, dans le même ordre. "
        'Une ligne illisible donne {"id", "ligne", "erreur"} ; la suite continue, et le code de '
        "sortie est 2.",
    )
    parser.add_argument("fichier", nargs="?", metavar="FILE", help="fichier de cas (sinon l'entrée standard)")
    parser.add_argument(
        "--sans-questions",
        action="store_true",
        help="ne pas chercher les questions ouvertes dont le verdict dépend",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Decide a file or the standard input; 2 when a line was bad or the file cannot be read."""
    with_questions = not options.sans_questions
    if options.fichier is None or options.fichier == "-":
        return decide_stream(sys.stdin.buffer, sys.stdout.buffer, with_questions=with_questions)
    try:
        with Path(options.fichier).open("rb") as cases:
            return decide_stream(cases, sys.stdout.buffer, with_questions=with_questions)
    except OSError as error:
        raise CommandError(f"{options.fichier} ne peut pas être lu : {reason(error)}.") from None


def decide_stream(cases: BinaryIO, verdicts: BinaryIO, *, with_questions: bool = True) -> int:
    """Decide every line of a stream of bytes; return 0, or 2 when one line at least was bad."""
    status = 0
    for number, line in _lines(cases):
        if line is not None and not line.strip():
            continue
        answer = _answer(number, line, with_questions=with_questions)
        if "erreur" in answer:
            status = 2
        # A lone surrogate, legal in JSON, has no UTF-8 form: it goes out as the escape it came from.
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        verdicts.write(text.encode("utf-8", "backslashreplace") + b"\n")
    verdicts.flush()
    return status


def _answer(number: int, line: bytes | None, *, with_questions: bool) -> dict[str, object]:
    """The verdict of one line, or its error; `None` stands for a line that was too long."""
    try:
        if line is None:
            raise CaseError(f"Cette ligne dépasse {LONGEST_LINE} octets : ce n'est pas un cas.")
        case = load_case(line.decode("utf-8"))
        return decide(case, with_questions=with_questions).to_wire()
    except UnicodeDecodeError:
        return {"id": None, "ligne": number, "erreur": "Cette ligne n'est pas écrite en UTF-8."}
    except CaseError as error:
        return {"id": error.id, "ligne": number, "erreur": str(error)}


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers from 1, without their end; None for one that is too long."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, None
            continue
        yield number, line.removeprefix(_BOM) if number == 1 else line
