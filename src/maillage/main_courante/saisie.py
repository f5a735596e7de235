"""What a note is made of before it is written: reading it from the phone or the form, and its digest.

`parse_note` refuses with one French sentence, so that the phone can show it and keep the note.
"""

import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from uuid import UUID

from maillage.base.clock import parse_moment
from maillage.base.encryption import keyring
from maillage.main_courante.vocabulaire import CALME, EN_RONDE, PERSONNE

TEXT_LIMIT = 4000
CONTACTS_LIMIT = 200
COUNTER_LIMIT = 2_000_000_000
LABEL_LIMIT = 60
# Controls, formats (direction marks, joiners), surrogates, private use, unassigned, line separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_CODE = re.compile(r"[a-z0-9_]{1,40}\Z")
_DEVICE = re.compile(r"[A-Za-z0-9_-]{0,40}\Z")


class Refused(Exception):
    """The note, message or list cannot be written; the message is the French sentence to show."""


@dataclass(frozen=True)
class NoteData:
    """A note as sent: codes of the service's lists, identifiers, the phone's time, free text.

    `id` comes from whoever writes, so that sending twice writes once. Empty `creneau` is deduced
    from the time; without `observee_le` the server's time is used; without `sortie` the author's
    current outing.
    """

    id: UUID
    lieu: UUID
    categorie: str
    ambiance: str = CALME
    effectif: str = PERSONNE
    creneau: str = ""
    origine: str = EN_RONDE
    publics: tuple[str, ...] = ()
    suites: tuple[str, ...] = ()
    contacts_nouveaux: int | None = None
    texte: str = ""
    observee_le: datetime | None = None
    sortie: UUID | None = None
    corrige: UUID | None = None
    annule: bool = False
    appareil: str = ""
    compteur: int | None = None

    def content(self) -> dict[str, object]:
        """Return the note's content as plain JSON values, without its identifier."""
        plain = {name: _plain(value) for name, value in asdict(self).items() if name != "id"}
        return dict(sorted(plain.items()))


def digest(data: NoteData, author: UUID) -> str:
    """Return the keyed digest of author and content, 64 hexadecimal characters.

    Keyed, because a plain digest of a short text would let anyone holding the database guess it.
    """
    raw = json.dumps([str(author), data.content()], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(keyring().pseudonym, b"note:" + raw.encode(), hashlib.sha256).hexdigest()


def parse_note(raw: object) -> NoteData:
    """Read a note sent as JSON.

    Raises Refused with one French sentence that names the wrong field.
    """
    if not isinstance(raw, Mapping):
        raise Refused("Une note doit être un objet JSON.")
    unknown = sorted(set(raw) - {field.name for field in fields(NoteData)})
    if unknown:
        raise Refused(f"Champ inconnu : « {unknown[0][:40]} ».")
    return NoteData(
        id=_required_id(raw, "id"),
        lieu=_required_id(raw, "lieu"),
        categorie=_code(raw, "categorie", None),
        ambiance=_code(raw, "ambiance", CALME),
        effectif=_code(raw, "effectif", PERSONNE),
        creneau=_code(raw, "creneau", ""),
        origine=_code(raw, "origine", EN_RONDE),
        publics=_codes(raw, "publics"),
        suites=_codes(raw, "suites"),
        contacts_nouveaux=_number(raw, "contacts_nouveaux", CONTACTS_LIMIT),
        texte=check_text(raw.get("texte", "")),
        observee_le=_moment(raw),
        sortie=_optional_id(raw, "sortie"),
        corrige=_optional_id(raw, "corrige"),
        annule=_flag(raw, "annule"),
        appareil=_device(raw),
        compteur=_number(raw, "compteur", COUNTER_LIMIT),
    )


def check_text(text: object) -> str:
    """Return the free text unchanged when it can be stored exactly; raises Refused otherwise."""
    if not isinstance(text, str):
        raise Refused("Le texte doit être une chaîne de caractères.")
    if len(text) > TEXT_LIMIT:
        raise Refused(
            f"Le texte est trop long : {len(text)} caractères, {TEXT_LIMIT} au plus. Raccourcissez-le."
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Refused("Le texte contient un caractère illisible ; effacez-le et recommencez.") from error
    return text


def check_label(text: str) -> str:
    """Return a label trimmed; raises Refused when empty, too long, or with invisible characters."""
    label = " ".join(text.split(" ")).strip()
    if not label:
        raise Refused("Un nom de la liste est vide.")
    if len(label) > LABEL_LIMIT:
        raise Refused(f"« {label[:LABEL_LIMIT]}… » est trop long : {LABEL_LIMIT} caractères au plus.")
    if any(unicodedata.category(char) in _INVISIBLE for char in label):
        raise Refused("Ce nom contient un caractère invisible ou un signe de direction ; retapez-le.")
    return label


def _plain(value: object) -> object:
    if isinstance(value, datetime | UUID):
        return value.isoformat() if isinstance(value, datetime) else str(value)
    return list(value) if isinstance(value, tuple) else value


def _required_id(raw: Mapping[str, object], name: str) -> UUID:
    found = _optional_id(raw, name)
    if found is None:
        raise Refused(f"Le champ « {name} » manque.")
    return found


def _optional_id(raw: Mapping[str, object], name: str) -> UUID | None:
    value = raw.get(name)
    if value is None:
        return None
    try:
        return UUID(value) if isinstance(value, str) else _not_an_id(name)
    except ValueError as error:
        raise Refused(f"Le champ « {name} » n'est pas un identifiant.") from error


def _not_an_id(name: str) -> UUID:
    raise Refused(f"Le champ « {name} » n'est pas un identifiant.")


def _code(raw: Mapping[str, object], name: str, default: str | None) -> str:
    value = raw.get(name, default)
    if value == "" and default == "":
        return ""
    if not isinstance(value, str) or not _CODE.match(value):
        raise Refused(f"Le champ « {name} » manque ou n'est pas un code de la liste.")
    return value


def _codes(raw: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = raw.get(name, [])
    if not isinstance(value, list) or len(value) > 20:
        raise Refused(f"Le champ « {name} » doit être une liste de codes.")
    if not all(isinstance(code, str) and _CODE.match(code) for code in value):
        raise Refused(f"Le champ « {name} » doit être une liste de codes.")
    return tuple(dict.fromkeys(value))


def _number(raw: Mapping[str, object], name: str, limit: int) -> int | None:
    value = raw.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= limit:
        raise Refused(f"Le champ « {name} » doit être un nombre entier entre 0 et {limit}.")
    return value


def _moment(raw: Mapping[str, object]) -> datetime | None:
    value = raw.get("observee_le")
    if value is None:
        return None
    try:
        return parse_moment(value if isinstance(value, str) else "")
    except (ValueError, OverflowError) as error:
        raise Refused("Le champ « observee_le » n'est pas une date et une heure.") from error


def _flag(raw: Mapping[str, object], name: str) -> bool:
    value = raw.get(name, False)
    if not isinstance(value, bool):
        raise Refused(f"Le champ « {name} » doit être vrai ou faux.")
    return value


def _device(raw: Mapping[str, object]) -> str:
    value = raw.get("appareil", "")
    if not isinstance(value, str) or not _DEVICE.match(value):
        raise Refused("Le champ « appareil » n'est pas un identifiant d'appareil.")
    return value
