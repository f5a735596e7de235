"""Services and partnerships: created whole or not at all, changed with what stood before."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from maillage.administration import actions
from maillage.administration.actions import PartenariatVoulu, ServiceVoulu
from maillage.administration.models import Demande
from maillage.administration.queries import history, services_of_city
from maillage.base import clock
from maillage.conventions.errors import BadAnswer, NotNow, NotYours
from maillage.conventions.models import Clause, Partenariat
from maillage.directory.models import Service, Structure
from tests.administrators import Pair, build_pair
from tests.cast import Cast
from tests.door import add_clause

pytestmark = pytest.mark.django_db
ALM = {"structure": "Association ALM", "nom": "Médiation de nuit", "nom_court": "ALM"}


@pytest.fixture
def pair(db: None) -> Pair:
    """Two administrators of an empty installation."""
    return build_pair()


def create(pair: Pair, metier: str = "mediation_sociale", **said: Any) -> Service:
    return actions.create_service(by=pair.one, metier=metier, voulu=ServiceVoulu(**{**ALM, **said}))


def test_a_service_is_created_with_its_structure(pair: Pair) -> None:
    town = actions.add_commune(by=pair.one, code="17300")
    row = create(pair, ville=town.pk, telephone="546000000", heure_ouverture=time(9), age_min=11, age_max=25)
    assert (row.code, row.telephone, row.structure.nom) == ("alm", "05 46 00 00 00", "Association ALM")
    assert list(row.territoires.all()) == [town]
    other = create(pair, nom_court="ALM jour", structure="association alm")
    assert (other.code, other.structure) == ("alm-jour", row.structure)
    assert services_of_city() == [row, other]


@pytest.mark.parametrize(
    ("typed", "champ"),
    [
        ({"metier": "cuisine"}, "metier"),
        ({"structure": " "}, "structure"),
        ({"nom_court": "x" * 61}, "nom_court"),
        ({"nom_court": "alm"}, "nom_court"),
        ({"telephone": "douze"}, "telephone"),
        ({"ville": uuid4()}, "ville"),
        ({"age_min": 31}, "age_min"),
        ({"age_min": 12, "age_max": 11}, "age_max"),
    ],
)
def test_what_makes_no_sense_leaves_nothing(pair: Pair, typed: dict[str, Any], champ: str) -> None:
    create(pair)
    before = (Service.objects.count(), Structure.objects.count(), len(history()))
    with pytest.raises(BadAnswer) as refused:
        create(pair, **{"nom_court": "Autre", "structure": "Une autre", **typed})
    assert refused.value.champ == champ
    assert (Service.objects.count(), Structure.objects.count(), len(history())) == before


def test_a_change_keeps_what_was_before(pair: Pair) -> None:
    row = create(pair, telephone="0546000000")
    wanted = ServiceVoulu(
        **{**ALM, "nom": "Médiation du soir"}, telephone="0546000000", heure_ouverture=time(18)
    )
    actions.change_service(by=pair.two, service=row.pk, voulu=wanted)
    kept = {(one.quoi, one.avant, one.apres) for one in history("service", row.pk)}
    assert kept - {("Service", "", "Médiation sociale, Association ALM")} == {
        ("Nom", "Médiation de nuit", "Médiation du soir"),
        ("Heure d'ouverture", "", "18 h 00"),
    }
    with pytest.raises(NotYours):
        actions.change_service(by=pair.two, service=uuid4(), voulu=wanted)


def partnership(pair: Pair, **said: Any) -> Partenariat:
    ground = actions.add_commune(by=pair.one, code="17300")
    services = [create(pair).pk, create(pair, "prevention_specialisee", nom_court="Relais").pk]
    wanted = {"nom": "Mireuil", "territoires": [ground.pk], "services": services, **said}
    return actions.create_partnership(by=pair.one, voulu=PartenariatVoulu(**wanted))


def test_a_partnership_begins_today_with_both_trades(pair: Pair) -> None:
    town_hall = create(pair, "institution", nom_court="Mairie")
    row = partnership(pair, rythme={"delai_reponse_jours": 7})
    assert (row.code, row.rythme_reunion_semaines, row.delai_reponse_jours) == ("mireuil", 6, 7)
    found = row.participations.order_by("service__nom_court").values_list(
        "service__nom_court", "place", "debut"
    )
    assert list(found) == [("ALM", "membre", clock.today()), ("Relais", "membre", clock.today())]
    assert row.formes.count() == 0
    asked = actions.ask_participation(by=pair.one, partenariat=row.pk, service=town_hall.pk)
    with pytest.raises(NotNow):
        actions.ask_participation(by=pair.two, partenariat=row.pk, service=town_hall.pk)
    assert row.participations.count() == 2
    actions.confirm(by=pair.two, demandes=[asked.pk])
    assert row.participations.get(service=town_hall).place == "associe"
    with pytest.raises(BadAnswer):
        actions.ask_participation(by=pair.one, partenariat=row.pk, service=town_hall.pk)


def test_a_confirmed_entry_that_makes_no_sense_any_more_is_refused(pair: Pair) -> None:
    town_hall, row = create(pair, "institution", nom_court="Mairie"), partnership(pair)
    asked = actions.ask_participation(by=pair.one, partenariat=row.pk, service=town_hall.pk)
    town_hall.delete()
    with pytest.raises(NotNow):
        actions.confirm(by=pair.two, demandes=[asked.pk])
    assert Demande.objects.get().etat == "attend"


@pytest.mark.parametrize(
    ("typed", "champ"),
    [
        ({"nom": ""}, "nom"),
        ({"territoires": []}, "territoires"),
        ({"territoires": [uuid4()]}, "territoires"),
        ({"services": []}, "services"),
        ({"rythme": {"delai_reponse_jours": 0}}, "delai_reponse_jours"),
        ({"rythme": {"rythme_reunion_semaines": 27}}, "rythme_reunion_semaines"),
    ],
)
def test_a_partnership_of_one_trade_or_of_no_ground_is_refused(
    pair: Pair, typed: dict[str, Any], champ: str
) -> None:
    with pytest.raises(BadAnswer) as refused:
        partnership(pair, **typed)
    assert (refused.value.champ, Partenariat.objects.count()) == (champ, 0)


def test_a_rhythm_changes_with_its_history(cast: Cast) -> None:
    pair = build_pair()
    actions.change_rhythm(by=pair.one, partenariat=cast.ici.pk, rythme={"delai_reponse_jours": 7})
    cast.ici.refresh_from_db()
    assert cast.ici.delai_reponse_jours == 7
    (kept,) = history("partenariat", cast.ici.pk)
    assert (kept.quoi, kept.avant, kept.apres) == ("Réponse attendue en … jours", "14", "7")
    with pytest.raises(BadAnswer):
        actions.change_rhythm(by=pair.one, partenariat=cast.ici.pk, rythme={"delai_cloture_jours": 6})
    with pytest.raises(NotYours):
        actions.change_rhythm(by=pair.one, partenariat=uuid4(), rythme={})


def test_a_delay_never_contradicts_a_clause(cast: Cast) -> None:
    """Neither the clauses of today nor those signed for later; another rhythm of meetings still passes."""
    pair = build_pair()
    clause = add_clause(cast.ici, "travail.delai_reponse", 28)
    Clause.objects.filter(pk=clause.pk).update(debut=clock.today() + timedelta(days=10))
    delays = {"delai_reponse_jours": 14, "delai_cloture_jours": 28}
    with pytest.raises(BadAnswer) as refused:
        actions.change_rhythm(by=pair.one, partenariat=cast.ici.pk, rythme=delays)
    assert (refused.value.champ, str(refused.value)) == (
        "delai_cloture_jours",
        "Avec ce qu'écrit la convention, une réponse serait attendue sous 28 jours alors que l'orientation "
        "se ferme après 28 : changez la clause à l'atelier, ou ce délai.",
    )
    cast.ici.refresh_from_db()
    assert (cast.ici.delai_cloture_jours, list(history("partenariat", cast.ici.pk))) == (42, [])
    actions.change_rhythm(by=pair.one, partenariat=cast.ici.pk, rythme=delays | {"delai_cloture_jours": 29})
    Partenariat.objects.filter(pk=cast.ici.pk).update(delai_cloture_jours=28)
    actions.change_rhythm(by=pair.one, partenariat=cast.ici.pk, rythme={"rythme_reunion_semaines": 8})
