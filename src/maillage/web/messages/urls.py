"""Addresses of place messages and of cards given."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.messages import views
from maillage.web.rules import MEDIATION, TERRAIN, Rule, reserved

SPEAKING = TERRAIN | {Role.CHEF_DE_SERVICE}

urlpatterns = [
    path("dire/", views.say, name="dire"),
    path("messages/", views.list_page, name="liste"),
    path("messages/<uuid:message>/repondre/", views.answer, name="repondre"),
    path("contact/", views.contact, name="contact"),
]
RULES: dict[str, Rule] = {
    "dire": reserved(SPEAKING, "GET", "POST"),
    "liste": reserved(SPEAKING, "GET", readers={Role.DIRECTION}),
    "repondre": reserved(SPEAKING, "POST"),
    "contact": reserved(MEDIATION, "GET", "POST"),
}
NAV = [
    NavItem(label="Nouvelles", icon="message", view="messages:liste", order=20),
    NavItem(label="Donner le contact", icon="annuaire", view="messages:contact", order=45),
]
