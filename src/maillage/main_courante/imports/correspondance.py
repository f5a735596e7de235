"""How a file's columns and words become ours: given once, kept, and used again for the same columns."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillage.base import clock
from maillage.directory.imports.reading import SourceRow, plain
from maillage.directory.imports.report import ImportRefused
from maillage.main_courante.imports.tableur import ORDERS
from maillage.main_courante.models import Correspondance

CHAMPS: dict[str, tuple[str, ...]] = {
    "reference": ("identifiant", "id", "numero"),
    "date": ("jour", "date du passage"),
    "heure": ("heure du passage",),
    "creneau": ("moment",),
    "lieu": ("endroit", "nom du lieu"),
    "categorie": ("motif", "quoi"),
    "ambiance": (),
    "effectif": ("nombre", "nombre de personnes"),
    "publics": ("public",),
    "origine": (),
    "suites": ("suite",),
    "contacts_nouveaux": ("nouveaux contacts",),
    "texte": ("commentaire", "observation", "observations", "remarque"),
    "longitude": ("lon", "lng"),
    "latitude": ("lat",),
}
# Said once for the whole file: whose notes, where unknown places go, and how dates are written.
REGLAGES = ("service", "territoire", "lieux", "genre_de_lieu", "dates")
NEEDED = ("date", "lieu", "categorie")
PERSONAL: tuple[str, ...] = (
    "prenom",
    "nomdenaissance",
    "nomdefamille",
    "datedenaissance",
    "lieudenaissance",
    "telephone",
)
PERSONAL += ("portable", "courriel", "email", "mail", "adresse", "numeroallocataire", "numerosecu", "siret")
PERSONAL_EXACT = ("nom", "nomprenom", "nometprenom")


@dataclass(frozen=True)
class Lecteur:
    """A mapping ready to read rows: columns of each field, constants, translations of words."""

    columns: Mapping[str, tuple[str, ...]]
    fixed: Mapping[str, str]
    words: Mapping[tuple[str, str], str]

    def pick(self, row: SourceRow) -> dict[str, str]:
        """Return the row's value of each field, translated; empty where the file says nothing."""
        cells = {plain(name): value for name, value in row.cells.items()}
        return {field: self._value(field, cells) for field in CHAMPS}

    def setting(self, name: str, default: str = "") -> str:
        """Return what was said once for the whole file."""
        return self.fixed.get(name, default)

    def _value(self, field: str, cells: Mapping[str, str]) -> str:
        found = next((cells[name] for name in self.columns[field] if cells.get(name)), "")
        if not found:
            return self.fixed.get(field, "")
        return self.words.get((field, plain(found))) or self.words.get((field, "*")) or found


def reader(mapping: Mapping[str, str], headers: Sequence[str]) -> Lecteur:
    """Return the reader that a mapping describes for a file of these columns.

    `champ` names a column, or several to try in turn (`A|B`); `champ=` a constant; `champ:mot` what a
    word of the file becomes (`champ:*` any other word). Raises ImportRefused for a field or a column
    that does not exist, a column about persons, or a needed field that the file does not have.
    """
    columns: dict[str, tuple[str, ...]] = {
        field: tuple(plain(name) for name in (field, *names)) for field, names in CHAMPS.items()
    }
    fixed: dict[str, str] = {}
    words: dict[tuple[str, str], str] = {}
    for key, value in mapping.items():
        field, colon, word = key.partition(":")
        if colon:
            words[_known(field, CHAMPS), plain(word) if word != "*" else "*"] = value
        elif key.endswith("="):
            fixed[_known(key[:-1], (*CHAMPS, *REGLAGES))] = value
        else:
            columns[_known(key, CHAMPS)] = _columns(value, headers)
    _check_needed(columns, fixed, headers)
    if fixed.get("dates", "JMA") not in ORDERS:
        raise ImportRefused("« dates= » vaut JMA, MJA ou AMJ.")
    return Lecteur(columns, fixed, words)


def personal(headers: Sequence[str]) -> list[str]:
    """Return the columns that speak of persons: a logbook takes none of them."""
    return [
        header for header in headers if plain(header) in PERSONAL_EXACT or plain(header).startswith(PERSONAL)
    ]


def recall(headers: Sequence[str]) -> dict[str, str] | None:
    """Return the mapping last kept for a file of these columns, None when there is none."""
    kept = Correspondance.objects.filter(entetes=_signature(headers)).first()
    return None if kept is None else {str(key): str(value) for key, value in kept.champs.items()}


def keep(headers: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Keep a mapping for the next file of these columns."""
    Correspondance.objects.update_or_create(
        entetes=_signature(headers), defaults={"champs": dict(mapping), "gardee_le": clock.now()}
    )


def _signature(headers: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(sorted(plain(header) for header in headers)).encode()).hexdigest()


def _known(field: str, known: Sequence[str] | Mapping[str, object]) -> str:
    if field not in known:
        raise ImportRefused(f"La correspondance nomme « {field} » ; champs possibles : {', '.join(known)}.")
    return field


def _columns(value: str, headers: Sequence[str]) -> tuple[str, ...]:
    present = {plain(header) for header in headers}
    for name in value.split("|"):
        if personal([name]):
            raise ImportRefused(
                f"La colonne « {name} » parle d'une personne : la main courante ne nomme personne."
            )
        if plain(name) not in present:
            raise ImportRefused(f"La colonne « {name} » n'est pas dans le fichier.")
    return tuple(plain(name) for name in value.split("|"))


def _check_needed(
    columns: Mapping[str, Sequence[str]], fixed: Mapping[str, str], headers: Sequence[str]
) -> None:
    present = {plain(header) for header in headers}
    for field in NEEDED:
        if field in fixed or present & set(columns[field]):
            continue
        if about := personal(headers):
            raise ImportRefused(
                f"Ce fichier parle de personnes ({', '.join(about[:4])}) et n'a pas de « {field} » : "
                "ce ne sont pas des notes."
            )
        raise ImportRefused(f"La colonne « {field} » manque (--mapping dit comment elle s'appelle).")
