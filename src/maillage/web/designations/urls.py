"""Addresses of designations: the mayor acts, the coordonnateur reads."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.designations import views
from maillage.web.rules import Rule, reserved

MAYOR = frozenset({Role.MAIRE})

urlpatterns = [
    path("designations/", views.list_page, name="liste"),
    path("designations/nouvelle/", views.open_act, name="nouvelle"),
    path("designations/<uuid:designation>/", views.act_page, name="acte"),
    path("designations/<uuid:designation>/etape/", views.note_opinion, name="etape"),
    path("designations/<uuid:designation>/signer/", views.sign, name="signer"),
    path("designations/<uuid:designation>/finir/", views.end, name="finir"),
    path("designations/<uuid:designation>/acte.<str:genre>", views.act_file, name="fichier"),
]
RULES: dict[str, Rule] = {
    "liste": reserved(MAYOR | {Role.COORDONNATEUR}, "GET"),
    "nouvelle": reserved(MAYOR, "POST"),
    "acte": reserved(MAYOR, "GET"),
    "etape": reserved(MAYOR, "POST"),
    "signer": reserved(MAYOR, "POST"),
    "finir": reserved(MAYOR, "POST"),
    "fichier": reserved(MAYOR, "GET"),
}
NAV = [NavItem(label="Coordination", icon="personne", view="designations:liste", order=52)]
