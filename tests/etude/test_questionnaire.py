"""The twelve questions and the code that keeps the answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.etude.questionnaire import NSP, CodeError, Reponses, decode, encode, questions, validate

_ANSWERS = st.fixed_dictionaries(
    {q.cle: st.sampled_from([NSP, *(o.cle for o in q.options)]) for q in questions()}
)


def test_there_are_twelve_questions_each_with_its_reason() -> None:
    assert len(questions()) == 12
    assert all(q.pourquoi and 3 <= len(q.options) <= 8 for q in questions())


@given(_ANSWERS)
def test_a_code_gives_the_answers_back(valeurs: dict[str, str]) -> None:
    assert decode(encode(validate(valeurs))) == validate(valeurs)


def test_a_code_may_be_retyped_with_spaces_and_small_letters() -> None:
    reponses = validate({"direction": "comite", "contrat": "public"})
    assert decode(f"  {encode(reponses).lower().replace('-', ' ')} ") == reponses


@given(_ANSWERS, st.integers(0, 11), st.sampled_from("0ABCDEF"))
def test_one_wrong_letter_never_passes_for_other_answers(
    valeurs: dict[str, str], rank: int, letter: str
) -> None:
    plain = encode(validate(valeurs)).replace("-", "")
    wrong = plain[: 2 + rank] + letter + plain[3 + rank :]
    if wrong == plain:
        return
    with pytest.raises(CodeError):
        decode(wrong)


@pytest.mark.parametrize(
    "code", ["", "M1", "bonjour", "M1-AAAA-AAAA-AAAA", "M2-0000-0000-0000B", "M1" + "A" * 10_000, "é" * 15]
)
def test_what_is_not_a_code_is_refused_in_one_sentence(code: str) -> None:
    with pytest.raises(CodeError, match=r"\.$"):
        decode(code)


def test_a_question_left_blank_is_unknown_and_an_invented_answer_is_refused() -> None:
    assert validate({}) == Reponses({q.cle: NSP for q in questions()})
    with pytest.raises(ValueError) as refused:
        validate({"direction": "le chef"})
    assert refused.value.args == ("direction",)
