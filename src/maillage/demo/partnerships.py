"""Sets up the six partnerships: ground, places, titles, members, form, clauses, readings."""

from dataclasses import dataclass
from datetime import date, time
from random import Random

from maillage.conventions.enums import Place
from maillage.conventions.models import (
    Clause,
    FormePartenariat,
    LectureAdoptee,
    Partenariat,
    Participation,
)
from maillage.demo.cities import City, Ground
from maillage.directory.enums import GenreLieu, GenreTerritoire, GenreTitre, Metier
from maillage.directory.models import Dispositif, Lieu, Service, Structure, Territoire, Titre

STREETS = (
    "rue des Aubépines", "allée du Verger", "place de la Fontaine", "rue du Moulin", "cours des Platanes",
    "rue des Ateliers", "square Jean-Qui-Rit", "allée des Cerisiers", "rue de la Passerelle", "place Ronde",
)  # fmt: skip
# What the educational service of Orléans runs by age (study, section 8a).
RUNS = {
    "sep-orleans": (
        ("Passerelle", 11, 16, "Contre le décrochage et l'exclusion scolaires"),
        ("Plateforme", 16, 21, "Chantiers éducatifs et accompagnement vers la suite"),
    )
}
SIGNATORIES = ["Direction de la médiation", "Direction de la prévention", "DPO"]


@dataclass(frozen=True)
class Installed:
    """One partnership once in the database, with what the year's generators need."""

    city: City
    partenariat: Partenariat
    mediation: list[Service]
    prevention: list[Service]
    institutions: dict[str, Service]
    lieux: list[Lieu]


def install(city: City, rng: Random, today: date) -> Installed:
    """Create the city's partnership and everything it stands on; return it."""
    commune = Territoire.objects.get(genre=GenreTerritoire.COMMUNE, code=city.insee)
    grounds = [_ground(ground, commune) for ground in city.grounds]
    services = {code: Service.objects.get(code=code) for code in (*city.mediation, *city.prevention)}
    for service in services.values():
        _prepare(service, commune, grounds, rng)
    for code in city.prevention:
        _title(services[code], city)
    partenariat = _partenariat(city, commune, grounds, services)
    institutions = _institutions(city, commune, partenariat)
    lieux = [
        lieu
        for rank, (seed, ground) in enumerate(zip(city.grounds, grounds, strict=True))
        for lieu in _places(ground, rank, rng, seed.lieux)
    ]
    return Installed(
        city,
        partenariat,
        [services[code] for code in city.mediation],
        [services[code] for code in city.prevention],
        institutions,
        lieux,
    )


def _ground(ground: Ground, commune: Territoire) -> Territoire:
    territory, _ = Territoire.objects.get_or_create(
        genre=ground.genre, code=ground.code, defaults={"nom": ground.nom, "parent": commune}
    )
    territory.communes.add(commune)
    return territory


def _prepare(service: Service, commune: Territoire, grounds: list[Territoire], rng: Random) -> None:
    """Give a service its ground, phone, opening hour and, for prevention, its age band."""
    service.ville = commune
    service.telephone = f"01 99 00 {rng.randrange(100):02d} {rng.randrange(100):02d}"
    mediation = service.metier == Metier.MEDIATION_SOCIALE
    service.heure_ouverture = time(14, 0) if mediation else time(9, 0)
    if not mediation:
        service.age_min, service.age_max = 11, 25
    service.save()
    service.territoires.add(commune, *grounds)
    Dispositif.objects.bulk_create(
        Dispositif(
            service=service,
            nom=nom,
            age_min=low,
            age_max=high,
            presentation=said,
            debut=date(2013, 1, 1),
        )
        for nom, low, high, said in RUNS.get(service.code, ())
    )


def _title(service: Service, city: City) -> None:
    """Give a prevention service the title that makes its mission one of the ASE.

    The study gives no number: each title is a labelled assumption.
    """
    municipal = city.code == "orleans"
    Titre.objects.create(
        service=service,
        genre=GenreTitre.DELEGATION if municipal else GenreTitre.HABILITATION,
        numero="n° 000 (inventé)",
        preuve="Hypothèse de démonstration : le titre n'est pas dans l'étude",
        debut=date(2013, 1, 1),
        invente=True,
    )


def _partenariat(
    city: City, commune: Territoire, grounds: list[Territoire], services: dict[str, Service]
) -> Partenariat:
    partenariat = Partenariat.objects.create(code=city.code, nom=city.nom)
    partenariat.territoires.set([commune, *grounds])
    Participation.objects.bulk_create(
        Participation(partenariat=partenariat, service=service, place=Place.MEMBRE, debut=city.depuis)
        for service in services.values()
    )
    FormePartenariat.objects.create(
        partenariat=partenariat, forme=city.forme, preuve=city.preuve, debut=city.depuis
    )
    Clause.objects.bulk_create(
        Clause(
            partenariat=partenariat,
            service=services[seed.service] if seed.service else None,
            titre=seed.titre,
            fait=seed.fait,
            valeur=seed.valeur,
            preuve=city.preuve if not seed.invente else "Texte de démonstration (données inventées)",
            debut=city.depuis,
            invente=seed.invente,
        )
        for seed in city.clauses
    )
    LectureAdoptee.objects.bulk_create(
        LectureAdoptee(
            partenariat=partenariat,
            question=question,
            valeur=valeur,
            signataires=SIGNATORIES,
            preuve="Annexe de lecture (données inventées)",
            debut=city.depuis,
            invente=True,
        )
        for question, valeur in city.lectures.items()
    )
    return partenariat


def _institutions(city: City, commune: Territoire, partenariat: Partenariat) -> dict[str, Service]:
    """Create the invented services beside the two trades: town hall, department, school, DPO."""
    wanted = {
        "mairie": (Metier.INSTITUTION, f"Mairie, {commune.nom}"),
        "departement": (Metier.INSTITUTION, f"CRIP du département, pour {commune.nom}"),
        "college": (Metier.ECOLE, f"Collège du Belvédère, {commune.nom}"),
        "dpo": (Metier.INSTITUTION, f"Protection des données, {commune.nom}"),
    }
    found = {}
    for key, (metier, nom) in wanted.items():
        structure = Structure.objects.create(nom=f"{nom} (inventé)")
        found[key] = Service.objects.create(
            code=f"{key}-{city.code}",
            structure=structure,
            metier=metier,
            nom=f"{nom} (inventé)",
            nom_court=nom,
            ville=commune,
            invente=True,
        )
        Participation.objects.create(
            partenariat=partenariat, service=found[key], place=Place.ASSOCIE, debut=city.depuis
        )
    return found


def _places(
    ground: Territoire, rank: int, rng: Random, named: tuple[tuple[str, GenreLieu], ...]
) -> list[Lieu]:
    """Create ten invented places on a ground and those the study names; a train line gets stations."""
    if ground.genre == GenreTerritoire.LIGNE:
        stops = [f"Gare {letter}" for letter in "ABCDEF"]
        wanted = [(stop, GenreLieu.GARE) for stop in stops] + [("À bord", GenreLieu.GARE)]
    else:
        # Two quartiers may both have a kiosque: on a phone one reads the name alone.
        quarter = ground.nom.removesuffix(" (inventé)")
        streets = rng.sample(STREETS, 4)
        wanted = [(f"Hall {rng.randrange(1, 30)}, {street}", GenreLieu.HALL) for street in streets]
        wanted += [
            (f"City-stade, {quarter}", GenreLieu.CITY_STADE),
            (f"Kiosque, {quarter}", GenreLieu.KIOSQUE),
            (f"Square, {quarter}", GenreLieu.SQUARE),
            (f"Abords du collège, {quarter}", GenreLieu.ABORDS_ECOLE),
            (f"Arrêt de bus, {quarter}", GenreLieu.ARRET),
            (f"Parking du centre commercial, {quarter}", GenreLieu.PARKING),
        ]
    wanted += named
    lieux = [
        Lieu(territoire=ground, nom=nom, genre=genre, longitude=east, latitude=north, invente=True)
        for (nom, genre), (east, north) in zip(wanted, _spots(rank, len(wanted)), strict=True)
    ]
    return Lieu.objects.bulk_create(lieux)


def _spots(rank: int, count: int) -> list[tuple[float, float]]:
    """Invent where places stand, in degrees: nowhere in the city, only beside one another."""
    west, south = 2.0 + 0.012 * (rank % 3), 46.0 + 0.009 * (rank // 3)
    return [
        (round(west + 0.0028 * (one % 4) + 0.0007 * (one // 4), 5), round(south + 0.0024 * (one // 4), 5))
        for one in range(count)
    ]
