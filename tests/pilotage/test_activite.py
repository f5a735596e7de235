"""The activity report: exact figures, each note in one register, no small number to be found."""

from __future__ import annotations

import json
from datetime import date

import pytest

from maillage.cli import CommandError
from maillage.cli.report import make
from maillage.directory.enums import Metier
from maillage.directory.models import Financement, Lieu
from maillage.main_courante.enums import Liste
from maillage.main_courante.vocabulaire import MEDIATION, PREVENTION
from maillage.pilotage import activite
from maillage.pilotage.registres import OTHER, register_of, registers
from tests.cast import Cast
from tests.diagnostics.field import note, outing

YEAR = 2025


@pytest.fixture
def _year(cast: Cast) -> None:
    """One year of ALM: 20 notes of conflict in winter, 13 nothings to report, then 3 more in May."""
    lieu = Lieu.objects.create(territoire=cast.quartier, nom="Hall 9", genre="square")
    winter = outing(cast.karim, date(YEAR, 2, 3), [lieu])
    spring = outing(cast.karim, date(YEAR, 5, 5), [lieu])
    for _ in range(20):
        note(cast.karim, winter, lieu)
    for _ in range(13):
        note(cast.karim, winter, lieu, categorie="rien_a_signaler", ambiance="ras")
    for _ in range(3):
        note(cast.karim, spring, lieu)
    street = outing(cast.samira, date(YEAR, 3, 3), [lieu])
    for _ in range(12):
        note(cast.samira, street, lieu, categorie="travail_de_rue", contacts_nouveaux=2)
    wrong = note(cast.samira, street, lieu, categorie="travail_de_rue", contacts_nouveaux=50)
    note(cast.samira, street, lieu, contacts_nouveaux=50, corrige=wrong, annule=True)


def _services(code: str) -> dict[str, dict[str, object]]:
    found = json.loads(make("activite", "json", code, YEAR))
    return {one["metier"]: one for one in found["services"] if one["sorties"]}


@pytest.mark.usefixtures("_year")
def test_a_year_is_counted_exactly_and_small_changes_stay_hidden(cast: Cast) -> None:
    found = _services(cast.ici.code)
    mediation, prevention = found[Metier.MEDIATION_SOCIALE], found[Metier.PREVENTION_SPECIALISEE]
    assert (mediation["sorties"], mediation["minutes"]) == (2, 480)
    # 33 notes were shown at the end of March: 36 now would tell the three notes of May.
    assert mediation["notes"] is None
    registres = mediation["registres"]
    assert isinstance(registres, dict)
    assert registres["1. Assurer une présence active de proximité"] == 13
    assert registres["2. Prévenir et gérer les situations conflictuelles"] is None
    assert (prevention["sorties"], prevention["notes"], prevention["contacts_nouveaux"]) == (1, 12, 24)


@pytest.mark.usefixtures("_year")
def test_another_partnership_counts_none_of_it(cast: Cast) -> None:
    assert _services(cast.ailleurs.code) == {}


@pytest.mark.parametrize("form", ["pdf", "docx", "csv"])
@pytest.mark.usefixtures("_year")
def test_every_format_is_written(cast: Cast, form: str) -> None:
    start = {"pdf": b"%PDF", "docx": b"PK", "csv": "\N{BOM}Service".encode()}[form]
    assert make("activite", form, cast.ici.code, YEAR).startswith(start)


def test_an_unknown_partnership_or_a_year_to_come_is_said(cast: Cast) -> None:
    for code, year in (("nulle-part", YEAR), (cast.ici.code, 2999)):
        with pytest.raises(CommandError, match="Aucun partenariat"):
            make("activite", "json", code, year)


def test_the_last_stop_is_an_ended_quarter() -> None:
    days = [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 11, 27)]
    stops = [date(2025, 12, 31), date(2025, 12, 31), date(2026, 3, 31), date(2026, 9, 30)]
    assert [activite._last_stop(day) for day in days] == stops


def test_every_category_has_a_register_and_an_own_one_goes_apart() -> None:
    for metier, lists in ((Metier.MEDIATION_SOCIALE, MEDIATION), (Metier.PREVENTION_SPECIALISEE, PREVENTION)):
        known = {code for code, _ in registers(metier)} - {OTHER}
        codes = [entry.code for entry in lists[Liste.CATEGORIE]]
        assert [code for code in codes if register_of(metier, code) not in known] == []
        assert register_of(metier, "mot_de_l_equipe") == OTHER


@pytest.mark.usefixtures("_year")
def test_a_funder_reads_of_the_services_it_funds_and_of_no_other(cast: Cast) -> None:
    for service, name in (
        (cast.alm, "Ville"),
        (cast.relais, "Département"),
        (cast.services["nuit"], "Ville"),
    ):
        Financement.objects.create(service=service, financeur=name, part=50)
    whole = json.loads(make("activite", "json", cast.ici.code, YEAR))
    city = json.loads(make("activite", "json", cast.ici.code, YEAR, "Ville"))
    assert activite.funders([cast.alm, cast.relais]) == ["Département", "Ville"]
    assert city["financeur"] == "Ville"
    assert [one["financeurs"] for one in city["services"]] == [["Ville, 50 %"]] * 2
    assert city["services"] == [one for one in whole["services"] if one["service"] in {"ALM", "La Nuit"}]
    with pytest.raises(CommandError, match="financeur"):
        make("activite", "json", cast.ici.code, YEAR, "Personne")
