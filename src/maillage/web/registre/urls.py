"""Addresses of the data protection officer's papers."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.registre import views
from maillage.web.rules import Rule, reserved

urlpatterns = [
    path("dpo/", views.list_page, name="liste"),
    path("dpo/<slug:code>/", views.papers_page, name="page"),
    path("dpo/<slug:code>/<slug:papier>.<slug:sorte>", views.paper_file, name="papier"),
]
RULES: dict[str, Rule] = {
    "liste": reserved([Role.DPO], "GET"),
    "page": reserved([Role.DPO], "GET", "POST"),
    "papier": reserved([Role.DPO], "GET"),
}
NAV = [NavItem(label="Papiers", icon="document", view="registre:liste", order=20)]
