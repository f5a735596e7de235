"""Cities compared: by name whatever the figures, beside those that resemble them, with what they give."""

from __future__ import annotations

from itertools import permutations

import pytest

from maillage.reseau.queries import Ville, by_form, by_name, chosen, edition, sheets, twins
from tests.reseau.bundles import take, welcome

MEDIATION, PREVENTION = "mediation_sociale", "prevention_specialisee"


def ville(nom: str, **known: object) -> Ville:
    made = {
        "forme": "convention",
        "habitants": 60_000,
        "quartiers": 3,
        "postes": {MEDIATION: 12, PREVENTION: 9},
    }
    return Ville(code=nom.casefold(), nom=nom, **(made | known))  # type: ignore[arg-type]


def test_the_order_is_the_names_whatever_the_figures() -> None:
    """No league table: the same names under every arrangement of figures come out in the same order."""
    for figures in permutations((5, 500, 5000)):
        rows = [
            ville(
                nom,
                habitants=many * 1000,
                reunions=many,
                projets=many,
                messages={MEDIATION: many, PREVENTION: many},
            )
            for nom, many in zip(("Crest", "amiens", "Brest"), figures, strict=True)
        ]
        expected = ["amiens", "Brest", "Crest"]
        assert [one.nom for one in by_name(rows)] == expected
        assert [one.nom for one in chosen(rows)] == expected
        assert [[one.nom for one in group] for _, group in by_form(rows)] == [expected]


def test_narrowed_by_form_size_and_means() -> None:
    rows = [
        ville("Amiens", forme="informel"),
        ville("Brest", habitants=140_000),
        ville("Crest", habitants=8_000, postes={MEDIATION: 3, PREVENTION: 2}),
        ville("Dole", habitants=None, postes={MEDIATION: 3, PREVENTION: None}, forme=""),
    ]
    assert [one.nom for one in chosen(rows, forme="informel")] == ["Amiens"]
    assert [one.nom for one in chosen(rows, taille="grande")] == ["Brest"]
    assert [one.nom for one in chosen(rows, moyens="legers")] == ["Crest"]
    assert (rows[3].taille, rows[3].moyens) == ("", "")
    assert [label for label, _ in by_form(rows)] == ["Informel", "Conventionné", "Forme non donnée"]


def test_twins_share_two_known_things() -> None:
    of = ville("Amiens")
    rows = [
        of,
        ville("Zuydcoote"),
        ville("Brest", forme="informel"),
        ville("Crest", forme="informel", habitants=8_000),
        ville("Dole", forme="", habitants=None, postes={}),
    ]
    found = twins(of, rows)
    assert [(one.nom, len(shared)) for one, shared in found] == [("Brest", 2), ("Zuydcoote", 3)]
    assert twins(ville("Dole", forme="", habitants=None, postes={}), rows) == []


@pytest.mark.parametrize(
    ("habitants", "taille"), [(19_999, "petite"), (20_000, "moyenne"), (200_000, "tres_grande")]
)
def test_the_bounds_of_a_size(habitants: int, taille: str) -> None:
    assert ville("Amiens", habitants=habitants).taille == taille


def test_an_edition_read_back_with_its_sheets(db: None) -> None:
    for code, nom in (("z", "Zuydcoote"), ("a", "Amiens")):
        welcome(code)
        take(partenariat=code, ville=nom, pratiques=[{"titre": "Se croiser", "texte": "Un café, le lundi."}])
    rows = edition(2025)
    assert [one.nom for one in rows] == ["Amiens", "Zuydcoote"]
    assert [(one.ville, one.titre) for one in sheets(rows, "pratiques")] == [
        ("Amiens", "Se croiser"),
        ("Zuydcoote", "Se croiser"),
    ]
    assert edition(2024) == []
