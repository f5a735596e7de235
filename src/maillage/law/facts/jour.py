"""Le jour de l'échange, rangé entre les dates où une règle commence ou change de contenu.

Ajouter une règle datée commence ici : une date nouvelle s'ajoute à `BORNES`, dans l'ordre.
"""

from bisect import bisect_right
from datetime import date

from maillage.law.language import TOUJOURS, Dans, Fait, Formule, Genre

BORNES = (
    date(2007, 3, 6),  # CASF L226-2-1, L226-2-2, L226-3, L226-4, L226-5, L221-6
    date(2007, 3, 7),  # CASF L121-6-2, CGCT L2211-5, code de l'éducation L131-8
    date(2008, 2, 16),  # code de l'éducation R131-10-5
    date(2011, 3, 16),  # règlement intérieur exigé des groupes de travail du CLSPD
    date(2016, 3, 16),  # CP 434-3 étendu à tous les mineurs
    date(2022, 2, 9),  # CASF L226-5 étendu à toute personne qui le demande
)
DEBUT = BORNES[0]
"""Le moteur ne juge pas d'échange antérieur à ce jour."""

_PERIODES = ("avant", *(b.isoformat() for b in BORNES))

DATE = Fait(
    "date",
    Genre.DATE,
    "date de l'échange",
    "jour de l'échange projeté, AAAA-MM-JJ",
    _PERIODES,
    ("avant le 6 mars 2007", *(f"à partir du {b:%d/%m/%Y}" for b in BORNES)),
)


def periode(jour: date) -> int:
    """Rang de la période qui contient ce jour ; 0 avant la première borne."""
    return bisect_right(BORNES, jour)


def depuis(jour: date | None) -> Formule:
    """L'échange a lieu ce jour-là ou après ; ValueError si la borne n'est pas déclarée."""
    if jour is None or jour < DEBUT:
        return TOUJOURS
    if jour not in BORNES:
        raise ValueError(f"{jour} n'est pas dans BORNES : l'y ajouter d'abord")
    return Dans(DATE, frozenset(range(BORNES.index(jour) + 1, DATE.inconnu)))


def avant(jour: date) -> Dans:
    """L'échange a lieu avant ce jour (jour connu)."""
    return Dans(DATE, frozenset(range(BORNES.index(jour) + 1)))
