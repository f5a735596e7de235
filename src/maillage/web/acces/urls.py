"""Addresses of requests for access."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.sharing.demandes.mandats import HEADS
from maillage.web.acces import mandats, views
from maillage.web.areas import NavItem
from maillage.web.rules import ORIENTING, Rule, reserved

TEAM = ORIENTING | {Role.CHEF_DE_SERVICE}
OFFICER = frozenset({Role.DPO})

urlpatterns = [
    path("acces/", views.list_page, name="liste"),
    path("acces/nouvelle/<uuid:personne>/", views.open_page, name="ouvrir"),
    path("acces/delegue/", mandats.officer_page, name="delegue"),
    path("acces/delegue/nommer/", mandats.propose, name="proposer"),
    path("acces/delegue/<uuid:mandat>/accepter/", mandats.accept, name="accepter"),
    path("acces/delegue/<uuid:mandat>/finir/", mandats.end, name="finir"),
    path("acces/<uuid:demande>/", views.request_page, name="demande"),
    path("acces/<uuid:demande>/trancher/", views.decide, name="trancher"),
    path("acces/<uuid:demande>/repondre/", views.finish, name="repondre"),
    path("acces/<uuid:demande>/reponse.<str:genre>", views.answer_file, name="fichier"),
]
RULES: dict[str, Rule] = {
    "liste": reserved(TEAM | OFFICER, "GET"),
    "ouvrir": reserved(TEAM, "GET", "POST"),
    "delegue": reserved(HEADS, "GET"),
    "proposer": reserved(HEADS, "POST"),
    "accepter": reserved(OFFICER, "POST"),
    "finir": reserved(HEADS | OFFICER, "POST"),
    "demande": reserved(OFFICER, "GET"),
    "trancher": reserved(OFFICER, "POST"),
    "repondre": reserved(OFFICER, "POST"),
    "fichier": reserved(OFFICER, "GET"),
}
NAV = [
    NavItem(label="Demandes d'accès", icon="document", view="acces:liste", order=60),
    NavItem(label="Délégué aux données", icon="cadenas", view="acces:delegue", order=61),
]
