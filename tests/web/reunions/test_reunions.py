"""Meetings on screen: the litany, J4 without a browser, the guest, the calendars, the group."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import vobject
from django.test import Client

from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.reunions.models import ComptesGroupe, Decision, Reunion
from tests.cast import Cast, Membre
from tests.door import add_clause
from tests.reunions_made import held, late_orientation, planned

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]


def _text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return html.unescape(answer.content.decode())


def _when(days: int) -> dict[str, str]:
    return {"jour": str(clock.today() + timedelta(days=days)), "heure": "14:00"}


def _convened(client: Client, days: int, **more: str) -> str:
    data = {"genre": "periodique", "duree_minutes": "90", "lieu": "Maison pour tous", **_when(days), **more}
    answer = client.post("/reunions/convoquer/", data)
    return html.unescape(answer.content.decode()) if answer.status_code != 302 else "302"


def test_members_read_and_nobody_else(cast: Cast, signed_in: SignedIn, client: Client) -> None:
    row = planned(cast)
    for page in ("/reunions/", f"/reunions/{row.pk}/", "/reunions/agenda/", "/reunions/creneaux/"):
        for who in ("karim", "samira", "cheffe_alm", "direction_relais", "coordination", "lecteur"):
            assert signed_in(cast.membres[who]).get(page).status_code == 200, (who, page)
        for who in ("maire", "dpo"):
            assert signed_in(cast.membres[who]).get(page).status_code == 404
        assert client.get(page).status_code == 302
    for page in (f"/reunions/{row.pk}/", f"/reunions/{row.pk}/invitation.ics", "/reunions/?partenariat=ici"):
        assert signed_in(cast.educatrice_sud).get(page).status_code == 404
    assert signed_in(cast.cheffe_alm).get(f"/reunions/{uuid4()}/").status_code == 404
    assert signed_in(cast.cheffe_alm).post(f"/reunions/{row.pk}/").status_code == 405


ACTS = (
    "reporter",
    "annuler",
    "presents",
    "compte-rendu",
    "verrouiller",
    "decider",
    "inviter",
    "porte",
    "comptes",
)


@pytest.mark.parametrize("act", ACTS)
def test_only_who_leads_writes(cast: Cast, signed_in: SignedIn, act: str) -> None:
    row = held(cast) if act in ("verrouiller", "decider", "compte-rendu") else planned(cast, -1)
    url = f"/reunions/{row.pk}/{act}/"
    data = {
        **_when(3), "motif": "salle", "texte": "Un", "version": "1", "structure": "Bailleur",
        "service": str(cast.relais.pk), "echeance": str(clock.today()),
    }  # fmt: skip
    assert signed_in(cast.direction_sud).post(url, data).status_code == 404
    assert signed_in(cast.karim).post(url, data).status_code == 403
    assert signed_in(cast.cheffe_alm).get(url).status_code == 405
    absent = f"/reunions/{uuid4()}/{act}/"
    assert signed_in(cast.cheffe_alm).post(absent, data).status_code == 404
    cast.cheffe_alm.poste.lecture_seule = True
    cast.cheffe_alm.poste.save()
    assert signed_in(cast.cheffe_alm).post(url, data).status_code == 403


def test_the_list_costs_the_same_with_one_and_three(
    cast: Cast, signed_in: SignedIn, django_assert_num_queries: Callable[..., object]
) -> None:
    client = signed_in(cast.cheffe_alm)
    counted = []
    for days in (7, 14, 21):
        planned(cast, days)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/reunions/")
        counted.append(len(queries))
    assert counted[0] == counted[1] == counted[2]


def test_a_bad_date_is_one_sentence_and_nothing_is_kept(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.cheffe_alm)
    held(cast)
    said = _convened(client, -1)
    assert ["après maintenant" in said, "Maison pour tous" in said] == [True, True]
    assert "au plus tard" in _convened(client, 60)
    Partenariat.objects.update(rythme_reunion_semaines=0)
    assert "zéro semaine" in _convened(client, 7)
    answer = client.post("/reunions/rythme/", {"semaines": "0"})
    assert (answer.status_code, "jamais zéro" in answer.content.decode()) == (422, True)
    assert Reunion.objects.count() == 1
    assert client.post("/reunions/rythme/", {"semaines": "6"}).status_code == 302
    assert _convened(client, 7) == "302"


def test_a_field_team_plans_field_meetings_only(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.samira)
    assert _convened(client, 7, genre="terrain") == "302"
    assert (
        client.post(
            "/reunions/convoquer/", {"genre": "periodique", "duree_minutes": "30", **_when(7)}
        ).status_code
        == 403
    )


def test_a_postponement_shows(cast: Cast, signed_in: SignedIn) -> None:
    client, row = signed_in(cast.coordination), planned(cast)
    answer = client.post(f"/reunions/{row.pk}/reporter/", {**_when(10), "motif": "absences"})
    assert answer.status_code == 302
    assert f"Reportée du {row.le.astimezone(clock.PARIS):%d/%m/%Y} au" in _text(
        client, f"/reunions/{row.pk}/"
    )


def test_minutes_and_decisions_from_the_room_to_the_file(cast: Cast, signed_in: SignedIn) -> None:
    client, row = signed_in(cast.cheffe_alm), planned(cast, -1)
    page = f"/reunions/{row.pk}"
    assert client.post(f"{page}/compte-rendu/", {"texte": "Trop tôt", "version": "1"}).status_code == 409
    assert client.post(f"{page}/presents/", {f"present-{cast.alm.pk}": "2"}).status_code == 302
    assert client.post(f"{page}/compte-rendu/", {"texte": "Le hall 4", "version": "1"}).status_code == 302
    assert client.post(f"{page}/compte-rendu/", {"texte": "Encore", "version": "2"}).status_code == 409
    due = clock.today() + timedelta(days=5)
    data = {"texte": "Passer au hall", "service": str(cast.relais.pk), "echeance": str(due)}
    assert client.post(f"{page}/decider/", data | {"fonction": "educateur"}).status_code == 302
    assert client.post(f"{page}/verrouiller/").status_code == 302
    assert client.post(f"{page}/presents/", {}).status_code == 409
    assert "Version 1, verrouillée" in _text(signed_in(cast.samira), f"{page}/")
    made = Decision.objects.get()
    assert made.responsable == "Éducateur·rice, Le Relais"
    follow = f"/reunions/decisions/{made.pk}/suivre/"
    assert client.post(follow, {"etat": "faite"}).status_code == 302
    assert signed_in(cast.educatrice_sud).post(follow, {"etat": "faite"}).status_code == 404
    word, pdf = (client.get(f"{page}/compte-rendu.{genre}") for genre in ("docx", "pdf"))
    assert (word.content[:2], pdf.content[:5]) == (b"PK", b"%PDF-")
    assert client.get(f"{page}/compte-rendu.odt").status_code == 404


def test_each_label_reaches_its_own_input(cast: Cast, signed_in: SignedIn) -> None:
    """Several forms share a page: two inputs of one id would send a decision into the minutes."""
    for row in (planned(cast, -1), held(cast)):
        page = signed_in(cast.cheffe_alm).get(f"/reunions/{row.pk}/").content.decode()
        ids = re.findall(r' id="([^"]+)"', page)
        assert [one for one in ids if ids.count(one) > 1] == []
        assert [one for one in re.findall(r' for="([^"]+)"', page) if one not in ids] == []


def test_attendance_shows_when_there_is_something_to_say(cast: Cast, signed_in: SignedIn) -> None:
    row = planned(cast)
    reader, url = signed_in(cast.cheffe_alm), f"/reunions/{row.pk}/"
    assert 'id="presents"' not in _text(reader, url)
    Reunion.objects.update(le=clock.now() - timedelta(hours=1))
    assert "Qui est là" in _text(reader, url)
    assert 'id="presents"' not in _text(signed_in(cast.karim), url)
    reader = signed_in(cast.cheffe_alm)
    assert (
        reader.post(
            f"{url}presents/", {f"present-{cast.alm.pk}": "3", f"present-{cast.relais.pk}": "0"}
        ).status_code
        == 302
    )
    seen = _text(signed_in(cast.karim), url)
    assert ["Qui était là" in seen, "3 présents" in seen, "0 présent" in seen] == [True, True, False]


def test_a_guest_sees_neither_name_nor_number(cast: Cast, signed_in: SignedIn, client: Client) -> None:
    late_orientation(cast)
    row = planned(cast)
    answer = signed_in(cast.cheffe_alm).post(f"/reunions/{row.pk}/inviter/", {"structure": "Bailleur"})
    link = html.unescape(answer.content.decode()).split("<code>")[1].split("</code>")[0]
    page = _text(client, link.removeprefix("http://testserver"))
    assert ["Bailleur" in page, "Yanis" in page, "rientation" in page, "Karim" in page] == [
        True,
        False,
        False,
        False,
    ]
    assert "Yanis" in _text(signed_in(cast.cheffe_alm), f"/reunions/{row.pk}/")
    assert "Yanis" not in _text(signed_in(cast.coordination), f"/reunions/{row.pk}/")
    assert client.get("/reunions/invite/autre/").status_code == 404
    Reunion.objects.update(le=clock.now() - timedelta(days=2))
    assert client.get(link.removeprefix("http://testserver")).status_code == 404


def test_a_calendar_program_reads_the_feed(cast: Cast, signed_in: SignedIn, client: Client) -> None:
    row = planned(cast, lieu="Salle A, rez-de-chaussée ; entrée par la cour des Grands-Peupliers")
    holder = signed_in(cast.samira)
    answer = holder.post("/reunions/agenda/", {"pour": "moi"})
    link = answer.content.decode().split("<code>")[1].split("</code>")[0].removeprefix("http://testserver")
    read = vobject.readOne(client.get(link).content.decode())
    event = read.vevent
    assert event.summary.value == "Réunion du partenariat (Partenariat ici)"
    assert event.location.value == row.lieu
    assert event.dtstart.value == row.le.replace(microsecond=0)
    assert read.vtimezone.tzid.value == "Europe/Paris"
    assert max(len(line) for line in client.get(link).content.split(b"\r\n")) <= 75
    feed = (
        holder.get("/reunions/agenda/").content.decode().split("/reunions/agenda/")[-1].split("/fermer/")[0]
    )
    assert signed_in(cast.karim).post(f"/reunions/agenda/{feed}/fermer/").status_code == 404
    assert holder.post(f"/reunions/agenda/{feed}/fermer/").status_code == 302
    assert client.get(link).status_code == 404


def test_a_group_keeps_two_numbers_and_no_word(cast: Cast, signed_in: SignedIn) -> None:
    client, row = signed_in(cast.cheffe_alm), planned(cast, -1, genre="groupe")
    page, here = f"/reunions/{row.pk}", str(cast.alm.pk)
    door = {f"present-{here}": "3", f"signe-{here}": "on"}
    assert client.post(f"{page}/porte/", door).status_code == 409
    add_clause(cast.ici, "regles_groupe", "adoptees_signees_par_tous")
    assert client.post(f"{page}/porte/", {f"present-{here}": "3"}).status_code == 409
    assert client.post(f"{page}/porte/", door).status_code == 302
    numbers = {f"situations-{here}": "4", f"decisions-{here}": "2"}
    assert client.post(f"{page}/comptes/", numbers | {"texte": "Zébulonette"}).status_code == 302
    refused = client.post(f"{page}/comptes/", {f"situations-{here}": "Zébulonette"})
    assert (refused.status_code, "Zébulonette" in refused.content.decode()) == (422, False)
    for act in ("compte-rendu", "decider"):
        data = {"texte": "Zébulonette", "version": "1", "service": here, "echeance": str(clock.today())}
        assert client.post(f"{page}/{act}/", data).status_code == 409
    shown = _text(client, f"{page}/")
    assert ["<textarea" in shown, 'type="text"' in shown] == [False, False]
    assert list(ComptesGroupe.objects.values_list("situations", "decisions")) == [(4, 2)]


def test_two_teams_see_only_what_they_share(cast: Cast, signed_in: SignedIn) -> None:
    for who, start, end in (("karim", "14:00", "18:00"), ("samira", "16:00", "20:00")):
        data = {"jour": "1", "debut": start, "fin": end}
        assert signed_in(cast.membres[who]).post("/reunions/creneaux/", data).status_code == 302
    page = _text(signed_in(cast.karim), "/reunions/creneaux/")
    assert ["de 16 h 00 à 18 h 00" in page, "20 h" in page] == [True, False]
    wrong = signed_in(cast.karim).post("/reunions/creneaux/", {"jour": "1", "debut": "18:00", "fin": "14:00"})
    assert wrong.status_code == 422
    assert signed_in(cast.lecteur).post("/reunions/creneaux/", data).status_code == 403
