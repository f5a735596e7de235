"""Dates that move: cancelled meetings in calendars, guests' links ended, field meetings every week."""

from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import vobject
from django.test import Client

from maillage.base import clock
from maillage.documents.content import Table
from maillage.reunions.actions import open_feed
from maillage.reunions.compte_rendu import as_document
from maillage.reunions.models import Reunion
from tests.cast import Cast, Membre
from tests.door import acteur
from tests.reunions_made import decided, held, planned

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]


def _text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return html.unescape(answer.content.decode())


def _link(client: Client, row: Reunion) -> str:
    said = client.post(f"/reunions/{row.pk}/inviter/", {"structure": "Bailleur"}).content.decode()
    return html.unescape(said).split("<code>")[1].split("</code>")[0].removeprefix("http://testserver")


def test_a_cancelled_meeting_says_so_to_calendars(cast: Cast, signed_in: SignedIn, client: Client) -> None:
    row = planned(cast, convoquee_le=clock.now() - timedelta(hours=1))
    chief, url = signed_in(cast.cheffe_alm), f"/reunions/{row.pk}"
    feed = f"/reunions/flux/{open_feed(by=acteur(cast.samira), personnel=True)}.ics"
    before = vobject.readOne(client.get(feed).content.decode()).vevent
    guest = _link(chief, row)
    assert client.get(guest).status_code == 200
    assert chief.post(f"{url}/annuler/", {"motif": "ailleurs"}).status_code == 422
    assert chief.post(f"{url}/annuler/", {"motif": "salle"}).status_code == 302
    after = vobject.readOne(client.get(feed).content.decode()).vevent
    assert (before.status.value, before.sequence.value) == ("CONFIRMED", "0")
    assert (after.status.value, after.sequence.value) == ("CANCELLED", "1")
    assert (after.uid.value, after.dtstamp.value > before.dtstamp.value) == (before.uid.value, True)
    alone = vobject.readOne(chief.get(f"{url}/invitation.ics").content.decode())
    assert (alone.method.value, alone.vevent.status.value) == ("CANCEL", "CANCELLED")
    page = _text(chief, f"{url}/")
    assert ["Annulée le" in page, "Pas de salle" in page, "Reporter" in page] == [True, True, False]
    assert client.get(guest).status_code == 404
    assert chief.post(f"{url}/annuler/", {"motif": "salle"}).status_code == 409
    assert chief.post(f"{url}/presents/", {}).status_code == 409


def test_a_guests_link_is_ended_by_who_leads(cast: Cast, signed_in: SignedIn, client: Client) -> None:
    row, chief = planned(cast), signed_in(cast.cheffe_alm)
    guest = _link(chief, row)
    end = f"/reunions/invitations/{row.invitations.get().pk}/fermer/"
    assert end in _text(chief, f"/reunions/{row.pk}/")
    assert end not in _text(signed_in(cast.karim), f"/reunions/{row.pk}/")
    assert signed_in(cast.karim).post(end).status_code == 403
    assert signed_in(cast.direction_sud).post(end).status_code == 404
    assert chief.get(end).status_code == 405
    assert client.get(guest).status_code == 200
    assert chief.post(end).status_code == 302
    assert (client.get(guest).status_code, chief.post(end).status_code) == (404, 404)


def test_a_field_team_meets_every_week(cast: Cast, signed_in: SignedIn) -> None:
    first = clock.today() + timedelta(days=3)
    data = {"genre": "terrain", "duree_minutes": "30", "jour": str(first), "heure": "14:00", "semaines": "5"}
    client = signed_in(cast.samira)
    assert client.post("/reunions/convoquer/", data).status_code == 302
    found = [one.le.astimezone(clock.PARIS) for one in Reunion.objects.order_by("le")]
    assert [one.date() for one in found] == [first + timedelta(weeks=week) for week in range(5)]
    # The hour on the clock stays, whatever summer time does in between.
    assert {one.hour for one in found} == {14}
    refused = signed_in(cast.cheffe_alm).post("/reunions/convoquer/", data | {"genre": "periodique"})
    assert (refused.status_code, "Seule une rencontre de terrain" in refused.content.decode()) == (422, True)
    assert signed_in(cast.samira).post("/reunions/convoquer/", data | {"semaines": "27"}).status_code == 422
    assert Reunion.objects.count() == 5


def test_texts_are_read_again_for_who_writes_and_never_refused(cast: Cast, signed_in: SignedIn) -> None:
    row, chief = held(cast), signed_in(cast.cheffe_alm)
    page = f"/reunions/{row.pk}"
    said = {"texte": "Mme Lefèvre se plaint du hall 4.", "version": "1"}
    assert chief.post(f"{page}/compte-rendu/", said).status_code == 302
    decided(cast, row, "Rappeler Yanis demain", clock.today())
    shown = _text(chief, f"{page}/")
    assert ["À relire" in shown, "« Yanis » :" in shown] == [True, True]
    assert "À relire" not in _text(signed_in(cast.karim), f"{page}/")
    assert chief.post(f"{page}/verrouiller/").status_code == 302


@pytest.mark.skipif(shutil.which("khal") is None, reason="khal n'est pas installé")
@pytest.mark.skipif(shutil.which("calcurse") is None, reason="calcurse n'est pas installé")
def test_two_calendar_programs_read_the_feed(cast: Cast, client: Client, tmp_path: Path) -> None:
    row = planned(cast, 3, lieu="Salle A ; entrée par la cour, à droite")
    token = open_feed(by=acteur(cast.samira), personnel=True)
    file = tmp_path / "reunions.ics"
    file.write_bytes(client.get(f"/reunions/flux/{token}.ics").content)
    start = row.le.astimezone(clock.PARIS)
    store = tmp_path / "calcurse"
    subprocess.run(["calcurse", "-D", store, "-i", file], check=True, capture_output=True, env=_env(tmp_path))
    asked = ["calcurse", "-D", store, "-s" + f"{start:%m/%d/%Y}", "-r1", "--format-apt", "%S %m\n"]
    read = subprocess.run(asked, check=True, capture_output=True, text=True, env=_env(tmp_path)).stdout
    assert f"{start:%H:%M} Réunion du partenariat (Partenariat ici)" in read
    shown = ["khal", "printics", "--format", "{start-time} {title} {location}", file]
    read = subprocess.run(shown, check=True, capture_output=True, text=True, env=_env(tmp_path)).stdout
    assert f"{start:%H:%M} Réunion du partenariat (Partenariat ici) {row.lieu}" in " ".join(read.split())


def _env(home: Path) -> dict[str, str]:
    config = home / ".config" / "khal"
    config.mkdir(parents=True, exist_ok=True)
    (config / "config").write_text(
        f"[calendars]\n[[un]]\npath = {home}/khal\n[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdateformat = %Y-%m-%d\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        "local_timezone = Europe/Paris\ndefault_timezone = Europe/Paris\n"
    )
    (home / "khal").mkdir(exist_ok=True)
    return {"HOME": str(home), "PATH": "/usr/bin:/bin", "TZ": "Europe/Paris", "LC_ALL": "C.UTF-8"}


def test_every_meeting_is_one_page_away(cast: Cast, signed_in: SignedIn) -> None:
    client, line = signed_in(cast.karim), 'class="title"'
    for days in range(1, 46):
        held(cast, -days)
    overdue = planned(cast, -50)
    first, last = (_text(client, f"/reunions/?partenariat=ici&page={page}") for page in (1, 3))
    assert [text.count(line) for text in (first, last)] == [21, 6]
    assert [str(overdue.pk) in text for text in (first, last)] == [True, True]
    assert ["Page 1 sur 3" in first, "Plus récentes" in first] == [True, False]
    assert ["page=2#passees" in last, "Plus anciennes" in last] == [True, False]
    assert "Page 1 sur 3" in _text(client, "/reunions/?page=quoi")


def test_the_minutes_say_the_day_of_a_decision_in_french(cast: Cast) -> None:
    row = held(cast)
    decided(cast, row, "Passer à deux au hall 4", date(2027, 1, 1))
    table = next(one for one in as_document((row,)).blocks if isinstance(one, Table))
    assert table.rows == [("Passer à deux au hall 4", "Le Relais", "1er janvier 2027", "À faire")]
