"""The screen a developer would give a town in an afternoon: Django's own administration on the notes.

Served over the very tables of an installation, beside `maillage serve`, by the same server with as many
threads: pages of fifty, the newest first, a filter by service. Whoever asks sees everything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from maillage.base.wall import declare_house

PAGE, PATH = 50, "/main_courante/note/?service__id__exact={service}"
SHOWN = ("observee_le", "lieu", "service", "categorie", "ambiance", "effectif")


def application() -> Callable[..., Any]:
    """Return the WSGI application, on the installation that the environment names.

    Runs in a process of its own: the settings are the product's, with the administration added.
    """
    import django
    from django.conf import settings

    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django.contrib.admin"]
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.startswith("maillage")]
    pages: Any = settings.TEMPLATES[0]["OPTIONS"]
    pages["context_processors"] = [one for one in pages["context_processors"] if one.startswith("django")]
    settings.SECURE_SSL_REDIRECT = False
    # On PostgreSQL the wall would show nothing to a program that tells it no service.
    declare_house()
    django.setup()
    settings.ROOT_URLCONF = _addresses()
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def _addresses() -> tuple[Any, ...]:
    from django.contrib import admin
    from django.urls import path

    from maillage.main_courante.models import Note

    class Notes(admin.ModelAdmin[Note]):
        list_display = SHOWN
        list_select_related = ("lieu", "service")
        list_filter = ("service",)
        list_per_page = PAGE
        ordering = ("-observee_le",)

        def has_view_permission(self, request: Any, obj: Any = None) -> bool:
            return True

        def has_module_permission(self, request: Any) -> bool:
            return True

    class Open(admin.AdminSite):
        def has_permission(self, request: Any) -> bool:
            return True

    site = Open(name="admin")
    site.register(Note, Notes)
    return (path("", site.urls),)
