"""Addresses of the network of cities."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.reseau import partage, recevoir, views
from maillage.web.rules import ENCADREMENT, Rule, reserved

urlpatterns = [
    path("reseau/", views.compare, name="villes"),
    path("reseau/villes/<slug:code>/", views.city, name="ville"),
    path("reseau/partages/", views.shared, name="partages"),
    path("reseau/recevoir/", recevoir.page, name="recevoir"),
    path("reseau/cles/confirmer/", recevoir.confirm_key, name="confirmer"),
    path("reseau/cles/oublier/", recevoir.forget_key, name="oublier"),
    path("reseau/chez-nous/", partage.page, name="chez_nous"),
    path("reseau/chez-nous/clause/", partage.clause, name="clause"),
    path("reseau/chez-nous/<uuid:partage>/reprendre/", partage.back, name="reprendre"),
    path("reseau/chez-nous/lot/", partage.bundle, name="lot"),
    path("reseau/chez-nous/carte-de-ville.json", partage.card, name="carte"),
]
NETWORK = {Role.RESEAU}
READERS = ENCADREMENT | {Role.COORDINATION, Role.RESEAU}
OURS = {Role.DIRECTION}
RULES: dict[str, Rule] = {
    "villes": reserved(READERS, "GET"),
    "ville": reserved(READERS, "GET"),
    "partages": reserved(READERS, "GET"),
    "recevoir": reserved(NETWORK, "GET", "POST"),
    "confirmer": reserved(NETWORK, "POST"),
    "oublier": reserved(NETWORK, "POST"),
    "chez_nous": reserved(OURS, "GET", "POST"),
    "clause": reserved(OURS, "POST"),
    "reprendre": reserved(OURS, "POST"),
    "lot": reserved(OURS, "POST"),
    "carte": reserved(OURS, "GET"),
}
NAV = [NavItem(label="Réseau des villes", icon="etude", view="reseau:villes", order=68)]
