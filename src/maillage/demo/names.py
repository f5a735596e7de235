"""Invented people: first and last names drawn from a seed, no real professional's name.

The lists mix the origins met in these neighbourhoods. Surnames of people thanked in the study
are left out on purpose; a test compares the two when the study's file is there.
"""

import tomllib
from importlib.resources import files
from random import Random

_WORDS = tomllib.loads(files("maillage.demo").joinpath("data/names.toml").read_text(encoding="utf-8"))
FIRST_NAMES: tuple[str, ...] = tuple(_WORDS["first_names"].split())
LAST_NAMES: tuple[str, ...] = tuple(_WORDS["last_names"].split())
NICKNAMES: tuple[str, ...] = tuple(_WORDS["nicknames"].split())


def full_name(rng: Random) -> tuple[str, str]:
    """Return an invented (first name, last name)."""
    return rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)


def first_name(rng: Random) -> str:
    """Return an invented first name."""
    return rng.choice(FIRST_NAMES)


def pseudonym(rng: Random) -> str:
    """Return a pseudonym for a young person: a common noun and a number."""
    return f"{rng.choice(NICKNAMES)} {rng.randrange(10, 99)}"


def phone(rng: Random) -> str:
    """Return a phone number from the range reserved for fiction (01 99 00 …)."""
    return f"01 99 00 {rng.randrange(100):02d} {rng.randrange(100):02d}"
