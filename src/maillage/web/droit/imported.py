"""The official wording of an article, where the installer has placed it beside the data.

`DIR/textes/<article>.txt` (UTF-8), for instance `DIR/textes/casf-l121-6-2.txt`. The product ships
none of these texts: it restates them and points to the official site.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from django.conf import settings

from maillage.law.language import Article

FOLDER = "textes"
MAX_BYTES = 200_000
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_LETTER_DOT = re.compile(r"^([a-z])\. ")


def slug_of(article: Article) -> str:
    """Return the article's file name and address: `CASF`, `L. 121-6-2` gives `casf-l121-6-2`."""
    number = _LETTER_DOT.sub(r"\1", _plain(article.numero))
    words = number if article.code == "doctrine" else f"{_plain(article.code)} {number}"
    return _SEPARATORS.sub("-", words).strip("-")[:80].strip("-")


def wording_of(slug: str) -> str:
    """Return the imported official text of this article, or "" when none was placed.

    `slug` must come from `slug_of`: it is never read from an address. A file that is not UTF-8, or
    larger than MAX_BYTES, is left out.
    """
    file = Path(settings.MAILLAGE_DATA_DIR) / FOLDER / f"{slug}.txt"
    try:
        if file.stat().st_size > MAX_BYTES:
            return ""
        return file.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
