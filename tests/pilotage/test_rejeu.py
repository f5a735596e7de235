"""The replay: exact when nothing changes, explained when something does, and it leaves no trace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import forme, lectures
from maillage.demo import year
from maillage.demo.cities import CITIES, City
from maillage.directory.seed import load_study
from maillage.law.decision import decide
from maillage.law.facts.lectures import QUESTIONS_A_LECTURE
from maillage.law.replay import LAW, replay
from maillage.law.steps import ISSUES
from maillage.law.wire import parse_case
from maillage.orientations.actions import accept_orientation, return_suite, send_orientation
from maillage.orientations.enums import Suite
from maillage.pilotage.changes import changes_of
from maillage.pilotage.recorded import Recorded, load_recorded
from maillage.pilotage.rejeu import Contribution, Simulation, differing, simulate
from maillage.pilotage.scenario import Scenario, ScenarioError, TriedClause
from maillage.sharing.errors import Withheld
from maillage.sharing.models import Echange
from tests.cast import Cast
from tests.door import WITH_RETURN, YANIS, acteur, add_clause, adopt, prepare, send

pytestmark = pytest.mark.django_db
MISSION = TriedClause("Mission écrite", "part_action_sociale", "mission_ecrite", metier="mediation_sociale")
NOTICE = TriedClause("Notice", "information_rgpd", True)


def _recorded(partenariat: Partenariat) -> Recorded:
    today = clock.today()
    return load_recorded(partenariat, today - timedelta(days=365), today)


def _withheld(cast: Cast, times: int = 6) -> None:
    """Try to send orientations that lack the notice."""
    for _ in range(times):
        draft = prepare(cast, replace(YANIS, notice=False))
        with pytest.raises(Withheld):
            send_orientation(orientation=draft, by=acteur(cast.karim), version=0)


def _issues(found: Simulation) -> tuple[dict[str, int | None], dict[str, int | None]]:
    assert found.ensemble is not None
    return tuple(
        {issue: count for issue, count in counts.items() if count != 0}
        for counts in (found.ensemble.avant, found.ensemble.apres)
    )  # type: ignore[return-value]


def _replays_exactly(cities: Iterable[City]) -> int:
    """Load these cities, replay each as it was, and return how many verdicts came back identical."""
    load_study()
    for city in cities:
        year.load_city(city, lambda step: None)
    total = 0
    for partenariat in Partenariat.objects.order_by("code"):
        recorded = _recorded(partenariat)
        today = clock.today()
        adopted = {q: lectures(partenariat, today).get(q, "prudente") for q in QUESTIONS_A_LECTURE}
        real = Scenario(forme=forme(partenariat, today), lectures=adopted)
        assert changes_of(real, recorded) == []
        verdicts = replay(recorded.columns, ()).verdicts[1]
        rows = Echange.objects.filter(partenariat=partenariat).order_by("le", "pk")
        for row, rank, bits in zip(rows, verdicts.issues, verdicts.grounds, strict=True):
            again = decide(parse_case(row.cas))
            assert again.to_wire() == row.verdict
            assert (ISSUES[rank], LAW.names(int(bits))) == (row.issue, again.fondements)
        assert differing(recorded, verdicts) == recorded.unreadable == 0
        total += recorded.size
    assert total == Echange.objects.count()
    return total


def test_the_demo_replayed_as_it_was_gives_each_recorded_verdict() -> None:
    small = [replace(city, notes_par_jour=0.2, orientations=25, personnes=6) for city in CITIES]
    assert _replays_exactly(small) >= 150


@pytest.mark.campaign
def test_the_whole_demo_replayed_as_it_was_gives_each_recorded_verdict() -> None:
    assert _replays_exactly(CITIES) >= 900


def test_a_clause_added_opens_what_lacked_it(cast: Cast) -> None:
    _withheld(cast)
    found = simulate(cast.ici, Scenario(clauses=[NOTICE]))
    assert (found.echanges, found.ecarts, found.illisibles) == (6, 0, 0)
    assert _issues(found) == ({"incomplet": 6}, {"permis": 6})
    nothing = dict.fromkeys(ISSUES, 0)
    assert found.contributions == [
        Contribution(
            "Notice",
            nothing | {"permis": 6, "incomplet": -6},
            nothing | {"permis": -6, "incomplet": 6},
        )
    ]
    assert [(one.nombre, one.avant, one.apres, one.tient_a) for one in found.exemples] == [
        (6, "incomplet", "permis", ["Notice"])
    ]
    assert found.directions == []


def test_a_clause_counts_only_on_its_days_and_for_its_service(cast: Cast) -> None:
    _withheld(cast)
    recorded = _recorded(cast.ici)
    tomorrow = clock.today() + timedelta(days=1)
    for clause in (
        replace(NOTICE, debut=tomorrow),
        replace(NOTICE, fin=clock.today() - timedelta(days=1)),
        replace(NOTICE, service="nuit"),
        replace(NOTICE, metier="prevention_specialisee"),
    ):
        assert changes_of(Scenario(clauses=[clause]), recorded) == []
    assert len(changes_of(Scenario(clauses=[replace(NOTICE, service="alm")]), recorded)) == 1


def test_a_notice_given_is_not_taken_back_by_a_clause(cast: Cast) -> None:
    send(cast)
    recorded = _recorded(cast.ici)
    assert changes_of(Scenario(clauses=[replace(NOTICE, valeur=False)]), recorded) == []


def test_without_its_clause_a_part_goes_back_to_what_the_post_shows(cast: Cast) -> None:
    clause = add_clause(cast.ici, "part_action_sociale", "mission_ecrite", cast.alm)
    _withheld(cast)
    recorded = _recorded(cast.ici)
    (change,) = changes_of(Scenario(sans=frozenset({str(clause.pk)})), recorded)
    assert change.nom == "Sans la clause « Clause part_action_sociale »"
    columns = recorded.columns.copy()
    change.apply(columns)
    cast.alm.participations.update(debut=date(2020, 1, 1))
    clause.delete()
    again = prepare(cast, replace(YANIS, notice=False))
    with pytest.raises(Withheld):
        send_orientation(orientation=again, by=acteur(cast.karim), version=0)
    assert (columns[:, 0] == _recorded(cast.ici).columns[:, -1]).all()
    assert (columns[:, 0] != recorded.columns[:, 0]).any()


def _sent_by_convention(cast: Cast) -> None:
    """Send five orientations that only the convention's clause on the notice lets out."""
    add_clause(cast.ici, "information_rgpd", True)
    for _ in range(5):
        draft = prepare(cast, replace(YANIS, notice=False))
        send_orientation(orientation=draft, by=acteur(cast.karim), version=0)


def test_under_its_real_form_a_partnership_keeps_its_own_clauses(cast: Cast) -> None:
    _sent_by_convention(cast)
    found = simulate(cast.ici, Scenario(forme="informel"))
    assert _issues(found) == ({"permis": 5}, {"permis": 5})
    assert found.contributions == []


def test_a_form_puts_its_model_clauses_in_place_of_those_recorded(cast: Cast) -> None:
    cast.ici.formes.update(forme="convention")
    _sent_by_convention(cast)
    informal = simulate(cast.ici, Scenario(forme="informel"))
    assert _issues(informal) == ({"permis": 5}, {"incomplet": 5})
    assert [(one.nom, one.nothing) for one in informal.contributions] == [
        ("La forme elle-même : informel", True),
        ("Rien d'écrit sur « information RGPD »", False),
    ]
    single = simulate(cast.ici, Scenario(forme="pilotage_unique"))
    assert _issues(single) == ({"permis": 5}, {"permis": 5})
    back = simulate(cast.ici, Scenario(forme="informel", clauses=[NOTICE]))
    assert _issues(back) == ({"permis": 5}, {"permis": 5})


def test_fewer_than_five_exchanges_show_nothing(cast: Cast) -> None:
    empty = simulate(cast.ici, Scenario())
    assert (empty.echanges, empty.ensemble) == (0, None)
    _withheld(cast, 4)
    found = simulate(cast.ici, Scenario(clauses=[NOTICE]))
    assert (found.echanges, found.ensemble, found.fondements, found.contributions, found.exemples) == (
        None, None, (), (), (),
    )  # fmt: skip


def test_a_small_number_is_told_by_no_other(cast: Cast) -> None:
    _withheld(cast, 10)
    for _ in range(3):
        draft = prepare(cast, replace(YANIS, accord="refuse"))
        with pytest.raises(Withheld):
            send_orientation(orientation=draft, by=acteur(cast.karim), version=0)
    found = simulate(cast.ici, Scenario(clauses=[NOTICE], lectures={"U-14": "rapport"}))
    assert found.echanges == 13
    assert _issues(found) == (
        {"incomplet": None, "interdit": None},
        {"permis": None, "interdit": None},
    )
    assert {(line.avant, line.apres) for line in found.fondements} <= {(None, None), (0, None), (None, 0)}
    notice, reading = found.contributions
    assert [notice.seule[issue] for issue in ("permis", "incomplet", "interdit")] == [None, None, None]
    assert (reading.nothing, [one.nombre for one in found.exemples]) == (True, [None])


def test_two_changes_of_which_one_is_enough_are_both_named(cast: Cast) -> None:
    _withheld(cast)
    found = simulate(
        cast.ici,
        Scenario(clauses=[NOTICE, replace(NOTICE, titre="Autre notice", metier="mediation_sociale")]),
    )
    assert [one.nom for one in found.contributions] == ["Notice"]
    cast.ici.formes.update(forme="convention")
    clause = add_clause(cast.ici, "clause_retour", True)
    adopt(cast.ici, "U-10")
    for _ in range(5):
        orientation = send(cast, WITH_RETURN)
        accept_orientation(orientation=orientation, by=acteur(cast.samira))
        return_suite(orientation=orientation, by=acteur(cast.samira), code=Suite.RELATION_ENGAGEE)
    found = simulate(cast.ici, Scenario(sans=frozenset({str(clause.pk)}), lectures={"U-10": "prudente"}))
    (flow,) = found.exemples
    assert (flow.tient_a, flow.suffit) == (
        [],
        ["Sans la clause « Clause clause_retour »", "U-10 : lecture prudente"],
    )
    assert "une seule suffit" in flow.phrase


def test_other_partnerships_and_other_days_are_left_out(cast: Cast) -> None:
    _withheld(cast)
    today = clock.today()
    assert _recorded(cast.ailleurs).size == 0
    assert load_recorded(cast.ici, today, today).size == 6
    assert load_recorded(cast.ici, today - timedelta(days=9), today - timedelta(days=1)).size == 0
    with pytest.raises(ScenarioError, match="finit avant de commencer"):
        simulate(cast.ici, Scenario(), since=today, until=today - timedelta(days=1))


def test_what_the_law_no_longer_reads_or_judges_alike_is_counted_apart(cast: Cast) -> None:
    _withheld(cast, 11)
    rows = list(Echange.objects.order_by("le"))
    for row in rows[:5]:
        Echange.objects.filter(pk=row.pk).update(cas={**row.cas, "fait_oublie": True})
    Echange.objects.filter(pk__in=[row.pk for row in rows[5:]]).update(issue="interdit")
    found = simulate(cast.ici, Scenario())
    assert (found.echanges, found.illisibles, found.ecarts) == (6, 5, 6)


def test_a_replay_reads_facts_and_verdicts_only_and_writes_nothing(cast: Cast) -> None:
    add_clause(cast.ici, "part_action_sociale", "mission_ecrite", cast.alm)
    _withheld(cast, 5)
    before = {model: list(model._default_manager.values_list()) for model in apps.get_models()}
    with CaptureQueriesContext(connection) as five:
        simulate(cast.ici, Scenario(forme="pilotage_unique", clauses=[MISSION]))
    after = {model: list(model._default_manager.values_list()) for model in apps.get_models()}
    assert before == after
    said = " ".join(query["sql"] for query in five)
    assert "SELECT" in said
    assert not any(
        word in said
        for word in ("sujet", '"orientation"', "dossiers_", "orientations_", "INSERT", "UPDATE", "DELETE")
    )
    _withheld(cast, 5)
    with CaptureQueriesContext(connection) as ten:
        simulate(cast.ici, Scenario(forme="pilotage_unique", clauses=[MISSION]))
    assert len(five) == len(ten)
