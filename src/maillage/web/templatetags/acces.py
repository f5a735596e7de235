"""What a template may link to: `{% may_open "rejeu:formes" as peut_rejouer %}`."""

from __future__ import annotations

from typing import Any

from django import template

from maillage.web.areas import rule_table

register = template.Library()


@register.simple_tag(takes_context=True)
def may_open(context: template.Context, view: str) -> bool:
    """Say whether the rule of this view lets the person signed in at least read it."""
    acteur: Any = context.get("acteur")
    rule = rule_table().get(view)
    return acteur is not None and rule is not None and rule.admits(str(acteur.role))
