"""Passwords: twelve characters, nothing that guessers try first, no composition rule (S-02)."""

import string

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from maillage.comptes.hashers import Argon2idHasher
from maillage.comptes.models import Compte
from maillage.comptes.passwords import FAMILIAR, guessable

pytestmark = pytest.mark.requirement("S-02")

SOMEONE = Compte(identifiant="samira.benali")
COMMON = sorted(word for word in CommonPasswordValidator().passwords if word.isascii() and word.isalpha())


def refused(password: str) -> bool:
    try:
        validate_password(password, SOMEONE)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    "password",
    [
        "",
        "onze-lettre",
        "motdepasse2026",
        "M0tDeP4sse!!",
        "Azertyuiop12",
        "azertyuiopqsdf",
        "abcdefghijklmn",
        "123456789012",
        "098765432109",
        "aaaaaaaaaaaa",
        "abababababababab",
        "soleilsoleil",
        "Bonjour!!!!!!!",
        "password1234",
        "Marseille2026",
        "Médiation2026",
        "samira.benali",
        "Benali-Samira-1",
        "maillage-maillage",
        "x" * 300,
    ],
)
def test_refused(password: str) -> None:
    assert refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "quatre rues vers le port",
        "cerise velours radar",
        "une phrase assez longue",
        "tout en minuscules ici",
        "4817 2950 6631 07",
        "été à l'ombre du 7",
        "abcd-e5gh-ik2m-nopq",
    ],
)
def test_accepted_without_capital_digit_or_sign(password: str) -> None:
    assert not refused(password)


@given(st.text(max_size=11))
def test_short_ones_are_always_refused(password: str) -> None:
    assert refused(password)


@given(
    st.sampled_from(COMMON + sorted(FAMILIAR)),
    st.text(string.digits, max_size=6),
    st.sampled_from(["", "!", "!!", "*", ".", " "]),
)
def test_a_common_word_with_digits_and_signs_is_refused(word: str, digits: str, sign: str) -> None:
    assert guessable(word.capitalize() + digits + sign)


@given(st.text(string.ascii_lowercase, min_size=1, max_size=5), st.integers(3, 30))
def test_repetitions_are_refused(piece: str, times: int) -> None:
    assert guessable(piece * times)


@given(st.lists(st.text(string.ascii_lowercase, min_size=5, max_size=9), min_size=5, max_size=5, unique=True))
def test_five_drawn_words_are_accepted(words: list[str]) -> None:
    phrase = " ".join(words)
    few = len({*phrase}) < 8
    assert few or not guessable(phrase, "samira.benali") or all(word in FAMILIAR for word in words)


def test_passwords_are_kept_by_argon2id() -> None:
    from maillage.config import settings as real

    assert real.PASSWORD_HASHERS == ["maillage.comptes.hashers.Argon2idHasher"]
    assert settings.AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"] == {"min_length": 12}
    encoded = Argon2idHasher().encode("une phrase assez longue", "selselselsel")
    assert encoded.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")
