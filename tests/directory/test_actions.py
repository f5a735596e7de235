"""Posts that begin and end, places, unavailable days: each change once, with its ledger line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from maillage.audit.enums import Acte
from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.directory.actions import (
    DirectoryRefused,
    PosteVoulu,
    add_place,
    create_post,
    declare_unavailable,
    end_post,
    retire_place,
)
from maillage.directory.enums import GenreLieu, GenreTerritoire, Role
from maillage.directory.models import Lieu, Poste, Professionnel, Service, Territoire
from maillage.directory.queries import lieux_of, post_facts, unavailable

Make = Callable[..., Poste]


def _acts(service: Service) -> list[tuple[str, str]]:
    return list(Ligne.objects.filter(chaine=service.pk).order_by("rang").values_list("acte", "objet_genre"))


def test_a_new_post_proves_its_facts_and_is_recorded(prevention: Service, post: Make) -> None:
    person = Professionnel.objects.create(prenom="Lou", nom="Deux")
    voulu = PosteVoulu(
        Role.EDUCATEUR,
        "Éducateur",
        "educateur_prevention",
        "salarie_prive",
        clock.today(),
        part_action_sociale="statutaire",
        preuve="fiche de poste",
    )
    poste = create_post(by=post(prevention), professionnel=person, service=prevention, voulu=voulu)
    assert post_facts(poste, clock.today()).facts["part_action_sociale"] == "statutaire"
    assert _acts(prevention) == [(Acte.CREATION, "poste")]


def test_a_post_that_ends_before_it_begins_is_refused(prevention: Service) -> None:
    person = Professionnel.objects.create(prenom="Lou", nom="Deux")
    voulu = PosteVoulu(Role.EDUCATEUR, "É", "mediateur", "elu", date(2026, 2, 2), fin=date(2026, 2, 1))
    with pytest.raises(DirectoryRefused, match="La fin du poste est avant son début"):
        create_post(by=None, professionnel=person, service=prevention, voulu=voulu)
    assert not Poste.objects.exists()


def test_ending_a_post_closes_it_at_once_and_only_once(prevention: Service, post: Make) -> None:
    poste = post(prevention)
    end_post(by=None, poste=poste)
    ended = end_post(by=None, poste=poste)
    assert ended.fin == clock.today() - timedelta(days=1)
    assert post_facts(ended, clock.today()).facts == {}
    assert _acts(prevention) == [(Acte.MODIFICATION, "poste")]


def test_a_post_begun_today_ends_today(prevention: Service, post: Make) -> None:
    poste = post(prevention, debut=clock.today())
    assert end_post(by=None, poste=poste).fin == clock.today()
    with pytest.raises(DirectoryRefused):
        end_post(by=None, poste=poste, dernier_jour=date(2000, 1, 1))


def test_a_place_is_added_once_and_comes_back_after_being_put_aside(
    prevention: Service, commune: Territoire, post: Make
) -> None:
    prevention.territoires.add(commune)
    by = post(prevention)
    first = add_place(by=by, territoire=commune, nom="  Square   des Lilas ", genre=GenreLieu.SQUARE)
    again = add_place(by=by, territoire=commune, nom="square des lilas", genre=GenreLieu.SQUARE)
    assert (first.nom, again.pk) == ("Square des Lilas", first.pk)
    retire_place(by=by, lieu=first)
    assert not lieux_of(prevention).exists()
    add_place(by=by, territoire=commune, nom="Square des Lilas", genre=GenreLieu.SQUARE)
    assert list(lieux_of(prevention)) == [first]
    assert _acts(prevention) == [
        (Acte.CREATION, "lieu"),
        (Acte.MODIFICATION, "lieu"),
        (Acte.CREATION, "lieu"),
    ]


@pytest.mark.parametrize("nom", ["", "   ", "x" * 121])
def test_a_place_needs_a_name(prevention: Service, commune: Territoire, post: Make, nom: str) -> None:
    prevention.territoires.add(commune)
    with pytest.raises(DirectoryRefused, match="120 caractères au plus"):
        add_place(by=post(prevention), territoire=commune, nom=nom, genre=GenreLieu.HALL)
    assert not Lieu.objects.exists()


def test_a_place_elsewhere_is_refused(prevention: Service, post: Make) -> None:
    elsewhere = Territoire.objects.create(genre=GenreTerritoire.COMMUNE, code="99009", nom="Ailleurs")
    with pytest.raises(DirectoryRefused, match="n'est pas de ceux que votre service couvre"):
        add_place(by=post(prevention), territoire=elsewhere, nom="Hall", genre=GenreLieu.HALL)
    assert not Lieu.objects.exists()


def test_unavailable_days_are_dated(prevention: Service, post: Make) -> None:
    by, today = post(prevention), clock.today()
    declare_unavailable(by=by, debut=today, fin=today + timedelta(days=2))
    assert [unavailable(prevention, today + timedelta(days=days)) for days in (-1, 0, 2, 3)] == [
        False,
        True,
        True,
        False,
    ]
    with pytest.raises(DirectoryRefused, match="Le dernier jour est avant le premier"):
        declare_unavailable(by=by, debut=today, fin=today - timedelta(days=1))
    with pytest.raises(DirectoryRefused, match="Ces jours sont passés"):
        declare_unavailable(by=by, debut=date(2020, 1, 1), fin=date(2020, 1, 2))
