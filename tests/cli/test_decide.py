"""`maillage decide`: a stream of lines, good and bad, in and out in the same order."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from maillage.cli import main
from maillage.cli.decide import LONGEST_LINE, decide_stream

SCENARIOS = json.loads((Path(__file__).parents[1] / "scenarios" / "scenarios.json").read_text("utf-8"))


def _stream(data: bytes) -> tuple[int, list[dict[str, Any]]]:
    out = io.BytesIO()
    status = decide_stream(io.BytesIO(data), out)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def test_every_scenario_in_the_same_order(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    cases = tmp_path / "cas.jsonl"
    cases.write_text("\n".join(json.dumps(s["cas"], ensure_ascii=False) for s in SCENARIOS), "utf-8")
    assert main(["decide", str(cases)]) == 0
    verdicts = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [v["id"] for v in verdicts] == [s["id"] for s in SCENARIOS]
    assert [v["issue"] for v in verdicts] == [s["attendu"]["issue"] for s in SCENARIOS]
    assert list(verdicts[0]) == [
        "id", "issue", "fondements", "obligations", "manques", "questions", "alternatives", "explication",
    ]  # fmt: skip


def test_a_bad_line_is_told_and_the_rest_goes_on() -> None:
    good = json.dumps({"id": "bon", "date": "2026-06-01", "contenu": {"identification": "aucune"}}).encode()
    status, answers = _stream(
        b"\n".join([b"nope", b"", b"\xff\xfe", good, b'{"id":"m","cadre":"rue"}', good])
    )
    assert status == 2
    assert [a.get("ligne") for a in answers] == [1, 3, None, 5, None]
    assert [a["id"] for a in answers] == [None, None, "bon", "m", "bon"]
    assert answers[1] == {"id": None, "ligne": 3, "erreur": "Cette ligne n'est pas écrite en UTF-8."}
    assert set(answers[3]) == {"id", "ligne", "erreur"}
    assert answers[2]["issue"] == "permis"


def test_marks_and_line_ends_of_other_systems_are_taken() -> None:
    case = b'{"id":"a","contenu":{"identification":"aucune"}}'
    status, answers = _stream(b"\xef\xbb\xbf" + case + b"\r\n\r\n   \r\n" + case + b"\r\n")
    assert (status, [a["issue"] for a in answers]) == (0, ["permis", "permis"])


def test_an_enormous_line_is_refused_and_the_next_one_decided() -> None:
    case = b'{"id":"a","contenu":{"identification":"aucune"}}'
    huge = b'{"id":"' + b"x" * (3 * LONGEST_LINE) + b'"}'
    status, answers = _stream(huge + b"\n" + case + b"\n" + huge)
    assert (status, [a.get("ligne") for a in answers]) == (2, [1, None, 3])


def test_a_lone_surrogate_goes_out_as_it_came() -> None:
    status, answers = _stream(b'{"id":"\\ud800","contenu":{"identification":"aucune"}}')
    assert (status, answers[0]["id"]) == (0, "\ud800")


def test_an_empty_stream_gives_nothing() -> None:
    assert _stream(b"") == (0, [])


def test_a_missing_file_is_one_line_on_stderr(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["decide", str(tmp_path / "absent.jsonl")]) == 2
    assert capsys.readouterr().err.endswith("absent.jsonl ne peut pas être lu : ce fichier n'existe pas.\n")


def test_deciding_never_loads_django() -> None:
    code = (
        "import sys; from maillage.cli import main; main(['decide', '/dev/null']); "
        "main(['law', 'articles']); sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False)
    assert done.returncode == 0
