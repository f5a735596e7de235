"""Who is there: one's partnerships and nothing else, a call away, and never a trace."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client

import maillage
from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.conventions.enums import Place
from maillage.conventions.models import Participation
from maillage.directory.enums import GenreTitre, Role
from maillage.directory.models import Indisponibilite, Poste, Professionnel, Service, Territoire, Titre
from maillage.directory.seed import load_study
from maillage.web.areas import rule_table
from maillage.web.templatetags.dates import heure, jour
from tests.cast import Cast, Membre

SignedIn = Callable[[Membre], Client]
WHO = "/annuaire/"
PACKAGE = Path(maillage.__file__).parent
# A call, not a reminder («rappel»).
CALL = re.compile(r"(?<!r)appel", re.IGNORECASE)


def _service(service: Service) -> str:
    return f"/annuaire/services/{service.code}/"


def _territory(territoire: Territoire) -> str:
    return f"/annuaire/territoires/{territoire.pk}/"


def _text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return html.unescape(answer.content.decode())


def _call(cast: Cast) -> None:
    Service.objects.filter(pk=cast.relais.pk).update(telephone="05 46 00 00 01")
    Professionnel.objects.filter(pk=cast.samira.poste.professionnel_id).update(telephone="06 11 22 33 44")
    Service.objects.filter(pk=cast.prevention_sud.pk).update(
        telephone="05 99 99 99 99", nom_court="Canari Sud"
    )
    Professionnel.objects.filter(pk=cast.educatrice_sud.poste.professionnel_id).update(nom="Canari")


def test_one_sees_the_services_of_ones_partnership_a_tap_from_a_call(cast: Cast, signed_in: SignedIn) -> None:
    _call(cast)
    page = _text(signed_in(cast.nadia), WHO)
    assert [name in page for name in ("ALM", "La Nuit", "Le Relais", "Port-Rouge")] == [True] * 4
    assert 'href="tel:0546000001"' in page
    assert [leak in page for leak in ("Canari", "Les Pins", "0599999999")] == [False] * 3


def test_reading_and_calling_leave_no_trace(cast: Cast, signed_in: SignedIn) -> None:
    client, before = signed_in(cast.nadia), Ligne.objects.count()
    for url in (WHO, _service(cast.relais), _territory(cast.quartier)):
        client.get(url)
    assert Ligne.objects.count() == before


def test_a_call_is_a_telephone_link_and_nothing_else() -> None:
    """No request leaves with a call: no script, no htmx, no ping; no table nor address could keep one."""
    links = [
        (path.name, link)
        for path in sorted((PACKAGE / "web" / "templates").rglob("*.html"))
        for link in re.findall(r"<a\b[^>]*tel:[^>]*>", path.read_text(encoding="utf-8"))
    ]
    assert len(links) > 3
    assert [one for one in links if re.search(r"\b(hx-|data-|on\w+=|ping|id=)", one[1])] == []
    kept = [model.__name__ for model in apps.get_models()] + list(rule_table())
    assert [name for name in kept if CALL.search(name)] == []
    scripts = (PACKAGE.parents[1] / "front" / "src").rglob("*.ts")
    assert [path.name for path in scripts if "tel:" in path.read_text(encoding="utf-8")] == []


def test_members_see_each_others_team_with_its_numbers(cast: Cast, signed_in: SignedIn) -> None:
    _call(cast)
    page = _text(signed_in(cast.nadia), _service(cast.relais))
    assert [name in page for name in ("Samira Essai", "Bruno Essai", 'href="tel:0611223344"')] == [True] * 3
    assert "Inès" not in _text(signed_in(cast.nadia), _service(cast.alm))


def test_a_long_team_folds_by_title(cast: Cast, signed_in: SignedIn) -> None:
    for number in range(13):
        person = Professionnel.objects.create(prenom=f"P{number}", nom="Relais")
        Poste.objects.create(
            professionnel=person,
            service=cast.relais,
            role=Role.PARENT_RELAIS,
            intitule="parent relais",
            fonction="parent_relais",
            emploi="agent_public",
            debut=date(2020, 1, 1),
        )
    page = _text(signed_in(cast.nadia), _service(cast.relais))
    assert "<summary>Parent relais · 13</summary>" in page
    assert page.count("<summary>") == 1
    assert page.index("Dora Essai") < page.index("Samira Essai") < page.index("P12 Relais")


def test_an_associate_calls_the_service_and_does_not_see_its_agents(cast: Cast, signed_in: SignedIn) -> None:
    _call(cast)
    Participation.objects.create(
        partenariat=cast.ici, service=cast.mairie, place=Place.ASSOCIE, debut=date(2020, 1, 1)
    )
    page = _text(signed_in(cast.maire), _service(cast.relais))
    assert 'href="tel:0546000001"' in page
    assert [leak in page for leak in ("Samira", "0611223344", "en poste")] == [False] * 3
    assert "Maud Essai" in _text(signed_in(cast.maire), _service(cast.mairie))
    assert "Maud" not in _text(signed_in(cast.nadia), _service(cast.mairie))


def test_without_partnership_one_sees_ones_own_service(cast: Cast, signed_in: SignedIn) -> None:
    page = _text(signed_in(cast.maire), WHO)
    assert "Aucun partenariat en cours" in page
    assert "Mairie" in page
    assert "Le Relais" not in page


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_pages_are_only_read(cast: Cast, signed_in: SignedIn, method: str) -> None:
    client = signed_in(cast.nadia)
    for url in (WHO, _service(cast.relais), _territory(cast.quartier)):
        assert getattr(client, method)(url).status_code == 405


def test_elsewhere_and_nowhere_look_the_same(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.nadia)
    urls = [
        _service(cast.prevention_sud),
        "/annuaire/services/absent/",
        _service(cast.mairie),
        _territory(cast.quartier_sud),
        f"/annuaire/territoires/{uuid4()}/",
    ]
    assert [client.get(url).status_code for url in urls] == [404] * 5


def test_a_partnership_that_is_over_closes_the_directory(cast: Cast, signed_in: SignedIn) -> None:
    Participation.objects.filter(service=cast.relais).update(fin=clock.today() - timedelta(days=1))
    assert signed_in(cast.nadia).get(_service(cast.relais)).status_code == 404
    assert signed_in(cast.samira).get(_service(cast.alm)).status_code == 404
    assert signed_in(cast.samira).get(_service(cast.relais)).status_code == 200


def test_every_role_reads_a_reader_too_and_a_visitor_signs_in(
    cast: Cast, signed_in: SignedIn, client: Client
) -> None:
    members = [cast.karim, cast.samira, cast.dpo, cast.coordination, cast.direction_alm, cast.lecteur]
    assert [signed_in(member).get(WHO).status_code for member in members] == [200] * 6
    assert client.get(WHO).status_code == 302


def test_the_page_says_titles_ages_and_days_away(cast: Cast, signed_in: SignedIn) -> None:
    Titre.objects.create(
        service=cast.relais,
        genre=GenreTitre.DELEGATION,
        preuve="Convention ancienne",
        debut=date(2015, 1, 1),
        fin=date(2019, 12, 31),
    )
    Indisponibilite.objects.create(service=cast.relais, debut=clock.today(), fin=clock.today())
    page = _text(signed_in(cast.nadia), _service(cast.relais))
    assert page.count("en cours") == 1
    assert page.count("hors de ses dates") == 1
    assert "de 11 à 25 ans" in page
    assert "L'équipe est indisponible jusqu'au" in page
    assert "Aucun titre n'est inscrit" in _text(
        _without_title(cast, signed_in), _service(cast.prevention_sud)
    )


def _without_title(cast: Cast, signed_in: SignedIn) -> Client:
    cast.prevention_sud.titres.all().delete()
    return signed_in(cast.educatrice_sud)


def test_a_service_of_the_study_shows_its_figures_and_contradictions(cast: Cast, signed_in: SignedIn) -> None:
    adei = load_study()["adei-larochelle"]
    Participation.objects.create(partenariat=cast.ici, service=adei, debut=date(2020, 1, 1))
    page = _text(signed_in(cast.nadia), _service(adei))
    assert "4 éducateurs spécialisés, 1 chef de service éducatif, 1 coordinateur" in page
    assert "ADBEI (Accompagner Développer Eduquer Insérer)" in page
    assert "Le tableau écrit « ADBEI »" in page


def test_a_territory_shows_its_places_and_teams(cast: Cast, signed_in: SignedIn) -> None:
    cast.quartier.indicateurs = {
        "x": {"libelle": "Taux de pauvreté", "valeur": 41.5, "unite": "%", "source": "INSEE", "annee": 2018}
    }
    cast.quartier.save()
    page = _text(signed_in(cast.nadia), _territory(cast.quartier))
    assert [name in page for name in ("Hall 4", "Le Relais", "Villeneuve")] == [True] * 3
    assert [said in page for said in ("Taux de pauvreté", "41,5 %", "INSEE, 2018")] == [True] * 3


@pytest.mark.parametrize("page", ["who", "service", "territory"])
def test_the_number_of_queries_does_not_grow(
    cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: Any, page: str
) -> None:
    client = signed_in(cast.nadia)
    url = {"who": WHO, "service": _service(cast.relais), "territory": _territory(cast.quartier)}[page]
    client.get(url)
    with django_assert_max_num_queries(100) as few:
        client.get(url)
    for number in range(3):
        other = Service.objects.create(
            code=f"autre-{number}",
            structure=cast.alm.structure,
            metier=cast.alm.metier,
            nom="A",
            nom_court="A",
        )
        Participation.objects.create(partenariat=cast.ici, service=other, debut=date(2020, 1, 1))
        cast.ici.territoires.add(
            Territoire.objects.create(
                genre="secteur", code=f"s{number}", nom="S", parent=cast.quartier.parent
            )
        )
    with django_assert_max_num_queries(len(few)):
        client.get(url)


@pytest.mark.parametrize(
    ("day", "said"), [(date(2016, 9, 1), "1er septembre 2016"), (date(2016, 9, 11), "11 septembre 2016")]
)
def test_days_are_written_the_french_way(day: date, said: str) -> None:
    assert jour(day).replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(("moment", "said"), [(time(14), "14 h"), (time(9, 5), "9 h 05")])
def test_hours_are_written_the_french_way(moment: time, said: str) -> None:
    assert heure(moment).replace("\N{NO-BREAK SPACE}", " ") == said
