"""Which passwords are refused: those that a guesser tries first (S-02). No composition rule."""

import re
import string
import unicodedata
from functools import cache
from itertools import pairwise
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

MAX_LENGTH = 256
DISTINCT_MIN = 5
MESSAGE = (
    "Ce mot de passe est trop facile à deviner ; essayez plusieurs mots qui n'ont rien à voir entre eux."
)

# What French and trade dictionaries add to the list that Django carries.
_WORDS = """
    motdepasse motdepass azerty azertyuiop qwertz bonjour bonsoir bienvenue soleil doudou chouchou loulou
    jetaime marseille toulouse paris france administrateur administration association mediation mediateur
    mediatrice prevention educateur educatrice correspondant partenariat maillage utilisateur connexion
    changezmoi secret identifiant ordinateur password welcome
"""
FAMILIAR = frozenset(_WORDS.split())
KEYBOARD = (
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
)
LEET = str.maketrans("0134578@$€!", "oieastbasei")


class GuessablePasswordValidator:
    """Refuses a common password in disguise, a repetition, a keyboard row, or one's own identifier."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError, with one French sentence, for a password easy to guess or endless."""
        if len(password) > MAX_LENGTH:
            raise ValidationError(f"Un mot de passe a {MAX_LENGTH} caractères au plus.", code="too_long")
        own = str(getattr(user, "identifiant", "") or "")
        if guessable(password, own):
            raise ValidationError(MESSAGE, code="guessable")

    def get_help_text(self) -> str:
        """Say the rule."""
        return "Pas de mot de passe courant : plusieurs mots sans rapport font le meilleur."


def guessable(password: str, identifiant: str = "") -> bool:
    """Say whether a password is one that guessers try: nothing is left once the familiar is removed."""
    plain = _plain(password)
    if len(set(plain)) < DISTINCT_MIN or _repeats(plain) or _mostly_row(plain):
        return True
    known = _common()
    if {plain, plain.translate(LEET)} & known:
        return True
    core = plain.strip(string.digits + string.punctuation + string.whitespace)
    forms = {plain, plain.translate(LEET), core.translate(LEET)}
    return any(_only_familiar(form, identifiant, known) for form in forms)


def _only_familiar(form: str, identifiant: str, known: frozenset[str]) -> bool:
    """Say whether the letters of a password are one familiar word, digits and signs around it aside."""
    letters = re.sub(r"[^a-z]", "", form)
    own = {part for part in re.split(r"[^a-z]+", _plain(identifiant)) if len(part) >= 4}
    if letters in known or letters in FAMILIAR or letters in own:
        return True
    rest = letters
    for word in FAMILIAR | own:
        rest = rest.replace(word, "")
    return rest != letters and len(rest) <= 2


def _repeats(plain: str) -> bool:
    """Say whether the password is a short piece said again and again."""
    return any(plain == (plain[:size] * len(plain))[: len(plain)] for size in range(1, len(plain) // 2 + 1))


def _mostly_row(plain: str) -> bool:
    """Say whether most neighbours follow each other on a keyboard, in the alphabet or in counting."""
    rows = {pair for row in KEYBOARD for one in (row, row[::-1]) for pair in pairwise(one)}
    steps = list(pairwise(plain))
    return sum(step in rows for step in steps) * 4 >= len(steps) * 3


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in decomposed if not unicodedata.combining(one))


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
