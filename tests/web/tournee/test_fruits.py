"""A project born where the team walks is one of the things its passages brought."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from maillage.base import clock
from maillage.projets.models import Projet
from maillage.web.tournee.fruits import brought
from tests.cast import Cast, Membre
from tests.door import acteur
from tests.projects_made import proposed, write_note
from tests.veille_made import told

SignedIn = Callable[[Membre], Client]


def test_a_project_born_at_one_of_our_places(cast: Cast, signed_in: SignedIn) -> None:
    row = proposed(cast)
    said = [(one.genre, one.phrase) for one in brought(acteur(cast.nadia))]
    assert said == [("projet", "Un projet est né : Le kiosque (Hall 4)")]
    assert brought(acteur(cast.educatrice_sud)) == []
    assert "Un projet est né" in signed_in(cast.nadia).get("/tournee/").content.decode()
    Projet.objects.filter(pk=row.pk).update(propose_le=clock.now() - timedelta(days=40))
    assert brought(acteur(cast.nadia)) == []


def test_a_project_of_another_partnership_of_the_place_is_not_told(cast: Cast) -> None:
    Projet.objects.filter(pk=proposed(cast).pk).update(partenariat=cast.ailleurs)
    assert brought(acteur(cast.nadia)) == []


def test_a_repair_is_the_first_news_of_its_day_and_the_rest_is_counted(
    cast: Cast, signed_in: SignedIn
) -> None:
    for _ in range(9):
        proposed(cast)
    told(cast, write_note(cast, cast.nadia, clock.today(), "eclairage"), repare_le=clock.now())
    page = signed_in(cast.nadia).get("/tournee/").content.decode()
    given = page[page.index("Ce que vos passages ont donné") :]
    assert given.index("Hall 4 : éclairage, réparé par Habitat.") < given.index("Un projet est né")
    assert (given.count("Un projet est né"), "Et 2 autres en trente jours" in given) == (7, True)
