"""What an administrator types: names without anything hidden in them, codes drawn from names."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.text import slugify

from maillage.conventions.errors import BadAnswer


def tidy_name(champ: str, text: str, longest: int) -> str:
    """Return a name on one line, spaces tidied. Raises BadAnswer: empty, too long, invisible signs."""
    tidy = " ".join(text.split())
    if not tidy or len(tidy) > longest:
        raise BadAnswer(champ, f"Donnez un nom de {longest} caractères au plus.")
    if not tidy.isprintable():
        raise BadAnswer(champ, "Ce nom contient un caractère invisible : retapez-le.")
    return tidy


def free_code(nom: str, taken: Callable[[str], bool], longest: int = 60) -> str:
    """Return a code made from a name, that `taken` does not know yet."""
    base = slugify(nom)[: longest - 4].strip("-") or "code"
    code, number = base, 2
    while taken(code):
        code, number = f"{base}-{number}", number + 1
    return code
