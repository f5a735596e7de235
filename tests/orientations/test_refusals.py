"""Walls, roles, stale forms, absurd answers: each refusal is one clear sentence and writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.conventions.models import Participation
from maillage.directory.enums import GenreLieu
from maillage.directory.models import Indisponibilite, Lieu
from maillage.dossiers.models import Accord, Personne
from maillage.orientations.actions import (
    abandon_draft,
    accept_orientation,
    decline_orientation,
    prepare_orientation,
    propose_relais,
    reassign_porteur,
    record_suite,
    redirect_orientation,
    return_suite,
    send_orientation,
    update_draft,
    withdraw,
)
from maillage.orientations.enums import MotifDecline, MotifReorientation, Suite
from maillage.orientations.faces import AlreadyTaken
from maillage.orientations.models import Orientation, Reception
from maillage.orientations.queries import (
    examine_answers,
    examine_draft,
    examine_return,
    received_face,
    received_list,
    sent_face,
    sent_list,
)
from maillage.sharing.errors import BadAnswer, NotNow, NotVisible, ReadOnly, Stale
from tests.cast import Cast
from tests.door import YANIS, acteur, prepare, send

WRITES: dict[str, Callable[[Orientation, Any], object]] = {
    "update": lambda o, by: update_draft(orientation=o, by=by, version=o.version, answers=YANIS),
    "send": lambda o, by: send_orientation(orientation=o, by=by, version=o.version),
    "abandon": lambda o, by: abandon_draft(orientation=o, by=by),
    "reassign": lambda o, by: reassign_porteur(orientation=o, by=by, porteur=by.poste),
    "accept": lambda o, by: accept_orientation(orientation=o, by=by),
    "decline": lambda o, by: decline_orientation(orientation=o, by=by, motif=MotifDecline.AUTRE),
    "redirect": lambda o, by: redirect_orientation(
        orientation=o, by=by, motif=MotifReorientation.AUTRE_BESOIN, vers=None
    ),
    "suite": lambda o, by: record_suite(orientation=o, by=by, code=Suite.RENCONTRE_FAITE),
    "return": lambda o, by: return_suite(orientation=o, by=by, code=Suite.RENCONTRE_FAITE),
    "relais": lambda o, by: propose_relais(orientation=o, by=by),
    "withdraw": lambda o, by: withdraw(orientation=o, by=by, donneur="jeune"),
}
READS: dict[str, Callable[[Orientation, Any], object]] = {
    "sent": lambda o, by: sent_face(by, o.pk),
    "received": lambda o, by: received_face(by, o.pk),
    "draft": lambda o, by: examine_draft(by, orientation=o),
    "return": lambda o, by: examine_return(by, orientation=o),
}
STRANGERS = ["mediateur_sud", "educatrice_sud", "nuit", "maire", "direction_alm", "coordination", "dpo"]


@pytest.mark.requirement("S-09")
@pytest.mark.parametrize("act", [*WRITES])
def test_nobody_else_can_act(cast: Cast, act: str) -> None:
    orientation = send(cast)
    before = Orientation.objects.filter(pk=orientation.pk).values().get()
    for who in STRANGERS:
        with pytest.raises(NotVisible):
            WRITES[act](orientation, acteur(cast.membres[who]))
    assert Orientation.objects.filter(pk=orientation.pk).values().get() == before
    assert Reception.objects.get(orientation=orientation).etat == "a_voir"


@pytest.mark.requirement("S-09")
@pytest.mark.parametrize("read", [*READS])
def test_nobody_else_can_read(cast: Cast, read: str) -> None:
    orientation = send(cast)
    for who in STRANGERS:
        with pytest.raises(NotVisible):
            READS[read](orientation, acteur(cast.membres[who]))


@pytest.mark.parametrize("who", ["mediateur_sud", "educatrice_sud", "nuit"])
def test_other_teams_lists_are_empty(cast: Cast, who: str) -> None:
    send(cast)
    assert sent_list(acteur(cast.membres[who])) == []
    assert received_list(acteur(cast.membres[who])) == []


@pytest.mark.parametrize("who", ["maire", "direction_alm", "coordination", "dpo"])
def test_posts_that_meet_nobody_have_no_list(cast: Cast, who: str) -> None:
    for read in (sent_list, received_list):
        with pytest.raises(NotVisible):
            read(acteur(cast.membres[who]))


@pytest.mark.parametrize("act", [name for name in WRITES if name not in {"accept", "decline", "redirect"}])
def test_a_post_that_only_reads_is_told_so(cast: Cast, act: str) -> None:
    orientation = send(cast)
    reader = acteur(cast.lecteur)
    assert sent_face(reader, orientation.pk).personne.appellation == "Yanis"
    with pytest.raises(ReadOnly):
        WRITES[act](orientation, reader)


@pytest.mark.requirement("S-21")
def test_a_refused_reading_stays_in_the_ledger(cast: Cast) -> None:
    orientation = send(cast)
    assert not Ligne.objects.filter(chaine=cast.services["nuit"].pk).exists()
    with pytest.raises(NotVisible):
        received_face(acteur(cast.membres["nuit"]), orientation.pk)
    lines = Ligne.objects.filter(chaine=cast.services["nuit"].pk)
    assert [line.acte for line in lines] == ["refus"]


@pytest.mark.requirement("S-09")
def test_absent_and_forbidden_look_the_same(cast: Cast) -> None:
    orientation = send(cast)
    messages = set()
    for identifier in (orientation.pk, new_id()):
        with pytest.raises(NotVisible) as caught:
            sent_face(acteur(cast.mediateur_sud), identifier)
        messages.add(str(caught.value))
    assert len(messages) == 1


@pytest.mark.requirement("S-31")
def test_a_stale_correction_writes_nothing(cast: Cast) -> None:
    draft = prepare(cast)
    nadia, karim = acteur(cast.nadia), acteur(cast.karim)
    changed = replace(YANIS, besoin="Trouver un stage")
    update_draft(orientation=draft, by=nadia, version=0, answers=changed)
    with pytest.raises(Stale):
        update_draft(orientation=draft, by=karim, version=0, answers=YANIS)
    with pytest.raises(Stale):
        send_orientation(orientation=draft, by=karim, version=0)
    assert sent_face(karim, draft.pk).personne.besoin == "Trouver un stage"


def test_a_sent_orientation_is_neither_corrected_nor_given_up(cast: Cast) -> None:
    orientation = send(cast)
    for act in ("update", "abandon"):
        with pytest.raises(NotNow, match="déjà partie"):
            WRITES[act](orientation, acteur(cast.karim))
    assert WRITES["send"](orientation, acteur(cast.karim)) == orientation


def test_a_given_up_draft_forgets_the_person(cast: Cast) -> None:
    draft = prepare(cast)
    abandon_draft(orientation=draft, by=acteur(cast.nadia))
    assert sent_list(acteur(cast.karim)) == []
    assert bytes(Personne.objects.get(pk=draft.sujet).contact_scelle) == b""


@pytest.mark.parametrize("act", ["accept", "decline", "redirect", "return", "relais", "withdraw"])
def test_a_closed_orientation_is_not_answered(cast: Cast, act: str) -> None:
    orientation = send(cast)
    end = time_machine.travel(clock.now() + timedelta(days=42), tick=False)
    with end, pytest.raises(NotNow, match="est close depuis le"):
        WRITES[act](orientation, acteur(cast.samira))
    assert Reception.objects.get(orientation=orientation).etat == "a_voir"


@pytest.mark.requirement("S-11")
def test_one_does_not_orient_to_oneself_nor_beyond_the_wall(cast: Cast) -> None:
    karim = acteur(cast.karim)
    with pytest.raises(BadAnswer, match="son propre service"):
        prepare_orientation(by=karim, partenariat=cast.ici, destinataire=cast.alm, answers=YANIS)
    for partenariat, service in [
        (cast.ici, cast.prevention_sud),
        (cast.ailleurs, cast.prevention_sud),
        (cast.ailleurs, cast.relais),
        (cast.ici, cast.mairie),
    ]:
        with pytest.raises(NotVisible):
            prepare_orientation(by=karim, partenariat=partenariat, destinataire=service, answers=YANIS)
        with pytest.raises(NotVisible):
            examine_answers(karim, partenariat=partenariat, destinataire=service, answers=YANIS)
    assert Personne.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "champ"),
    [
        ({"appellation": "", "contact": " "}, "contact"),
        ({"besoin": ""}, "besoin"),
        ({"tranche_age": "vieux"}, "tranche_age"),
        ({"accord": "peut-être"}, "accord"),
        ({"accords_titulaires": {"tante": "donne"}}, "lien"),
        ({"appellation": "Y" * 81}, "appellation"),
        ({"appellation": "Ya\u202enis"}, "appellation"),
        ({"appellation": "Ya\u200dnis"}, "appellation"),
        ({"appellation": "\u3164"}, "appellation"),
        ({"appellation": "Y" + "\u0301" * 9}, "appellation"),
        ({"besoin": "b" * 601}, "besoin"),
    ],
)
def test_an_absurd_answer_is_named_and_nothing_is_kept(
    cast: Cast, change: dict[str, Any], champ: str
) -> None:
    with pytest.raises(BadAnswer) as caught:
        prepare(cast, replace(YANIS, **change))
    assert caught.value.champ == champ
    assert (Personne.objects.count(), Orientation.objects.count(), Accord.objects.count()) == (0, 0, 0)


@pytest.mark.requirement("S-32")
def test_any_text_is_kept_exactly(cast: Cast) -> None:
    text = "Il dit « ça va » 👩‍👧 — مرحبا, <b>gras</b> ; demain"
    draft = prepare(cast, replace(YANIS, besoin=text, appellation="Zoë 👩‍👧"))
    face = sent_face(acteur(cast.karim), draft.pk)
    assert (face.personne.besoin, face.personne.appellation) == (text, "Zoë 👩‍👧")


def test_age_and_area_are_said_before_sending_and_stop_it(cast: Cast) -> None:
    karim = acteur(cast.karim)
    elsewhere = Lieu.objects.create(territoire=cast.quartier_sud, nom="Gare", genre=GenreLieu.GARE)
    cast.relais.age_max = 14
    cast.relais.save()
    answers = replace(YANIS, lieu=elsewhere)
    said = examine_answers(karim, partenariat=cast.ici, destinataire=cast.relais, answers=answers)
    assert [(one.code, one.bloque) for one in said.obstacles] == [("hors_age", True), ("hors_secteur", True)]
    draft = prepare(cast, answers)
    with pytest.raises(NotNow, match="hors d'âge"):
        send_orientation(orientation=draft, by=karim, version=0)
    here = replace(YANIS, lieu=cast.hall, tranche_age="moins_15")
    said = examine_answers(karim, partenariat=cast.ici, destinataire=cast.relais, answers=here)
    assert said.obstacles == []


def test_an_absence_is_a_dated_state_the_same_for_all(cast: Cast) -> None:
    today = clock.today()
    Indisponibilite.objects.create(service=cast.relais, debut=today, fin=date(2099, 1, 5))
    said = examine_answers(acteur(cast.karim), partenariat=cast.ici, destinataire=cast.relais, answers=YANIS)
    assert [(one.code, one.bloque, one.phrase) for one in said.obstacles] == [
        ("indisponible", False, "Le Relais est indisponible jusqu'au 05/01/2099, pour tous les envois.")
    ]
    assert send(cast).recue_le is not None


def test_the_loser_is_told_who(cast: Cast) -> None:
    orientation = send(cast)
    accept_orientation(orientation=orientation, by=acteur(cast.samira))
    lost = accept_orientation(orientation=orientation, by=acteur(cast.bruno))
    assert lost == AlreadyTaken(orientation.pk, cast.samira.poste)


def test_a_decision_is_taken_once(cast: Cast) -> None:
    orientation = send(cast)
    samira = acteur(cast.samira)
    decline_orientation(orientation=orientation, by=samira, motif=MotifDecline.INJOIGNABLE)
    decline_orientation(orientation=orientation, by=samira, motif=MotifDecline.INJOIGNABLE)
    for act in ("accept", "redirect", "suite", "return"):
        with pytest.raises(NotNow):
            WRITES[act](orientation, samira)
    face = received_face(samira, orientation.pk)
    assert (face.etat, face.motif, face.personne.appellation) == ("declinee", "Injoignable", "")


def test_a_departed_colleagues_orientation_gets_a_new_bearer(cast: Cast) -> None:
    orientation = send(cast)
    karim = acteur(cast.karim)
    for wrong in (cast.partie, cast.samira):
        with pytest.raises(BadAnswer):
            reassign_porteur(orientation=orientation, by=karim, porteur=wrong.poste)
    assert (
        reassign_porteur(orientation=orientation, by=karim, porteur=cast.nadia.poste).porteur
        == cast.nadia.poste
    )


@pytest.mark.requirement("S-11")
def test_a_service_that_left_the_partnership_sees_nothing_more(cast: Cast) -> None:
    orientation = send(cast)
    Participation.objects.filter(partenariat=cast.ici).update(fin=date(2021, 1, 1))
    karim, samira = acteur(cast.karim), acteur(cast.samira)
    assert (sent_list(karim), received_list(samira)) == ([], [])
    for read in (lambda: sent_face(karim, orientation.pk), lambda: received_face(samira, orientation.pk)):
        with pytest.raises(NotVisible):
            read()
    with pytest.raises(NotVisible):
        accept_orientation(orientation=orientation, by=samira)
