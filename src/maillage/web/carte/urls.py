"""Addresses of the card: giving it belongs to the service that supports, reading it to whoever holds it."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.carte import giving, views
from maillage.web.rules import PREVENTION, Rule, public, reserved

TEAM = PREVENTION | {Role.CHEF_DE_SERVICE}

urlpatterns = [
    path("ma-carte/", views.card_page, name="page"),
    path("ma-carte/arreter/", views.stop, name="arreter"),
    path("accompagnements/<uuid:accompagnement>/carte/", giving.give, name="donner"),
    path("accompagnements/<uuid:accompagnement>/carte/annuler/", giving.cancel, name="annuler"),
    path("accompagnements/<uuid:accompagnement>/carte/carte.pdf", giving.print_card, name="imprimer"),
]
RULES: dict[str, Rule] = {
    "page": public("GET", "POST"),
    "arreter": public("POST"),
    "donner": reserved(TEAM, "GET", "POST"),
    "annuler": reserved(TEAM, "POST"),
    "imprimer": reserved(TEAM, "POST"),
}
