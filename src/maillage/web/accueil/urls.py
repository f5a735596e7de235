"""Address of the first screen."""

from django.urls import path

from maillage.web.accueil import views
from maillage.web.areas import NavItem
from maillage.web.rules import Rule, signed_in

urlpatterns = [path("", views.today_page, name="page")]
RULES: dict[str, Rule] = {"page": signed_in("GET")}
NAV = [NavItem(label="Aujourd'hui", icon="accueil", view="accueil:page", order=0)]
