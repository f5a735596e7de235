"""Addresses of requests about a place, of the monthly sheets, and of a bailleur's link."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.demandes import asking, link, sheets, views
from maillage.web.rules import MEDIATION, RELAYS, TOWN_HALL, Rule, public, reserved

urlpatterns = [
    path("demandes/", views.list_page, name="liste"),
    path("demandes/<uuid:demande>/repondre/", views.answer, name="repondre"),
    path("demander-un-passage/", asking.ask_page, name="demander"),
    path("prevenir-l-equipe/", asking.ask_page, name="prevenir"),
    path("mois-des-lieux/", sheets.sheets_page, name="lieux"),
    path("mois-des-lieux/<uuid:lieu>/<str:mois>.<str:forme>", sheets.sheet, name="feuille"),
    path("mois-des-lieux/guichets/<uuid:guichet>/lien/", sheets.send_link, name="envoyer_lien"),
    path("mois-des-lieux/guichets/<uuid:guichet>/fermer/", sheets.end_link, name="fermer_lien"),
    path("demandes/lien/<str:jeton>/", link.link_page, name="lien"),
    path(
        "demandes/lien/<str:jeton>/<uuid:lieu>/<str:mois>.<str:forme>", link.link_sheet, name="lien_feuille"
    ),
]
_TEAM = MEDIATION | {Role.CHEF_DE_SERVICE}
RULES: dict[str, Rule] = {
    "liste": reserved(_TEAM, "GET", readers={Role.DIRECTION}),
    "repondre": reserved(_TEAM, "POST", readers={Role.DIRECTION}),
    "demander": reserved(TOWN_HALL, "GET", "POST"),
    "prevenir": reserved(RELAYS, "GET", "POST"),
    "lieux": reserved({Role.CHEF_DE_SERVICE}, "GET", readers={Role.DIRECTION}),
    "feuille": reserved({Role.CHEF_DE_SERVICE}, "GET", readers={Role.DIRECTION}),
    "envoyer_lien": reserved({Role.CHEF_DE_SERVICE}, "POST", readers={Role.DIRECTION}),
    "fermer_lien": reserved({Role.CHEF_DE_SERVICE}, "POST", readers={Role.DIRECTION}),
    "lien": public("GET", "POST"),
    "lien_feuille": public("GET"),
}
NAV = [
    NavItem(label="Demander un passage", icon="lieu", view="demandes:demander", order=10),
    NavItem(label="Prévenir l'équipe", icon="message", view="demandes:prevenir", order=10),
    NavItem(label="Demandes de passage", icon="lieu", view="demandes:liste", order=52),
    NavItem(label="Le mois des lieux", icon="document", view="demandes:lieux", order=55),
]
