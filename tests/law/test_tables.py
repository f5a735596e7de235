"""The tables of the specification, beside the rules: duties attached, dates, state read, confidence."""

from datetime import date

from maillage.law import VERSION, catalogue
from maillage.law.codes import ISSUES, LEVE_PAR, OBLIGATIONS, TITRES
from maillage.law.rules import REGLES
from maillage.law.steps import ISSUES as ORDER

OBLIGATIONS_OF = {
    "CASF-L226-2-1": "O-SANS-DELAI O-INFORMER O-JOURNAL",
    "CASF-L221-6-al2": "O-SANS-DELAI O-NECESSAIRE O-JOURNAL",
    "CASF-L121-6-2-al1": "O-MAIRE-ET-PCD O-JOURNAL",
    "CASF-L121-6-2-al7": "O-SANS-DELAI O-MAIRE-FAIT O-JOURNAL",
    "CP-434-3": "O-SANS-DELAI O-NECESSAIRE O-NE-PAS-ALERTER",
    "CP-223-6": "O-SANS-DELAI O-NECESSAIRE",
    "CPP-40": "O-SANS-DELAI O-SANS-FICHIER",
    "EDU-L131-8": "O-JOURNAL",
    "CASF-L226-5": "O-MINIMUM O-TROIS-MOIS O-JOURNAL",
    "CPP-60-1/77-1-1": "O-REQUISITION O-JOURNAL",
    "CASF-L226-2-2": "O-INFORMER O-NECESSAIRE O-JOURNAL",
    "CASF-L121-6-2-al5": "O-COORDONNATEUR O-NECESSAIRE O-SANS-TIERS O-NOTICE O-JOURNAL",
    "CASF-L121-6-2-al6": "O-NECESSAIRE O-SANS-TIERS O-JOURNAL",
    "CASF-L221-6-al3": "O-NECESSAIRE O-JOURNAL",
    "CASF-L226-3": "O-SANS-DELAI O-JOURNAL",
    "CASF-L226-4-II": "O-COPIE-PCD O-JOURNAL",
    "CP-226-14-1": "O-NECESSAIRE O-JOURNAL",
    "CP-226-14-4": "O-JOURNAL",
    "CASF-L411-3-al2": "O-NECESSAIRE O-JOURNAL",
    "CSI-L132-5": "O-SANS-TIERS O-NECESSAIRE O-REGLES O-NOTICE O-JOURNAL",
    "EDU-R131-10-5": "O-NECESSAIRE O-JOURNAL",
    "ORIENT-PRIVE": "O-ACCORD O-MINIMUM O-NOTICE O-JOURNAL",
    "ORIENT-PUBLIC": "O-ACCORD O-MINIMUM O-NOTICE O-JOURNAL",
    "ORIENT-ACCUSE": "O-SANS-FICHIER",
    "RELAIS-PRESENT": "O-ACCORD O-SANS-FICHIER O-JOURNAL",
    "MED-TIERS": "O-ACCORD O-NECESSAIRE",
    "RETOUR-CONVENU": "O-MINIMUM O-SANS-TIERS O-ACCORD O-JOURNAL",
    "ACCES-SOI": "O-IDENTITE O-MASQUER",
    "ACCES-PARENT": "O-IDENTITE O-MASQUER",
}

D2007, D2007_7, ROUTE = date(2007, 3, 6), date(2007, 3, 7), date(2001, 10, 1)
L2009, L2026, L2010 = date(2009, 1, 1), date(2026, 4, 3), date(2010, 4, 4)
PROVENANCE = {
    "CASF-L226-2-1": (D2007, date(2024, 6, 20), "VERIFIE", True),
    "CASF-L221-6-al2": (D2007, L2009, "VERIFIE", False),
    "CASF-L221-6-al3": (D2007, L2009, "VERIFIE", False),
    "CASF-L121-6-2-al1": (D2007_7, L2009, "VERIFIE", True),
    "CASF-L121-6-2-al5": (D2007_7, L2009, "VERIFIE", True),
    "CASF-L121-6-2-al6": (D2007_7, L2009, "VERIFIE", True),
    "CASF-L121-6-2-al7": (D2007_7, L2009, "VERIFIE", True),
    "CASF-L226-2-2": (D2007, L2009, "VERIFIE", True),
    "CASF-L226-3": (D2007, L2009, "VERIFIE", False),
    "CASF-L226-4-II": (D2007, L2009, "VERIFIE", False),
    "CASF-L226-5": (D2007, L2009, "VERIFIE", False),
    "CASF-L411-3-al2": (date(2000, 12, 23), L2009, "VERIFIE", False),
    "CP-434-3": (date(1994, 3, 1), L2026, "VERIFIE", False),
    "CP-223-6": (date(1994, 3, 1), L2026, "VERIFIE", False),
    "CP-226-14-1": (date(1994, 3, 1), L2026, "VERIFIE", False),
    "CP-226-14-4": (date(2003, 3, 19), L2026, "VERIFIE", False),
    "CPP-40": (None, L2010, "VERIFIE", True),
    "CPP-60-1/77-1-1": (None, L2010, "VERIFIE", True),
    "EDU-L131-8": (D2007_7, date(2008, 12, 29), "VERIFIE", True),
    "EDU-R131-10-5": (date(2008, 2, 16), date(2008, 12, 29), "VERIFIE", True),
    "CSI-L132-5": (D2007_7, L2026, "VERIFIE", False),
    "ORIENT-PRIVE": (ROUTE, L2026, "VERIFIE", False),
    "ORIENT-ACCUSE": (ROUTE, L2026, "VERIFIE", False),
    "RELAIS-PRESENT": (ROUTE, L2026, "VERIFIE", False),
    "MED-TIERS": (ROUTE, L2026, "VERIFIE", False),
    "ORIENT-PUBLIC": (ROUTE, L2026, "VERIFIE", False),
    "RETOUR-CONVENU": (ROUTE, date(2017, 12, 1), "SECONDE", False),
    "ACCES-SOI": (None, L2009, "VERIFIE", False),
    "ACCES-PARENT": (None, L2026, "VERIFIE", False),
    "X-CLSPD-PLENIERE": (D2007_7, L2026, "VERIFIE", False),
    "X-CLSPD-SECRET": (D2007_7, L2026, "VERIFIE", False),
    "X-REEMPLOI": (None, L2009, "VERIFIE", True),
    "X-FICHIER-INFRACTION": (None, None, "MEMOIRE", False),
    "X-FICHIER-SENSIBLE": (None, None, "MEMOIRE", False),
    "X-DEFAUT": (None, L2026, "VERIFIE", False),
    "G-NON-PERSONNEL": (None, None, "DOCTRINE", False),
    "G-DATE": (None, None, "DOCTRINE", False),
}


def test_each_rule_carries_the_duties_of_its_table() -> None:
    told = {r.id: set(r.obligations) for r in REGLES if r.obligations}
    assert told == {name: set(duties.split()) for name, duties in OBLIGATIONS_OF.items()}
    assert all(len(set(r.obligations)) == len(r.obligations) for r in REGLES)
    assert {o for r in REGLES for o in r.obligations} == set(OBLIGATIONS)


def test_each_rule_says_since_when_and_how_surely_it_was_read() -> None:
    told = {r.id: (r.depuis, r.lu.le, r.lu.marque.value, r.lu.a_verifier) for r in REGLES}
    assert told == PROVENANCE


def test_every_code_has_its_label() -> None:
    assert tuple(ISSUES) == tuple(TITRES) == ORDER
    assert {v.leve_par for r in REGLES for c in r.si for v in c.voies} == set(LEVE_PAR)
    assert catalogue.label("issue", "permis") == "Un texte la permet, ou rien ne la défend"
    assert catalogue.value_label("contenu.nature", "vie_privee") == "vie privée"
    assert catalogue.value_label("information_rgpd", True) == "oui"
    assert catalogue.fact_label("cadre") == "cadre"


def test_a_text_that_was_not_read_for_six_months_shows_a_banner() -> None:
    rule = catalogue.rule("CP-223-6")
    assert catalogue.banner(rule, date(2026, 10, 3)) == ""
    assert catalogue.banner(rule, date(2026, 10, 4)).startswith("Le texte de cette règle n'a pas été relu")
    assert catalogue.banner(catalogue.rule("X-FICHIER-SENSIBLE"), date(2026, 4, 4)) != ""
    assert catalogue.months_after(date(2025, 8, 31), 6) == date(2026, 2, 28)


def test_articles_and_questions_are_whole() -> None:
    assert {r.id for _, rules in catalogue.articles() for r in rules} == {r.id for r in REGLES}
    assert [q.code for q in catalogue.questions()] == [f"U-{n}" for n in range(1, 17)]
    chosen = [q.code for q in catalogue.questions() if q.a_lecture]
    assert chosen == ["U-1", "U-2", "U-3", "U-4", "U-5", "U-6", "U-9", "U-10", "U-14"]
    assert all(q.gain and q.prix and q.textes for q in catalogue.questions() if q.a_lecture)
    assert VERSION == "2026-11-22"
    for article, _ in catalogue.articles():
        assert article.lien.startswith("https://www.legifrance.gouv.fr/") or article.code == "doctrine"
