"""The twelve questions of «Et chez vous ?», and the short code that keeps the answers.

Pure Python. Answers are never stored: they live in the visitor's page, in the code they may copy, or after
the `#` of a link, which browsers do not send.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

NSP: Final = "nsp"
"""«Je ne sais pas»: an answer everywhere, and what a question left blank means."""

_ALPHABET: Final = "0ABCDEFGH"
_PREFIX: Final = "M1"
_CHECK: Final = "ABCDEFGHJKLMNPQRSTVWXYZ"  # a prime number of signs: any single wrong letter shows


class CodeError(ValueError):
    """The code pasted is not one of ours; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: what the visitor ticks, and the fact it states in a conclusion («une même direction…»)."""

    cle: str
    libelle: str
    fait: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its group, its wording, why it is asked, and its answers besides «je ne sais pas»."""

    cle: str
    groupe: str
    intitule: str
    pourquoi: str
    options: tuple[Option, ...]

    def option(self, cle: str) -> Option:
        """The option of that key. Raises KeyError."""
        return {o.cle: o for o in self.options}[cle]


@dataclass(frozen=True, slots=True)
class Reponses:
    """Answers to the twelve questions by key; any that is absent is «je ne sais pas»."""

    valeurs: Mapping[str, str]

    def __getitem__(self, cle: str) -> str:
        """Give the answer, «nsp» when there is none."""
        return self.valeurs.get(cle, NSP)

    def connue(self, cle: str) -> bool:
        """Say whether the question got a real answer."""
        return self[cle] != NSP

    def parmi(self, cle: str, *options: str) -> bool:
        """Say whether the answer is one of these options; an unknown answer is in none."""
        return self[cle] in options

    def avec(self, **changes: str) -> "Reponses":
        """Copy with some answers replaced."""
        return Reponses({**self.valeurs, **changes})

    @property
    def connues(self) -> tuple[str, ...]:
        """Keys of the questions that got a real answer, in order."""
        return tuple(q.cle for q in questions() if self.connue(q.cle))


@cache
def questions() -> tuple[Question, ...]:
    """The twelve questions, in order."""
    text = (files("maillage.etude") / "contenu" / "questionnaire.toml").read_text(encoding="utf-8")
    return tuple(
        Question(
            cle=row["cle"],
            groupe=row["groupe"],
            intitule=row["intitule"],
            pourquoi=row["pourquoi"],
            options=tuple(Option(*option) for option in row["options"]),
        )
        for row in tomllib.loads(text)["questions"]
    )


@cache
def question(cle: str) -> Question:
    """One question by its key. Raises KeyError."""
    return {q.cle: q for q in questions()}[cle]


def fait(cle: str, reponses: Reponses) -> str:
    """The fact that an answer states; the question itself when the answer is unknown."""
    if not reponses.connue(cle):
        return f"on ne sait pas : {question(cle).intitule[0].lower()}{question(cle).intitule[1:]}"
    return question(cle).option(reponses[cle]).fait


def validate(valeurs: Mapping[str, str]) -> Reponses:
    """Answers checked against the questions. Raises ValueError naming the first one out of its list."""
    kept = {}
    for asked in questions():
        value = valeurs.get(asked.cle) or NSP
        if value != NSP and value not in {o.cle for o in asked.options}:
            raise ValueError(asked.cle)
        kept[asked.cle] = value
    return Reponses(kept)


def encode(reponses: Reponses) -> str:
    """The code that keeps the answers: «M1-» then one letter a question and one to catch typing errors."""
    letters = "".join(_letter(asked, reponses[asked.cle]) for asked in questions())
    return f"{_PREFIX}-{letters[:4]}-{letters[4:8]}-{letters[8:]}{_check(letters)}"


def decode(code: str) -> Reponses:
    """The answers kept in a code, however spaced or cased. Raises CodeError."""
    plain = "".join(c for c in code.upper() if c.isascii() and c.isalnum())
    letters, check = plain[len(_PREFIX) : -1], plain[-1:]
    if not plain.startswith(_PREFIX) or len(letters) != len(questions()):
        raise CodeError(
            "Ce code n'a pas la bonne forme : il commence par M1 et compte quinze signes en tout."
        )
    if check != _check(letters):
        raise CodeError("Un signe de ce code est faux : recopiez-le, ou répondez aux questions.")
    valeurs = {}
    for asked, letter in zip(questions(), letters, strict=True):
        rank = _ALPHABET.find(letter)
        if rank < 0 or rank > len(asked.options):
            raise CodeError(
                "Ce code porte une réponse qui n'existe pas : recopiez-le, ou répondez aux questions."
            )
        valeurs[asked.cle] = NSP if rank == 0 else asked.options[rank - 1].cle
    return Reponses(valeurs)


def _letter(asked: Question, value: str) -> str:
    if value == NSP:
        return _ALPHABET[0]
    return _ALPHABET[1 + [o.cle for o in asked.options].index(value)]


def _check(letters: str) -> str:
    total = sum((rank + 1) * (_ALPHABET.find(letter) + 1) for rank, letter in enumerate(letters))
    return _CHECK[total % len(_CHECK)]
