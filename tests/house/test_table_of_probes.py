"""Every address has its line in the table of the probes, and both say the same (S-08)."""

from __future__ import annotations

import pytest

from maillage.web.areas import rule_table
from tests.probes import table


@pytest.mark.requirement("S-08")
def test_every_address_is_in_the_table_and_says_the_same() -> None:
    declared = {
        name: (rule.roles, rule.readers - rule.roles, rule.methods, rule.public, rule.own)
        for name, rule in rule_table().items()
    }
    stated = {}
    for line in table.read():
        methods = stated[line.view][2] if line.view in stated else frozenset()
        stated[line.view] = (line.roles, line.readers, line.methods | methods, line.public, line.own)
    assert sorted(declared) == sorted(stated)
    assert {name: (stated[name], said) for name, said in declared.items() if stated[name] != said} == {}
