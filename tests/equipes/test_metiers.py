"""A trade writes its own page, version after version; the kit carries both and the law's answers."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.directory.enums import Metier
from maillage.directory.models import Poste
from maillage.equipes.fiche import kit, kit_data, series
from maillage.equipes.formation_cas import cases_of
from maillage.equipes.metiers import FILE, LINE_MAX, LINES_MAX, PARTS, may_write, pages, versions, write_page
from maillage.equipes.models import PageMetier
from tests.cast import Cast
from tests.door import acteur, add_clause

pytestmark = pytest.mark.django_db
MEDIATION, PREVENTION = Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE
TYPED = {"fait": "Nous marchons.\n\n  Nous écoutons.  ", "ne_peut_pas": "Dire un nom.", "doit": "Répondre."}
READ = {"fait": ["Nous marchons.", "Nous écoutons."], "ne_peut_pas": ["Dire un nom."], "doit": ["Répondre."]}
A_DAY = date(2026, 3, 12)


def write(cast: Cast, who: str = "cheffe_alm", version: int = 0, **changed: str) -> PageMetier | None:
    return write_page(
        by=acteur(cast.membres[who]),
        partenariat=cast.ici,
        metier=MEDIATION,
        version=version,
        parties={**TYPED, **changed},
    )


def test_a_partnership_starts_from_a_proposed_text(cast: Cast) -> None:
    proposed = json.loads(FILE.read_text(encoding="utf-8"))
    assert [(one.metier, one.version, dict(one.parties)) for one in pages(cast.ici)] == [
        (trade, 0, proposed[trade]) for trade in (MEDIATION, PREVENTION)
    ]
    lines = [line for trade in proposed.values() for part in trade.values() for line in part]
    assert all(len(line) <= LINE_MAX for line in lines)


def test_the_trade_writes_and_the_versions_stay(cast: Cast) -> None:
    first = write(cast)
    second = write(cast, version=1, doit="Répondre vite.")
    assert [first is not None and first.version, second is not None and second.version] == [1, 2]
    found = versions(cast.ici, MEDIATION)
    assert [(one.version, list(one.parties["doit"])) for one in found[:2]] == [
        (2, ["Répondre vite."]),
        (1, ["Répondre."]),
    ]
    assert [one.version for one in found] == [2, 1, 0]
    assert dict(found[1].parties) == READ
    assert found[0].service == "ALM"
    lines = Ligne.objects.filter(objet_genre="page_metier").order_by("pk")
    assert [line.detail for line in lines] == [{"version": 1}, {"version": 2}]
    assert [one.version for one in pages(cast.ici)] == [2, 0]
    assert [one.version for one in pages(cast.ailleurs)] == [0, 0]


def test_the_same_text_again_writes_nothing(cast: Cast) -> None:
    write(cast)
    assert write(cast, version=1) is None
    assert PageMetier.objects.count() == 1


@pytest.mark.parametrize("who", ["karim", "direction_alm", "cheffe_relais", "coordination", "direction_sud"])
def test_only_a_head_of_that_trade_writes(cast: Cast, who: str) -> None:
    assert not may_write(acteur(cast.membres[who]), cast.ici, MEDIATION)
    with pytest.raises(NotYours):
        write(cast, who)
    assert may_write(acteur(cast.cheffe_alm), cast.ici, MEDIATION)
    assert not may_write(acteur(cast.cheffe_alm), cast.ailleurs, MEDIATION)


def test_a_head_who_only_reads_writes_nothing(cast: Cast) -> None:
    Poste.objects.filter(pk=cast.cheffe_alm.poste.pk).update(lecture_seule=True)
    cast.cheffe_alm.poste.refresh_from_db()
    with pytest.raises(CannotWrite):
        write(cast)


def test_someone_else_s_version_is_never_overwritten(cast: Cast) -> None:
    write(cast)
    with pytest.raises(NotNow):
        write(cast, version=0, fait="Autre chose.")
    assert PageMetier.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("  \n ", "Écrivez au moins une ligne."),
        ("\n".join(["Une ligne."] * (LINES_MAX + 1)), "8 lignes au plus : la page se lit en réunion."),
        ("a" * (LINE_MAX + 1), "Une ligne est trop longue : 160 caractères au plus."),
    ],
)
def test_a_bad_text_is_said_and_nothing_is_written(cast: Cast, typed: str, said: str) -> None:
    with pytest.raises(BadAnswer) as caught:
        write(cast, doit=typed)
    assert (caught.value.champ, str(caught.value)) == ("doit", said)
    assert PageMetier.objects.count() == 0


def test_the_kit_carries_both_pages_three_cases_and_their_answers(cast: Cast) -> None:
    write(cast)
    cases = series(cases_of(cast.ici, A_DAY), 1)
    data = kit_data(cast.ici, pages(cast.ici), cases, A_DAY, "")
    assert [one["name"] for one in data["trades"]] == ["Médiation sociale", "Prévention spécialisée"]
    assert [part["lines"] for part in data["trades"][0]["parts"]] == list(READ.values())
    assert [part["title"] for part in data["trades"][0]["parts"]] == list(PARTS.values())
    assert [one["title"] for one in data["cases"]] == [one.situation.titre for one in cases]
    assert len({one.issue for one in cases}) == 3
    assert [one["outcome"] for one in data["cases"]] == ["Vous pouvez", "Pas sous cette forme", "Il manque"]
    third = {part["title"]: part["lines"] for part in data["cases"][2]["because"]}
    assert "peut le lever" in third["Il manque"][0]


def test_each_kit_has_other_cases_and_those_of_here_come_first(cast: Cast) -> None:
    add_clause(cast.ici, "information_rgpd", True)
    cases = cases_of(cast.ici, clock.today())
    told = [[one.code for one in series(cases, number)] for number in (1, 2)]
    assert set(told[0]) & set(told[1]) == set()
    assert series(cases, 1)[0].d_ici
    assert series([], 1) == []


def test_the_kit_is_a_pdf_with_the_answers_on_another_sheet(cast: Cast) -> None:
    made = PdfReader(BytesIO(kit(cast.ici, A_DAY, number=1, mention="Données inventées")))
    told = [page.extract_text() for page in made.pages]
    assert len(told) == 3
    assert ["Ce que nous devons" in told[0], "Pourquoi" in told[1]] == [True, True]
    assert ["Ce que répond le droit" in one for one in told] == [False, False, True]
    assert ["Données inventées" in one for one in told] == [True, True, True]
