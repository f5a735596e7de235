"""A service that left a partnership finds nothing of it: each address answers as for what never was."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from maillage.base import clock
from maillage.main_courante.actions.avis import waiting_lines
from maillage.main_courante.actions.demandes import DemandeData, ask_about_place
from maillage.main_courante.actions.messages import MessageData, send_message
from maillage.main_courante.models import DemandeDeLieu
from maillage.orientations.actions import accept_orientation, propose_relais
from maillage.orientations.models import Orientation
from maillage.sharing import designations as acts
from maillage.sharing import informations
from maillage.sharing.models import Tache
from maillage.web.areas import area_urls
from tests.cast import Cast, Membre
from tests.door import acteur, prepare, send
from tests.sharing.test_designations import prepared, staffed
from tests.sharing.test_informations import needed, young

SignedIn = Callable[[Membre], Client]
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
__all__ = ["staffed", "young"]


def leave(cast: Cast, *services: str) -> None:
    """End these services' part in the partnership yesterday."""
    mine = cast.ici.participations.filter(service__in=[cast.services[one] for one in services])
    assert mine.update(fin=clock.today() - timedelta(days=1)) == len(services)


def addresses(area: str, **objects: UUID) -> list[tuple[str, str]]:
    """Return (method, address) for every method of the area's addresses that name one of `objects`."""
    urls, found = area_urls()[area], []
    for pattern in urls.urlpatterns:
        names = set(pattern.pattern.converters)
        if not names or not names <= {*objects, "genre", "alinea"}:
            continue
        given = {name: {"genre": "pdf", "alinea": 1}.get(name) or objects[name] for name in names}
        address = reverse(f"{area}:{pattern.name}", kwargs=given)
        found += [(method, address) for method in sorted(urls.RULES[pattern.name].methods)]
    return found


def answers(client: Client, asked: list[tuple[str, str]], data: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return what each address says, identifiers left out."""
    got = []
    for method, address in asked:
        answer = client.generic(method, address) if method == "GET" else client.post(address, data)
        got.append((f"{method} {IDENTIFIER.sub('', address)}", answer.status_code))
    return got


def as_absent(client: Client, area: str, data: Mapping[str, str] | None = None, **objects: UUID) -> None:
    """Check that these objects answer as others that never were, whatever is sent."""
    for sent in ({}, data or {}):
        real = answers(client, addresses(area, **objects), sent)
        never = answers(client, addresses(area, **{name: uuid4() for name in objects}), sent)
        assert real == never
        assert {status for _, status in real} == {404}


def sent_and_taken(cast: Cast) -> tuple[Orientation, UUID, UUID]:
    """An orientation that Le Relais took, a relais offered, and something each service still owes."""
    row = send(cast)
    accept_orientation(orientation=row, by=acteur(cast.samira))
    relais = propose_relais(orientation=row, by=acteur(cast.karim))
    task = Tache.objects.create(
        echange_id=row.echange, service=cast.alm, obligation="O-COPIE-PCD", echeance=clock.today()
    )
    return row, relais.pk, task.pk


@pytest.mark.parametrize(("gone", "who"), [("alm", "karim"), ("relais", "samira")])
def test_an_orientation(cast: Cast, signed_in: SignedIn, gone: str, who: str) -> None:
    row, relais, task = sent_and_taken(cast)
    Tache.objects.filter(pk=task).update(service=cast.services[gone])
    leave(cast, gone)
    said = {"donneur": "jeune", "etat": "sans_suite", "decliner-motif": "autre"}
    as_absent(
        signed_in(cast.membres[who]), "orientations", said, orientation=row.pk, relais=relais, tache=task
    )
    row.refresh_from_db()
    assert (row.retiree_le, Tache.objects.get(pk=task).faite_le) == (None, None)


def test_a_draft(cast: Cast, signed_in: SignedIn) -> None:
    row = prepare(cast)
    leave(cast, "alm")
    as_absent(signed_in(cast.karim), "orientations", orientation=row.pk)


def test_news_and_requests_of_a_place(cast: Cast, signed_in: SignedIn) -> None:
    cast.ici.participations.create(service=cast.mairie, debut=cast.maire.poste.debut)
    said = MessageData(uuid4(), cast.alm.pk, cast.hall.pk, "nuit", "aucun", "regroupement")
    news = send_message(by=acteur(cast.samira), data=said)
    asked = DemandeData(id=uuid4(), lieu=cast.hall.pk, motif="bruit", service=cast.alm.pk)
    ask_about_place(by=acteur(cast.maire), data=asked)
    assert len(waiting_lines(cast.alm, clock.now())) == 2
    leave(cast, "alm", "mairie")
    team, town = signed_in(cast.cheffe_alm), signed_in(cast.maire)
    as_absent(team, "messages", {"reponse": "vu"}, message=news.message.pk)
    as_absent(team, "demandes", {"reponse": "pas_pour_nous"}, demande=asked.id)
    assert team.get("/demandes/").context["demandes"] == []
    assert town.get("/demander-un-passage/").context["demandes"] == []
    assert waiting_lines(cast.alm, clock.now()) == []
    assert DemandeDeLieu.objects.get().reponse == ""


def test_an_act_and_an_information(staffed: Cast, young: UUID, signed_in: SignedIn) -> None:
    act = prepared(staffed)
    (told,) = informations.inform(by=acteur(staffed.samira), personne=young, said=needed(staffed))
    leave(staffed, "mairie", "relais")
    mayor, samira = signed_in(staffed.maire), signed_in(staffed.samira)
    as_absent(mayor, "designations", {"version": "2", "etape": "accord"}, designation=act.pk)
    as_absent(mayor, "informations", information=told.pk)
    assert samira.get(f"/informations/{told.pk}/papier.pdf").status_code == 404
    assert mayor.get("/designations/").context["rows"] == []
    assert [client.get("/informations/").context["rows"] for client in (mayor, samira)] == [[], []]


def test_a_coordonnateur_reads_nothing_once_the_town_hall_left(staffed: Cast, signed_in: SignedIn) -> None:
    act = prepared(staffed)
    today = clock.today()
    acts.sign_designation(by=acteur(staffed.maire), designation=act.pk, debut=today, fin=today, version=2)
    (person,) = act.perimetre.values_list("personne", flat=True)
    client = signed_in(staffed.direction_alm)
    assert [len(family.personnes) for family, _ in client.get("/designations/").context["families"]] == [1]
    leave(staffed, "mairie")
    assert client.get("/designations/").context["families"] == []
    as_absent(client, "informations", personne=person)
