"""Adhésions: each recipient, purpose and giver apart; a withdrawal acts at once and asks for receipts."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
import time_machine

from maillage.base import clock
from maillage.directory.models import Service
from maillage.dossiers.models import Personne
from maillage.sharing import persons
from maillage.sharing.actions import acknowledge_withdrawal, open_access
from maillage.sharing.enums import PorteeOuverture
from maillage.sharing.errors import NotVisible, ReadOnly, Stale
from maillage.sharing.models import Ouverture
from maillage.sharing.queries import (
    accompagnements_due,
    list_accompagnements,
    read_accompagnement,
    receipts_asked,
    receipts_owed,
)
from maillage.sharing.views import TakenUp
from tests.cast import Cast
from tests.door import acteur


def opened(cast: Cast, pseudonyme: str = "Pseudo") -> TakenUp:
    """Open a support held by Samira."""
    return persons.open_accompagnement(
        by=acteur(cast.samira), pseudonyme=pseudonyme, tranche_age="15_17", origine="travail_de_rue"
    )


def share(taken: TakenUp, service: Service, portee: PorteeOuverture = PorteeOuverture.PROJET) -> None:
    """Let another service see a scope of the person."""
    open_access(personne=taken.personne, service=service, portee=portee, base="adhesion")


def live(taken: TakenUp) -> set[tuple[str, str]]:
    """Return what is open on the person: (service, scope)."""
    rows = Ouverture.objects.filter(personne=taken.personne, cause_fin="")
    return set(rows.values_list("service__code", "portee"))


def say(cast: Cast, taken: TakenUp, etat: str, **more: object) -> None:
    """Note one event of an adhésion."""
    said: dict[str, object] = {"donneur": "jeune", "etat": etat, **more}
    persons.record_adhesion(by=acteur(cast.samira), accompagnement=taken.accompagnement, **said)  # type: ignore[arg-type]


OWN = ("relais", "accompagnement")


@pytest.mark.requirement("S-14")
@pytest.mark.parametrize("etat", ["retiree", "refusee", "suspendue"])
def test_a_withdrawn_adhesion_asks_each_recipient_for_a_receipt(cast: Cast, etat: str) -> None:
    taken = opened(cast)
    share(taken, cast.alm)
    share(taken, cast.services["nuit"])
    say(cast, taken, etat)
    assert live(taken) == {OWN}
    assert [len(receipts_owed(acteur(one))) for one in (cast.karim, cast.nuit, cast.samira)] == [1, 1, 0]
    assert [one.service for one in receipts_asked(acteur(cast.samira))] == ["ALM", "La Nuit"]
    assert receipts_asked(acteur(cast.karim)) == []


def test_a_receipt_is_late_then_given_once_by_its_service(cast: Cast) -> None:
    taken = opened(cast)
    share(taken, cast.alm)
    say(cast, taken, "retiree")
    (owed,) = receipts_owed(acteur(cast.karim))
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        assert [one.en_retard for one in receipts_asked(acteur(cast.samira))] == [True]
    for other in (cast.nuit, cast.samira, cast.educatrice_sud):
        with pytest.raises(NotVisible):
            acknowledge_withdrawal(by=acteur(other), recu=owed.id)
    with pytest.raises(ReadOnly):
        acknowledge_withdrawal(by=acteur(cast.lecteur), recu=owed.id)
    for _ in range(2):
        acknowledge_withdrawal(by=acteur(cast.karim), recu=owed.id)
    assert (receipts_owed(acteur(cast.karim)), receipts_asked(acteur(cast.samira))) == ([], [])


def test_an_adhesion_to_one_service_takes_back_that_alone(cast: Cast) -> None:
    taken = opened(cast)
    share(taken, cast.alm)
    share(taken, cast.services["nuit"])
    say(cast, taken, "retiree", finalite="projet", destinataire=cast.alm)
    assert live(taken) == {OWN, ("nuit", "projet")}
    (line,) = list_accompagnements(acteur(cast.samira))
    assert line.adhesion == ""
    with pytest.raises(NotVisible):
        say(cast, taken, "acquise", destinataire=cast.mediation_sud)


def test_a_designation_does_not_rest_on_an_adhesion(cast: Cast) -> None:
    taken = opened(cast)
    share(taken, cast.alm, PorteeOuverture.COORDINATION)
    say(cast, taken, "retiree")
    assert live(taken) == {OWN, ("alm", "coordination")}


SERVICES, STATES = ("alm", "nuit"), ("suscitee", "recherchee", "acquise", "suspendue", "retiree", "refusee")


@pytest.mark.requirement("S-14")
def test_random_sequences_agree_with_a_simple_model(cast: Cast) -> None:
    """S-14: the model is a set; nothing but an opening adds to it, only an end takes away."""
    for seed in range(12):
        chance, taken, model = random.Random(seed), opened(cast), {OWN}
        for _ in range(12):
            code = chance.choice(SERVICES)
            if chance.random() < 0.4:
                share(taken, cast.services[code])
                model.add((code, "projet"))
            else:
                etat, purpose = chance.choice(STATES), chance.choice(["accompagnement", "projet"])
                target = chance.choice([None, code])
                giver = chance.choice([{}, {"donneur": "titulaire", "lien": "pere"}])
                service = cast.services[target] if target else None
                say(cast, taken, etat, finalite=purpose, destinataire=service, **giver)
                if etat in {"suspendue", "retiree", "refusee"}:
                    model = {one for one in model if one == OWN or (target and one[0] != target)}
            assert live(taken) == model, seed


def test_a_parent_never_speaks_for_the_young_person(cast: Cast) -> None:
    taken = opened(cast)
    say(cast, taken, "acquise", donneur="titulaire", lien="mere")
    (line,) = list_accompagnements(acteur(cast.samira))
    assert line.adhesion == ""
    assert accompagnements_due(acteur(cast.samira)).adhesions == 1


def test_an_adhesion_is_sought_then_reviewed_by_who_answers(cast: Cast) -> None:
    taken, samira = opened(cast), cast.samira
    say(cast, taken, "recherchee")
    start = clock.now()

    def due(days: int) -> tuple[int, int]:
        with time_machine.travel(start + timedelta(days=days), tick=False):
            return (
                accompagnements_due(acteur(samira)).adhesions,
                accompagnements_due(acteur(cast.bruno)).adhesions,
            )

    assert [due(0), due(13), due(15)] == [(0, 0), (0, 0), (1, 0)]
    say(cast, taken, "acquise", explication="interprete")
    assert [due(15), due(89), due(91)] == [(0, 0), (0, 0), (1, 0)]
    say(cast, taken, "retiree")
    assert due(200) == (0, 0)


def test_each_voice_to_each_service_for_each_purpose_is_sought_apart(cast: Cast) -> None:
    taken, samira = opened(cast), acteur(cast.samira)
    say(cast, taken, "acquise")

    def due(days: int) -> int:
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            return accompagnements_due(samira).adhesions

    assert due(20) == 0
    say(cast, taken, "recherchee", donneur="titulaire", lien="mere")
    say(cast, taken, "acquise", donneur="titulaire", lien="pere")
    assert [due(13), due(20)] == [0, 1]
    say(cast, taken, "acquise", donneur="titulaire", lien="mere")
    assert due(20) == 0
    say(cast, taken, "recherchee", destinataire=cast.alm, finalite="projet")
    assert due(20) == 1
    say(cast, taken, "acquise", destinataire=cast.services["nuit"], finalite="projet")
    assert due(20) == 1
    say(cast, taken, "refusee", destinataire=cast.alm, finalite="projet")
    assert due(20) == 0
    say(cast, taken, "recherchee", donneur="titulaire", lien="mere")
    say(cast, taken, "retiree")
    assert due(20) == 0


def test_the_family_is_met_again_on_the_agreed_day(cast: Cast) -> None:
    taken, samira, today = opened(cast), acteur(cast.samira), clock.today()
    persons.note_family_meeting(
        by=samira,
        accompagnement=taken.accompagnement,
        le=today,
        engagements="Appeler le lycée",
        prochaine_le=today + timedelta(days=10),
    )
    (one,) = read_accompagnement(samira, taken.accompagnement).rencontres
    assert (one.le, one.engagements) == (today, "Appeler le lycée")
    assert accompagnements_due(samira).rencontres == 0
    with time_machine.travel(clock.now() + timedelta(days=10), tick=False):
        assert accompagnements_due(samira).rencontres == 1


def test_a_handover_seen_too_late_is_refused(cast: Cast) -> None:
    taken, samira = opened(cast), acteur(cast.samira)
    told = {"accompagnement": taken.accompagnement, "by": samira, "motif": "depart"}
    persons.hand_over(to=cast.bruno.poste, seen=cast.samira.poste.pk, **told)  # type: ignore[arg-type]
    with pytest.raises(Stale):
        persons.hand_over(to=cast.cheffe_relais.poste, seen=cast.samira.poste.pk, **told)  # type: ignore[arg-type]
    lines = read_accompagnement(samira, taken.accompagnement).referents
    assert [(one.nom, one.motif) for one in lines] == [("Bruno Essai", "depart"), ("Samira Essai", "")]


def test_two_identical_young_people_are_never_linked(cast: Cast) -> None:
    """Same name, age and need, in one service: two rows, no family, nothing that points to the other."""
    first, second = opened(cast, "Canari-Double"), opened(cast, "Canari-Double")
    sheet = read_accompagnement(acteur(cast.samira), first.accompagnement)
    assert str(second.personne) not in repr(sheet)
    assert str(second.accompagnement) not in repr(sheet)
    assert list(Personne.objects.values_list("famille", flat=True)) == [None, None]
    share(first, cast.alm)
    assert live(second) == {OWN}
