"""Addresses of the directory; every signed-in role may read, each sees its own partnerships."""

from django.urls import path

from maillage.web.annuaire import views
from maillage.web.areas import NavItem
from maillage.web.rules import Rule, signed_in

urlpatterns = [
    path("annuaire/", views.who_is_there, name="qui"),
    path("annuaire/services/<slug:code>/", views.service_page, name="service"),
    path("annuaire/territoires/<uuid:territoire>/", views.territory_page, name="territoire"),
]
RULES: dict[str, Rule] = {
    "qui": signed_in("GET"),
    "service": signed_in("GET"),
    "territoire": signed_in("GET"),
}
NAV = [NavItem(label="Qui est là", icon="annuaire", view="annuaire:qui", order=60)]
