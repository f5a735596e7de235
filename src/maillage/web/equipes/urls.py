"""Addresses of arrivals and departures."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.equipes import arrivee, views
from maillage.web.rules import ENCADREMENT, TERRAIN, Rule, reserved

HEAD = {Role.CHEF_DE_SERVICE}
ARRIVING = TERRAIN | ENCADREMENT

urlpatterns = [
    path("departs/", views.list_page, name="departs"),
    path("departs/<uuid:poste>/", views.departure_page, name="depart"),
    path("arrivee/", arrivee.my_paths, name="arrivee"),
    path("arrivee/en-chemin/", arrivee.on_the_way_page, name="en_chemin"),
    path("arrivee/<slug:code>/", arrivee.path_page, name="parcours"),
    path("arrivee/<slug:code>/<slug:carte>/", arrivee.read, name="carte"),
    path("arrivee/<slug:code>/chartes/<uuid:charte>/", arrivee.sign, name="charte"),
]
RULES: dict[str, Rule] = {
    "departs": reserved(HEAD, "GET"),
    "depart": reserved(HEAD, "GET", "POST"),
    "arrivee": reserved(ARRIVING, "GET"),
    "en_chemin": reserved(ENCADREMENT, "GET"),
    "parcours": reserved(ARRIVING, "GET"),
    "carte": reserved(ARRIVING, "POST"),
    "charte": reserved(ARRIVING, "POST"),
}
