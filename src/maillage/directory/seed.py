"""The study's directory: the territories, and the structures, services and figures of its chapter 3.

The figures come from `data/report_structures.json`, as the report's table gives them, misspellings
included; `data/etude.toml` adds the stable codes, the names colleagues say and the contradictions.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import transaction

from maillage.directory.enums import GenreTerritoire, Metier
from maillage.directory.models import (
    Effectif,
    Financement,
    NoteEtude,
    Service,
    Structure,
    Territoire,
)
from maillage.directory.territories import Key, Row, load_territories, store_rows

COLUMNS: dict[str, Metier] = {
    "prevention": Metier.PREVENTION_SPECIALISEE,
    "mediation": Metier.MEDIATION_SOCIALE,
}


@cache
def study_table() -> Mapping[str, Any]:
    """Read the study's chapter 3 as data: six cities, their services, figures and spellings."""
    text = files("maillage.directory").joinpath("data/report_structures.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def study_details() -> Mapping[str, Any]:
    """Read what the table leaves out: codes, structures, names, notes, the places the study names."""
    text = files("maillage.directory").joinpath("data/etude.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@transaction.atomic
def load_study() -> dict[str, Service]:
    """Store territories, structures, services, staff, funding and notes; return services by code.

    Running again adds nothing and keeps what others filled in (telephones, opening hours, geometry).
    """
    stored = load_territories()
    stored |= store_rows(_named_places())
    details = iter(study_details()["service"])
    services: dict[str, Service] = {}
    for rang, ville in enumerate(study_table()["villes"], start=1):
        territoire = stored[_commune(ville["code_insee"])]
        _keep_form(territoire, ville, rang)
        for column, metier in COLUMNS.items():
            for line in ville[column]:
                service = _store_service(next(details), line, metier, stored, len(services) + 1)
                services[service.code] = service
    for place in study_details()["secteur"]:
        if "service" in place:
            services[place["service"]].territoires.add(stored[(place["genre"], place["code"])])
    _store_notes(stored, services)
    return services


def _commune(code: str) -> Key:
    return (str(GenreTerritoire.COMMUNE), code)


def _named_places() -> list[Row]:
    return [
        Row(
            GenreTerritoire(place["genre"]),
            place["code"],
            place["nom"],
            parent=_commune(place["ville"]),
            attributs={"nomme_dans_le_rapport": True},
        )
        for place in study_details()["secteur"]
    ]


def _keep_form(territoire: Territoire, ville: Mapping[str, Any], rang: int) -> None:
    """Keep what the table says of the city itself, as the study found it in 2017."""
    territoire.attributs["etude"] = {
        "rang": rang,
        "partenariat": ville["partenariat"],
        "forme": study_details()["forme"][ville["partenariat"]],
        "qpv_etudies": ville["qpv_etudies"],
        "reunion_formelle_toutes_les_semaines": ville.get("reunion_formelle_toutes_les_semaines"),
        "perimetre_mediation_sociale_urbaine": ville.get("perimetre_mediation_sociale_urbaine", []),
    }
    territoire.save(update_fields=["attributs"])


def _store_service(
    detail: Mapping[str, Any],
    line: Mapping[str, Any],
    metier: Metier,
    stored: Mapping[Key, Territoire],
    rang: int,
) -> Service:
    """Create or refresh one service from its table line; its staff and funding are rewritten."""
    in_table = line["nom_dans_le_tableau"]
    if "autorite" in detail:
        in_table = f"{in_table} {detail['autorite']}"
    service, _ = Service.objects.update_or_create(
        code=detail["code"],
        defaults={
            "structure": _store_structure(detail["structure"], line),
            "metier": metier,
            "nom": detail["nom"],
            "nom_court": detail["nom_court"],
            "nom_dans_le_tableau": in_table,
            "ville": stored[_commune(detail["ville"])],
            "creation": line.get("creation") or "",
            "annee_creation": detail.get("annee"),
            "financement_texte": line.get("financement", ""),
            "dans_etude": True,
            "rang": rang,
            "age_min": detail.get("age_min"),
            "age_max": detail.get("age_max"),
        },
    )
    codes = detail.get("territoires", [])
    covered = [stored[(str(GenreTerritoire.ARRONDISSEMENT), code)] for code in codes]
    service.territoires.add(stored[_commune(detail["ville"])], *covered)
    _store_funding(service, detail, line)
    _store_staff(service, detail, line)
    return service


def _store_structure(detail: Mapping[str, Any], line: Mapping[str, Any]) -> Structure:
    structure, _ = Structure.objects.get_or_create(nom=detail["nom"])
    structure.sigle, structure.nature = detail["sigle"], detail["nature"]
    structure.siret = line.get("siret") or structure.siret
    structure.variantes = sorted({*structure.variantes, *line.get("variantes", [])})
    structure.save()
    return structure


def _store_funding(service: Service, detail: Mapping[str, Any], line: Mapping[str, Any]) -> None:
    """Rewrite the funders: shares as the table gives them, or names alone when it gives no share."""
    shares = [
        {"financeur": financeur, "part": part} for financeur, part in line.get("financement_pct", {}).items()
    ]
    about = set(detail.get("environ", []))
    service.financements.all().delete()
    Financement.objects.bulk_create(
        Financement(
            service=service,
            financeur=funder["financeur"],
            part=funder.get("part"),
            montant=Decimal(funder["montant"]) if "montant" in funder else None,
            environ=funder["financeur"] in about,
            rang=rang,
        )
        for rang, funder in enumerate(shares or detail.get("financement", []), start=1)
    )


def _store_staff(service: Service, detail: Mapping[str, Any], line: Mapping[str, Any]) -> None:
    counted = [
        {"fonction": fonction, "nombre": number} for fonction, number in line.get("equipe", {}).items()
    ]
    service.effectifs.all().delete()
    Effectif.objects.bulk_create(
        Effectif(
            service=service,
            fonction=team["fonction"],
            nombre=team["nombre"],
            nombre_max=team.get("nombre_max"),
            rang=rang,
        )
        for rang, team in enumerate(counted or detail.get("effectif", []), start=1)
    )


def _store_notes(stored: Mapping[Key, Territoire], services: Mapping[str, Service]) -> None:
    """Keep the study's contradictions beside what they contradict."""
    kept = []
    for rang, note in enumerate(study_details()["note"], start=1):
        row, _ = NoteEtude.objects.update_or_create(
            territoire=stored[_commune(note["ville"])],
            texte=note["texte"],
            defaults={"service": services.get(note.get("service", "")), "rang": rang},
        )
        kept.append(row.pk)
    NoteEtude.objects.exclude(pk__in=kept).delete()
