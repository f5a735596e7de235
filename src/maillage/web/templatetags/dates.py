"""Days and hours as French writes them: « 1er septembre 2016 », « 14 h », « 14 h 30 »."""

from __future__ import annotations

from datetime import date, time

from django import template
from django.utils.formats import date_format

register = template.Library()

SPACE = "\N{NO-BREAK SPACE}"


@register.filter
def jour(day: date) -> str:
    """Write a day in full; the first of the month is « 1er »."""
    rank = "1er" if day.day == 1 else str(day.day)
    return f"{rank}{SPACE}{date_format(day, 'F Y')}"


@register.filter
def heure(moment: time) -> str:
    """Write an hour without its minutes when it is round."""
    minutes = f"{SPACE}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{SPACE}h{minutes}"
