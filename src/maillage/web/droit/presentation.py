"""What a law page shows: each rule's conditions in words, its text's state, and how sure we are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from maillage.base import clock
from maillage.law import catalogue
from maillage.law.language import Article, Condition, Effet, Marque, Regle, Voie
from maillage.web.droit.imported import slug_of

EFFECTS: dict[Effet, str] = {
    Effet.IMPOSE: "Impose de transmettre",
    Effet.AUTORISE: "Permet de transmettre",
    Effet.INTERDIT: "Interdit de transmettre",
    Effet.PAR_DEFAUT: "S'applique quand rien ne permet",
    Effet.DONNE_ACCES: "Donne accès à la personne elle-même",
    Effet.ECARTE: "Ne concerne personne d'identifiable",
    Effet.SITUE: "Situe l'échange dans le temps",
}
MARKS: dict[Marque, tuple[str, str]] = {
    Marque.VERIFIE: ("Texte lu", "L'article lui-même a été lu, dans l'état daté ci-dessous."),
    Marque.SECONDE: ("Lu dans une source citée", "L'article est connu par une source qui le cite."),
    Marque.MEMOIRE: ("À vérifier", "Rien n'a été vérifié : à lire à la source avant de s'y fier."),
    Marque.DOCTRINE: ("Doctrine", "Aucun article ne le dit : c'est une lecture de métier, datée."),
}


@dataclass(frozen=True)
class Way:
    """One way to lift a condition that fails: what lacks, and who can bring it or answer it."""

    manque: str
    qui: str
    question: str


@dataclass(frozen=True)
class ConditionLine:
    """One condition of a rule, as a professional would say it, with its ways out."""

    dit: str
    nature: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class RuleLine:
    """A rule as one line of a list."""

    id: str
    dit: str
    effet: str
    effet_code: str
    alinea: str


@dataclass(frozen=True)
class TextGroup:
    """A text and the rules drawn from it."""

    cite: str
    slug: str
    rules: tuple[RuleLine, ...]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of an article, restated, with the name one gives it."""

    nom: str
    dit: str


@dataclass(frozen=True)
class Reliability:
    """How surely the text is known: mark, explanation, date of the state read, whether it is old."""

    marque: str
    sens: str
    le: date | None
    reserve: str
    a_verifier: bool
    perime: bool


def by_text(rules: Iterable[Regle]) -> list[TextGroup]:
    """Group rules by the text they come from, in the catalogue's order."""
    groups: dict[str, tuple[Article, list[RuleLine]]] = {}
    for rule in rules:
        _, lines = groups.setdefault(slug_of(rule.selon), (rule.selon, []))
        lines.append(line_of(rule))
    return [TextGroup(article.cite, slug, tuple(lines)) for slug, (article, lines) in groups.items()]


def line_of(rule: Regle) -> RuleLine:
    """Say a rule in one line."""
    part = part_name(rule.alinea)
    return RuleLine(rule.id, rule.dit, EFFECTS[rule.effet], str(rule.effet), part)


def part_name(number: str) -> str:
    """Name a part of an article: « 5 » is an alinéa, « II » or « 4° » stand by themselves."""
    return f"alinéa {number}" if number.isdigit() else number


def paragraphs_of(article: Article) -> list[Paragraph]:
    """Restate an article part by part."""
    return [Paragraph(part_name(part.numero).capitalize(), part.dit) for part in article.alineas]


def conditions_of(rule: Regle) -> list[ConditionLine]:
    """Say each condition of a rule, whether it can be lifted, by whom, or on which question it hangs."""
    return [_condition(condition) for condition in rule.si]


def reliability_of(rule: Regle, *, on: date | None = None) -> Reliability:
    """Say how surely a rule's text is known on day `on` (default today)."""
    label, meaning = MARKS[rule.lu.marque]
    day = on or clock.today()
    old = bool(catalogue.banner(rule, day))
    return Reliability(label, meaning, rule.lu.le, rule.lu.reserve, rule.lu.a_verifier, old)


def _condition(condition: Condition) -> ConditionLine:
    ways = tuple(_way(way) for way in condition.voies)
    if not ways:
        return ConditionLine(condition.dit, "dure", ())
    nature = "ouverte" if any(way.question for way in condition.voies) else "levable"
    return ConditionLine(condition.dit, nature, ways)


def _way(way: Voie) -> Way:
    return Way(way.manque, catalogue.label("leve_par", way.leve_par), way.question or "")
