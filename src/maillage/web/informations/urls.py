"""Addresses of informations: who may send one, who receives one, who writes down a delegation."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.informations import views
from maillage.web.rules import PREVENTION, TOWN_HALL, Rule, reserved

SENDERS = PREVENTION | {Role.CHEF_DE_SERVICE, Role.COORDONNATEUR}
# A school head tells of absences, from a page of their own.
SAYING = SENDERS | {Role.CHEF_ETABLISSEMENT}
RECIPIENTS = TOWN_HALL | {Role.CRIP}

urlpatterns = [
    path("informations/", views.list_page, name="liste"),
    path("informations/representants/", views.mandates_page, name="representants"),
    path("informations/<uuid:personne>/alinea-<int:alinea>/", views.write_page, name="ecrire"),
    path("informations/<uuid:information>/accuse/", views.acknowledge, name="accuse"),
    path("informations/<uuid:information>/papier.<str:genre>", views.paper, name="papier"),
]
RULES: dict[str, Rule] = {
    "liste": reserved(SAYING | RECIPIENTS, "GET"),
    "representants": reserved({Role.CHEF_DE_SERVICE}, "GET", "POST"),
    "ecrire": reserved(SENDERS, "GET", "POST"),
    "accuse": reserved(RECIPIENTS, "POST"),
    "papier": reserved(SAYING, "GET"),
}
NAV = [NavItem(label="Maire et département", icon="document", view="informations:liste", order=88)]
