"""Addresses of the JSON interface (design, section 7)."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.api import views
from maillage.web.rules import ENCADREMENT, PREVENTION, TERRAIN, Rule, public, reserved, signed_in

TEAMS = TERRAIN | {Role.CHEF_DE_SERVICE}

urlpatterns = [
    path("api/v1/session", views.session, name="session"),
    path("api/v1/openapi.json", views.openapi, name="openapi"),
    path("api/v1/notes", views.notes, name="notes"),
    path("api/v1/messages", views.messages, name="messages"),
    path("api/v1/orientations", views.orientations, name="orientations"),
    path("api/v1/accompagnements", views.accompagnements, name="accompagnements"),
]
# Who may read here is who may read the same thing on a page.
RULES: dict[str, Rule] = {
    "session": signed_in("GET"),
    "openapi": public("GET"),
    "notes": reserved(TERRAIN, "GET", "POST", readers=ENCADREMENT),
    "messages": reserved(TEAMS, "GET", readers={Role.DIRECTION}),
    "orientations": reserved(TEAMS, "GET"),
    "accompagnements": reserved(PREVENTION | {Role.CHEF_DE_SERVICE}, "GET"),
}
