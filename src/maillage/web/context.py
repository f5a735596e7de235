"""What every page shows around its own content: menu, banner, theme."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from maillage.web.areas import nav_items, rule_table

BOTTOM_BAR_ENTRIES = 4
DANGER_VIEW = "danger:accueil"
SIGN_OUT_VIEW = "connexion:sortir"
THEMES = {"clair": "light", "sombre": "dark"}


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's values: menu of this role, current entry, demo banner, chosen theme."""
    acteur = getattr(request, "acteur", None)
    role = None if acteur is None else str(acteur.role)
    menu = [
        _entry(request, item.label, item.icon, item.view) for item in nav_items() if _open(item.view, role)
    ]
    if role is None:
        menu = []
    return {
        "acteur": acteur,
        "demo": settings.MAILLAGE_DEMO,
        "menu": menu,
        "bottom_bar": menu[:BOTTOM_BAR_ENTRIES],
        "more_menu": menu[BOTTOM_BAR_ENTRIES:],
        "danger_url": _address(DANGER_VIEW) if role is not None and _open(DANGER_VIEW, role) else "",
        "sign_out_url": _address(SIGN_OUT_VIEW) if role is not None else "",
        "theme": THEMES.get(request.COOKIES.get("theme", ""), ""),
    }


def _entry(request: HttpRequest, label: str, icon: str, view: str) -> dict[str, Any]:
    address = reverse(view)
    here = request.path == address or (address != "/" and request.path.startswith(address))
    return {"label": label, "icon": icon, "url": address, "here": here}


def _open(view: str, role: str | None) -> bool:
    rule = rule_table().get(view)
    return rule is not None and rule.admits(role)


def _address(view: str) -> str:
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""
