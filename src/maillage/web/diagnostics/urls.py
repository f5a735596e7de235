"""Addresses of the shared diagnosis."""

from django.urls import path, register_converter

from maillage.diagnostics.queries import ELECTED, READERS, WRITERS
from maillage.web.areas import NavItem
from maillage.web.diagnostics import marches, views
from maillage.web.rules import Rule, reserved


class FileKind:
    """The kinds of file of an edition."""

    regex = "pdf|docx|csv|geojson|json"

    def to_python(self, value: str) -> str:
        """Keep the kind."""
        return value

    def to_url(self, value: str) -> str:
        """Keep the kind."""
        return value


register_converter(FileKind, "edition_kind")
urlpatterns = [
    path("diagnostics/", views.list_page, name="liste"),
    path("diagnostics/<uuid:pk>/", views.diagnostic_page, name="page"),
    path("diagnostics/<uuid:pk>/recit/", views.write, name="recit"),
    path("diagnostics/<uuid:pk>/publier/", views.publish_edition, name="publier"),
    path("diagnostics/editions/<uuid:pk>/", views.edition_page, name="edition"),
    path("diagnostics/editions/<uuid:pk>.<edition_kind:kind>", views.edition_file, name="fichier"),
    path("diagnostics/marches/", marches.plan, name="marches"),
    path("diagnostics/marches/<uuid:pk>/", marches.walk_page, name="marche"),
]
RULES: dict[str, Rule] = {
    "liste": reserved(WRITERS, "GET", "POST", readers=READERS | ELECTED),
    "page": reserved(READERS, "GET"),
    "recit": reserved(WRITERS, "POST"),
    "publier": reserved(WRITERS, "POST"),
    "edition": reserved(READERS | ELECTED, "GET"),
    "fichier": reserved(READERS | ELECTED, "GET"),
    "marches": reserved(WRITERS, "GET", "POST", readers=READERS),
    "marche": reserved(WRITERS, "GET", "POST", readers=READERS),
}
NAV = [NavItem(label="Diagnostics", icon="graphique", view="diagnostics:liste", order=62)]
