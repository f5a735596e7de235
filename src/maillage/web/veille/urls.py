"""Addresses of technical watch: the team's, and the one a desk opens without account."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.rules import MEDIATION, Rule, public, reserved
from maillage.web.veille import desks, link, views

urlpatterns = [
    path("veille/", views.list_page, name="liste"),
    path("veille/notes/<uuid:note>/envoyer/", views.send, name="envoyer"),
    path("veille/<uuid:signalement>/revoquer/", views.revoke, name="revoquer"),
    path("veille/<uuid:signalement>/renouveler/", views.renew, name="renouveler"),
    path("veille/guichets/", desks.desks_page, name="guichets"),
    path("veille/avis/", desks.mailbox, name="avis"),
    path("veille/lien/<str:jeton>/", link.link_page, name="lien"),
]
_TEAM = MEDIATION | {Role.CHEF_DE_SERVICE}
RULES: dict[str, Rule] = {
    "liste": reserved(_TEAM, "GET", readers={Role.DIRECTION}),
    "envoyer": reserved(_TEAM, "POST", readers={Role.DIRECTION}),
    "revoquer": reserved(_TEAM, "POST", readers={Role.DIRECTION}),
    "renouveler": reserved(_TEAM, "POST", readers={Role.DIRECTION}),
    "guichets": reserved({Role.CHEF_DE_SERVICE}, "GET", "POST", readers={Role.DIRECTION}),
    "avis": reserved({Role.CHEF_DE_SERVICE}, "POST", readers={Role.DIRECTION}),
    "lien": public("GET", "POST"),
}
NAV = [NavItem(label="Veille technique", icon="reglages", view="veille:liste", order=54)]
