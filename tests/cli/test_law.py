"""`maillage law`: the catalogue says every rule, and one rule says everything about itself."""

import pytest

from maillage.cli import main
from maillage.law import catalogue


def test_articles_name_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "articles"]) == 0
    printed = capsys.readouterr().out
    assert [r.id for r in catalogue.rules() if f"→ {r.id} (" not in printed] == []


@pytest.mark.parametrize("regle", [r.id for r in catalogue.rules()])
def test_every_rule_prints(regle: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "rule", regle]) == 0
    printed = capsys.readouterr().out.splitlines()
    found = catalogue.rule(regle)
    assert printed[0] == regle
    assert found.dit in printed
    assert sum(line.startswith("  - ") for line in printed) == len(found.si) + len(found.obligations)


def test_an_unknown_rule_gives_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "rule", "orient-prive2"]) == 2
    assert capsys.readouterr().err == (
        "maillage : Aucune règle ne s'appelle « orient-prive2 ». "
        "Les plus proches : ORIENT-PRIVE, ORIENT-PUBLIC, ORIENT-ACCUSE.\n"
    )
