"""Reads of the study: the six cities as the directory holds them, and their facts with the label removed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from maillage.directory.enums import GenreTerritoire, Metier
from maillage.directory.models import Service, Territoire
from maillage.etude.enums import Ville
from maillage.etude.questionnaire import Reponses, validate
from maillage.etude.villes import portrait

TRADES: Final = (Metier.PREVENTION_SPECIALISEE, Metier.MEDIATION_SOCIALE)
_NATURES: Final = {"association": "association", "commune": "commune", "departement": "departement"}


@dataclass(frozen=True, slots=True)
class Poste:
    """How many people hold one function; `maximum` when the report gives a range, both None when it gives
    none."""

    fonction: str
    nombre: int | None
    maximum: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """One funder: its share in per cent, or an amount in euros, where the report gives them."""

    financeur: str
    pourcentage: int | None
    montant: Decimal | None
    environ: bool


@dataclass(frozen=True, slots=True)
class ServiceEtudie:
    """One service of the report's table."""

    nom: str
    nom_du_tableau: str
    structure_id: object
    nature: str
    metier: str
    creation: str
    annee: int | None
    equipe: tuple[Poste, ...]
    financement: tuple[Part, ...]
    financement_texte: str

    @property
    def total(self) -> int | None:
        """People counted by the table; None when it gives a range, or nothing."""
        if not self.equipe or any(p.nombre is None or p.maximum is not None for p in self.equipe):
            return None
        return sum(p.nombre or 0 for p in self.equipe)


@dataclass(frozen=True, slots=True)
class VilleEtudiee:
    """One city with its services; every figure is the directory's, None where nothing is known."""

    ville: Ville
    population: int | None
    millesime: int | None
    epci: str
    forme: str
    quartiers: int | None
    services: tuple[ServiceEtudie, ...]
    notes: tuple[str, ...]

    def de(self, metier: str) -> tuple[ServiceEtudie, ...]:
        """The services of one trade."""
        return tuple(s for s in self.services if s.metier == metier)

    @property
    def prevention(self) -> tuple[ServiceEtudie, ...]:
        """Prevention services."""
        return self.de(Metier.PREVENTION_SPECIALISEE)

    @property
    def mediation(self) -> tuple[ServiceEtudie, ...]:
        """Mediation services."""
        return self.de(Metier.MEDIATION_SOCIALE)

    def total(self, metier: str) -> int | None:
        """People of one trade; None as soon as one service is not counted."""
        totals = [s.total for s in self.de(metier)]
        return None if not totals or None in totals else sum(t or 0 for t in totals)

    def debut(self, metier: str) -> int | None:
        """First year of one trade; None when a service's year is missing."""
        years = [s.annee for s in self.de(metier)]
        return None if not years or None in years else min(y or 0 for y in years)

    @property
    def financeurs(self) -> frozenset[str]:
        """Kinds of funders of its services, in the words of the comparison's filter."""
        return frozenset(k for s in self.services for p in s.financement for k in funder_kinds(p.financeur))


_FUNDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "ville": ("ville", "commune"),
    "departement": ("département",),
    "intercommunalite": ("agglomération", "métropole"),
    "etat": ("etat", "état", "interministériel", "contrat de ville"),
    "region": ("régional",),
    "bailleurs": ("bailleur",),
}


def funder_kinds(financeur: str) -> frozenset[str]:
    """Kinds of public or private body that a funder's name tells; «Contrat de ville» is the State's."""
    name = financeur.casefold()
    found = {kind for kind, words in _FUNDERS.items() if any(word in name for word in words)}
    return frozenset(found - {"ville"} if "contrat de ville" in name else found)


def studied_cities() -> tuple[VilleEtudiee, ...]:
    """The six cities in the report's order; those the directory does not hold are left out."""
    communes = {
        t.code: t
        for t in Territoire.objects.filter(
            genre=GenreTerritoire.COMMUNE, code__in=[v.insee for v in Ville]
        ).prefetch_related("notes_etude", "inclus")
    }
    services: dict[str, list[ServiceEtudie]] = {}
    rows = Service.objects.filter(dans_etude=True, ville__code__in=communes).select_related(
        "structure", "ville"
    )
    for row in rows.prefetch_related("effectifs", "financements").order_by("rang"):
        if row.ville is not None:
            services.setdefault(row.ville.code, []).append(_service(row))
    return tuple(
        _city(ville, communes[ville.insee], services[ville.insee])
        for ville in Ville
        if ville.insee in communes and services.get(ville.insee)
    )


def city_answers(city: VilleEtudiee) -> Reponses:
    """A city's answers with its label removed: employers from the directory, the rest from the report's
    facts.

    The form written in the table is not read.
    """
    known = dict(portrait(city.ville).reponses.valeurs)
    prevention, mediation = city.prevention, city.mediation
    if prevention and mediation:
        known["employeur_prevention"] = _NATURES.get(prevention[0].nature, "nsp")
        if {s.structure_id for s in prevention} == {s.structure_id for s in mediation}:
            known["employeur_mediation"] = "meme_organisme"
        else:
            known["employeur_mediation"] = _NATURES.get(mediation[0].nature, "nsp")
    return validate(known)


def _city(ville: Ville, commune: Territoire, services: list[ServiceEtudie]) -> VilleEtudiee:
    told = commune.attributs.get("etude", {})
    return VilleEtudiee(
        ville=ville,
        population=commune.population,
        millesime=commune.millesime,
        epci=next((t.nom for t in commune.inclus.all() if t.genre == GenreTerritoire.EPCI), ""),
        forme=told.get("forme", ""),
        quartiers=told.get("qpv_etudies"),
        services=tuple(services),
        notes=tuple(n.texte for n in sorted(commune.notes_etude.all(), key=lambda n: n.rang)),
    )


def _service(row: Service) -> ServiceEtudie:
    return ServiceEtudie(
        nom=row.nom,
        nom_du_tableau=row.nom_dans_le_tableau,
        structure_id=row.structure_id,
        nature=row.structure.nature,
        metier=row.metier,
        creation=row.creation,
        annee=row.annee_creation,
        equipe=tuple(
            Poste(e.fonction, e.nombre, e.nombre_max)
            for e in sorted(row.effectifs.all(), key=lambda e: e.rang)
        ),
        financement=tuple(
            Part(f.financeur, f.part, f.montant, f.environ)
            for f in sorted(row.financements.all(), key=lambda f: f.rang)
        ),
        financement_texte=row.financement_texte,
    )
