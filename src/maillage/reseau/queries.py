"""Reading the cities that told the network of a year: by name, grouped and filtered, never ranked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from maillage.conventions.enums import Forme
from maillage.conventions.models import Partenariat
from maillage.reseau.bundle import TRADES
from maillage.reseau.models import LotRecu, Partage, VilleConnue

# The bounds of the study's own comparison.
TAILLES = {
    "petite": ("Moins de 20 000 habitants", 0, 20_000),
    "moyenne": ("De 20 000 à 100 000 habitants", 20_000, 100_000),
    "grande": ("De 100 000 à 200 000 habitants", 100_000, 200_000),
    "tres_grande": ("200 000 habitants et plus", 200_000, None),
}
MOYENS = {
    "legers": ("Moins de 20 postes", 0, 20),
    "moyens": ("De 20 à 49 postes", 20, 50),
    "etoffes": ("50 postes et plus", 50, None),
}
SIMILAR = 2


@dataclass(frozen=True)
class Feuille:
    """A practice sheet or a clause, with the city that gives it."""

    ville: str
    code: str
    titre: str
    texte: str


@dataclass(frozen=True)
class Ville:
    """One city in one edition; None where it is not told."""

    code: str
    nom: str
    forme: str
    habitants: int | None
    quartiers: int | None
    postes: Mapping[str, int | None]
    messages: Mapping[str, int | None] = field(default_factory=dict)
    repondus: Mapping[str, int | None] = field(default_factory=dict)
    reunions: int | None = None
    projets: int | None = None
    invente: bool = False
    pratiques: Sequence[Feuille] = ()
    clauses: Sequence[Feuille] = ()

    @property
    def forme_dite(self) -> str:
        """Return the form in words."""
        return Forme(self.forme).label if self.forme else "Forme non donnée"

    @property
    def taille(self) -> str:
        """Return the key of its size in `TAILLES`, empty when unknown."""
        return _band(self.habitants, TAILLES)

    @property
    def moyens(self) -> str:
        """Return the key of its means in `MOYENS`: posts of both trades; empty when one is unknown."""
        counts = [self.postes.get(trade) for trade in TRADES]
        return "" if None in counts else _band(sum(one or 0 for one in counts), MOYENS)

    def shares(self, other: Ville) -> list[str]:
        """Return what two cities have in common, in words; what is not known is never in common."""
        found = []
        if self.forme and self.forme == other.forme:
            found.append(f"même forme : {self.forme_dite.lower()}")
        if self.taille and self.taille == other.taille:
            found.append(f"même taille : {TAILLES[self.taille][0].lower()}")
        if self.moyens and self.moyens == other.moyens:
            found.append(f"moyens proches : {MOYENS[self.moyens][0].lower()}")
        return found


def editions() -> list[int]:
    """Return the years told by at least one city, latest first."""
    return list(LotRecu.objects.order_by("-annee").values_list("annee", flat=True).distinct())


def edition(annee: int) -> list[Ville]:
    """Return the cities that told this year, by name."""
    return by_name(_ville(row.contenu) for row in LotRecu.objects.filter(annee=annee))


def by_name(villes: Iterable[Ville]) -> list[Ville]:
    """Put cities in the only order they are ever shown in."""
    return sorted(villes, key=lambda one: (one.nom.casefold(), one.code))


def chosen(villes: Iterable[Ville], *, forme: str = "", taille: str = "", moyens: str = "") -> list[Ville]:
    """Return the cities of this form, size and means (empty: all), by name."""
    return by_name(
        one
        for one in villes
        if (not forme or one.forme == forme)
        and (not taille or one.taille == taille)
        and (not moyens or one.moyens == moyens)
    )


def by_form(villes: Sequence[Ville]) -> list[tuple[str, list[Ville]]]:
    """Group cities by form, in the order of the study; those whose form is not told come last."""
    groups = [(label, [one for one in villes if one.forme == key]) for key, label in Forme.choices]
    groups.append(("Forme non donnée", [one for one in villes if not one.forme]))
    return [(label, by_name(group)) for label, group in groups if group]


def twins(of: Ville, villes: Iterable[Ville]) -> list[tuple[Ville, list[str]]]:
    """Return the cities that share at least two of form, size and means with this one, by name."""
    found = [(one, of.shares(one)) for one in by_name(villes) if one.code != of.code]
    return [(one, shared) for one, shared in found if len(shared) >= SIMILAR]


def sheets(villes: Iterable[Ville], kind: str) -> list[Feuille]:
    """Return the sheets of one kind (`pratiques`, `clauses`) that these cities give, by city."""
    return [sheet for one in by_name(villes) for sheet in getattr(one, kind)]


def latest() -> list[Ville]:
    """Return each city as it last told itself, by name."""
    found: dict[str, Ville] = {}
    for row in LotRecu.objects.order_by("annee", "sequence"):
        found[row.partenariat] = _ville(row.contenu)
    return by_name(found.values())


def known_cities() -> list[VilleConnue]:
    """Return the cities whose key was given, by name."""
    return sorted(VilleConnue.objects.all(), key=lambda one: one.nom.casefold())


def given(partenariat: Partenariat) -> list[Partage]:
    """Return what a partnership gives today, in the order it was given."""
    return list(Partage.objects.filter(partenariat=partenariat, repris_le=None).order_by("le", "pk"))


def _ville(content: Mapping[str, Any]) -> Ville:
    kept = {name: content[name] for name in Ville.__dataclass_fields__ if name in content}
    code, name = content["partenariat"], content["ville"]
    made = {kind: [Feuille(name, code, **one) for one in content[kind]] for kind in ("pratiques", "clauses")}
    return Ville(**(kept | made | {"code": code, "nom": name}))


def _band(value: int | None, bands: Mapping[str, tuple[str, int, int | None]]) -> str:
    if value is None:
        return ""
    return next(key for key, (_, low, high) in bands.items() if low <= value < (high or value + 1))
