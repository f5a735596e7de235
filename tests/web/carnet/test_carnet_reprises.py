"""What the notebook takes along and takes up again: consignes, corrections, places that changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from maillage.base import clock
from maillage.main_courante.actions.consignes import ConsigneData, leave_consigne
from maillage.main_courante.gestes import Geste
from maillage.main_courante.models import Consigne, Note
from maillage.main_courante.queries.consignes import consignes_of
from tests.cast import Cast
from tests.door import acteur
from tests.phone import CODE, Phone, held

CANARY = "mot-canari-7f3"


def test_the_notebook_takes_along_the_consignes_of_its_own_service_only(
    cast: Cast, nadia: Phone, signed_in: Any
) -> None:
    left = ConsigneData(id=uuid4(), lieu=cast.hall.pk, geste=Geste.PASSER, texte=CANARY)
    leave_consigne(by=acteur(cast.karim), data=left)
    told = nadia.client.get("/carnet/soiree/").json()["reference"]["consignes"]
    assert told == [{"id": str(left.id), "lieu": "Hall 4", "texte": CANARY, "de": "Passer voir"}]
    for member in (cast.samira, cast.nuit, cast.mediateur_sud):
        assert CANARY not in signed_in(member).get("/carnet/soiree/").content.decode()


def test_a_consigne_left_without_a_network_reaches_the_next_team_once(cast: Cast, nadia: Phone) -> None:
    left = {"id": str(uuid4()), "lieu": str(cast.hall.pk), "geste": "attention", "texte": CANARY}
    envelope = nadia.seal(left, "consigne")
    assert [nadia.send(envelope), nadia.send(envelope)] == [["cree"], ["cree"]]
    row = Consigne.objects.get()
    assert (str(row.pk), row.poste, row.geste) == (left["id"], cast.nadia.poste, "attention")
    assert [line.texte for line in consignes_of(acteur(cast.karim))] == [CANARY]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"geste": "danser"}, "Cette consigne ne se lit pas."),
        ({"lieu": "ici"}, "Cette consigne ne se lit pas."),
        ({"texte": 3}, "Le texte doit être une chaîne de caractères."),
        ({"lieu": str(uuid4())}, "Ce lieu n'est pas dans le territoire de votre équipe."),
    ],
)
def test_a_consigne_that_cannot_be_is_refused_in_words(
    cast: Cast, nadia: Phone, wrong: dict[str, Any], said: str
) -> None:
    left = {"id": str(uuid4()), "lieu": str(cast.hall.pk), "geste": "passer", "texte": ""} | wrong
    answer = nadia.post("envoyer", {"enveloppes": [nadia.seal(left, "consigne")]}).json()
    assert [(one["statut"], one["motif"]) for one in answer] == [("refuse", said)]
    assert not Consigne.objects.exists()


def test_two_corrections_at_once_are_both_shown_in_the_notebook(nadia: Phone, karim: Phone) -> None:
    outing = {"id": str(uuid4()), "debut": clock.now().isoformat(), "fin": None}
    outing["equipage"] = [str(nadia.poste), str(karim.poste)]
    first = nadia.note()
    assert nadia.send(nadia.seal(first, sortie=outing)) == ["cree"]
    for phone, text in ((nadia, "Six."), (karim, "Neuf.")):
        assert phone.send(phone.seal(phone.note(corrige=first["id"], texte=text), sortie=outing)) == ["cree"]
    told = nadia.client.get("/carnet/soiree/").json()["notes"]
    assert sorted((one["texte"], one["rivale"]) for one in told) == [("Neuf.", True), ("Six.", True)]


def test_a_correction_starts_from_what_was_ticked_and_keeps_its_moment(cast: Cast, alm_phone: str) -> None:
    night = (clock.now() + timedelta(days=1)).astimezone(clock.PARIS).replace(hour=22)
    with time_machine.travel(night, tick=False):
        nadia, seen = held(cast, cast.nadia, alm_phone), night - timedelta(hours=2)
        assert nadia.open(CODE).status_code == 200
        first = nadia.note(observee_le=seen.isoformat(), creneau="midi", publics=["16_21"])
        first |= {"suites": ["dialogue_engage"], "origine": "partenaire"}
        assert nadia.send(nadia.seal(first)) == ["cree"]
        (told,) = nadia.client.get("/carnet/soiree/").json()["notes"]
        kept = ("publics", "suites", "origine_code", "contacts_nouveaux")
        assert [told[name] for name in kept] == [["16_21"], ["dialogue_engage"], "partenaire", None]
        again = nadia.note(corrige=first["id"], observee_le=None, effectif="10_19")
        assert nadia.send(nadia.seal(again)) == ["cree"]
    row = Note.objects.get(pk=again["id"])
    assert (row.observee_le, row.creneau, row.heure_ecartee) == (seen, "midi", False)


def test_the_notebook_says_which_places_differ_from_their_habit(cast: Cast, nadia: Phone) -> None:
    assert nadia.send(*(nadia.seal(nadia.note()) for _ in range(5))) == ["cree"] * 5
    told = nadia.client.get("/carnet/soiree/").json()["reference"]["ou_passer"]
    assert [one["lieu"] for one in told] == ["Hall 4"]
    assert told[0]["pourquoi"].startswith("5 notes en 3 semaines")
