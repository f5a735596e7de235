"""Structures and services of both trades in the data·inclusion v1 schema: no post, no person.

Read with the schema published by data·inclusion (package `data-inclusion-schema`, version 1).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from maillage.base import clock
from maillage.directory.enums import Metier
from maillage.directory.models import Service, Structure, Territoire

SOURCE = "maillage"
LONGEST_NAME = 150
MENTION = "Données inventées pour une démonstration."
DESCRIPTIONS = {
    Metier.MEDIATION_SOCIALE: (
        "Des médiateurs présents dans les rues, les halls et les transports : ils écoutent, apaisent les "
        "conflits et font le lien avec les services du quartier. Gratuit, sans rendez-vous."
    ),
    Metier.PREVENTION_SPECIALISEE: (
        "Des éducateurs qui vont à la rencontre des jeunes et de leurs familles, là où ils sont, et les "
        "accompagnent s'ils le veulent. Gratuit, libre, sans obligation."
    ),
}
TYPES = {Metier.MEDIATION_SOCIALE: "information", Metier.PREVENTION_SPECIALISEE: "accompagnement"}
PUBLICS = {
    Metier.MEDIATION_SOCIALE: ["tous-publics"],
    Metier.PREVENTION_SPECIALISEE: ["familles", "jeunes", "residents-qpv-frr"],
}


def as_json() -> bytes:
    """Return {"structures": [...], "services": [...]} as data·inclusion v1 reads each list."""
    services = list(
        Service.objects.filter(metier__in=list(DESCRIPTIONS))
        .select_related("structure", "ville")
        .prefetch_related("territoires__communes")
        .order_by("structure__nom", "code")
    )
    structures = {one.structure.pk: (one.structure, one.ville) for one in services}
    made = {
        "structures": [_structure(row, town) for row, town in structures.values()],
        "services": [_service(one) for one in services],
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _structure(row: Structure, town: Territoire | None) -> Mapping[str, Any]:
    return _kept(
        {
            "source": SOURCE,
            "id": f"{SOURCE}--{row.pk}",
            "nom": _name(row.nom),
            "date_maj": clock.today().isoformat(),
            "description": MENTION if settings.MAILLAGE_DEMO else None,
            "siret": row.siret if len(row.siret) == 14 and row.siret.isdigit() else None,
            **_town(town),
        }
    )


def _service(row: Service) -> Mapping[str, Any]:
    trade = Metier(row.metier)
    said = DESCRIPTIONS[trade]
    phone = _international(row.telephone)
    return _kept(
        {
            "source": SOURCE,
            "id": f"{SOURCE}--{row.pk}",
            "structure_id": f"{SOURCE}--{row.structure_id}",
            "nom": _name(row.nom),
            "description": f"{said} {MENTION}" if settings.MAILLAGE_DEMO else said,
            "date_maj": clock.today().isoformat(),
            "type": TYPES[trade],
            "frais": "gratuit",
            "publics": PUBLICS[trade],
            "publics_precisions": _ages(row),
            "telephone": phone,
            "modes_accueil": ["en-presentiel"],
            "modes_mobilisation": ["telephoner"] if phone else None,
            "mobilisable_par": ["professionnels", "usagers"],
            "zone_eligibilite": _communes(row) or None,
            **_town(row.ville),
        }
    )


def _name(name: str) -> str:
    return name[:LONGEST_NAME].rstrip(". ")


def _town(town: Territoire | None) -> dict[str, Any]:
    """Return the commune; a postal code only where the commune has a single one."""
    if town is None:
        return {}
    codes = town.attributs.get("codes_postaux", [])
    return {
        "commune": town.nom,
        "code_insee": town.code,
        "code_postal": codes[0] if len(codes) == 1 else None,
    }


def _ages(row: Service) -> str | None:
    if row.age_min is None or row.age_max is None:
        return None
    return f"De {row.age_min} à {row.age_max} ans"


def _international(phone: str) -> str | None:
    digits = "".join(sign for sign in phone if sign.isdigit())
    return f"+33{digits[1:]}" if len(digits) == 10 and digits.startswith("0") else phone or None


def _communes(row: Service) -> list[str]:
    """Return the codes of the communes the service works in, its own town's first known."""
    found = {row.ville.code} if row.ville else set()
    for ground in row.territoires.all():
        found |= {commune.code for commune in ground.communes.all()}
    return sorted(found)


def _kept(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
