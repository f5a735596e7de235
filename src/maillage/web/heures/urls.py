"""Addresses of the parents relais' hours: their own, and the month of a team for who leads it."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.heures import views
from maillage.web.rules import ENCADREMENT, Rule, reserved

RELAY = frozenset({Role.PARENT_RELAIS})

urlpatterns = [
    path("heures/", views.own_page, name="miennes"),
    path("heures/<uuid:vacation>/retirer/", views.remove, name="retirer"),
    path("heures/equipe/", views.team_page, name="equipe"),
    path("heures/equipe/<str:mois>.csv", views.team_file, name="fichier"),
]
RULES: dict[str, Rule] = {
    "miennes": reserved(RELAY, "GET", "POST"),
    "retirer": reserved(RELAY, "POST"),
    "equipe": reserved(ENCADREMENT, "GET"),
    "fichier": reserved(ENCADREMENT, "GET"),
}
NAV = [NavItem(label="Mes heures", icon="calendrier", view="heures:miennes", order=20)]
