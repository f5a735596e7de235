"""What the study says of each of the six partnerships, as far as the demo needs it.

Facts come from sections 2, 3, 6, 7 and 8 of the study; everything else is invented and says so, the
readings adopted first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from maillage.conventions.enums import Forme
from maillage.directory.enums import GenreLieu, GenreTerritoire


@dataclass(frozen=True)
class Ground:
    """A piece of ground that a partnership covers; `code` is ours when the study gives none.

    `lieux` are places that the study speaks of there, besides the invented ones.
    """

    code: str
    nom: str
    genre: GenreTerritoire
    lieux: tuple[tuple[str, GenreLieu], ...] = ()


@dataclass(frozen=True)
class ClauseSeed:
    """A clause of the demo: the fact it establishes, for which service (None: for both)."""

    titre: str
    fait: str
    valeur: bool | str
    service: str | None = None
    invente: bool = True


@dataclass(frozen=True)
class City:
    """One city's partnership: its services by trade, ground, form, clauses and readings."""

    code: str
    insee: str
    nom: str
    forme: Forme
    depuis: date
    preuve: str
    mediation: tuple[str, ...]
    prevention: tuple[str, ...]
    grounds: tuple[Ground, ...]
    clauses: tuple[ClauseSeed, ...] = ()
    lectures: Mapping[str, str] = field(default_factory=dict)
    # Of the news of places told between the trades, the share that mediators tell (sections 6b, 7 and 8).
    part_mediation: float = 0.55
    notes_par_jour: float = 10.0
    orientations: int = 100
    personnes: int = 150


def _quartier(slug: str, nom: str, *lieux: tuple[str, GenreLieu]) -> Ground:
    return Ground(f"etude-{slug}", nom, GenreTerritoire.QUARTIER, lieux)


def _secteur(slug: str, nom: str, *lieux: tuple[str, GenreLieu]) -> Ground:
    return Ground(f"demo-{slug}", f"{nom} (inventé)", GenreTerritoire.SECTEUR, lieux)


def _house(side: str) -> Ground:
    """The ground around one of the three houses that both services of Orléans share (section 8a)."""
    name = f"Maison de la Réussite {side}"
    return Ground(
        f"demo-orleans-{side}", f"{name} (inventé)", GenreTerritoire.SECTEUR, ((name, GenreLieu.MAISON),)
    )


LA_ROCHELLE = City(
    code="larochelle",
    insee="17300",
    nom="Partenariat de La Rochelle",
    forme=Forme.CONVENTION,
    depuis=date(2016, 9, 1),
    preuve="Convention entre les deux services (étude, section 7) ; date inventée",
    mediation=("alpms-larochelle",),
    prevention=("adei-larochelle",),
    grounds=(_quartier("mireuil", "Mireuil"), _quartier("villeneuve", "Villeneuve-les-Salines")),
    clauses=(
        ClauseSeed("Se dire l'évolution d'une orientation", "clause_retour", True, invente=False),
        ClauseSeed("Une même information remise aux personnes", "information_rgpd", True),
        ClauseSeed(
            "La mission d'action sociale des médiateurs est écrite",
            "part_action_sociale",
            "mission_ecrite",
            "alpms-larochelle",
        ),
    ),
    lectures={"U-10": "rapport"},
    notes_par_jour=20.0,
    orientations=240,
    personnes=260,
)

LE_TEIL = City(
    code="leteil",
    insee="07319",
    nom="Partenariat du Teil",
    forme=Forme.INFORMEL,
    depuis=date(2005, 1, 1),
    preuve="Pratique décrite par l'étude (section 6) ; année déduite des créations de services",
    mediation=("pej-leteil",),
    prevention=("adsea07-leteil",),
    grounds=(
        _secteur("teil-centre", "Centre", ("Centre social (inventé)", GenreLieu.CENTRE_SOCIAL)),
        _secteur("teil-sud", "Sud"),
    ),
    part_mediation=0.5,
    notes_par_jour=7.0,
    orientations=60,
    personnes=90,
)

_AURENCE = _quartier(
    "aurence", "Val de l'Aurence", ("Cour d'école ouverte, Val de l'Aurence", GenreLieu.COUR_ECOLE)
)
LIMOGES = City(
    code="limoges",
    insee="87085",
    nom="Partenariat de Limoges",
    forme=Forme.INFORMEL,
    depuis=date(2002, 1, 1),
    preuve="Pratique décrite par l'étude (section 6) ; année déduite des créations de services",
    mediation=("mediation-limoges",),
    prevention=("alsea-limoges",),
    grounds=(_AURENCE, _secteur("limoges-est", "Quartier est")),
    part_mediation=0.8,
    notes_par_jour=15.0,
    orientations=150,
    personnes=260,
)

LORIENT = City(
    code="lorient",
    insee="56121",
    nom="Partenariat de Lorient",
    forme=Forme.INFORMEL,
    depuis=date(2015, 1, 1),
    preuve="Pratique décrite par l'étude (section 6) ; année déduite des créations de services",
    mediation=("mediation-lorient",),
    prevention=("sauvegarde56-lorient",),
    grounds=(_quartier("bois-du-chateau", "Bois du Château"), _secteur("lorient-ouest", "Quartier ouest")),
    part_mediation=0.94,
    notes_par_jour=9.0,
    orientations=80,
    personnes=150,
)

MARSEILLE = City(
    code="marseille",
    insee="13055",
    nom="Partenariat de Marseille",
    forme=Forme.PILOTAGE_UNIQUE,
    depuis=date(2014, 1, 1),
    preuve="Direction commune aux services (étude, section 8b) ; année déduite des créations de services",
    mediation=("addap13-msu", "addap13-ter"),
    prevention=("addap13-prevention",),
    grounds=(
        _secteur("marseille-centre", "Centre-ville"),
        Ground("13213", "Marseille 13e arrondissement", GenreTerritoire.ARRONDISSEMENT),
        Ground("13214", "Marseille 14e arrondissement", GenreTerritoire.ARRONDISSEMENT),
        Ground("13215", "Marseille 15e arrondissement", GenreTerritoire.ARRONDISSEMENT),
        Ground("13216", "Marseille 16e arrondissement", GenreTerritoire.ARRONDISSEMENT),
        Ground("etude-ter-aix", "Ligne TER Marseille – Aix-en-Provence", GenreTerritoire.LIGNE),
    ),
    clauses=(ClauseSeed("Une même information remise aux personnes", "information_rgpd", True),),
    notes_par_jour=18.0,
    orientations=200,
    personnes=420,
)

ORLEANS = City(
    code="orleans",
    insee="45234",
    nom="Partenariat d'Orléans",
    forme=Forme.PILOTAGE_UNIQUE,
    depuis=date(2013, 1, 1),
    preuve="Un seul pôle municipal porte les deux services (étude, section 8a) ; année déduite des créations",
    mediation=("spmr-orleans",),
    prevention=("sep-orleans",),
    grounds=(
        _house("nord"),
        _house("sud"),
        _house("ouest"),
    ),
    clauses=(
        ClauseSeed("Se dire l'évolution d'une orientation", "clause_retour", True),
        ClauseSeed("Une même information remise aux personnes", "information_rgpd", True),
        ClauseSeed(
            "L'autorité autorise par écrit les médiateurs à orienter",
            "decision_autorite",
            True,
            "spmr-orleans",
        ),
        ClauseSeed(
            "La mission d'action sociale des médiateurs est écrite",
            "part_action_sociale",
            "mission_ecrite",
            "spmr-orleans",
        ),
    ),
    lectures={"U-1": "rapport", "U-2": "rapport", "U-10": "rapport"},
    part_mediation=0.5,
    notes_par_jour=18.0,
    orientations=220,
    personnes=320,
)

CITIES = (LA_ROCHELLE, LE_TEIL, LIMOGES, LORIENT, MARSEILLE, ORLEANS)
