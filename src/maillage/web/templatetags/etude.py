"""Tags of the study's pages: French typography and figures, and the words of the twelve questions."""

import re
from typing import Final

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from maillage.etude.queries import Part, Poste
from maillage.etude.questionnaire import question
from maillage.etude.villes import Fait
from maillage.web.etude import presentation

register = template.Library()

_TAG: Final = re.compile(r"(<[^>]*>)")
_BEFORE: Final = re.compile(r" (?=[;:!?»%€])")
_VOWELS: Final = "AEIOUYÉÈ"
_AFTER: Final = re.compile(r"(?<=«) ")


class _Typography(template.Node):
    """Ties punctuation to its word in the text it wraps; what stands inside tags is left alone."""

    def __init__(self, nodelist: NodeList) -> None:
        """Keep what to render."""
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """Render, then put no-break spaces where French wants them."""
        parts = _TAG.split(self.nodelist.render(context))
        parts[::2] = [_tie(text) for text in parts[::2]]
        # Nothing is added but spaces, and only between tags that the templates have already escaped.
        return SafeString("".join(parts))


def _tie(text: str) -> str:
    return _AFTER.sub("\N{NO-BREAK SPACE}", _BEFORE.sub("\N{NO-BREAK SPACE}", text))


@register.tag
def typographie(parser: Parser, token: Token) -> template.Node:
    """`{% typographie %}…{% endtypographie %}`: no line ever starts with «:» or «?»."""
    nodelist = parser.parse(("endtypographie",))
    parser.delete_first_token()
    return _Typography(nodelist)


@register.filter
def ville_avec(nom: str, preposition: str) -> str:
    """A city's name after «à» or «de», contracted where French does: «au Teil», «du Teil»."""
    contracted = {"à": "au", "de": "du"}[preposition]
    article, _, rest = nom.partition(" ")
    if article == "Le":
        return f"{contracted} {rest}"
    elided = preposition == "de" and nom[0] in _VOWELS
    return f"d'{nom}" if elided else f"{preposition} {nom}"


@register.filter
def nombre(value: object) -> str:
    """A whole number with thin spaces; a text is left alone."""
    return f"{value:_}".replace("_", "\N{NARROW NO-BREAK SPACE}") if isinstance(value, int) else str(value)


@register.filter
def personnes(poste: Poste) -> str:
    """How many people hold a function."""
    return presentation.people(poste)


@register.filter
def part_dite(part: Part) -> str:
    """What a funder pays."""
    return presentation.share(part)


@register.filter
def question_courte(cle: str) -> str:
    """A question's wording."""
    return question(cle).intitule


@register.filter
def reponse_dite(fait: Fait) -> str:
    """A city's answer in words."""
    return question(fait.question).option(fait.reponse).libelle
