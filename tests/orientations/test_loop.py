"""The main loop, as both services live it (journey J2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from maillage.base import clock
from maillage.orientations.actions import (
    accept_orientation,
    record_suite,
    return_suite,
    send_orientation,
)
from maillage.orientations.enums import Suite
from maillage.orientations.faces import Accepted, Answers
from maillage.orientations.queries import received_face, received_list, sent_face, sent_list
from maillage.sharing.errors import Withheld
from maillage.sharing.models import Echange
from maillage.sharing.queries import read_accompagnement
from tests.cast import Cast
from tests.door import WITH_RETURN, YANIS, acteur, add_clause, adopt, prepare, send


def test_sending_delivers_at_once_and_fixes_the_end(cast: Cast) -> None:
    orientation = send(cast)
    today = clock.today()
    assert orientation.recue_le == orientation.envoyee_le
    assert orientation.reponse_attendue_le == today + timedelta(days=14)
    assert orientation.cloture_prevue_le == today + timedelta(days=42)
    echange = Echange.objects.get(orientation=orientation.pk)
    assert (echange.issue, echange.statut) == ("permis", "transmis")
    assert echange.verdict["fondements"] == ["ORIENT-PRIVE"]
    assert echange.pk == orientation.echange


def test_both_faces_read_the_same_person(cast: Cast) -> None:
    orientation = send(cast)
    sent = sent_face(acteur(cast.nadia), orientation.pk)
    assert (sent.visible, sent.personne.appellation, sent.retours) == ("recue", "Yanis", ())
    received = received_face(acteur(cast.bruno), orientation.pk)
    assert received.personne.contact == "Hall 4, le soir"
    assert received.personne.besoin == "Parler à quelqu'un"
    assert [line.appellation for line in sent_list(acteur(cast.karim))] == ["Yanis"]
    assert [line.etat for line in received_list(acteur(cast.samira), a_voir=True)] == ["a_voir"]


def test_accepting_opens_the_services_own_accompagnement(cast: Cast) -> None:
    orientation = send(cast)
    samira = acteur(cast.samira)
    accepted = accept_orientation(orientation=orientation, by=samira)
    assert isinstance(accepted, Accepted)
    assert accepted.accompagnement is not None
    sheet = read_accompagnement(samira, accepted.accompagnement)
    assert (sheet.pseudonyme, sheet.tranche_age, sheet.orientation) == ("Yanis", "15_17", orientation.pk)
    assert [one.nom for one in sheet.referents] == ["Samira Essai"]
    assert [(one.donneur, one.etat) for one in sheet.adhesions] == [("jeune", "suscitee")]
    assert accept_orientation(orientation=orientation, by=samira) == accepted


@pytest.mark.parametrize(
    ("clause", "reading", "answers", "missing"),
    [
        (True, True, WITH_RETURN, None),
        (False, True, WITH_RETURN, {"RELAIS-PRESENT", "RETOUR-CONVENU"}),
        (True, False, WITH_RETURN, {"RELAIS-PRESENT"}),
        (True, True, YANIS, {"RELAIS-PRESENT", "RETOUR-CONVENU"}),
    ],
)
def test_a_return_needs_reading_clause_and_both_accords(
    cast: Cast, clause: bool, reading: bool, answers: Answers, missing: set[str] | None
) -> None:
    if clause:
        add_clause(cast.ici, "clause_retour", True)
    if reading:
        adopt(cast.ici, "U-10")
    orientation = send(cast, answers)
    samira = acteur(cast.samira)
    accept_orientation(orientation=orientation, by=samira)
    record_suite(orientation=orientation, by=samira, code=Suite.RELATION_ENGAGEE)
    face = sent_face(acteur(cast.karim), orientation.pk)
    assert face.retours == ()
    if missing is None:
        return_suite(orientation=orientation, by=samira, code=Suite.RELATION_ENGAGEE)
        face = sent_face(acteur(cast.karim), orientation.pk)
        assert [line.libelle for line in face.retours] == ["Relation engagée"]
        assert received_face(samira, orientation.pk).suites[0].renvoyee is True
        return
    with pytest.raises(Withheld) as caught:
        return_suite(orientation=orientation, by=samira, code=Suite.RELATION_ENGAGEE)
    echange = caught.value.echange
    assert (echange.issue, echange.statut) == ("incomplet", "retenu")
    assert set(echange.verdict["fondements"]) == missing
    assert sent_face(acteur(cast.karim), orientation.pk).retours == ()


def test_a_missing_accord_withholds_says_who_can_lift_it_and_is_recorded(cast: Cast) -> None:
    draft = prepare(cast, replace(YANIS, accords_titulaires={}))
    with pytest.raises(Withheld) as caught:
        send_orientation(orientation=draft, by=acteur(cast.karim), version=draft.version)
    missing = {one["regle"]: one["leve_par"] for one in caught.value.echange.verdict["manques"]}
    assert missing["ORIENT-PRIVE"] == {"accord_titulaire": "titulaire_autorite_parentale"}
    assert Echange.objects.get(orientation=draft.pk).statut == "retenu"
    draft.refresh_from_db()
    assert draft.envoyee_le is None
    assert received_list(acteur(cast.samira)) == []
