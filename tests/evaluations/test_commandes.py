"""Public orders beside what is done, and the facts behind each figure."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from maillage.conventions.errors import BadAnswer, CannotWrite, NotYours
from maillage.directory.models import Lieu, Territoire
from maillage.evaluations.commandes import beside, size_of
from maillage.evaluations.faits import FAITS, Periode, behind, expected_meetings, facts_of, presence
from maillage.evaluations.models import Commande
from maillage.evaluations.ordres import CommandeData, record_order
from maillage.evaluations.preuves import Annee, next_step
from maillage.pilotage.reciprocite import flows_seen_by
from tests.cast import Cast
from tests.diagnostics.field import note, outing
from tests.door import acteur
from tests.reunions_made import decided, held

ORDER = CommandeData("La ville", "conflits", "Apaiser le hall.", "Convention", date(2026, 1, 1))


@pytest.fixture
def year(cast: Cast) -> Periode:
    return Periode(cast.ici, date(2026, 1, 1), date(2026, 12, 31))


def _order(cast: Cast, who: str = "direction_alm", **changed: Any) -> Commande:
    return record_order(
        by=acteur(cast.membres[who]), partenariat=cast.ici, data=CommandeData(**{**vars(ORDER), **changed})
    )


def test_orders_without_activity_and_activity_without_orders(cast: Cast, year: Periode) -> None:
    _order(cast)
    _order(cast, registre="concertation", objet="Préparer les conseils.")
    lieu = Lieu.objects.create(territoire=cast.quartier, nom="Hall 9", genre="square")
    winter = outing(cast.karim, date(2026, 2, 3), [lieu])
    for _ in range(12):
        note(cast.karim, winter, lieu)
    for _ in range(3):
        note(cast.karim, winter, lieu, categorie="rien_a_signaler", ambiance="ras")
    found = beside(year)
    assert [(one.commande.objet, one.fait) for one in found.suivis] == [
        ("Préparer les conseils.", "rien d'écrit"),
        ("Apaiser le hall.", "des dizaines de notes"),
    ]
    assert [one.objet for one in found.sans_activite] == ["Préparer les conseils."]
    assert [(one.registre, one.fait) for one in found.sans_commande] == [
        ("1. Assurer une présence active de proximité", "moins de 11 notes")
    ]
    assert [(str(one.service), one.sorties, one.notes) for one in presence(year)] == [
        ("ALM", 1, 20),
        ("La Nuit", 0, 0),
        ("Le Relais", 0, 0),
    ]


def test_an_order_of_a_quartier_counts_its_quartier(cast: Cast, year: Periode) -> None:
    other = Territoire.objects.create(genre="quartier", code="QPX", nom="Ailleurs")
    cast.ici.territoires.add(other)
    _order(cast, territoire=other.pk)
    lieu = Lieu.objects.create(territoire=cast.quartier, nom="Hall 9", genre="square")
    note(cast.karim, outing(cast.karim, date(2026, 2, 3), [lieu]), lieu)
    assert [one.fait for one in beside(year).suivis] == ["rien d'écrit"]


@pytest.mark.parametrize(
    ("many", "said"),
    [
        (0, "rien d'écrit"),
        (1, "moins de 11 notes"),
        (10, "moins de 11 notes"),
        (11, "des dizaines de notes"),
        (100, "plus de cent notes"),
        (1000, "plus de mille notes"),
    ],
)
def test_what_was_done_is_a_size(many: int, said: str) -> None:
    assert size_of(many) == said


@pytest.mark.parametrize(
    ("changed", "champ"),
    [
        ({"objet": " "}, "objet"),
        ({"commanditaire": "x" * 121}, "commanditaire"),
        ({"registre": "travail_de_rue"}, "registre"),
        ({"registre": "autre"}, "registre"),
        ({"fin": date(2025, 1, 1)}, "fin"),
        ({"territoire": uuid4()}, "territoire"),
    ],
)
def test_a_bad_order_leaves_nothing(cast: Cast, changed: dict[str, Any], champ: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        _order(cast, **changed)
    assert (refused.value.champ, Commande.objects.count()) == (champ, 0)


def test_a_direction_records_for_its_own_trade(cast: Cast) -> None:
    with pytest.raises(CannotWrite):
        _order(cast, "karim")
    with pytest.raises(NotYours):
        _order(cast, "direction_sud")
    assert _order(cast, "cheffe_relais", registre="travail_de_rue").metier == "prevention_specialisee"


def test_each_figure_is_the_number_of_its_facts(cast: Cast, year: Periode) -> None:
    with time_machine.travel("2026-06-15T10:00:00+02:00", tick=False):
        meeting = held(cast)
        decided(cast, meeting, "Passer au kiosque", date(2026, 7, 1))
    with time_machine.travel("2027-01-10T10:00:00+01:00", tick=False):
        figures = {one.cle: one.valeur for one in facts_of(year)}
        assert figures == {
            "reunions": "1", "decisions": "1", "formations": "0", "projets": "0", "diagnostics": "0",
            "desaccords": "0",
        }  # fmt: skip
        assert [list(row) for row in behind(year, "decisions").rows] == [
            ["15/06/2026", "Le Relais", "01/07/2026", "en retard"]
        ]
        assert list(FAITS) == list(figures)
        assert expected_meetings(year) == 8


@pytest.mark.parametrize(("forme", "said"), [("informel", "Ouvrir l'atelier"), ("convention", "Se servir")])
def test_the_next_step_is_drawn_from_where_one_stands(
    cast: Cast, year: Periode, forme: str, said: str
) -> None:
    cast.ici.formes.update(forme=forme)
    facts = {one.cle: one for one in facts_of(year)}
    sens = flows_seen_by(None, cast.ici, year.debut, year.fin)
    found = next_step(Annee(year, facts, sens, beside(year), 11), "e")
    assert (found.texte.startswith(said), found.etude) == (True, "10a")
