"""Filters of the study's pages: French figures, and the words of the twelve questions."""

from django import template

from maillage.etude.queries import Part, Poste
from maillage.etude.questionnaire import question
from maillage.etude.villes import Fait
from maillage.web.etude import presentation

register = template.Library()


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
