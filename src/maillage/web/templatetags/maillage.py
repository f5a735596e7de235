"""Tags available in every template: built files, icons, French dates, widgets with their classes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, RadioSelect, Select
from django.forms.widgets import CheckboxSelectMultiple, FileInput, SelectMultiple
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from maillage.base.days import french_date

register = template.Library()

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"


class AssetMissing(RuntimeError):
    """The styles and scripts were not built, or no such file was: run `make front`."""


@cache
def _manifest() -> dict[str, str]:
    try:
        return dict(json.loads((DIST / "manifest.json").read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise AssetMissing("front not built: run make front") from error


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a built file from its source name: `{% asset "app.css" %}`.

    Raises AssetMissing when the build did not produce it.
    """
    try:
        return static(f"dist/{_manifest()[name]}")
    except KeyError as error:
        raise AssetMissing(f"no built file named {name}") from error


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of front/icons.svg: `{% icon "noter" %}`; decorative unless `label` names it."""
    address = asset("icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            address,
            name,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', address, name
    )


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """Draw a form field's widget with the classes of the design system."""
    attrs: dict[str, Any] = {}
    base = field.field.widget
    if isinstance(base, RadioSelect | CheckboxSelectMultiple):
        css = "choices"
    elif isinstance(base, CheckboxInput):
        css = "form-check-input"
    elif isinstance(base, Select | SelectMultiple):
        css = "form-select"
    else:
        css = "form-control"
    if field.errors:
        css += " is-invalid"
    attrs["class"] = f"{base.attrs.get('class', '')} {css}".strip()
    if isinstance(base, FileInput):
        attrs["class"] += " file"
    return field.as_widget(attrs=attrs)


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, form: str | None = None) -> str:
    """Write a day as Django does, save that French says « 1er janvier »."""
    return french_date(value, form)


@register.filter
def widget_kind(field: BoundField) -> str:
    """Say how a field is laid out: `case` (one box), `groupe` (several choices) or `ligne`."""
    base = field.field.widget
    if isinstance(base, RadioSelect | CheckboxSelectMultiple):
        return "groupe"
    return "case" if isinstance(base, CheckboxInput) else "ligne"
