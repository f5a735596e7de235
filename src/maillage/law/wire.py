"""The wire: a JSON object becomes a case, or an error that says where and what was meant.

Nothing is guessed: an unknown key, a value outside its list or a wrong type is an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NoReturn

from maillage.law.case import DEFAUTS, Case
from maillage.law.facts import FAITS, INDICE
from maillage.law.facts.jour import periode
from maillage.law.language import Fait, Genre

Identifiant = str | int | None


class CaseError(ValueError):
    """A case that cannot be read; the message is one French sentence, `id` the case's if readable."""

    def __init__(self, message: str, identifiant: Identifiant = None) -> None:
        super().__init__(message)
        self.id = identifiant


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_case(obj: object) -> Case:
    """Read one decoded JSON object; raises CaseError with the nearest valid names.

    Missing and null facts take their default, or stay unknown where there is none.
    """
    if not isinstance(obj, dict):
        raise CaseError(f"Un cas est un objet JSON, et non {_kind(obj)}.")
    identifiant = _identifier(obj.get("id"))
    rangs, jour = list(DEFAUTS), None
    try:
        for key, value in obj.items():
            if value is None or key == "id":
                if key not in _TOP:
                    _unknown_key("", key, _TOP)
                continue
            reader = _TOP.get(key)
            if reader is None:
                _unknown_key("", key, _TOP)
            elif isinstance(reader, dict):
                _read_room(key, value, reader, rangs)
            elif key == "date":
                jour = _day(value)
                rangs[_DATE] = periode(jour)
            else:
                rangs[reader.indice] = reader.rank(value)
    except CaseError as error:
        raise CaseError(str(error), identifiant) from None
    return Case(identifiant, tuple(rangs), jour)


def load_case(text: str) -> Case:
    """Read one JSON text; raises CaseError for text that is not strict JSON too."""
    return parse_case(load_json(text))


def load_json(text: str) -> object:
    """Decode strict JSON: no NaN, no duplicate key, no bottomless nesting; raises CaseError."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_not_a_number)
    except RecursionError:
        raise CaseError("Ce texte est imbriqué trop profondément pour être un cas.") from None
    except json.JSONDecodeError as error:
        raise CaseError(f"Ce n'est pas du JSON : {_where(error)}.") from None
    except CaseError:
        raise
    except ValueError:
        raise CaseError("Un nombre y est démesuré : un cas n'en contient pas.") from None


class _Reader:
    """Reads one fact: its place among the ranks, and how a JSON value becomes a rank."""

    def __init__(self, fait: Fait) -> None:
        self.fait = fait
        self.indice = INDICE[fait.chemin]
        self._ranks = {v: fait.rang(v) for v in fait.valeurs}
        self.rank: Callable[[object], int] = {
            Genre.BOOLEEN: self._boolean,
            Genre.ENSEMBLE: self._set,
        }.get(fait.genre, self._choice)

    def _choice(self, value: object) -> int:
        """One code of the list."""
        if not isinstance(value, str):
            raise CaseError(f"{self.fait.chemin} attend un mot de sa liste, et non {_kind(value)}.")
        rang = self._ranks.get(value)
        if rang is None:
            _unknown_value(self.fait.chemin, value, self._ranks)
        return rang

    def _boolean(self, value: object) -> int:
        """true or false, nothing that looks like it."""
        if value is True:
            return 1
        if value is False:
            return 0
        raise CaseError(f"{self.fait.chemin} attend true ou false, et non {_kind(value)}.")

    def _set(self, value: object) -> int:
        """A list of distinct codes; the empty list means none."""
        if not isinstance(value, list):
            raise CaseError(f"{self.fait.chemin} attend une liste, et non {_kind(value)}.")
        rang = 0
        for element in value:
            bit = self._choice(element)
            if rang & bit:
                raise CaseError(f"{self.fait.chemin} contient deux fois « {element} ».")
            rang |= bit
        return rang


def _schema() -> dict[str, _Reader | dict[str, _Reader]]:
    """Top keys to readers; rooms (`emetteur`, `lecture`…) to their own keys."""
    top: dict[str, _Reader | dict[str, _Reader]] = {}
    for fait in FAITS:
        room, _, key = fait.chemin.rpartition(".")
        if not room:
            top[key] = _Reader(fait)
            continue
        inner = top.setdefault(room, {})
        assert isinstance(inner, dict)
        inner[key] = _Reader(fait)
    return top


_TOP: Mapping[str, _Reader | dict[str, _Reader]] = {**_schema(), "id": {}}
_DATE = INDICE["date"]


def _read_room(name: str, value: object, readers: Mapping[str, _Reader], rangs: list[int]) -> None:
    """Read the facts nested under one key."""
    if not isinstance(value, dict):
        raise CaseError(f"{name} attend un objet, et non {_kind(value)}.")
    for key, inner in value.items():
        reader = readers.get(key)
        if reader is None:
            _unknown_key(f"{name}.", key, readers)
        if inner is not None:
            rangs[reader.indice] = reader.rank(inner)


def _identifier(value: object) -> Identifiant:
    """The case's own name: text or whole number, never a fact."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise CaseError(f"id attend un texte ou un nombre entier, et non {_kind(value)}.")


def _day(value: object) -> date:
    """A real day, written AAAA-MM-JJ."""
    if not isinstance(value, str):
        raise CaseError(f"date attend un jour écrit AAAA-MM-JJ, et non {_kind(value)}.")
    if _ISO.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise CaseError(f"date : « {_short(value)} » n'est pas un jour du calendrier (AAAA-MM-JJ).")


def _unknown_key(prefix: str, key: str, known: Iterable[str]) -> NoReturn:
    """Refuse a key, with the nearest ones."""
    raise CaseError(f"Clé inconnue : « {_short(prefix + key)} ».{_nearest(key, known, prefix)}")


def _unknown_value(chemin: str, value: str, known: Iterable[str]) -> NoReturn:
    """Refuse a value, with the nearest ones."""
    raise CaseError(f"{chemin} : valeur inconnue « {_short(value)} ».{_nearest(value, known)}")


def _nearest(word: str, known: Iterable[str], prefix: str = "") -> str:
    """« Noms les plus proches… », or the whole list when it is short."""
    from difflib import get_close_matches

    names = [k for k in known if k != "id"]
    close = get_close_matches(word[:80], names, n=3, cutoff=0.5) or (names if len(names) <= 9 else [])
    if not close:
        close = get_close_matches(word[:80], names, n=1, cutoff=0.0)
    return " Noms les plus proches : " + ", ".join(prefix + c for c in close) + "."


def _short(text: str) -> str:
    """What was typed, cut for the message."""
    return text if len(text) <= 60 else text[:57] + "…"


def _kind(value: object) -> str:
    """What a JSON value is, in French."""
    if value is None:
        return "null"
    names = {bool: "un booléen", int: "un nombre", float: "un nombre", str: "un texte", list: "une liste"}
    return names.get(type(value), "un objet")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object whose keys are distinct."""
    out = dict(pairs)
    if len(out) != len(pairs):
        keys = [k for k, _ in pairs]
        twice = next(k for k in keys if keys.count(k) > 1)
        raise CaseError(f"La clé « {_short(twice)} » est donnée deux fois.", _readable_id(out))
    return out


def _readable_id(obj: Mapping[str, object]) -> Identifiant:
    """The id of an object that is refused for another reason."""
    value = obj.get("id")
    return value if isinstance(value, str) else None


def _not_a_number(constant: str) -> NoReturn:
    """NaN and infinities are not JSON."""
    raise CaseError(f"Ce n'est pas du JSON : {constant} n'y existe pas.")


def _where(error: json.JSONDecodeError) -> str:
    """The place of a syntax error."""
    return f"erreur au caractère {error.pos + 1}"
