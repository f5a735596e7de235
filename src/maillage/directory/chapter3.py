"""The study's chapter 3 table, read back from the database figure for figure, with its contradictions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from maillage.directory.enums import GenreTerritoire, Metier
from maillage.directory.models import Effectif, Financement, Service, Territoire
from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph, Table

SOURCE = (
    "Réseau des Villes Correspondants de Nuit et de la Médiation Sociale, « Rapprochement et partenariat "
    "entre médiation sociale et prévention spécialisée », décembre 2017, chapitre 3"
)
DEMO_MENTION = "Démonstration, données inventées ; les chiffres de ce tableau sont ceux de l'étude."
HEADERS = ("Ville", "Partenariat", "Métier", "Service", "Financement", "Équipe", "Création")
NONE = "non indiqué"


@dataclass(frozen=True)
class City:
    """One city of the study: what the table says of it, its services in the table's order, its notes."""

    territoire: Territoire
    services: Sequence[Service]
    notes: Sequence[str]

    @property
    def etude(self) -> dict[str, Any]:
        """Return what the study found of the partnership itself."""
        return dict(self.territoire.attributs["etude"])


def read() -> list[City]:
    """Return the six cities in the order of the study, from the database; empty before `load_study`."""
    cities = (
        Territoire.objects.filter(genre=GenreTerritoire.COMMUNE, services__dans_etude=True)
        .distinct()
        .prefetch_related(
            "notes_etude", "services__effectifs", "services__financements", "services__structure"
        )
    )
    return [
        City(
            territoire=territoire,
            services=sorted(
                (service for service in territoire.services.all() if service.dans_etude),
                key=lambda service: service.rang,
            ),
            notes=[note.texte for note in sorted(territoire.notes_etude.all(), key=lambda note: note.rang)],
        )
        for territoire in sorted(cities, key=lambda one: int(one.attributs["etude"]["rang"]))
    ]


def funding_text(service: Service) -> str:
    """Return the funding as the table says it: its words, or its shares (« environ » where it says so)."""
    shares = sorted(service.financements.all(), key=lambda one: one.rang)
    return service.financement_texte or ", ".join(map(_share, shares)) or NONE


def _share(funding: Financement) -> str:
    share = "" if funding.part is None else f"{funding.part}\N{NO-BREAK SPACE}% "
    return f"{'environ ' if funding.environ else ''}{share}{funding.financeur}"


def staff_text(service: Service) -> str:
    """Return the team as the table counts it."""
    return ", ".join(map(_count, _staff(service))) or NONE


def _staff(service: Service) -> list[Effectif]:
    return sorted(service.effectifs.all(), key=lambda one: one.rang)


def _count(staff: Effectif) -> str:
    if staff.nombre_max is not None:
        return f"entre {staff.nombre} et {staff.nombre_max} {staff.fonction}"
    return f"{NONE if staff.nombre is None else staff.nombre} {staff.fonction}"


def as_json(cities: Sequence[City]) -> dict[str, Any]:
    """Return the chapter as plain data: figures are numbers, what the study does not say is null."""
    made: dict[str, Any] = {"source": SOURCE, "villes": [_city_json(city) for city in cities]}
    if settings.MAILLAGE_DEMO:
        made["mention"] = DEMO_MENTION
    return made


def _city_json(city: City) -> dict[str, Any]:
    by_trade = {
        name: [_service_json(service) for service in city.services if service.metier == metier]
        for name, metier in (
            ("prevention", Metier.PREVENTION_SPECIALISEE),
            ("mediation", Metier.MEDIATION_SOCIALE),
        )
    }
    return {
        "code_insee": city.territoire.code,
        "ville": city.territoire.nom,
        "partenariat": city.etude["partenariat"],
        "qpv_etudies": city.etude["qpv_etudies"],
        **by_trade,
        "notes": list(city.notes),
    }


def _service_json(service: Service) -> dict[str, Any]:
    shares = sorted(service.financements.all(), key=lambda one: one.rang)
    return {
        "code": service.code,
        "nom": service.nom,
        "nom_dans_le_tableau": service.nom_dans_le_tableau,
        "financement": service.financement_texte or None,
        "financement_pct": {one.financeur: one.part for one in shares if one.part is not None} or None,
        "parts_approchees": [one.financeur for one in shares if one.environ],
        "montants": {one.financeur: str(one.montant) for one in shares if one.montant is not None} or None,
        "equipe": {one.fonction: _number(one) for one in _staff(service)},
        "creation": service.creation or None,
        "annee_creation": service.annee_creation,
    }


def _number(staff: Effectif) -> int | list[int] | None:
    if staff.nombre is not None and staff.nombre_max is not None:
        return [staff.nombre, staff.nombre_max]
    return staff.nombre


def as_table(cities: Sequence[City]) -> Table:
    """Return the chapter's table: one row per service, as the study names it."""
    rows = [
        [
            city.territoire.nom,
            str(city.etude["partenariat"]).capitalize(),
            service.get_metier_display(),
            service.nom_dans_le_tableau,
            funding_text(service),
            staff_text(service),
            service.creation or NONE,
        ]
        for city in cities
        for service in city.services
    ]
    return Table(
        "Les dispositifs de médiation sociale et de prévention spécialisée étudiés",
        HEADERS,
        rows,
        widths=(1.2, 1.5, 1.4, 2.4, 2.1, 2.4, 1.7),
    )


def as_document(cities: Sequence[City]) -> Document:
    """Return the chapter as a document: the table, then the study's own contradictions, city by city."""
    blocks: list[Block] = [
        Paragraph("Chiffres et graphies sont ceux du tableau de l'étude ; rien n'y est complété ni corrigé."),
        as_table(cities),
        Heading("Ce que l'étude dit de deux façons, ou ne dit pas"),
    ]
    for city in cities:
        if city.notes:
            blocks += [Heading(city.territoire.nom, 2), Bullets(city.notes)]
    return Document(
        title="Chapitre 3 – Implantation des dispositifs étudiés",
        subtitle=SOURCE,
        blocks=blocks,
        mention=DEMO_MENTION if settings.MAILLAGE_DEMO else SOURCE,
        landscape=True,
        keywords=("médiation sociale", "prévention spécialisée"),
    )
