"""Every address has its line in the table of the probes, every text its line in that of the canaries."""

from __future__ import annotations

import pytest

from maillage.web.areas import rule_table
from tests.canaries import knows
from tests.canaries.plant import place_of, text_fields
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


@pytest.mark.requirement("S-12")
def test_every_text_has_its_line_or_is_a_code() -> None:
    lines, codes = knows.read()
    columns = {place_of(model, one) for model, one in text_fields()}
    assert (sorted(columns - set(lines) - codes), sorted({*lines, *codes} - columns)) == ([], [])
    assert set(lines) & codes == set()
