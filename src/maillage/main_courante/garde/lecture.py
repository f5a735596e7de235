"""Reading a free text for what should not be there. Twin of `front/src/garde/lecture.ts`, line for line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from maillage.main_courante.garde.lexique import Lexique, Motif, lexique

WORD = re.compile("[a-z0-9œæ]+")
ENDS = re.compile("[.!?;:•\n]")
JOINS = re.compile("(?: ?[-'] ?| {1,2}|[.] ?)")
CONTEXT = 60
SHOUTED = 0.6


@dataclass(frozen=True)
class Trouvaille:
    """Words found: their kind, their place in the text, the words themselves.

    `large` is where a replacement should begin: «le jeune» before a name goes with it.
    """

    genre: str
    debut: int
    fin: int
    mots: str
    large: int


@dataclass(frozen=True)
class Mot:
    """One word of the text: without case nor accents, where it is, whether it is capitalised."""

    mot: str
    debut: int
    fin: int
    majuscule: bool
    commence: bool


def read(text: str, *, lieux: Sequence[str] = (), words: Lexique | None = None) -> list[Trouvaille]:
    """Return what the text should not hold, in order, without overlap.

    `lieux` are names of places of the service: their words are never taken for people's.
    """
    return _Lecture(unicodedata.normalize("NFC", text), lieux, words or lexique()).found()


def fold(text: str) -> str:
    """Return the text without case nor accents, one character for one."""
    return "".join(_folded(letter) for letter in text)


def _folded(letter: str) -> str:
    if letter in "’ʼ‘´`":
        return "'"
    if letter in "\u00a0\u202f\u2009\t":
        return " "
    if letter in "‐‑–—":
        return "-"
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


class _Lecture:
    """One text being read: its folded form, its words, the lists."""

    def __init__(self, text: str, lieux: Sequence[str], words: Lexique) -> None:
        self.text = text
        self.plain = fold(text)
        self.lexique = words
        self.reperes = words.reperes
        self.places = frozenset(word for place in lieux for word in WORD.findall(fold(place)))
        letters = [letter for letter in text if letter.isalpha()]
        capitals = sum(letter != letter.lower() for letter in letters)
        self.shouted = len(letters) > 8 and capitals > SHOUTED * len(letters)
        self.mots = self._split()
        self.masked = [(match.start(2), match.end(2)) for match in words.expressions.finditer(self.plain)]

    def found(self) -> list[Trouvaille]:
        every = [one for motif in self.lexique.motifs for one in self._by_motif(motif)] + self._names()
        kept: list[Trouvaille] = []
        for one in sorted(every, key=lambda found: (found.debut, -found.fin)):
            if not kept or one.debut >= kept[-1].fin:
                kept.append(one)
        return kept

    def _split(self) -> list[Mot]:
        mots: list[Mot] = []
        for match in WORD.finditer(self.plain):
            first = self.text[match.start()]
            before = self.plain[mots[-1].fin : match.start()] if mots else "."
            titled = bool(mots) and mots[-1].mot in self.reperes["titres"] and before.startswith(".")
            capital = not self.shouted and first != first.lower()
            starts = bool(ENDS.search(before)) and not titled
            mots.append(Mot(match.group(), match.start(), match.end(), capital, starts))
        return mots

    def _by_motif(self, motif: Motif) -> list[Trouvaille]:
        source = self.text if motif.casse else self.plain
        found = []
        for match in motif.dit.finditer(source):
            start, end = match.span(2)
            before, after = source[max(0, start - CONTEXT) : start], source[end : end + CONTEXT]
            if motif.apres and not motif.apres.search(before):
                continue
            if motif.sauf_avant and motif.sauf_avant.search(before):
                continue
            if motif.sauf_apres and motif.sauf_apres.search(after):
                continue
            if motif.avec and not motif.avec.search(match.group(2)):
                continue
            found.append(Trouvaille(motif.genre, start, end, self.text[start:end], start))
        return found

    def _names(self) -> list[Trouvaille]:
        found: list[Trouvaille] = []
        at, last = 0, -2
        while at < len(self.mots):
            if not self._is_name(at, last):
                at += 1
                continue
            last = self._extended(at)
            start, end = self.mots[at].debut, self.mots[last].fin
            found.append(Trouvaille("nom", start, end, self.text[start:end], self._wide(at)))
            at = last + 1
        return found

    def _is_name(self, at: int, last: int) -> bool:
        """Say whether a name begins at this word; `last` is the last word of the name before."""
        mot = self.mots[at]
        if any(start <= mot.debut < end for start, end in self.masked) or self._in_place(at):
            return False
        if mot.mot[0].isdigit():
            return False
        if mot.mot in self.lexique.prenoms:
            return True
        if mot.mot in self.lexique.faibles:
            return self._weak(at, last)
        return self._unknown(at, last)

    def _weak(self, at: int, last: int) -> bool:
        """A word that may also be an ordinary one: a capital or a cue must show that someone is meant."""
        mot, before, after = self.mots[at], self._linked(at - 1), self._linked(at, +1)
        if before in self.reperes["forts"] or self._civil(at):
            return True
        if self.shouted or not mot.majuscule:
            return False
        if self._cued(at) or self._follows(at, last):
            return True
        if not mot.commence:
            return before not in self.reperes["articles"]
        following = self.mots[at + 1] if after else None
        if following is None:
            return False
        return after in self.reperes["verbes"] or following.majuscule or self._joined_to_name(at)

    def _unknown(self, at: int, last: int) -> bool:
        """A word of no list: taken for a name only where a name alone can stand."""
        mot, before, after = self.mots[at], self._linked(at - 1), self._linked(at, +1)
        if mot.mot in self.reperes["connus"] or mot.mot in self.places:
            return False
        if len(mot.mot) == 1:
            return mot.majuscule and (self._cued(at) or self._civil(at)) and before != "dit"
        if not mot.majuscule:
            return self._civil(at) and mot.mot not in self.reperes["communs"] and len(mot.mot) > 2
        if self._acronym(mot) or mot.mot in self.reperes["communs"] | self._cues:
            return False
        if self._civil(at) or self._cued(at) or self._follows(at, last):
            return True
        if mot.commence:
            return False
        if before in self.reperes["avec"]:
            return True
        return after in self.reperes["verbes"] and before not in self._not_before_people

    @property
    def _cues(self) -> frozenset[str]:
        return self.reperes["personnes"] | self.reperes["titres"] | self.reperes["civilites"] | {"famille"}

    @property
    def _not_before_people(self) -> frozenset[str]:
        places = frozenset("a sur vers en par pour entre dans de et chez".split())
        return self.reperes["articles"] | self.reperes["particules"] | places

    def _acronym(self, mot: Mot) -> bool:
        typed = self.text[mot.debut : mot.fin]
        return typed == typed.upper() and len(typed) < 6

    def _linked(self, at: int, step: int = 0) -> str:
        """Return the word at `at + step` when nothing but a space or a hyphen parts it from its neighbour.

        With `step` 0 the neighbour is the word after `at`; with 1 it is `at` itself.
        """
        place = at + step
        if not 0 <= place < len(self.mots):
            return ""
        left = place if step == 0 else at
        if left + 1 >= len(self.mots):
            return ""
        gap = self.plain[self.mots[left].fin : self.mots[left + 1].debut]
        return self.mots[place].mot if self._joins(left, gap) else ""

    def _joins(self, left: int, gap: str) -> bool:
        if not JOINS.fullmatch(gap):
            return False
        short = self.mots[left].mot in self.reperes["titres"] or len(self.mots[left].mot) <= 2
        return not gap.startswith(".") or short

    def _cued(self, at: int) -> bool:
        before = self._linked(at - 1)
        return before in self.reperes["personnes"] or before in self.reperes["lignees"]

    def _civil(self, at: int) -> bool:
        """Say whether «Mme» or «monsieur» (not «un monsieur») stands before the word."""
        before = self._linked(at - 1)
        if before == "m":
            return self.text[self.mots[at - 1].debut] == "M" and self.plain[self.mots[at - 1].fin] != "'"
        if before in self.reperes["titres"]:
            return True
        return before in self.reperes["civilites"] and self._linked(at - 2) not in self.reperes["articles"]

    def _follows(self, at: int, last: int) -> bool:
        """Say whether «et» alone parts the word from the name before."""
        return last == at - 2 and self._linked(at - 1) == "et"

    def _joined_to_name(self, at: int) -> bool:
        if self._linked(at, +1) != "et" or at + 2 >= len(self.mots):
            return False
        other = self.mots[at + 2]
        return other.mot in self.lexique.prenoms or other.majuscule

    def _in_place(self, at: int) -> bool:
        """Say whether the word belongs to the name of a place: «rue du Docteur Roux», «Saint-Malo»."""
        mot = self.mots[at].mot
        named = mot in self.places and mot not in self.lexique.prenoms
        if named or self._linked(at - 1) in self.reperes["saints"]:
            return True
        back = at - 1
        while back >= 0 and self._linked(back):
            found = self.mots[back]
            if found.mot in self.reperes["lieux"]:
                return True
            if found.mot in self.reperes["honneurs"]:
                back -= 1
                while back >= 0 and self._linked(back) in self.reperes["particules"]:
                    back -= 1
            elif found.majuscule or self._listed(found.mot) or len(found.mot) == 1:
                back -= 1
            else:
                return False
        return False

    def _listed(self, mot: str) -> bool:
        return mot in self.lexique.prenoms or mot in self.lexique.faibles

    def _extended(self, at: int) -> int:
        """Return the last word of the name that begins at `at`: a surname, an initial, a particle."""
        last = at
        while last + 1 < len(self.mots) and self._linked(last, +1):
            following = self.mots[last + 1]
            nobiliary = following.mot in self.reperes["particules"] and last + 2 < len(self.mots)
            if following.commence or following.mot[0].isdigit() or following.mot in self.reperes["connus"]:
                break
            if following.majuscule or following.mot in self.lexique.prenoms:
                last += 1
            elif nobiliary and self._linked(last + 1, +1) and self.mots[last + 2].majuscule:
                last += 2
            else:
                break
        return last

    def _wide(self, at: int) -> int:
        """Return where a replacement of the name should begin."""
        start = at
        while start > 0 and self._linked(start - 1) in self._cues:
            start -= 1
        if start < at and self._linked(start - 1) in self.reperes["articles"]:
            start -= 1
        return self.mots[start].debut
