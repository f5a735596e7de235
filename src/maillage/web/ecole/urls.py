"""Addresses of a school head's page."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.ecole import views
from maillage.web.rules import Rule, reserved

SCHOOL = frozenset({Role.CHEF_ETABLISSEMENT})

urlpatterns = [
    path("etablissement/", views.school_page, name="page"),
    path("etablissement/absences/", views.absences_page, name="absences"),
]
RULES: dict[str, Rule] = {
    "page": reserved(SCHOOL, "GET"),
    "absences": reserved(SCHOOL, "GET", "POST"),
}
NAV = [NavItem(label="Établissement", icon="personne", view="ecole:page", order=15)]
