"""From a verdict of the law to what stands beside the questions: plain words, links, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html

from maillage.directory.queries import Source
from maillage.law import catalogue
from maillage.law.case import Case
from maillage.law.plain import PlainRule, plain
from maillage.law.repairs import instead as admitted
from maillage.law.verdict import Verdict
from maillage.law.wire import parse_case
from maillage.orientations.faces import DraftExamined, Obstacle
from maillage.sharing.errors import Withheld
from maillage.sharing.views import Examined
from maillage.web.areas import rule_table
from maillage.web.orientations.ways import ways_out
from maillage.web.panels import Condition, Ground, Missing, VerdictPanel

# Where an alternative is done on screen; the others are said without a link.
PLACES: Mapping[str, str] = {
    "ALT-NON-NOMINATIF": "messages:dire",
    "ALT-ORIENTATION": "orientations:nouvelle",
    "ALT-CRIP": "danger:accueil",
}
# Which question of the composer brings what is missing.
QUESTIONS: Mapping[str, tuple[str, str]] = {
    "accord_personne": ("#q4", "Aller à la question 4"),
    "accord_titulaire": ("#q5", "Aller à la question 5"),
    "information_rgpd": ("#q4", "Aller à la question 4"),
    "contenu.strictement_necessaire": ("#q6", "Aller au dernier point"),
    "sujet.tranche_age": ("#q2", "Aller à la question 2"),
}
CARD_VIEW = "messages:contact"
CARD = "Lui donner le contact de l'équipe : rien ne part, il appelle s'il veut"
YES, NO = "oui", "non"
# A meeting of three is another way, said among the alternatives: what it lacks is not asked here.
OTHER_WAY = "RELAIS-PRESENT"
# Who can lift what lacks, said to the one who writes.
WHO: Mapping[str, str] = {
    "emetteur": "vous",
    "personne": "ce jeune",
    "titulaire_autorite_parentale": "un de ses parents, ou son tuteur",
}


@dataclass(frozen=True)
class SourceLine:
    """One fact of the case: its name, its value, where it comes from."""

    fait: str
    valeur: str
    origine: str


@dataclass(frozen=True)
class DraftPanel:
    """What the composer shows: what stops the delivery, the verdict, the source of each fact."""

    obstacles: Sequence[Obstacle]
    verdict: VerdictPanel
    sources: Sequence[SourceLine]


def draft_panel(found: DraftExamined, role: str) -> DraftPanel:
    """Show the live verdict of an orientation being written, with what this role may do instead."""
    examined = found.examined
    card = not examined.permitted and _open(CARD_VIEW, role)
    instead = (_linked(CARD, CARD_VIEW, role),) if card else ()
    case = parse_case(dict(examined.cas))
    panel = verdict_panel(case, examined.verdict, role, questions=QUESTIONS, instead=instead)
    return DraftPanel(found.obstacles, panel, source_lines(examined))


def return_panel(examined: Examined, role: str) -> DraftPanel:
    """Show what the law answers of a return."""
    case = parse_case(dict(examined.cas))
    return DraftPanel((), verdict_panel(case, examined.verdict, role), source_lines(examined))


def verdict_panel(
    case: Case,
    verdict: Verdict,
    role: str,
    *,
    questions: Mapping[str, tuple[str, str]] | None = None,
    instead: Sequence[str] = (),
) -> VerdictPanel:
    """Say the verdict of a case; `questions` ties a missing fact to the place of the page that brings it.

    What may be done instead is tried by the law before it is offered.
    """
    said = plain(verdict)
    asked = _asked(verdict)
    others = tuple((way.code, way.libelle) for way in admitted(case, verdict))
    return VerdictPanel(
        issue=said.ton,
        sentence=said.phrase,
        missing=tuple(
            Missing(_missing(m.phrase, (questions or {}).get(m.chemin)), WHO.get(m.leve_par, m.qui))
            for m in said.manques
            if m.chemin in asked
        ),
        ways=ways_out(case, verdict, role, places=questions or {}, who=WHO),
        questions=tuple(_question(code, title) for code, title in said.questions),
        duties=said.obligations,
        instead=(*instead, *(_linked(text, PLACES.get(code, ""), role) for code, text in others)),
        grounds=tuple(_ground(rule) for rule in said.details),
    )


def withheld_sentence(error: Withheld) -> str:
    """Say why nothing left, from the recorded verdict: what lacks and who can lift it."""
    paths = {
        (path, who)
        for lack in error.echange.verdict.get("manques", [])
        for path, who in lack["leve_par"].items()
    }
    lacking = [
        f"{catalogue.fact_label(path)} ({catalogue.label('leve_par', who)})" for path, who in sorted(paths)
    ]
    return f"{error} Il manque : {', '.join(lacking)}." if lacking else str(error)


def source_lines(examined: Examined) -> list[SourceLine]:
    """Say each fact of a case with where it comes from."""
    return [
        SourceLine(
            fait=_fact_name(path),
            valeur=_value(path, _at(examined.cas, path)),
            origine=_origin(source),
        )
        for path, source in examined.sources.items()
    ]


def _asked(verdict: Verdict) -> set[str]:
    """Return the paths worth asking for: those of the shortest way, unless the meeting is the only one."""
    direct = {path for lack in verdict.manques if lack.regle != OTHER_WAY for path in lack.faits}
    return direct or {path for lack in verdict.manques for path in lack.faits}


def _missing(phrase: str, place: tuple[str, str] | None) -> str:
    return phrase if place is None else format_html('{} <a class="back" href="{}">{}</a>', phrase, *place)


def _question(code: str, title: str) -> str:
    return format_html('<a href="{}#{}">{}</a>', reverse("droit:questions"), code, title)


def _linked(text: str, view: str, role: str) -> str:
    return format_html('<a href="{}">{}</a>', reverse(view), text) if _open(view, role) else text


def _open(view: str, role: str) -> bool:
    """Say whether this role may go there: a link never leads to a closed door."""
    rule = rule_table().get(view)
    return rule is not None and rule.admits(role)


def _ground(rule: PlainRule) -> Ground:
    conditions = tuple(
        Condition(phrase, met=phrase.startswith("Condition remplie")) for phrase in rule.phrases
    )
    sentence = f"{rule.dit} {rule.etat_du_texte}"
    article = rule.article[0].upper() + rule.article[1:]
    return Ground(article, sentence, conditions, reverse("droit:regle", args=[rule.regle]))


def _fact_name(path: str) -> str:
    side, _, _ = path.partition(".")
    name = catalogue.fact_label(path)
    match side:
        case "emetteur":
            return f"{name} (vous)"
        case "destinataire":
            return f"{name} (l'équipe)"
        case _:
            return name


def _value(path: str, value: object) -> str:
    if value is None:
        return "on ne sait pas"
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, (list, tuple)):
        return ", ".join(_value(path, one) for one in value) or "aucun"
    try:
        return catalogue.value_label(path, str(value))
    except (KeyError, ValueError):
        return str(value)


def _at(case: Mapping[str, object], path: str) -> object:
    found: object = case
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _origin(source: Source) -> str:
    return source.libelle or source.genre
