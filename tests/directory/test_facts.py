"""What a post and a service establish for a verdict: proof, dates, and the weakest of a team."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from maillage.directory.enums import GenreTitre, Role
from maillage.directory.models import Poste, Service, Titre
from maillage.directory.queries import PostFacts, Source, post_facts, service_facts

Make = Callable[..., Poste]
JOUR = date(2026, 3, 10)


def _title(service: Service, debut: date = date(2020, 1, 1), fin: date | None = None) -> Titre:
    return Titre.objects.create(
        service=service, genre=GenreTitre.HABILITATION, preuve="arrêté 12", debut=debut, fin=fin
    )


def test_a_plain_post_says_its_function_its_employment_and_no_ground(prevention: Service, post: Make) -> None:
    poste = post(prevention)
    found = post_facts(poste, JOUR)
    own = Source("poste", str(poste.pk), "Éducatrice de rue")
    assert found.facts == {
        "fonction": "educateur_prevention",
        "emploi": "salarie_prive",
        "part_protection_enfance": "aucune",
        "part_action_sociale": "aucune",
        "fondement_secret": [],
    }
    assert found.sources == dict.fromkeys(found.facts, own)


def test_a_title_in_force_makes_the_mission_one_of_the_ase_and_is_its_source(
    prevention: Service, post: Make
) -> None:
    title, poste = _title(prevention), post(prevention)
    found = post_facts(poste, JOUR)
    assert found.facts["fondement_secret"] == ["mission_ase"]
    assert found.sources["fondement_secret"] == Source(
        "titre", str(title.pk), "Habilitation (CASF L. 313-8, L. 121-2) – arrêté 12"
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 31), []),
        (date(2026, 1, 1), ["mission_ase"]),
        (date(2026, 6, 30), ["mission_ase"]),
        (date(2026, 7, 1), None),
    ],
    ids=["before", "first day", "last day", "lapsed: unknown, not « none »"],
)
def test_a_title_holds_between_its_dates(
    prevention: Service, post: Make, day: date, expected: list[str] | None
) -> None:
    _title(prevention, date(2026, 1, 1), date(2026, 6, 30))
    assert post_facts(post(prevention), day).facts.get("fondement_secret") == expected


def test_a_title_says_nothing_of_a_mediation_service(mediation: Service, post: Make) -> None:
    _title(mediation)
    poste = post(mediation, emploi="agent_public", fondements_secret=["statut_agent_public"])
    assert post_facts(poste, JOUR).facts["fondement_secret"] == ["statut_agent_public"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"fondements_secret": ["mission_ase"], "preuve": "convention 2019"}, ["mission_ase"]),
        ({"fondements_secret": ["mission_ase"]}, None),
        ({"fondements_secret": ["statut_agent_public"]}, None),
        ({"fondements_secret": ["statut_agent_public"], "emploi": "agent_public"}, ["statut_agent_public"]),
    ],
    ids=["proven", "unproven", "status without the employment", "status by the employment"],
)
def test_a_ground_counts_only_when_proven(
    prevention: Service, post: Make, given: dict[str, Any], expected: list[str] | None
) -> None:
    assert post_facts(post(prevention, **given), JOUR).facts.get("fondement_secret") == expected


def test_a_part_without_proof_is_none(prevention: Service, post: Make) -> None:
    claimed = {"part_protection_enfance": "met_en_oeuvre", "part_action_sociale": "statutaire"}
    bare = post_facts(post(prevention, **claimed), JOUR).facts
    proven = post_facts(post(prevention, preuve="fiche de poste", **claimed), JOUR).facts
    assert [bare[name] for name in claimed] == ["aucune", "aucune"]
    assert [proven[name] for name in claimed] == ["met_en_oeuvre", "statutaire"]


def test_a_post_that_is_over_establishes_nothing(prevention: Service, post: Make) -> None:
    poste = post(prevention, fin=date(2026, 3, 9))
    assert post_facts(poste, date(2026, 3, 9)).facts["fonction"] == "educateur_prevention"
    assert post_facts(poste, JOUR) == PostFacts()


def test_a_service_has_the_weakest_facts_of_its_field_posts(prevention: Service, post: Make) -> None:
    common = {"preuve": "fiche de poste", "part_action_sociale": "statutaire"}
    post(
        prevention,
        fondements_secret=["mission_ase", "autre_texte"],
        part_protection_enfance="met_en_oeuvre",
        **common,
    )
    post(
        prevention,
        fondements_secret=["mission_ase"],
        part_protection_enfance="concours_documente",
        emploi="agent_public",
        **common,
    )
    post(prevention, role=Role.CHEF_DE_SERVICE, fonction="cadre_municipal")
    post(prevention, fin=date(2026, 1, 1), fonction="autre_tiers")
    found = service_facts(prevention, JOUR)
    source = Source("service", str(prevention.pk), "Prévention : 2 en poste ce jour")
    assert found.facts == {
        "fonction": "educateur_prevention",
        "part_protection_enfance": "concours_documente",
        "part_action_sociale": "statutaire",
        "fondement_secret": ["mission_ase"],
    }
    assert found.sources == dict.fromkeys(found.facts, source)


def test_one_unknown_ground_makes_the_service_unknown(prevention: Service, post: Make) -> None:
    post(prevention, fondements_secret=["mission_ase"], preuve="convention")
    post(prevention, fondements_secret=["mission_ase"])
    assert "fondement_secret" not in service_facts(prevention, JOUR).facts


def test_a_service_without_anyone_establishes_nothing(prevention: Service, post: Make) -> None:
    post(prevention, role=Role.DIRECTION)
    assert service_facts(prevention, JOUR) == PostFacts()


def test_service_facts_cost_the_same_whatever_the_team(
    prevention: Service, post: Make, django_assert_num_queries: Any
) -> None:
    _title(prevention)
    for size in (1, 3):
        for number in range(size):
            post(prevention, nom=f"N{number}")
        with django_assert_num_queries(2):
            service_facts(prevention, JOUR)
