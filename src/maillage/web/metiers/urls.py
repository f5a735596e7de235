"""Addresses of the trades' pages, of the printable kit, and of shadowing days."""

from django.urls import path

from maillage.conventions.queries import SIGNERS
from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.metiers import journees, views
from maillage.web.rules import ENCADREMENT, RELAYS, TERRAIN, Rule, reserved

urlpatterns = [
    path("metiers/", views.list_page, name="liste"),
    path("metiers/journees/", journees.list_page, name="journees"),
    path("metiers/journees/<uuid:journee>/<str:verbe>/", journees.move, name="journee"),
    path("metiers/<slug:partenariat>/fiche-<int:numero>.pdf", views.kit_file, name="fiche"),
    path("metiers/<slug:partenariat>/<slug:metier>/", views.trade_page, name="page"),
    path("metiers/<slug:partenariat>/<slug:metier>/ecrire/", views.write, name="ecrire"),
]
_HEAD = {Role.CHEF_DE_SERVICE}
_READERS = SIGNERS | RELAYS | {Role.COORDINATION, Role.DPO}
RULES: dict[str, Rule] = {
    "liste": reserved(_READERS, "GET"),
    "page": reserved(_READERS, "GET"),
    "ecrire": reserved(_HEAD, "GET", "POST"),
    "fiche": reserved(ENCADREMENT | TERRAIN | {Role.COORDINATION}, "GET"),
    "journees": reserved(_HEAD, "GET", "POST", readers=TERRAIN | {Role.DIRECTION}),
    "journee": reserved(_HEAD, "POST", readers=TERRAIN | {Role.DIRECTION}),
}
NAV = [NavItem(label="Les deux métiers", icon="equipe", view="metiers:liste", order=71)]
