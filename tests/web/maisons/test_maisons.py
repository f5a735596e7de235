"""The desk of a shared house: visits counted by half-day and motive, read by both services, nobody named."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from maillage.base import clock
from maillage.coordination.accueil import half_day, visits
from maillage.coordination.models import PassageAccueil
from maillage.directory.enums import GenreLieu, Role
from maillage.directory.models import Lieu, Poste
from tests.cast import Cast, Membre

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]
PAGE = "/maisons/accueil/"


@pytest.fixture
def house(cast: Cast) -> Lieu:
    """A house both services share, and Karim at its desk."""
    Poste.objects.filter(pk=cast.karim.poste.pk).update(role=Role.ACCUEIL)
    cast.karim.poste.refresh_from_db()
    return Lieu.objects.create(territoire=cast.quartier, nom="Maison du port", genre=GenreLieu.MAISON)


def test_the_desk_counts_and_takes_back(cast: Cast, house: Lieu, signed_in: SignedIn) -> None:
    desk = signed_in(cast.karim)
    said = {"partenariat": "ici", "maison": str(house.pk)}
    for act in ({"motif": "demarche"}, {"motif": "demarche"}, {"motif": "atelier"}, {"oter": "demarche"}):
        assert desk.post(PAGE, said | act).status_code == 302
    now = half_day(clock.now())
    counted = visits(cast.ici, house, clock.today(), clock.today())
    assert counted == {(now, "demarche"): 1, (now, "atelier"): 1}
    assert desk.post(PAGE, said | {"oter": "educateurs"}).status_code == 409
    assert desk.post(PAGE, said | {"motif": "autre chose"}).status_code == 422
    assert desk.post(PAGE, said | {"motif": "autre", "maison": str(cast.hall.pk)}).status_code == 404
    # What a count is made of: nothing that could name who came or who counted.
    assert {field.name for field in PassageAccueil._meta.fields} == {
        "id", "partenariat", "maison", "jour", "moment", "motif", "nombre",
    }  # fmt: skip


def test_both_services_read_and_nobody_else(
    cast: Cast, house: Lieu, signed_in: SignedIn, client: Client
) -> None:
    said = {"partenariat": "ici", "maison": str(house.pk), "motif": "demarche"}
    assert signed_in(cast.karim).post(PAGE, said).status_code == 302
    for who in ("cheffe_alm", "direction_relais", "coordination"):
        page = html.unescape(signed_in(cast.membres[who]).get(PAGE).content.decode())
        assert ["Maison du port" in page, "Trente jours" in page, "Compter<" in page] == [True, True, False]
        assert signed_in(cast.membres[who]).post(PAGE, said).status_code == 403
    for who in ("samira", "maire", "dpo"):
        assert signed_in(cast.membres[who]).get(PAGE).status_code == 404
    south = signed_in(cast.direction_sud)
    assert "Aucune maison partagée" in html.unescape(south.get(PAGE).content.decode())
    assert south.get(f"{PAGE}?maison={house.pk}").status_code == 404
    assert signed_in(cast.cheffe_alm).get(f"{PAGE}?maison=x").status_code == 404
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize(
    ("hour", "said"), [(8, "matin"), (12, "matin"), (13, "apres_midi"), (17, "apres_midi"), (18, "soir")]
)
def test_a_day_has_three_moments(hour: int, said: str) -> None:
    assert half_day(datetime(2027, 3, 1, hour, 59, tzinfo=clock.PARIS)) == said
