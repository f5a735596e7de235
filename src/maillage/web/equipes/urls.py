"""Addresses of departures; only the head of the service that changes."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.equipes import views
from maillage.web.rules import Rule, reserved

HEAD = {Role.CHEF_DE_SERVICE}

urlpatterns = [
    path("departs/", views.list_page, name="departs"),
    path("departs/<uuid:poste>/", views.departure_page, name="depart"),
]
RULES: dict[str, Rule] = {
    "departs": reserved(HEAD, "GET"),
    "depart": reserved(HEAD, "GET", "POST"),
}
