"""Addresses of arrivals, departures, posts and contracts."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.equipes import arrivee, postes, views
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
    path("equipe/", postes.team_page, name="equipe"),
    path("equipe/postes/<uuid:poste>/", postes.post_page, name="poste"),
    path("equipe/postes/<uuid:poste>/qualifications/", postes.qualify, name="qualifier"),
    path("equipe/certification/", postes.certification_page, name="certification"),
    path("equipe/certification.pdf", postes.certification_file, name="dossier"),
    path("equipe/employeurs/", postes.employers_page, name="employeurs"),
    path("equipe/employeurs/<uuid:employeur>/retirer/", postes.retire_employer, name="retirer_employeur"),
    path("equipe/adultes-relais/", postes.state_posts_page, name="adultes_relais"),
]
RULES: dict[str, Rule] = {
    "departs": reserved(HEAD, "GET"),
    "depart": reserved(HEAD, "GET", "POST"),
    "arrivee": reserved(ARRIVING, "GET"),
    "en_chemin": reserved(ENCADREMENT, "GET"),
    "parcours": reserved(ARRIVING, "GET"),
    "carte": reserved(ARRIVING, "POST"),
    "charte": reserved(ARRIVING, "POST"),
    "equipe": reserved(ENCADREMENT, "GET"),
    "poste": reserved({Role.DIRECTION}, "GET", "POST", readers=HEAD),
    "qualifier": reserved(ENCADREMENT, "POST"),
    "certification": reserved(ENCADREMENT, "GET", "POST"),
    "dossier": reserved(ENCADREMENT, "GET"),
    "employeurs": reserved(ENCADREMENT, "GET", "POST"),
    "retirer_employeur": reserved(ENCADREMENT, "POST"),
    "adultes_relais": reserved(ENCADREMENT, "GET"),
}
NAV = [NavItem(label="Équipe", icon="equipe", view="equipes:equipe", order=65)]
