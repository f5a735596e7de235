"""Addresses of reciprocity."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.reciprocite import views
from maillage.web.rules import ENCADREMENT, TERRAIN, Rule, reserved

urlpatterns = [path("reciprocite/", views.month_page, name="mois")]
RULES: dict[str, Rule] = {"mois": reserved(TERRAIN | ENCADREMENT | {Role.COORDINATION}, "GET")}
NAV = [NavItem(label="Réciprocité", icon="reciprocite", view="reciprocite:mois", order=60)]
