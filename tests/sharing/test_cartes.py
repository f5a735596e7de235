"""The person's card: the code and the number together, nothing else; a stop that is felt at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.comptes.throttle import TooMany
from maillage.directory.models import Service
from maillage.dossiers.models import Accompagnement
from maillage.orientations.actions import accept_orientation
from maillage.orientations.queries import sent_face
from maillage.sharing import cartes, persons
from maillage.sharing.dangers import record_danger
from maillage.sharing.enums import PorteeOuverture
from maillage.sharing.errors import BadAnswer, NotVisible
from maillage.sharing.informations import Said, inform
from maillage.sharing.models import Carte, Ouverture
from maillage.sharing.openings import open_access
from maillage.sharing.persons import record_adhesion
from maillage.sharing.queries import read_accompagnement
from maillage.sharing.views import TakenUp
from tests.cast import SINCE, Cast
from tests.door import acteur, send

NUMBER = "904173"


@pytest.fixture
def taken(cast: Cast) -> TakenUp:
    """Someone whom Le Relais supports and who agreed to it."""
    samira = acteur(cast.samira)
    found = persons.open_accompagnement(
        by=samira, pseudonyme="Canari", tranche_age="15_17", origine="famille"
    )
    record_adhesion(by=samira, accompagnement=found.accompagnement, donneur="jeune", etat="acquise")
    return found


def given(cast: Cast, taken: TakenUp, numero: str = NUMBER) -> str:
    """Give a card."""
    return cartes.give_card(by=acteur(cast.samira), accompagnement=taken.accompagnement, numero=numero)


def opened(code: str, numero: str = NUMBER, adresse: str = "192.0.2.1") -> Carte | None:
    """Try a card from somewhere."""
    return cartes.open_card(code=code, numero=numero, adresse=adresse)


def test_code_and_number_open_together_only(cast: Cast, taken: TakenUp) -> None:
    code = given(cast, taken)
    row = Carte.objects.get()
    assert [code in str(value) or NUMBER in str(value) for value in (row.empreinte, row.verrou)] == [
        False
    ] * 2
    spoken = f"{code[:4].lower()} {code[4:8]}-{code[8:]}"
    assert [opened(*tried) == row for tried in (
        (spoken,), (code, "904174"), ("A" * 12,), ("",), (code, "")
    )] == [True, False, False, False, False]  # fmt: skip


def test_a_new_card_ends_the_former_and_a_year_ends_any(cast: Cast, taken: TakenUp) -> None:
    first = given(cast, taken)
    second = given(cast, taken)
    assert (opened(first), opened(second) is not None) == (None, True)
    with time_machine.travel(clock.now() + timedelta(days=366), tick=False):
        assert opened(second) is None
    cartes.cancel_card(by=acteur(cast.samira), accompagnement=taken.accompagnement)
    assert opened(second) is None


@pytest.mark.parametrize("numero", ["12345", "123456", "111111", "987654", "90417a", "904173904", ""])
def test_an_easy_number_is_refused(cast: Cast, taken: TakenUp, numero: str) -> None:
    with pytest.raises(BadAnswer):
        given(cast, taken, numero)
    assert Carte.objects.count() == 0


def test_guessing_is_slowed_by_code_and_by_address(cast: Cast, taken: TakenUp) -> None:
    code = given(cast, taken)
    for rank in range(5):
        assert opened(code, "000000", f"192.0.2.{rank}") is None
    with pytest.raises(TooMany):
        opened(code, NUMBER, "192.0.2.99")
    for rank in range(20):
        assert opened(f"{rank:012d}", adresse="198.51.100.1") is None
    with pytest.raises(TooMany):
        opened(code, adresse="198.51.100.1")


def test_it_says_who_was_told_and_who_read_and_never_a_danger(cast: Cast, taken: TakenUp) -> None:
    samira = acteur(cast.samira)
    cast.ici.participations.create(service=cast.mairie, debut=SINCE)
    open_access(personne=taken.personne, service=cast.alm, portee=PorteeOuverture.SUITE, base="essai")
    contenu = {"difficultes": ["sociales"], "intervenants": ["prevention", "ccas"]}
    said = Said("1", [cast.maire.poste.pk], contenu, aggravation=True)
    inform(by=acteur(cast.samira), personne=taken.personne, said=said)
    for _ in range(2):
        read_accompagnement(samira, taken.accompagnement)
    record_danger(by=samira, destinataire="crip", personne=taken.personne)
    card = opened(given(cast, taken))
    assert card is not None
    view = cartes.own_view(card)
    assert {(one.qui, one.quoi, one.finie) for one in view.dits} == {
        ("ALM", "suite", False),
        ("maire", "alinea_1", False),
    }
    assert [(one.qui, one.fois) for one in view.lus] == [("Le Relais", 2)]
    assert Ligne.objects.filter(objet_genre="carte", acte="lecture").count() == 1


def test_stop_ends_every_share_at_that_second_and_keeps_no_reason(cast: Cast, taken: TakenUp) -> None:
    open_access(personne=taken.personne, service=cast.alm, portee=PorteeOuverture.SUITE, base="essai")
    open_access(
        personne=taken.personne, service=cast.mairie, portee=PorteeOuverture.COORDINATION, base="acte"
    )
    card = opened(given(cast, taken))
    assert card is not None
    assert cartes.stop_all(card) == 1
    live = Ouverture.objects.filter(cause_fin="").values_list("service__nom_court", flat=True)
    assert sorted(live) == ["Le Relais", "Mairie"]
    view = cartes.own_view(card)
    assert (view.arretable, [one.finie for one in view.dits if one.quoi == "suite"]) == (False, [True])
    sheet = read_accompagnement(acteur(cast.samira), taken.accompagnement)
    assert [(one.etat, one.forme) for one in sheet.adhesions] == [("retiree", "carte"), ("acquise", "orale")]


def test_a_word_taken_back_elsewhere_leaves_the_gesture(cast: Cast, taken: TakenUp) -> None:
    """He left a project: being supported, and what was shared, are still his to stop, each word of it."""
    samira = acteur(cast.samira)

    def say(etat: str, destinataire: Service | None = None) -> None:
        record_adhesion(
            by=samira,
            accompagnement=taken.accompagnement,
            donneur="jeune",
            etat=etat,
            finalite="projet",
            destinataire=destinataire,
        )

    say("acquise", cast.alm)
    say("acquise")
    say("retiree")
    card = opened(given(cast, taken))
    assert card is not None
    assert cartes.own_view(card).arretable
    cartes.stop_all(card)
    sheet = read_accompagnement(samira, taken.accompagnement)
    stopped = {(one.destinataire, one.finalite) for one in sheet.adhesions if one.forme == "carte"}
    assert stopped == {("", "accompagnement"), ("ALM", "projet")}
    assert not cartes.own_view(card).arretable
    open_access(personne=taken.personne, service=cast.alm, portee=PorteeOuverture.SUITE, base="essai")
    assert cartes.own_view(card).arretable


def test_the_sheet_of_his_orientation_counts_among_those_opened(cast: Cast) -> None:
    samira, row = acteur(cast.samira), send(cast)
    accept_orientation(orientation=row, by=samira)
    support = Accompagnement.objects.get(orientation=row.pk)
    code = cartes.give_card(by=samira, accompagnement=support.pk, numero=NUMBER)
    sent_face(acteur(cast.karim), row.pk)
    card = opened(code)
    assert card is not None
    assert ("ALM", 1) in [(one.qui, one.fois) for one in cartes.own_view(card).lus]


def test_only_the_service_that_supports_gives_one(cast: Cast, taken: TakenUp) -> None:
    for other in (cast.karim, cast.educatrice_sud, cast.direction_relais):
        with pytest.raises(NotVisible):
            cartes.give_card(by=acteur(other), accompagnement=taken.accompagnement, numero=NUMBER)
    with pytest.raises(NotVisible):
        cartes.give_card(by=acteur(cast.samira), accompagnement=UUID(int=7), numero=NUMBER)
