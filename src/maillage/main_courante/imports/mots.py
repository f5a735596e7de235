"""A file's words read in a service's own lists: by code, or by the label people see."""

from __future__ import annotations

import re

from maillage.directory.imports.reading import plain
from maillage.main_courante.enums import Liste
from maillage.main_courante.saisie import CONTACTS_LIMIT
from maillage.main_courante.vocabulaire import CALME, EN_RONDE, PERSONNE, Listes

DEFAULTS = {Liste.AMBIANCE: CALME, Liste.EFFECTIF: PERSONNE, Liste.ORIGINE: EN_RONDE}
BANDS = ((0, PERSONNE), (1, "1"), (4, "2_4"), (9, "5_9"), (19, "10_19"))


class Mots:
    """The service's lists, searched by code or label without case nor accents."""

    def __init__(self, listes: Listes) -> None:
        """Index every entry, those switched off included: old notes used them."""
        self.known = {
            liste: {
                plain(name): entry.code
                for entry in reversed(listes.entries(liste, all_entries=True))
                for name in (entry.libelle, entry.code)
            }
            for liste in Liste
        }

    def code(self, liste: Liste, word: str) -> str:
        """Return the code of a word; the list's default for none. Raises ValueError in French."""
        if not word:
            if liste not in DEFAULTS:
                raise ValueError(f"« {liste.label} » manque.")
            return DEFAULTS[liste]
        found = self.known[liste].get(plain(word))
        if found is None:
            raise ValueError(f"« {word[:60]} » n'est pas dans la liste « {liste.label} » de l'équipe.")
        return found

    def codes(self, liste: Liste, words: str) -> tuple[str, ...]:
        """Return the codes of several words parted by commas, semicolons or bars."""
        parts = [part.strip() for part in re.split("[,;|]", words)]
        # A label may hold a comma itself: the whole is tried first.
        if plain(words) in self.known[liste]:
            parts = [words]
        return tuple(dict.fromkeys(self.code(liste, part) for part in parts if part))

    def headcount(self, word: str) -> str:
        """Return the band of a number of people, or of the band's own name."""
        if word.isascii() and word.isdigit():
            number = int(word)
            return next((code for limit, code in BANDS if number <= limit), "20_plus")
        return self.code(Liste.EFFECTIF, word)

    def contacts(self, word: str) -> int | None:
        """Return a number of new contacts, None when empty. Raises ValueError in French."""
        if not word:
            return None
        if not (word.isascii() and word.isdigit()) or int(word) > CONTACTS_LIMIT:
            raise ValueError(f"« {word[:20]} » n'est pas un nombre de contacts (0 à {CONTACTS_LIMIT}).")
        return int(word)
