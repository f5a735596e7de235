"""`maillage import posts`: who works where, from when until when, with the facts each post proves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from maillage.directory.enums import Contrat, Role
from maillage.directory.imports.ledger import record_import
from maillage.directory.imports.reading import Columns, parse_day, plain, read_rows
from maillage.directory.imports.report import Report
from maillage.directory.models import Poste, Professionnel, Service
from maillage.law.facts import acteurs

KIND = "posts"
ALIASES: dict[str, tuple[str, ...]] = {
    "service": ("code_service",),
    "prenom": (),
    "nom": ("nom_de_famille",),
    "role": (),
    "intitule": ("intitule_du_poste", "poste"),
    "fonction": (),
    "emploi": ("lien_d_emploi",),
    "contrat": (),
    "debut": ("date_debut", "arrivee"),
    "fin": ("date_fin", "depart"),
    "telephone": ("tel",),
    "courriel": ("email", "mail"),
    "fondements_secret": ("fondement_secret",),
    "part_protection_enfance": (),
    "part_action_sociale": (),
    "preuve": (),
}
REQUIRED = ["service", "prenom", "nom", "role", "fonction", "emploi", "debut"]
LIMITS = {"prenom": 60, "nom": 80, "intitule": 120, "preuve": 250, "courriel": 254}
LISTS: dict[str, Mapping[str, str]] = {
    "role": dict(Role.choices),
    "contrat": dict(Contrat.choices),
    "fonction": acteurs.FONCTIONS,
    "emploi": acteurs.EMPLOIS,
    "part_protection_enfance": acteurs.PARTS_PROTECTION,
    "part_action_sociale": acteurs.PARTS_ACTION,
}
DEFAULTS = {
    "contrat": str(Contrat.PERMANENT),
    "part_protection_enfance": "aucune",
    "part_action_sociale": "aucune",
}
COURRIEL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PERSON_FIELDS = ("telephone", "courriel")


def run(path: Path, *, dry_run: bool = False, mapping: Mapping[str, str] | None = None) -> Report:
    """Import the file in one transaction; with `dry_run` write nothing.

    A post is recognised by service, name, role and first day: its other columns are then brought up to
    date. Raises ImportRefused when the file itself cannot be used.
    """
    report, rows = Report(KIND), read_rows(path)
    columns = Columns(ALIASES, mapping)
    columns.check(rows, REQUIRED)
    with transaction.atomic():
        services = {service.code: service for service in Service.objects.all()}
        known = _Known()
        for row in rows:
            try:
                values = _read(columns.pick(row), services)
            except ValueError as error:
                report.reject(row.ligne, str(error))
                continue
            report.count(known.store(values))
        record_import(report)
        transaction.set_rollback(dry_run)
    return report


def _read(cells: Mapping[str, str], services: Mapping[str, Service]) -> dict[str, Any]:
    """Turn one row's cells into values to store. Raises ValueError with a French sentence."""
    for name in REQUIRED:
        if not cells[name]:
            raise ValueError(f"« {name} » manque.")
    for name, longest in LIMITS.items():
        if len(cells[name]) > longest:
            raise ValueError(f"« {name} » dépasse {longest} caractères.")
    if cells["service"] not in services:
        raise ValueError(f"le service « {cells['service']} » n'existe pas.")
    values: dict[str, Any] = {name: _listed(name, cells[name]) for name in LISTS}
    debut, fin = parse_day(cells["debut"]), parse_day(cells["fin"])
    if debut is not None and fin is not None and fin < debut:
        raise ValueError("la fin du poste est avant son début.")
    return values | {
        "service": services[cells["service"]],
        "prenom": cells["prenom"],
        "nom": cells["nom"],
        "intitule": cells["intitule"] or Role(values["role"]).label,
        "debut": debut,
        "fin": fin,
        "telephone": parse_telephone(cells["telephone"]),
        "courriel": _courriel(cells["courriel"]),
        "fondements_secret": _grounds(cells["fondements_secret"]),
        "preuve": cells["preuve"],
    }


def _listed(name: str, text: str) -> str:
    """Return the code of a listed value, given by its code or its label."""
    choices = LISTS[name]
    if not text and name in DEFAULTS:
        return DEFAULTS[name]
    for code, label in choices.items():
        if plain(text) in {plain(code), plain(label)}:
            return str(code)
    raise ValueError(f"« {text} » n'est pas une valeur de « {name} » : {', '.join(choices)}.")


def _grounds(text: str) -> list[str]:
    found = [one.strip() for one in re.split(r"[|;,]", text) if one.strip()]
    for one in found:
        if one not in acteurs.FONDEMENTS:
            known = ", ".join(acteurs.FONDEMENTS)
            raise ValueError(f"« {one} » n'est pas un fondement du secret : {known}.")
    return sorted(set(found))


def parse_telephone(text: str) -> str:
    """Return a French number as ten digits in pairs, giving back the zero that spreadsheets drop.

    Other countries' numbers are kept as written. Raises ValueError for what is not a number.
    """
    digits = re.sub(r"[\s.\-()]", "", text)
    if not digits:
        return ""
    if re.fullmatch(r"[1-9]\d{8}", digits):
        digits = f"0{digits}"
    if re.fullmatch(r"0[1-9]\d{8}", digits):
        return " ".join(digits[at : at + 2] for at in range(0, 10, 2))
    if re.fullmatch(r"\+\d{8,15}", digits):
        return digits
    raise ValueError(f"« {text} » n'est pas un numéro de téléphone.")


def _courriel(text: str) -> str:
    if text and COURRIEL.fullmatch(text) is None:
        raise ValueError(f"« {text} » n'est pas une adresse électronique.")
    return text


Identity = tuple[str, str, str, str, date]


class _Known:
    """The posts already stored, by what identifies them, kept up to date while the file is read."""

    def __init__(self) -> None:
        self.posts: dict[Identity, Poste] = {}
        self.people: dict[tuple[str, str, str], Professionnel] = {}
        for poste in Poste.objects.select_related("professionnel", "service").order_by("debut", "pk"):
            self._remember(poste)

    def _remember(self, poste: Poste) -> None:
        person = poste.professionnel
        key = (poste.service.code, plain(person.prenom), plain(person.nom))
        self.people.setdefault(key, person)
        self.posts.setdefault((*key, poste.role, poste.debut), poste)

    def store(self, values: Mapping[str, Any]) -> str:
        """Create or update one post; return `created`, `changed` or `unchanged`."""
        key = (values["service"].code, plain(values["prenom"]), plain(values["nom"]))
        own = {name: value for name, value in values.items() if name not in ("prenom", "nom", *PERSON_FIELDS)}
        found = self.posts.get((*key, values["role"], values["debut"]))
        if found is None:
            person = self.people.get(key) or Professionnel(prenom=values["prenom"], nom=values["nom"])
            _apply(person, {name: values[name] or getattr(person, name) for name in PERSON_FIELDS})
            person.save()
            self._remember(Poste.objects.create(professionnel=person, **own))
            return "created"
        if sorted(found.fondements_secret) == own["fondements_secret"]:
            del own["fondements_secret"]
        given = {name: values[name] for name in PERSON_FIELDS if values[name]}
        moved_person, moved_post = _apply(found.professionnel, given), _apply(found, own)
        if moved_person:
            found.professionnel.save()
        if moved_post:
            found.save()
        return "changed" if moved_person or moved_post else "unchanged"


def _apply(row: Professionnel | Poste, values: Mapping[str, Any]) -> list[str]:
    """Put the values on the row; return the names of those that moved."""
    moved = [name for name, value in values.items() if getattr(row, name) != value]
    for name in moved:
        setattr(row, name, values[name])
    return moved
