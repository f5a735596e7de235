"""Every sentence is proved of the law, and its planted fault is seen: none is vacuous."""

from dataclasses import replace

import pytest

from maillage.cli import law as command
from maillage.law import proofs
from maillage.law.language import Effet
from maillage.law.proofs import SENTENCES, Sentence, check
from maillage.law.rules import REGLES


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s.dit[:50])
def test_sentence_is_proved_and_its_fault_seen(sentence: Sentence) -> None:
    proved = check(sentence, REGLES)
    assert proved.counter_example is None
    assert proved.planted is not None


def test_there_are_at_least_twenty_sentences_each_said_once() -> None:
    assert len({s.dit for s in SENTENCES}) == len(SENTENCES) >= 20


def test_a_law_broken_on_purpose_fails_with_a_readable_counter_example(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = [s for s in SENTENCES if "péril imminent, appeler" in s.dit]
    monkeypatch.setattr(proofs, "SENTENCES", tuple(wanted))
    broken = tuple(replace(r, effet=Effet.AUTORISE) if r.id == "CP-223-6" else r for r in REGLES)
    assert command.check_law(REGLES) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "1 phrases prouvées sur 1, chacune éprouvée par une faute."
    )
    assert command.check_law(broken) == 1
    printed = " ".join(capsys.readouterr().out.split())
    assert printed.startswith("FAUX Face à un péril imminent, appeler les secours")
    assert "contre-exemple : date de l'échange" in printed
    assert "fonction du destinataire : secours ; péril imminent : oui → incomplet (CP-223-6)" in printed
