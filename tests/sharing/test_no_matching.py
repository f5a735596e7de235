"""The product never links young people by itself: nothing to match on, and nothing that does."""

from __future__ import annotations

import re
from inspect import getsource, signature
from pathlib import Path

from django.db import models

from maillage.base.encryption import SealedField
from maillage.dossiers import models as dossiers
from maillage.dossiers.actions import create_personne
from maillage.dossiers.models import Personne
from maillage.orientations.actions import accept_orientation
from maillage.sharing import persons
from maillage.sharing.queries import list_accompagnements
from tests.cast import Cast
from tests.door import YANIS, acteur, send

SRC = Path(dossiers.__file__).resolve().parents[1]
# Codes, dates and links: none says who someone is. Anything new is looked at here first.
WRITTEN_IN_CLEAR = {
    "id", "service_id", "nature", "famille_id", "tranche_age", "tranche_age_au", "creee_le",
    "dernier_contact_le", "effacer_le", "effacee_le",
}  # fmt: skip
COMPARED = re.compile(r"(?<!dernier_)(appellation|contact|besoin|naissance|pseudonyme)\w*(__\w+)?=(?!=)")


def test_a_person_holds_nothing_in_clear_that_could_be_matched() -> None:
    fields = Personne._meta.concrete_fields
    clear = {field.attname for field in fields if not isinstance(field, SealedField)}
    assert clear == WRITTEN_IN_CLEAR
    joined = [one for field in fields if isinstance(field, models.ForeignKey) for one in [field.name]]
    assert sorted(joined) == ["famille", "service"]


def test_nothing_makes_two_persons_unique_or_indexed_by_what_they_are_called() -> None:
    constrained = {
        name
        for rule in [*Personne._meta.indexes, *Personne._meta.constraints]
        for name in getattr(rule, "fields", ())
    }
    unique = {field.name for field in Personne._meta.concrete_fields if field.unique}
    assert (constrained & {"appellation_scellee", "contact_scelle", "besoin_scelle"}, unique) == (
        set(),
        {"id"},
    )


def test_no_query_looks_for_someone_by_what_they_are_called() -> None:
    calls = re.compile(r"\.(?:filter|get|exclude|get_or_create|update_or_create)\(([^()]*)\)")
    guilty = [
        f"{path.name}: {found.group(1).strip()[:60]}"
        for room in ("dossiers", "sharing", "orientations")
        for path in (SRC / room).rglob("*.py")
        for found in calls.finditer(path.read_text(encoding="utf-8"))
        if COMPARED.search(found.group(1))
    ]
    assert guilty == []


def test_no_family_is_made_by_itself() -> None:
    assert [name for name in signature(create_personne).parameters if "famille" in name] == []
    assert "famille" not in getsource(create_personne)


def test_the_same_words_in_two_services_and_twice_in_one_stay_apart(cast: Cast) -> None:
    samira, sud = acteur(cast.samira), acteur(cast.educatrice_sud)
    same = {"pseudonyme": "Yanis", "tranche_age": "15_17", "origine": "famille", "contact": "Hall 4"}
    taken = [persons.open_accompagnement(by=one, **same) for one in (samira, samira, sud)]
    rows = Personne.objects.filter(pk__in=[one.personne for one in taken])
    assert len({bytes(row.appellation_scellee) for row in rows}) == 3
    assert [row.famille_id for row in rows] == [None] * 3
    assert [len(list_accompagnements(one)) for one in (samira, sud)] == [2, 1]


def test_an_orientation_about_someone_already_known_joins_nothing(cast: Cast) -> None:
    samira = acteur(cast.samira)
    known = persons.open_accompagnement(
        by=samira, pseudonyme=YANIS.appellation, tranche_age="15_17", origine="famille"
    )
    accept_orientation(orientation=send(cast), by=samira)
    lines = list_accompagnements(samira)
    assert [line.pseudonyme for line in lines] == [YANIS.appellation] * 2
    assert len({line.personne for line in lines} | {known.personne}) == 2
