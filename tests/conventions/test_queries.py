"""What a partnership is on a given day: members, form, facts established, readings adopted."""

from __future__ import annotations

from datetime import date

from maillage.conventions import queries
from maillage.conventions.enums import Forme, Place
from maillage.conventions.models import FormePartenariat, LectureAdoptee, Participation
from tests.cast import SINCE, Cast
from tests.door import acteur, add_clause, adopt

DAY = date(2026, 6, 1)


def test_partnerships_of_a_service_follow_its_dates(cast: Cast) -> None:
    assert queries.partenariat_ids(cast.alm.pk, DAY) == frozenset({cast.ici.pk})
    Participation.objects.create(partenariat=cast.ailleurs, service=cast.alm, debut=DAY)
    assert queries.partenariat_ids(cast.alm.pk, DAY) == frozenset({cast.ici.pk, cast.ailleurs.pk})
    assert queries.partenariat_ids(cast.alm.pk, date(2026, 5, 31)) == frozenset({cast.ici.pk})
    assert [one.code for one in queries.partenariats_of(acteur(cast.educatrice_sud))] == ["ailleurs"]
    assert queries.shared_partenariats(cast.alm, cast.relais, DAY) == frozenset({cast.ici.pk})
    assert queries.shared_partenariats(cast.relais, cast.prevention_sud, DAY) == frozenset()


def test_one_speaks_to_members_of_the_other_trade(cast: Cast) -> None:
    Participation.objects.create(partenariat=cast.ici, service=cast.mairie, place=Place.ASSOCIE, debut=SINCE)
    assert [one.nom_court for one in queries.members(cast.ici, DAY)] == ["ALM", "La Nuit", "Le Relais"]
    assert [one.nom_court for one in queries.partner_services(cast.ici, cast.relais, DAY)] == [
        "ALM",
        "La Nuit",
    ]
    Participation.objects.filter(service=cast.services["nuit"]).update(fin=date(2026, 5, 31))
    assert queries.partner_services(cast.ici, cast.relais, DAY) == [cast.alm]


def test_the_form_is_the_one_of_the_day(cast: Cast) -> None:
    FormePartenariat.objects.create(
        partenariat=cast.ici, forme=Forme.CONVENTION, preuve="Signée", debut=DAY, fin=date(2026, 12, 31)
    )
    days = [date(2026, 5, 31), DAY, date(2026, 12, 31), date(2027, 1, 1)]
    assert [queries.forme(cast.ici, day) for day in days] == [
        "informel",
        "convention",
        "convention",
        "informel",
    ]
    FormePartenariat.objects.all().delete()
    assert queries.forme(cast.ici, DAY) == "informel"


def test_a_clause_establishes_its_fact_from_its_first_to_its_last_day(cast: Cast) -> None:
    clause = add_clause(cast.ici, "clause_retour", True)
    clause.fin = DAY
    clause.save()
    add_clause(cast.ailleurs, "information_rgpd", True)
    (fact,) = queries.facts(cast.ici, DAY)
    assert (fact.fait, fact.valeur, fact.service_id, fact.clause_id) == (
        "clause_retour",
        True,
        None,
        clause.pk,
    )
    assert fact.preuve == "Convention inventée"
    assert queries.facts(cast.ici, date(2026, 6, 2)) == []


def test_only_adopted_readings_in_force_count(cast: Cast) -> None:
    adopt(cast.ici, "U-10", since=DAY)
    LectureAdoptee.objects.create(
        partenariat=cast.ici, question="U-1", valeur="prudente", preuve="Annexe", debut=SINCE
    )
    LectureAdoptee.objects.create(
        partenariat=cast.ici, question="U-2", valeur="rapport", preuve="Annexe", debut=SINCE, fin=SINCE
    )
    assert queries.lectures(cast.ici, DAY) == {"U-10": "rapport"}
    assert queries.lectures(cast.ici, date(2026, 5, 31)) == {}
    assert queries.lectures(cast.ailleurs, DAY) == {}
