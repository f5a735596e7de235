"""A verdict in the words of the screen."""

from maillage.law.case import new_case
from maillage.law.decision import decide
from maillage.law.plain import PlainVerdict, plain
from tests.law.cas import CAS, SCENARIOS

BY_ID = {s["id"]: c for s, c in zip(SCENARIOS, CAS, strict=True)}


def _plain(identifiant: str) -> PlainVerdict:
    return plain(decide(BY_ID[identifiant]))


def test_the_five_titles() -> None:
    titles = {i: (_plain(i).ton, _plain(i).titre) for i in ("S25", "S36", "S08", "S01", "S03", "S05")}
    assert titles == {
        "S25": ("obligatoire", "À transmettre sans délai"),
        "S36": ("obligatoire", "À transmettre"),
        "S08": ("permis", "Vous pouvez"),
        "S01": ("incomplet", "Il manque…"),
        "S03": ("a_trancher", "À décider ensemble"),
        "S05": ("interdit", "Pas sous cette forme"),
    }


def test_what_lacks_is_said_once_with_who_can_lift_it() -> None:
    told = [(m.phrase, m.qui, m.chemin, m.question) for m in _plain("S01").manques]
    assert told == [
        ("L'accord de la personne à cet échange", "la personne", "accord_personne", None),
        (
            "L'accord d'un titulaire de l'autorité parentale",
            "le titulaire de l'autorité parentale",
            "accord_titulaire",
            None,
        ),
        (
            "La décision expresse de l'autorité d'emploi, qui délie de la discrétion",
            "l'autorité d'emploi",
            "decision_autorite",
            None,
        ),
        ("La présence de la personne, qui parle elle-même", "la personne", "personne_presente", None),
    ]


def test_an_open_question_is_named() -> None:
    said = _plain("S03")
    assert said.questions == (("U-4", "Le statut tient-il au secret tout agent public (hors l'école) ?"),)
    assert said.manques[0].phrase == (
        "Il faudrait admettre que le seul statut d'agent public suffise à tenir le destinataire au secret"
    )
    assert said.manques[0].qui == "les deux directions et le DPO"


def test_the_law_unfolds() -> None:
    (rule,) = _plain("S08").details
    assert rule.regle == "ORIENT-PRIVE"
    assert rule.article.startswith("article 9 du code civil ; article 6 du règlement général")
    assert rule.etat_du_texte.startswith(
        "Texte applicable le 1er juin 2026, en vigueur depuis le 1er octobre"
    )
    assert rule.phrases[0] == "Condition remplie : l'émetteur est médiateur."
    assert rule.banniere == ""
    assert _plain("S23").banniere.startswith("Le texte de cette règle n'a pas été relu")


def test_the_name_of_a_text_is_that_of_its_day() -> None:
    (rule,) = _plain("S40").details
    assert "(article L. 2211-5 du code général des collectivités territoriales)" in rule.etat_du_texte


def test_a_case_without_a_day_says_so() -> None:
    said = plain(decide(new_case({"contenu.nature": "vie_privee"})))
    assert said.phrase == "La date de l'échange manque, ou elle est trop ancienne pour être jugée ici."
    assert [m.chemin for m in said.manques] == ["date"]
    assert said.alternatives == ()


def test_no_code_shows_in_the_words_of_a_verdict() -> None:
    for case in CAS:
        verdict = decide(case)
        said = plain(verdict)
        shown = [said.titre, said.phrase, *said.obligations, *(m.phrase for m in said.manques)]
        shown += [label for _, label in said.alternatives] + [p for d in said.details for p in d.phrases]
        shown += list(verdict.explication)
        assert [s for s in shown if "O-" in s or "ALT-" in s or "_" in s or "CASF-" in s] == []
