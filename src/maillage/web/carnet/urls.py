"""Addresses of the notebook. Those that say `public` know their visitor by the telephone itself."""

from dataclasses import replace

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.carnet import exchange, telephones, views
from maillage.web.rules import TERRAIN, Rule, public, reserved

urlpatterns = [
    path("carnet/", views.page, name="page"),
    path("carnet/manifest.webmanifest", views.manifest, name="manifeste"),
    path("carnet/sw.js", views.worker, name="travailleur"),
    path("carnet/etat/", exchange.state, name="etat"),
    path("carnet/ouvrir/", exchange.open_notebook, name="ouvrir"),
    path("carnet/fermer/", exchange.close_notebook, name="fermer"),
    path("carnet/envoyer/", exchange.send, name="envoyer"),
    path("carnet/deposer/", exchange.put_in_tray, name="deposer"),
    path("carnet/soiree/", exchange.evening, name="soiree"),
    path("carnet/entree/", telephones.entry, name="entree"),
    path("carnet/code/", telephones.code_page, name="code"),
    path("carnet/telephones/", telephones.telephones_page, name="telephones"),
    path("carnet/telephones/<uuid:telephone_id>/retirer/", telephones.retire, name="retirer"),
    path("carnet/bac/verser/", telephones.pour, name="verser"),
]

RULES: dict[str, Rule] = {
    "page": public("GET"),
    "manifeste": public("GET"),
    "travailleur": public("GET"),
    "etat": public("GET"),
    "ouvrir": public("POST"),
    "fermer": public("POST"),
    "envoyer": public("POST"),
    "deposer": public("POST"),
    "soiree": public("GET"),
    "entree": reserved(TERRAIN, "GET"),
    "code": replace(reserved(TERRAIN, "GET", "POST"), own=True),
    "telephones": reserved({Role.CHEF_DE_SERVICE}, "GET", "POST"),
    "retirer": reserved({Role.CHEF_DE_SERVICE}, "POST"),
    "verser": reserved({Role.CHEF_DE_SERVICE}, "POST"),
}

NAV = [
    NavItem("Carnet du téléphone", "hors_ligne", "carnet:entree", order=56),
    NavItem("Téléphones du service", "telephone", "carnet:telephones", order=91),
]
