"""Why nothing opens an exchange: the single condition that stops each of the nearest rules."""

from maillage.law.nearest import nearest
from tests.law.cas import CAS, SCENARIOS

BY_ID = {s["id"]: c for s, c in zip(SCENARIOS, CAS, strict=True)}


def _reasons(identifiant: str) -> list[tuple[str, str]]:
    return [(n.regle, n.empeche) for n in nearest(BY_ID[identifiant])]


def test_a_mediator_under_private_contract_is_bound_by_no_secret() -> None:
    assert _reasons("S07")[0] == ("CASF-L226-2-2", "le destinataire n'est tenu à aucun secret établi")


def test_an_elected_person_without_delegation_is_named_as_such() -> None:
    assert _reasons("S19")[0] == (
        "CASF-L121-6-2-al6",
        "le destinataire n'est ni le maire, ni le président du département, ni leur représentant",
    )


def test_a_refusal_is_the_reason_and_nothing_else() -> None:
    assert ("ORIENT-PRIVE", "la personne a refusé cet échange") in _reasons("E10")


def test_three_reasons_at_most_and_none_for_what_is_open() -> None:
    assert all(len(nearest(case)) <= 3 for case in CAS)
    assert "ORIENT-PRIVE" not in [n.regle for n in nearest(BY_ID["S08"])]
