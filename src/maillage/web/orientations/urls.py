"""Addresses of orientations; one page for both faces, chosen by the reader's own service."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.orientations import acts, composer, faces, returns
from maillage.web.rules import ORIENTING, TERRAIN, Rule, reserved

TEAMS = TERRAIN | {Role.CHEF_DE_SERVICE}
SENDING = TEAMS | ORIENTING

urlpatterns = [
    path("orientations/", faces.list_page, name="liste"),
    path("orientations/nouvelle/", composer.new_page, name="nouvelle"),
    path("orientations/examiner/", composer.examine_fragment, name="examiner"),
    path("orientations/<uuid:orientation>/", faces.face_page, name="fiche"),
    path("orientations/<uuid:orientation>/modifier/", composer.draft_page, name="modifier"),
    path("orientations/<uuid:orientation>/abandonner/", acts.abandon, name="abandonner"),
    path("orientations/<uuid:orientation>/retirer/", acts.withdraw_page, name="retirer"),
    path("orientations/<uuid:orientation>/prendre/", acts.take, name="prendre"),
    path("orientations/<uuid:orientation>/decliner/", acts.decline, name="decliner"),
    path("orientations/<uuid:orientation>/rediriger/", acts.redirect_away, name="rediriger"),
    path("orientations/<uuid:orientation>/suite/", acts.note_suite, name="suite"),
    path("orientations/<uuid:orientation>/retour/", returns.return_page, name="retour"),
    path("orientations/<uuid:orientation>/retour/accord/", returns.note_accord, name="retour_accord"),
    path("orientations/<uuid:orientation>/porteur/", acts.hand_over, name="porteur"),
    path("orientations/<uuid:orientation>/taches/<uuid:tache>/", acts.finish_task, name="tache"),
    path("orientations/<uuid:orientation>/relais/", acts.offer_relais, name="relais"),
    path("orientations/<uuid:orientation>/relais/<uuid:relais>/", acts.answer, name="relais_reponse"),
]
RULES: dict[str, Rule] = {
    "liste": reserved(SENDING, "GET"),
    "nouvelle": reserved(ORIENTING, "GET", "POST"),
    "examiner": reserved(ORIENTING, "POST"),
    "fiche": reserved(SENDING, "GET"),
    "modifier": reserved(ORIENTING, "GET", "POST"),
    "abandonner": reserved(ORIENTING, "POST"),
    "retirer": reserved(SENDING, "GET", "POST"),
    "prendre": reserved(TEAMS, "POST"),
    "decliner": reserved(TEAMS, "POST"),
    "rediriger": reserved(TEAMS, "POST"),
    "suite": reserved(TEAMS, "POST"),
    "retour": reserved(TEAMS, "GET", "POST"),
    "retour_accord": reserved(TEAMS, "POST"),
    "porteur": reserved(TEAMS, "POST"),
    "tache": reserved(TEAMS, "POST"),
    "relais": reserved(TEAMS, "POST"),
    "relais_reponse": reserved(TEAMS, "POST"),
}
NAV = [NavItem(label="Orientations", icon="orientation", view="orientations:liste", order=30)]
