"""The study's public pages: open to all, right methods, right figures, nothing that is not there."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from maillage.directory.seed import load_study
from maillage.etude import items as content
from maillage.etude import rapport
from maillage.etude.ecrans import ECRANS
from maillage.etude.items import items
from maillage.etude.pages import depuis, textes
from maillage.etude.pratiques import pratiques
from maillage.web.etude import presentation
from maillage.web.etude.urls import RULES

PAGES = [
    ("accueil", []),
    ("villes", []),
    ("ville", ["orleans"]),
    ("comparaison", []),
    ("formes", []),
    ("prerequis", []),
    ("preconisations", []),
    ("textes", []),
    ("voix", []),
    ("enonces", []),
    ("pratiques", []),
    ("pratique", ["kiosque"]),
    ("brouillon", ["kiosque"]),
    ("territoires", []),
    ("territoire", ["commune", "45234"]),
    ("chez_vous", []),
]


@pytest.fixture
def study(db: None) -> None:
    """The directory with the report's table."""
    load_study()


def _page(client: Client, name: str, *args: str, query: str = "") -> str:
    answer = client.get(reverse(f"etude:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def _text(html: str) -> str:
    bare = re.sub(r"<(script|style|svg).*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare)).replace("\N{NO-BREAK SPACE}", " ")


def test_a_visitor_without_account_reads_every_page(study: None, client: Client) -> None:
    for name, args in PAGES:
        answer = client.get(reverse(f"etude:{name}", args=args))
        assert answer.status_code == 200, name
        assert set(answer.cookies) <= {"csrftoken"}, name
        assert answer.headers["Content-Security-Policy"], name


def test_every_address_of_the_study_is_tried() -> None:
    assert {name for name, _ in PAGES} | {"emporter"} == set(RULES)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_wrong_method_is_refused(db: None, client: Client, method: str) -> None:
    for name, args in PAGES:
        if (name, method) != ("chez_vous", "post"):
            assert getattr(client, method)(reverse(f"etude:{name}", args=args)).status_code == 405, name


def test_taking_away_is_a_post_only(client: Client) -> None:
    assert client.get(reverse("etude:emporter")).status_code == 405


ABSENT = [
    ("ville", ["paris"]),
    ("pratique", ["rien"]),
    ("brouillon", ["rien"]),
    ("territoire", ["commune", "99999"]),
    ("territoire", ["departement", "45"]),
    ("territoire", ["inconnu", "45234"]),
]


def test_what_does_not_exist_is_a_404(study: None, client: Client) -> None:
    for name, args in ABSENT:
        assert client.get(reverse(f"etude:{name}", args=args)).status_code == 404, args


def test_pages_stand_without_the_table_in_the_directory(db: None, client: Client) -> None:
    for name in ("accueil", "villes", "comparaison", "territoires", "formes", "chez_vous"):
        assert client.get(reverse(f"etude:{name}")).status_code == 200, name


def test_a_city_page_without_the_directory_still_tells_the_story(db: None, client: Client) -> None:
    said = _text(_page(client, "ville", "lorient"))
    assert "ne contient pas les chiffres du rapport" in said
    assert "barbecue" in said


def test_a_city_page_shows_figures_praise_criticism_and_contradictions(study: None, client: Client) -> None:
    said = _text(_page(client, "ville", "marseille"))
    assert "entre 20 et 30" in said
    assert "adultes-relais 27" in said.lower()
    assert "Le tableau compte quatre services de prévention, le texte sept" in said
    assert "Métropole d&#x27;Aix-Marseille-Provence" in said
    assert "douze questions donnent : Pilotage unique , comme le tableau." in said


def test_what_the_report_criticises_is_kept_apart_from_what_we_notice(study: None, client: Client) -> None:
    orleans, lorient = (_page(client, "ville", name) for name in ("orleans", "lorient"))
    assert "Le rapport ne reproche rien à cette ville." in _text(orleans)
    assert "e-8a6a" in orleans.partition('id="reserves"')[2].partition("</section>")[0]
    assert "e-6b3c" in lorient.partition('id="critique"')[2].partition("</section>")[0]
    assert 'id="reserves"' not in lorient
    assert "Il critique en revanche la forme informelle" in _text(_page(client, "ville", "limoges"))
    assert "Il critique en revanche" not in _text(orleans)


def test_a_range_is_shown_where_the_table_gives_no_total(study: None, client: Client) -> None:
    said = _text(_page(client, "villes"))
    assert "entre 20 et 30 éducateurs spécialisés par service" in said
    assert "effectif non donné" not in said


def test_arrondissements_are_listed_by_number(study: None, client: Client) -> None:
    shown = re.findall(r"/etude/territoires/arrondissement/(\d+)/", _page(client, "territoires"))
    assert shown == sorted(shown)
    assert len(shown) == 16


def test_what_came_after_the_report_is_told_in_order_of_time() -> None:
    dates = [one.quand for one in depuis()]
    assert [re.findall(r"\d{4}", said)[0] for said in dates] == ["2012", "2016", "2018", "2022", "2022"]


ORDER = re.compile(r'<th scope="row" role="rowheader"><a href="/etude/villes/([a-z-]+)/">')


SORTED = [
    ("", ["la-rochelle", "le-teil", "limoges", "lorient", "marseille", "orleans"]),
    ("?tri=population", ["le-teil", "lorient", "la-rochelle", "orleans", "limoges", "marseille"]),
    ("?tri=prevention", ["le-teil", "lorient", "la-rochelle", "limoges", "orleans", "marseille"]),
    ("?forme=informel&tri=mediation", ["le-teil", "lorient", "limoges"]),
    ("?forme=pilotage_unique", ["marseille", "orleans"]),
    ("?financeur=region", ["marseille"]),
    ("?financeur=bailleurs", ["la-rochelle", "marseille"]),
    ("?taille=grande", ["limoges", "orleans"]),
    ("?taille=petite&forme=convention", []),
]


def test_the_comparison_sorts_and_filters_missing_values_last(study: None, client: Client) -> None:
    for query, expected in SORTED:
        assert ORDER.findall(_page(client, "comparaison", query=query)) == expected, query


def test_the_comparison_notes_what_the_table_contradicts(study: None, client: Client) -> None:
    said = _text(_page(client, "comparaison"))
    for words in ("ADBEI", "communauté de communes", "quatre services", "création non donnée", "79 851"):
        assert words in said


def test_a_choice_that_does_not_exist_is_said_in_one_sentence(study: None, client: Client) -> None:
    for address in ("/etude/comparaison/?forme=secte", "/etude/enonces/?nature=rumeur"):
        answer = client.get(address)
        assert answer.status_code == 400
        said = _text(answer.content.decode())
        assert "Ce choix n&#x27;existe pas : prenez-en un dans la liste." in said


def test_the_three_forms_show_advantages_and_limits_with_pointers(study: None, client: Client) -> None:
    html = _page(client, "formes")
    assert html.count("Ce qu'elle apporte") == html.count("Ce qu'elle coûte") == 3
    assert html.count("§ 10a, paragraphe") >= 8


def test_each_legal_text_leads_to_its_rules(study: None, client: Client) -> None:
    html = _page(client, "textes")
    for texte in textes():
        for regle in texte.regles:
            address = reverse("droit:regle", args=[regle])
            assert f'href="{address}"' in html
            assert client.get(address).status_code == 200


def test_statements_are_found_by_word_city_and_kind(study: None, client: Client) -> None:
    shown = re.findall(r'id="e-([\w-]+)"', _page(client, "enonces", query="?ville=lorient&nature=pratique"))
    assert shown == ["6a3a", "6a3b", "6a3c"]
    assert "barbecue" in _text(_page(client, "enonces", query="?q=barbecue")).lower()
    assert "Aucun énoncé ne répond" in _page(client, "enonces", query="?q=zzzz")


def test_an_item_whose_screen_is_not_built_says_so_and_links_nowhere(study: None, client: Client) -> None:
    (waiting,) = [one for one in items() if one.id == "2.4a"]
    html = _page(client, "enonces", query="?section=2")
    assert waiting.ecran == "enquetes"
    assert "baromètre des équipes" in html
    assert 'href=""' not in html


def test_every_practice_has_its_sheet(study: None, client: Client) -> None:
    for one in pratiques():
        said = _text(_page(client, "pratique", one.cle))
        assert "S'en inspirer" in said
        assert one.limites[0].replace("'", "&#x27;") in said


def test_cities_are_named_as_french_contracts_them(study: None, client: Client) -> None:
    assert "Vu au Teil" in _text(_page(client, "pratique", "cine-ado"))
    assert "Vu à La Rochelle" in _text(_page(client, "pratique", "reunion-des-six-semaines"))
    for name, words in (("le-teil", "du Teil"), ("orleans", "d&#x27;Orléans"), ("lorient", "de Lorient")):
        assert f"énoncés qui parlent {words}" in _text(_page(client, "ville", name))


def test_the_passage_is_shown_beside_the_item_where_the_installer_gave_the_report(
    study: None, client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = tmp_path / "rapport.md"
    given.write_text("## 5. TYPOLOGIE\n\nUn passage inventé <b>pour</b> l'essai.\n", encoding="utf-8")
    monkeypatch.setenv(rapport.VARIABLE, str(given))
    known = dict(content.fingerprints())
    monkeypatch.setattr(content, "fingerprints", lambda: known)
    assert "Un passage inventé" not in _page(client, "enonces", query="?section=5")
    known["5.1"] = rapport.fingerprint("Un passage inventé <b>pour</b> l'essai.")
    html = _page(client, "enonces", query="?section=5")
    assert "Un passage inventé &lt;b&gt;pour&lt;/b&gt;" in html
    assert html.count("Le passage du rapport") == 1


def test_passages_that_name_people_are_never_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = tmp_path / "rapport.md"
    given.write_text("Une personne\n\n## REMERCIEMENTS\n\nUne autre\n", encoding="utf-8")
    monkeypatch.setenv(rapport.VARIABLE, str(given))
    assert rapport.passage_at("remerciements", 1) is None
    assert rapport.passage_at("couverture", 1) is None


def test_every_screen_that_a_statement_names_opens() -> None:
    assert [key for key in ECRANS if not presentation.screen(key).url.startswith("/")] == []
    assert not presentation.screen("formes").compte
    assert presentation.screen("accompagnements").compte
