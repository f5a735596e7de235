"""Addresses of the replay, open to both teams: counts and invented exchanges, never a person."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.rejeu import views
from maillage.web.rules import ENCADREMENT, TERRAIN, Rule, reserved

WHO = TERRAIN | ENCADREMENT | {Role.COORDINATION, Role.DPO}

urlpatterns = [
    path("rejeu/<slug:code>/", views.forms_page, name="formes"),
    path("rejeu/<slug:code>/essai/", views.trial_page, name="essai"),
]
RULES: dict[str, Rule] = {"formes": reserved(WHO, "GET"), "essai": reserved(WHO, "GET")}
