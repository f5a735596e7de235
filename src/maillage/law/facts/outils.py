"""Les constructeurs de faits : un fait énuméré, un booléen, un ensemble."""

from collections.abc import Mapping

from maillage.law.language import Fait, Genre


def enumeration(
    chemin: str,
    libelle: str,
    definition: str,
    valeurs: Mapping[str, str],
    *,
    defaut: str | None = None,
) -> Fait:
    """Un fait qui prend une valeur dans une liste {code: libellé} ; sans défaut, absent = inconnu."""
    codes, libelles = tuple(valeurs), tuple(valeurs.values())
    return Fait(chemin, Genre.ENUMERATION, libelle, definition, codes, libelles, defaut)


def booleen(chemin: str, libelle: str, definition: str) -> Fait:
    """Un fait vrai ou faux ; absent = faux."""
    valeurs, libelles = ("false", "true"), ("non", "oui")
    return Fait(chemin, Genre.BOOLEEN, libelle, definition, valeurs, libelles, "false")


def ensemble(chemin: str, libelle: str, definition: str, valeurs: Mapping[str, str]) -> Fait:
    """Un fait qui est un ensemble d'éléments ; liste vide = aucun, absent = inconnu."""
    codes, libelles = tuple(valeurs), tuple(valeurs.values())
    return Fait(chemin, Genre.ENSEMBLE, libelle, definition, codes, libelles)
