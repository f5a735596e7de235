"""Cleans what was typed before it is sealed: one French sentence when it cannot be kept."""

from __future__ import annotations

import unicodedata

from django.db.models import TextChoices

from maillage.sharing.errors import BadAnswer

LINE_MAX = 80
TEXT_MAX = 600
# Marks that reorder or hide what is read: refused in names, where they could disguise someone.
HIDDEN = frozenset({"Cf", "Cc", "Co", "Cs", "Cn", "Zl", "Zp"})
JOINER = "\u200d"  # binds the parts of one emoji


def clean_line(champ: str, text: str) -> str:
    """Return a name or nickname, trimmed, as typed otherwise.

    Raises BadAnswer when it is too long or holds invisible or direction marks.
    """
    line = unicodedata.normalize("NFC", text.strip())
    if len(line) > LINE_MAX:
        raise BadAnswer(champ, f"C'est trop long : {LINE_MAX} caractères au plus.")
    if any(unicodedata.category(sign) in HIDDEN and sign != JOINER for sign in line):
        raise BadAnswer(champ, "Ce texte contient des caractères invisibles : retapez-le.")
    return line


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
