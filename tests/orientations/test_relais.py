"""The relais à trois and the counts of the month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from maillage.base import clock
from maillage.orientations.actions import (
    accept_orientation,
    answer_relais,
    decline_orientation,
    propose_relais,
    return_suite,
)
from maillage.orientations.enums import EtatRelais, MotifDecline, Suite
from maillage.orientations.models import Orientation, Relais
from maillage.orientations.queries import own_decisions, sent_face
from maillage.pilotage.reciprocite import flows
from maillage.sharing import persons
from maillage.sharing.errors import BadAnswer, NotNow, NotVisible, Withheld
from maillage.sharing.queries import list_accompagnements
from tests.cast import Cast
from tests.door import acteur, send, told


def agree_to_relais(cast: Cast, orientation: Orientation) -> None:
    """The young person and his mother tell Karim that a meeting of three suits them."""
    assert orientation.sujet is not None
    for donneur, lien in (("jeune", None), ("titulaire", "mere")):
        persons.record_accord(
            by=acteur(cast.karim),
            personne=orientation.sujet,
            portee="relais",
            destinataire=cast.relais,
            donneur=donneur,
            lien=lien,
            etat="donne",
        )


def test_the_receiving_side_proposes_nothing_without_the_accords(cast: Cast) -> None:
    orientation = send(cast)
    samira = acteur(cast.samira)
    accept_orientation(orientation=orientation, by=samira)
    with pytest.raises(Withheld) as caught:
        propose_relais(orientation=orientation, by=samira)
    assert caught.value.echange.verdict["fondements"] == ["RELAIS-PRESENT"]
    assert sent_face(acteur(cast.karim), orientation.pk).relais == ()
    (line,) = list_accompagnements(samira)
    for donneur, lien in (("jeune", None), ("titulaire", "mere")):
        persons.record_accord(
            by=samira,
            personne=line.personne,
            portee="relais",
            destinataire=cast.alm,
            donneur=donneur,
            lien=lien,
            etat="donne",
        )
    propose_relais(orientation=orientation, by=samira)
    (seen,) = sent_face(acteur(cast.karim), orientation.pk).relais
    assert (seen.etat, seen.par_moi) == ("propose", False)


def test_what_is_said_at_a_relais_comes_back_without_any_clause(cast: Cast) -> None:
    orientation = send(cast)
    karim, samira = acteur(cast.karim), acteur(cast.samira)
    accept_orientation(orientation=orientation, by=samira)
    relais = propose_relais(orientation=orientation, by=karim)
    assert propose_relais(orientation=orientation, by=karim) == relais
    with pytest.raises(Withheld):
        answer_relais(relais=relais, by=samira, etat=EtatRelais.CONVENU, date_convenue=clock.today())
    agree_to_relais(cast, orientation)
    answer_relais(relais=relais, by=samira, etat=EtatRelais.CONVENU, date_convenue=clock.today())
    relais = answer_relais(relais=relais, by=karim, etat=EtatRelais.TENU)
    with pytest.raises(Withheld):
        return_suite(orientation=orientation, by=samira, code=Suite.RELATION_ENGAGEE)
    return_suite(orientation=orientation, by=samira, code=Suite.RELATION_ENGAGEE, relais=relais)
    face = sent_face(karim, orientation.pk)
    assert [one.code for one in face.retours] == ["relation_engagee"]
    assert [one.etat for one in face.relais] == ["tenu"]


def test_a_relais_moves_only_forward_and_by_the_right_side(cast: Cast) -> None:
    orientation = send(cast)
    karim, samira = acteur(cast.karim), acteur(cast.samira)
    relais = propose_relais(orientation=orientation, by=karim)
    agree_to_relais(cast, orientation)
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(NotNow, match="l'autre service"):
        answer_relais(relais=relais, by=karim, etat=EtatRelais.CONVENU, date_convenue=tomorrow)
    for day in (None, date(2020, 1, 1), orientation.cloture_prevue_le, date.max):
        with pytest.raises(BadAnswer):
            answer_relais(relais=relais, by=samira, etat=EtatRelais.CONVENU, date_convenue=day)
    with pytest.raises(NotNow, match="jour convenu"):
        answer_relais(relais=relais, by=samira, etat=EtatRelais.TENU)
    with pytest.raises(NotNow, match="Seul le service"):
        answer_relais(relais=relais, by=samira, etat=EtatRelais.SANS_SUITE)
    with pytest.raises(NotVisible):
        answer_relais(relais=relais, by=acteur(cast.mediateur_sud), etat=EtatRelais.SANS_SUITE)
    answer_relais(relais=relais, by=samira, etat=EtatRelais.CONVENU, date_convenue=tomorrow)
    with pytest.raises(NotNow, match="pas encore eu lieu"):
        answer_relais(relais=relais, by=samira, etat=EtatRelais.TENU)
    answer_relais(relais=relais, by=karim, etat=EtatRelais.SANS_SUITE)
    assert Relais.objects.get().etat == "sans_suite"


def test_a_return_needs_a_relais_that_was_held_here(cast: Cast) -> None:
    one, other = send(cast), send(cast)
    karim, samira = acteur(cast.karim), acteur(cast.samira)
    accept_orientation(orientation=one, by=samira)
    for relais in (propose_relais(orientation=one, by=karim), propose_relais(orientation=other, by=karim)):
        with pytest.raises(NotNow, match="pas été tenu"):
            return_suite(orientation=one, by=samira, code=Suite.RENCONTRE_FAITE, relais=relais)


def test_each_side_counts_only_what_it_may_see(cast: Cast) -> None:
    samira, month = acteur(cast.samira), clock.today()
    for decide in (accept_orientation, None, None):
        orientation = send(cast)
        if decide is not None:
            decide(orientation=orientation, by=samira)
    decline_orientation(orientation=orientation, by=samira, motif=MotifDecline.AUTRE)

    def counts(who: str) -> dict[tuple[str, str], tuple[int | None, int | None]]:
        return told(cast, who, month)

    everyone = {("ALM", "Le Relais"): (3, 0), ("Le Relais", "ALM"): (0, 0)}
    everyone |= {("La Nuit", "Le Relais"): (0, 0), ("Le Relais", "La Nuit"): (0, 0)}
    assert counts("karim") == counts("samira") == everyone
    assert counts("nuit") == {**everyone, ("ALM", "Le Relais"): (None, 0)}
    for _ in range(2):
        send(cast)
    assert counts("nuit")["ALM", "Le Relais"] == (5, 0)
    own = own_decisions(samira, cast.ici, month)
    assert (own.recues, own.acceptees, own.declinees, own.a_voir) == (5, 1, 1, 3)
    assert own_decisions(acteur(cast.karim), cast.ici, month).recues == 0
    with pytest.raises(NotVisible):
        flows(acteur(cast.mediateur_sud), cast.ici, month, month)
    with pytest.raises(NotVisible):
        own_decisions(acteur(cast.mediateur_sud), cast.ici, month)


def test_a_month_ends_where_the_next_begins(cast: Cast) -> None:
    for day in ("2026-11-30T23:59:00+01:00", "2026-12-01T00:01:00+01:00", "2026-12-31T23:59:00+01:00"):
        with time_machine.travel(day, tick=False):
            send(cast)
    counted = [told(cast, "karim", date(2026, month, 15))["ALM", "Le Relais"] for month in (10, 11, 12)]
    assert counted == [(0, 0), (1, 0), (2, 0)]
