"""Cleans what was typed before it is sealed: one French sentence when it cannot be kept."""

from __future__ import annotations

import unicodedata

from django.db.models import TextChoices

from maillage.sharing.errors import BadAnswer

LINE_MAX = 80
TEXT_MAX = 600
# Marks that reorder or hide what is read: refused in names, where they could disguise someone.
HIDDEN = frozenset({"Cf", "Cc", "Co", "Cs", "Cn", "Zl", "Zp"})
JOINER = "\u200d"  # binds the parts of one emoji, after a sign that is no letter
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs that print nothing
MARKS_MAX = 3  # accents on one letter: more pile up over the lines around


def clean_line(champ: str, text: str) -> str:
    """Return a name or nickname, trimmed, as typed otherwise.

    Raises BadAnswer when it is too long or holds invisible or direction marks.
    """
    line = unicodedata.normalize("NFC", text.strip())
    if len(line) > LINE_MAX:
        raise BadAnswer(champ, f"C'est trop long : {LINE_MAX} caractères au plus.")
    if _hides(line):
        raise BadAnswer(champ, "Ce texte contient des caractères invisibles : retapez-le.")
    return line


def _hides(line: str) -> bool:
    """Tell whether a line holds what does not show, or so many accents that they hide what is near."""
    before, marks = "L", 0
    for sign in line:
        kind = unicodedata.category(sign)
        joins = sign == JOINER and before[0] in "SM"
        if sign in BLANK or (kind in HIDDEN and not joins):
            return True
        marks = marks + 1 if kind[0] == "M" else 0
        if marks > MARKS_MAX:
            return True
        before = kind
    return False


def clean_text(champ: str, text: str) -> str:
    """Return a short text exactly as typed, outer blanks apart. Raises BadAnswer when too long."""
    kept = text.strip()
    if len(kept) > TEXT_MAX:
        raise BadAnswer(champ, f"C'est trop long : {TEXT_MAX} caractères au plus, l'essentiel suffit.")
    if "\x00" in kept:
        raise BadAnswer(champ, "Ce texte contient un caractère illisible : retapez-le.")
    return kept


def member(champ: str, value: str, choices: type[TextChoices]) -> str:
    """Return the value if it belongs to the list. Raises BadAnswer otherwise."""
    if value not in choices.values:
        raise BadAnswer(champ, "Choisissez une réponse de la liste.")
    return value
