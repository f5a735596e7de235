"""Addresses of evaluations, public orders, and activity reports."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.evaluations.queries import READERS
from maillage.web.areas import NavItem
from maillage.web.evaluation import activite, autour, commandes, views, writing
from maillage.web.rules import ENCADREMENT, TERRAIN, Rule, public, reserved

urlpatterns = [
    path("evaluations/", views.list_page, name="liste"),
    path("evaluations/reponse/<str:jeton>/", autour.answer_page, name="reponse"),
    path("evaluations/<uuid:evaluation>/", views.page, name="page"),
    path("evaluations/<uuid:evaluation>/faits/<slug:cle>/", views.facts_page, name="faits"),
    path("evaluations/<uuid:evaluation>/evaluation.<slug:genre>", views.file, name="fichier"),
    path("evaluations/<uuid:evaluation>/avis/", writing.opinion_view, name="avis"),
    path("evaluations/<uuid:evaluation>/demander/", writing.ask_view, name="demander"),
    path("evaluations/<uuid:evaluation>/signer/", writing.sign_view, name="signer"),
    path("commandes/", commandes.page, name="commandes"),
    path("activite/", activite.page, name="activite"),
    path("activite/rapport.<slug:genre>", activite.file, name="rapport"),
]
LEADS = ENCADREMENT
RULES: dict[str, Rule] = {
    "liste": reserved(READERS, "GET", "POST"),
    "page": reserved(READERS, "GET"),
    "faits": reserved(READERS, "GET"),
    "fichier": reserved(READERS, "GET"),
    "avis": reserved(TERRAIN | ENCADREMENT, "POST"),
    "demander": reserved(LEADS | {Role.COORDINATION}, "POST"),
    "signer": reserved({Role.DIRECTION}, "POST"),
    "reponse": public("GET", "POST"),
    "commandes": reserved(LEADS, "GET", "POST", readers={Role.COORDINATION}),
    "activite": reserved(LEADS | {Role.COORDINATION}, "GET"),
    "rapport": reserved(LEADS | {Role.COORDINATION}, "GET"),
}
NAV = [NavItem(label="Évaluation", icon="graphique", view="evaluation:liste", order=61)]
