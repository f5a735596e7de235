"""The wire: what is refused, with which sentence, and what is taken as written."""

import contextlib
import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.law.case import DEFAUTS, new_case
from maillage.law.facts import FAITS
from maillage.law.wire import CaseError, load_case, parse_case


@pytest.mark.parametrize(
    ("obj", "message"),
    [
        ([1], "Un cas est un objet JSON, et non une liste."),
        (None, "Un cas est un objet JSON, et non null."),
        ({"sujt": {}}, "Clé inconnue : « sujt ». Noms les plus proches : sujet."),
        ({"sujt": None}, "Clé inconnue : « sujt ». Noms les plus proches : sujet."),
        (
            {"contenu": {"natur": "ambiance"}},
            "Clé inconnue : « contenu.natur ». Noms les plus proches : contenu.nature.",
        ),
        ({"cadre": "bilatéral"}, "cadre : valeur inconnue « bilatéral ». Noms les plus proches : bilateral."),
        ({"cadre": 3}, "cadre attend un mot de sa liste, et non un nombre."),
        ({"cadre": ["bilateral"]}, "cadre attend un mot de sa liste, et non une liste."),
        ({"sujet": "personne"}, "sujet attend un objet, et non un texte."),
        ({"information_rgpd": 1}, "information_rgpd attend true ou false, et non un nombre."),
        ({"information_rgpd": "true"}, "information_rgpd attend true ou false, et non un texte."),
        ({"date": "2026-02-30"}, "date : « 2026-02-30 » n'est pas un jour du calendrier (AAAA-MM-JJ)."),
        ({"date": "20260201"}, "date : « 20260201 » n'est pas un jour du calendrier (AAAA-MM-JJ)."),
        (
            {"date": "2026-02-01T10:00"},
            "date : « 2026-02-01T10:00 » n'est pas un jour du calendrier (AAAA-MM-JJ).",
        ),
        ({"date": 20260201}, "date attend un jour écrit AAAA-MM-JJ, et non un nombre."),
        (
            {"emetteur": {"fondement_secret": ["mission_ase", "mission_ase"]}},
            "emetteur.fondement_secret contient deux fois « mission_ase ».",
        ),
        (
            {"emetteur": {"fondement_secret": "mission_ase"}},
            "emetteur.fondement_secret attend une liste, et non un texte.",
        ),
        (
            {"emetteur": {"fondement_secret": [None]}},
            "emetteur.fondement_secret attend un mot de sa liste, et non null.",
        ),
        (
            {"lecture": {"U-4": "audacieuse"}},
            "lecture.U-4 : valeur inconnue « audacieuse ». Noms les plus proches : prudente, rapport.",
        ),
        (
            {"lecture": {"U-8": "rapport"}},
            "Clé inconnue : « lecture.U-8 ». Noms les plus proches : lecture.U-9, lecture.U-6, lecture.U-5.",
        ),
        ({"id": 1.5}, "id attend un texte ou un nombre entier, et non un nombre."),
        ({"id": True}, "id attend un texte ou un nombre entier, et non un booléen."),
    ],
)
def test_what_is_not_a_case_is_refused_with_one_sentence(obj: object, message: str) -> None:
    with pytest.raises(CaseError) as caught:
        parse_case(obj)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Ce n'est pas du JSON : erreur au caractère 1."),
        ('{"id": "a",}', "Ce n'est pas du JSON : erreur au caractère 12."),
        ('{"date": NaN}', "Ce n'est pas du JSON : NaN n'y existe pas."),
        ('{"date": -Infinity}', "Ce n'est pas du JSON : -Infinity n'y existe pas."),
        ('{"cadre": "bilateral", "cadre": "lieu_public"}', "La clé « cadre » est donnée deux fois."),
        ("[" * 200_000, "Ce texte est imbriqué trop profondément pour être un cas."),
        ('{"id": ' + "9" * 6000 + "}", "Un nombre y est démesuré : un cas n'en contient pas."),
    ],
)
def test_what_is_not_strict_json_is_refused(text: str, message: str) -> None:
    with pytest.raises(CaseError) as caught:
        load_case(text)
    assert str(caught.value) == message


def test_an_error_keeps_the_name_of_the_case() -> None:
    with pytest.raises(CaseError) as caught:
        parse_case({"cadre": "x", "id": "mien"})
    assert caught.value.id == "mien"


def test_missing_and_null_mean_the_same_and_an_empty_list_does_not() -> None:
    assert parse_case({}).rangs == DEFAUTS
    everything = new_case({}).to_wire()
    nulls = {k: dict.fromkeys(v) if isinstance(v, dict) else None for k, v in everything.items()}
    assert parse_case(nulls).rangs == DEFAUTS
    assert parse_case({"emetteur": None, "lecture": None}).rangs == DEFAUTS
    none, unknown = parse_case({"emetteur": {"fondement_secret": []}}), parse_case({"emetteur": {}})
    assert (none.valeur("emetteur.fondement_secret"), unknown.valeur("emetteur.fondement_secret")) == (
        (),
        None,
    )


def test_a_case_can_be_built_and_changed_by_paths() -> None:
    case = new_case(
        {"date": date(2026, 6, 1), "emetteur.fondement_secret": ("mission_ase",)}, identifiant="a"
    )
    assert (
        parse_case({"id": "a", "date": "2026-06-01", "emetteur": {"fondement_secret": ["mission_ase"]}})
        == case
    )
    assert case.avec({"date": None, "emetteur.fondement_secret": None}) == new_case({}, identifiant="a")
    with pytest.raises(ValueError, match="valeur inconnue"):
        case.avec({"cadre": "ailleurs"})
    with pytest.raises(KeyError):
        case.avec({"notoriete": True})


KEYS = ["id", "date", "sujet", "cadre", "emetteur", "fondement_secret", "lecture", "U-1"]
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
any_json = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner)
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(any_json)
def test_any_json_is_a_case_or_one_error(obj: object) -> None:
    with contextlib.suppress(CaseError):
        assert len(parse_case(obj).rangs) == len(FAITS)


def test_the_text_of_a_case_reads_back() -> None:
    case = new_case({"date": date(2026, 6, 1), "contenu.nature": "ambiance"}, identifiant="é")
    assert load_case(json.dumps(case.to_wire())) == case
