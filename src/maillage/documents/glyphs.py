"""Characters that our printed fonts do not draw: told by the engine, then printed as a blank box.

A note may hold any character; the screen shows it exactly. On paper PDF/UA refuses a text that no
font draws, and a night's report must not fail for an emoji.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

BOX = "▯"
# Above this, one character missing means its whole page of 256 is: ideograms, emoji, private uses.
PAGES_FROM = 0x2E80
PAGE = 0x100

# A word of so many characters is wider than a column.
_LONG = re.compile(r"\S{28}(?=\S)")
_HOUR = re.compile(r"(\d) h\b")
_REFUSED = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{(?P<code>[0-9a-f]+)\}")


def refused_characters(message: str) -> frozenset[str]:
    """Return the characters that the engine's message says no font draws; none for another message."""
    found = _REFUSED.search(message)
    if found is None:
        return frozenset()
    text = _ESCAPE.sub(lambda escape: chr(int(escape["code"], 16)), found["text"])
    refused: set[str] = set()
    for character in text:
        code = ord(character)
        if code < PAGES_FROM:
            refused.add(character)
        else:
            start = code - code % PAGE
            refused.update(map(chr, range(start, start + PAGE)))
    return frozenset(refused)


def boxed(value: Any, refused: frozenset[str]) -> Any:
    """Return JSON data with every refused character of its texts replaced by a box."""
    if isinstance(value, str):
        return "".join(BOX if character in refused else character for character in value)
    if isinstance(value, Mapping):
        return {key: boxed(one, refused) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [boxed(one, refused) for one in value]
    return value


def breakable(value: Any) -> Any:
    """Return JSON data whose longest words may break, and whose hours may not; `svg` as it is."""
    if isinstance(value, str):
        return _HOUR.sub("\\1\N{NO-BREAK SPACE}h", _LONG.sub("\\g<0>\N{ZERO WIDTH SPACE}", value))
    if isinstance(value, Mapping):
        return {name: one if name == "svg" else breakable(one) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [breakable(one) for one in value]
    return value
