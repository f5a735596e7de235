"""The six cities' pages, held to the study by hand: who works there, where, how, and why answers differ."""

from __future__ import annotations

import html
from random import Random

from django.test import TestCase, override_settings

from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.demo import partnerships, projets, reunions, staff
from maillage.demo.cities import CITIES
from maillage.directory.seed import load_study
from maillage.etude.enums import Ville
from maillage.web.demonstration.six import Standing, lived, partnership_of, standing, teams_of

# Section 3 of the study, read again by hand: form, posts by service, ground, meetings and projects' places.
STUDY = {
    "la-rochelle": ("convention", {"ADEI": 6, "ALPMS": 24}, ["Mireuil", "Villeneuve-les-Salines"]),
    "le-teil": ("informel", {"ADSEA 07": 2, "Pôle Enfance Jeunesse": 4}, []),
    "limoges": ("informel", {"ALSEA": 10, "Correspondants de soirée": 15}, ["Val de l'Aurence"]),
    "lorient": ("informel", {"Médiation de Lorient": 7, "Sauvegarde 56": 4}, ["Bois du Château"]),
    "marseille": (
        "pilotage_unique",
        # Four services of twenty to thirty: the demo takes twenty-two.
        {"Médiation TER": 11, "Médiation urbaine": 27, "Prévention ADDAP 13": 88},
        [
            "Ligne TER Marseille – Aix-en-Provence",
            *(f"Marseille {number}e Arrondissement" for number in range(13, 17)),
        ],
    ),
    "orleans": ("pilotage_unique", {"SEP": 12, "SPMR": 179}, []),
}
MEETINGS = {"la-rochelle": "Réunion du partenariat", "limoges": "Rencontre de terrain"}
PROJECTS = {
    "lorient": [("Rénover le kiosque avec ceux qui s'y retrouvent", "Kiosque, Bois du Château")],
    "limoges": [("Un après-midi par semaine dans la cour ouverte", "Cour d'école ouverte, Val de l'Aurence")],
}
NOTICE, RETURN = "« Une même information remise aux personnes »", "« Se dire l'évolution d'une orientation »"
MISSION = "« La mission d'action sociale des médiateurs est écrite »"
UNWRITTEN = [("permis", []), ("incomplet", []), ("incomplet", []), ("incomplet", []), ("interdit", [])]
ANSWERS = {
    "la-rochelle": [
        ("permis", []),
        ("permis", [NOTICE]),
        ("permis", [RETURN, "la lecture U-10"]),
        ("incomplet", [MISSION]),
        ("interdit", []),
    ],
    "le-teil": UNWRITTEN,
    "limoges": UNWRITTEN,
    "lorient": UNWRITTEN,
    "marseille": [UNWRITTEN[0], ("permis", [NOTICE]), *UNWRITTEN[2:]],
    "orleans": [
        ("permis", []),
        ("permis", [NOTICE]),
        ("permis", [RETURN, "la lecture U-10"]),
        ("permis", [MISSION, "la lecture U-1", "la lecture U-2"]),
        ("interdit", []),
    ],
}
DISCRETION = "La décision expresse de l'autorité d'emploi, qui délie de la discrétion (l'autorité d'emploi)"


class SixCitiesTest(TestCase):
    """One set-up for all: the six partnerships with posts, projects and meetings, without a year of notes."""

    six: dict[str, Partenariat]

    @classmethod
    def setUpTestData(cls) -> None:
        """Install the six cities once."""
        load_study()
        today, now = clock.today(), clock.now()
        for city in CITIES:
            rng = Random(city.code)
            installed = partnerships.install(city, rng, today)
            services = (*installed.mediation, *installed.prevention)
            posts = [post for service in services for post in staff.staff_service(service, rng, today)]
            projets.write_projects(installed, posts, rng, today)
            reunions.write_meetings(installed, rng, now)
        found = {str(ville): partnership_of(ville) for ville in Ville}
        cls.six = {ville: partenariat for ville, partenariat in found.items() if partenariat is not None}

    def test_the_seed_is_the_study(self) -> None:
        on = clock.today()
        for ville, (form, posts, grounds) in STUDY.items():
            partenariat = self.six[ville]
            assert [row.forme for row in partenariat.formes.all()] == [form]
            assert {str(team.service): team.total for team in teams_of(partenariat, on)} == posts
            names = set(partenariat.territoires.values_list("nom", flat=True))
            assert names >= set(grounds)
            year = lived(partenariat, on)
            if ville in PROJECTS:
                assert [(one.titre, str(one.lieu)) for one in year.projets] == PROJECTS[ville]
            if ville in MEETINGS:
                assert list(year.rencontres) == [MEETINGS[ville]]
        assert [list(lived(self.six[ville], on).rencontres) for ville in ("le-teil", "lorient")] == [[], []]

    def test_each_city_answers_for_reasons_one_can_read(self) -> None:
        on = clock.today()
        found = {ville: standing(partenariat, on) for ville, partenariat in self.six.items()}
        assert {ville: _said(one) for ville, one in found.items()} == {
            ville: [(issue, sorted(thanks)) for issue, thanks in rows] for ville, rows in ANSWERS.items()
        }
        # Same form, nothing written: only Lorient's mediators owe the town their discretion.
        stops = {ville: DISCRETION in found[ville].raisons[1].pourquoi for ville in ("lorient", "limoges")}
        assert stops == {"lorient": True, "limoges": False}

    def test_the_pages_open_in_a_demo_only(self) -> None:
        assert self.client.get("/demo/villes/").status_code == 404
        assert self.client.get("/demo/villes/lorient/").status_code == 404
        with override_settings(MAILLAGE_DEMO=True):
            assert self.client.get("/demo/villes/nulle-part/").status_code == 404
            assert self.client.post("/demo/villes/lorient/").status_code == 405
            lorient, orleans, table = (
                html.unescape(self.client.get(f"/demo/villes/{page}").content.decode())
                for page in ("lorient/", "orleans/", "")
            )
        assert [page.count('<p class="eyebrow">Clause') for page in (lorient, orleans)] == [0, 4]
        assert ["Rien n'est écrit ici" in page for page in (lorient, orleans)] == [True, False]
        assert "Le Teil, Lorient" in table


def _said(one: Standing) -> list[tuple[str, list[str]]]:
    return [(reason.answer.issue, sorted(reason.grace_a)) for reason in one.raisons]
