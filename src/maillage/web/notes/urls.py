"""Addresses of notes: the field writes, the team and its hierarchy read."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.notes import listes, sorties, views
from maillage.web.rules import ENCADREMENT, TERRAIN, Rule, reserved

urlpatterns = [
    path("noter/", views.noter, name="noter"),
    path("notes/", views.list_page, name="liste"),
    path("notes/listes/", listes.lists_page, name="listes"),
    path("notes/conflits/<uuid:conflit>/", views.settle, name="conflit"),
    path("notes/<uuid:note>/", views.sheet_page, name="fiche"),
    path("notes/<uuid:note>/corriger/", views.correct, name="corriger"),
    path("notes/<uuid:note>/annuler/", views.cancel, name="annuler"),
    path("sorties/", sorties.outings_page, name="sorties"),
    path("sorties/fin/", sorties.end, name="fin"),
    path("nuit/", sorties.latest_night, name="derniere_nuit"),
    path("nuit/<str:jour>/", sorties.night_page, name="nuit"),
]
RULES: dict[str, Rule] = {
    "noter": reserved(TERRAIN, "GET", "POST"),
    "liste": reserved(TERRAIN | ENCADREMENT, "GET"),
    "listes": reserved({Role.CHEF_DE_SERVICE}, "GET", "POST", readers={Role.DIRECTION}),
    "conflit": reserved(TERRAIN, "POST"),
    "fiche": reserved(TERRAIN | ENCADREMENT, "GET"),
    "corriger": reserved(TERRAIN, "GET", "POST"),
    "annuler": reserved(TERRAIN, "POST"),
    "sorties": reserved(TERRAIN, "GET", "POST"),
    "fin": reserved(TERRAIN, "POST"),
    "derniere_nuit": reserved(TERRAIN | ENCADREMENT, "GET"),
    "nuit": reserved(TERRAIN | ENCADREMENT, "GET"),
}
NAV = [
    NavItem(label="Noter", icon="noter", view="notes:noter", order=10),
    NavItem(label="Sortie", icon="equipe", view="notes:sorties", order=55),
    NavItem(label="Notes", icon="document", view="notes:liste", order=50),
    NavItem(label="Compte rendu", icon="lune", view="notes:derniere_nuit", order=52),
    NavItem(label="Mots de l'équipe", icon="reglages", view="notes:listes", order=90),
]
