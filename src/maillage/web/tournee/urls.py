"""Addresses of the round: the field hands over, the hierarchy reads places and slots."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.rules import ENCADREMENT, TERRAIN, Rule, reserved
from maillage.web.tournee import papers, views

urlpatterns = [
    path("tournee/", views.round_page, name="page"),
    path("tournee/consignes/", views.leave, name="consigne"),
    path("tournee/consignes/<uuid:consigne>/faite/", views.lift, name="faite"),
    path("tournee/consignes/<uuid:consigne>/retablir/", views.restore, name="retablir"),
    path("tournee/fin/", views.hand_over, name="fin"),
    path("tournee/nuit/<str:jour>/compte-rendu.pdf", papers.night_pdf, name="nuit_pdf"),
    path("mois-de-l-equipe/", papers.month_page, name="mois"),
    path("tournee/mes-passages/", papers.portfolio_page, name="portfolio"),
    path("tournee/mes-passages.csv", papers.portfolio_csv, name="portfolio_csv"),
]
_GIVERS = TERRAIN | {Role.CHEF_DE_SERVICE}
RULES: dict[str, Rule] = {
    "page": reserved(_GIVERS, "GET", readers={Role.DIRECTION}),
    "consigne": reserved(_GIVERS, "POST", readers={Role.DIRECTION}),
    "faite": reserved(_GIVERS, "POST", readers={Role.DIRECTION}),
    "retablir": reserved(_GIVERS, "POST", readers={Role.DIRECTION}),
    "fin": reserved(TERRAIN, "GET", "POST"),
    "nuit_pdf": reserved(TERRAIN | ENCADREMENT, "GET"),
    "mois": reserved(TERRAIN | ENCADREMENT, "GET"),
    "portfolio": reserved(TERRAIN, "GET"),
    "portfolio_csv": reserved(TERRAIN, "GET"),
}
NAV = [
    NavItem(label="Tournée", icon="lune", view="tournee:page", order=51),
    NavItem(label="Le mois de l'équipe", icon="graphique", view="tournee:mois", order=53),
]
