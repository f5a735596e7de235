"""A parent relais writes hours and nothing else; the head of the service reads the month for pay."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.base import clock
from maillage.coordination.models import Vacation
from maillage.coordination.vacations import drop_old_hours, old_hours
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from tests.cast import Cast, Membre

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]
OWN, TEAM = "/heures/", "/heures/equipe/"


@pytest.fixture
def relais(cast: Cast) -> Membre:
    """Karim, as a parent relais of ALM."""
    Poste.objects.filter(pk=cast.karim.poste.pk).update(role=Role.PARENT_RELAIS, intitule="Parent relais")
    cast.karim.poste.refresh_from_db()
    found: Membre = cast.karim
    return found


def _said(jour: date | None = None, debut: str = "16:00", fin: str = "18:30") -> dict[str, str]:
    return {"jour": str(jour or clock.today()), "debut": debut, "fin": fin}


def _text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return html.unescape(answer.content.decode())


def test_hours_are_written_summed_and_taken_back(relais: Membre, signed_in: SignedIn, cast: Cast) -> None:
    client = signed_in(relais)
    for debut, fin in (("08:00", "09:00"), ("16:00", "18:30")):
        assert client.post(OWN, _said(debut=debut, fin=fin)).status_code == 302
    assert " : 3 h 30" in _text(client, OWN)
    chief = signed_in(cast.cheffe_alm)
    assert "3 h 30" in _text(chief, TEAM)
    table = chief.get(f"{TEAM}{clock.today():%Y-%m}.csv").content.decode()
    assert table == "\ufeffParent relais;Heures\r\nKarim Essai;3 h 30\r\n"
    gone = Vacation.objects.get(debut="08:00")
    assert client.post(f"{OWN}{gone.pk}/retirer/").status_code == 302
    assert "2 h 30" in _text(chief, TEAM)


def test_an_absurd_hour_is_one_sentence_and_comes_back(relais: Membre, signed_in: SignedIn) -> None:
    client, today = signed_in(relais), clock.today()
    client.post(OWN, _said())
    cases = (
        (_said(today + timedelta(1)), "pas encore faites"),
        (_said(today - timedelta(32)), "Plus d'un mois est passé"),
        (_said(debut="18:00", fin="17:00"), "La fin vient après le début"),
        (_said(debut="06:00", fin="16:30"), "Dix heures au plus"),
        (_said(debut="18:00", fin="19:00"), "en recouvrent d'autres"),
    )
    for typed, sentence in cases:
        answer = client.post(OWN, typed)
        page = html.unescape(answer.content.decode())
        assert (answer.status_code, sentence in page, f'value="{typed["debut"]}' in page) == (422, True, True)
    assert Vacation.objects.count() == 1


def test_who_reads_and_who_writes(relais: Membre, signed_in: SignedIn, cast: Cast) -> None:
    signed_in(relais).post(OWN, _said())
    row = Vacation.objects.get()
    away = f"{OWN}{row.pk}/retirer/"
    for member in (cast.nadia, cast.cheffe_alm, cast.maire):
        client = signed_in(member)
        assert (client.get(OWN).status_code, client.post(away).status_code) == (404, 404), member
    for member, status in ((cast.direction_alm, 200), (relais, 404), (cast.samira, 404)):
        assert signed_in(member).get(TEAM).status_code == status, member
    other = signed_in(cast.cheffe_relais)
    assert "Aucune heure notée" in _text(other, TEAM)
    assert "Karim" not in other.get(f"{TEAM}{clock.today():%Y-%m}.csv").content.decode()
    client = signed_in(relais)
    assert client.post(f"{OWN}{uuid4()}/retirer/").status_code == 404
    assert (client.get(away).status_code, signed_in(cast.cheffe_alm).post(TEAM).status_code) == (405, 405)
    Vacation.objects.update(jour=clock.today() - timedelta(40))
    assert client.post(away).status_code == 404
    Poste.objects.filter(pk=relais.poste.pk).update(lecture_seule=True)
    assert signed_in(relais).post(OWN, _said()).status_code == 403


def test_the_month_costs_the_same_with_one_relay_or_three(
    relais: Membre, signed_in: SignedIn, cast: Cast
) -> None:
    chief, counted = signed_in(cast.cheffe_alm), []
    for posts in ([relais.poste], [cast.nadia.poste, cast.direction_alm.poste]):
        for poste in posts:
            Vacation.objects.create(poste=poste, jour=clock.today(), debut="10:00", fin="11:00")
        with CaptureQueriesContext(connection) as queries:
            chief.get(TEAM)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_hours_go_three_years_after_the_day_worked(relais: Membre) -> None:
    for jour in (date(2023, 5, 9), date(2023, 5, 10), date(2023, 5, 11)):
        Vacation.objects.create(poste=relais.poste, jour=jour, debut="10:00", fin="11:00")
    on = date(2026, 5, 10)
    assert (old_hours(on).count(), drop_old_hours(on), drop_old_hours(on)) == (2, 2, 0)
    assert list(Vacation.objects.values_list("jour", flat=True)) == [date(2023, 5, 11)]
