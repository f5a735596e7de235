"""Addresses of the standing coordination."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.coordination import views
from maillage.web.rules import ENCADREMENT, TERRAIN, Rule, reserved

urlpatterns = [
    path("coordination/", views.coordination_page, name="liste"),
    path("coordination/contacts/", views.add_view, name="ajouter"),
    path("coordination/contacts/<uuid:contact>/retirer/", views.remove_view, name="retirer"),
    path("coordination/rappels/<uuid:service>/", views.remind_view, name="rappeler"),
]
READERS = TERRAIN | ENCADREMENT | {Role.COORDONNATEUR}
RULES: dict[str, Rule] = {
    "liste": reserved({Role.COORDINATION}, "GET", readers=READERS),
    "ajouter": reserved({Role.COORDINATION}, "POST", readers=READERS),
    "retirer": reserved({Role.COORDINATION}, "POST", readers=READERS),
    "rappeler": reserved({Role.COORDINATION}, "POST", readers=READERS),
}
NAV = [NavItem(label="Contacts", icon="telephone", view="coordination:liste", order=66)]
