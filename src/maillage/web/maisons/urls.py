"""Address of a shared house's desk."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.maisons import views
from maillage.web.rules import ENCADREMENT, Rule, reserved

urlpatterns = [path("maisons/accueil/", views.desk_page, name="accueil")]
RULES: dict[str, Rule] = {
    "accueil": reserved({Role.ACCUEIL}, "GET", "POST", readers=ENCADREMENT | {Role.COORDINATION})
}
NAV = [NavItem(label="L'accueil", icon="equipe", view="maisons:accueil", order=68)]
