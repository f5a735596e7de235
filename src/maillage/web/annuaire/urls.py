"""Addresses of the directory; every signed-in role may read, each sees its own partnerships."""

from django.urls import path

from maillage.web.annuaire import views
from maillage.web.areas import NavItem
from maillage.web.rules import ENCADREMENT, Rule, reserved, signed_in

urlpatterns = [
    path("annuaire/", views.who_is_there, name="qui"),
    path("annuaire/services/<slug:code>/", views.service_page, name="service"),
    path("annuaire/services/<slug:code>/dispositifs/", views.open_one, name="ouvrir_dispositif"),
    path("annuaire/dispositifs/<uuid:dispositif>/fermer/", views.close_one, name="fermer_dispositif"),
    path("annuaire/territoires/<uuid:territoire>/", views.territory_page, name="territoire"),
]
RULES: dict[str, Rule] = {
    "qui": signed_in("GET"),
    "service": signed_in("GET"),
    "ouvrir_dispositif": reserved(ENCADREMENT, "POST"),
    "fermer_dispositif": reserved(ENCADREMENT, "POST"),
    "territoire": signed_in("GET"),
}
NAV = [NavItem(label="Qui est là", icon="annuaire", view="annuaire:qui", order=60)]
