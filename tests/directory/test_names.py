"""Two people of the same name are told apart, by as little as it takes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from maillage.directory.models import Poste, Professionnel
from maillage.directory.names import FULL_NAME, names_apart


def poste(number: int, prenom: str, nom: str, intitule: str = "Médiateur", debut: int = 1) -> Poste:
    person = Professionnel(prenom=prenom, nom=nom)
    return Poste(pk=UUID(int=number), professionnel=person, intitule=intitule, debut=date(2026, 3, debut))


def called(*postes: Poste, shortest: int = 0) -> list[str]:
    return list(dict(sorted(names_apart(postes, shortest=shortest).items())).values())


def test_a_name_is_as_short_as_it_can_be() -> None:
    assert called(poste(1, "Nadia", "Roy"), poste(2, "Karim", "Roy")) == ["Nadia", "Karim"]
    assert called(poste(1, "Karim", "Roy"), poste(2, "karim", "Diop")) == ["Karim R.", "karim D."]
    same_initial = called(poste(1, "Karim", "Roy"), poste(2, "Karim", "Rey"), poste(3, "Karim", "Diop"))
    assert same_initial == ["Karim Roy", "Karim Rey", "Karim D."]


def test_two_of_the_very_same_name_are_told_apart_by_their_post_then_its_day_then_a_number() -> None:
    by_post = called(poste(1, "Karim", "Roy"), poste(2, "Karim", "Roy", "Veilleur"))
    assert by_post == ["Karim Roy, médiateur", "Karim Roy, veilleur"]
    by_day = called(poste(1, "Karim", "Roy"), poste(2, "Karim", "Roy", debut=9))
    assert by_day == ["Karim Roy, depuis le 1er mars 2026", "Karim Roy, depuis le 9 mars 2026"]
    assert called(poste(1, "Karim", "Roy"), poste(2, "Karim", "Roy")) == ["Karim Roy (1)", "Karim Roy (2)"]


def test_a_full_name_may_be_asked_and_the_same_post_twice_is_one() -> None:
    assert called(poste(1, "Nadia", "Roy"), shortest=FULL_NAME) == ["Nadia Roy"]
    assert called(poste(1, "Nadia", "Roy"), poste(1, "Nadia", "Roy")) == ["Nadia"]
