"""Services: created with the structure that carries them, changed with their history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from django.db.transaction import atomic

from maillage.administration.enums import Objet
from maillage.administration.history import Moved, keep, require_administrator
from maillage.administration.typed import free_code, tidy_name
from maillage.audit.enums import Acte
from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import BadAnswer, NotYours
from maillage.directory.enums import GenreTerritoire, Metier
from maillage.directory.imports.posts import parse_telephone
from maillage.directory.models import Service, Structure, Territoire

NAMES = {"structure": 250, "nom": 250, "nom_court": 60}
AGE_MAX = 30


@dataclass(frozen=True)
class ServiceVoulu:
    """What an administrator types of a service; `ville` is a commune already stored, or None."""

    structure: str
    nom: str
    nom_court: str
    ville: UUID | None = None
    telephone: str = ""
    heure_ouverture: time | None = None
    age_min: int | None = None
    age_max: int | None = None


@atomic
def create_service(*, by: Acteur, metier: str, voulu: ServiceVoulu) -> Service:
    """Create a service of a trade, and its structure if nobody bears that name yet.

    Raises NotYours, CannotWrite, BadAnswer.
    """
    require_administrator(by)
    if metier not in Metier.values:
        raise BadAnswer("metier", "Choisissez le métier dans la liste.")
    values = _checked(voulu)
    structure = _structure(values.pop("structure"))
    _check_free(values["nom_court"], None)
    code = free_code(values["nom_court"], lambda one: Service.objects.filter(code=one).exists())
    row = Service.objects.create(code=code, metier=metier, structure=structure, **values)
    if row.ville is not None:
        row.territoires.add(row.ville)
    keep(
        by,
        Acte.CREATION,
        Objet.SERVICE,
        row.pk,
        row.nom_court,
        [Moved("Service", "", f"{row.get_metier_display()}, {structure.nom}")],
    )
    return row


@atomic
def change_service(*, by: Acteur, service: UUID, voulu: ServiceVoulu) -> Service:
    """Change what is said of a service; its trade and its code never change.

    Raises NotYours (no such service), CannotWrite, BadAnswer.
    """
    require_administrator(by)
    row = Service.objects.select_for_update(of=("self",)).filter(pk=service).first()
    if row is None:
        raise NotYours
    values = _checked(voulu)
    _check_free(values["nom_court"], row)
    values["structure"] = _structure(values["structure"])
    moved = [
        Moved(label, _said(getattr(row, name)), _said(values[name]))
        for name, label in LABELS.items()
        if getattr(row, name) != values[name]
    ]
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    if row.ville is not None:
        row.territoires.add(row.ville)
    keep(by, Acte.MODIFICATION, Objet.SERVICE, row.pk, row.nom_court, moved)
    return row


LABELS = {
    "structure": "Structure",
    "nom": "Nom",
    "nom_court": "Nom court",
    "ville": "Commune",
    "telephone": "Téléphone",
    "heure_ouverture": "Heure d'ouverture",
    "age_min": "Âge le plus jeune",
    "age_max": "Âge le plus grand",
}


def _said(value: object) -> str:
    if isinstance(value, time):
        return f"{value:%H h %M}"
    return "" if value is None else str(value)


def _checked(voulu: ServiceVoulu) -> dict[str, Any]:
    """Return the values to store; `structure` is still a name. Raises BadAnswer."""
    named = {name: tidy_name(name, getattr(voulu, name), longest) for name, longest in NAMES.items()}
    try:
        telephone = parse_telephone(voulu.telephone)
    except ValueError as error:
        raise BadAnswer("telephone", f"{error}"[:1].upper() + f"{error}"[1:]) from error
    for name in ("age_min", "age_max"):
        age = getattr(voulu, name)
        if age is not None and not 0 <= age <= AGE_MAX:
            raise BadAnswer(name, f"Un âge va de 0 à {AGE_MAX} ans.")
    if voulu.age_min is not None and voulu.age_max is not None and voulu.age_max < voulu.age_min:
        raise BadAnswer("age_max", "L'âge le plus grand vient après le plus jeune.")
    return {
        **named,
        "ville": _commune(voulu.ville),
        "telephone": telephone,
        "heure_ouverture": voulu.heure_ouverture,
        "age_min": voulu.age_min,
        "age_max": voulu.age_max,
    }


def _commune(ville: UUID | None) -> Territoire | None:
    if ville is None:
        return None
    found = Territoire.objects.filter(pk=ville, genre=GenreTerritoire.COMMUNE).first()
    if found is None:
        raise BadAnswer("ville", "Choisissez une commune de la liste.")
    return found


def _structure(nom: object) -> Structure:
    found = Structure.objects.filter(nom__iexact=str(nom)).order_by("pk").first()
    return found or Structure.objects.create(nom=str(nom))


def _check_free(nom_court: object, own: Service | None) -> None:
    same = Service.objects.filter(nom_court__iexact=str(nom_court))
    if (same.exclude(pk=own.pk) if own else same).exists():
        raise BadAnswer("nom_court", "Un autre service porte déjà ce nom court.")
