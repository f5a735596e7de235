"""Addresses of the demo: its six cities, its accounts; absent (404) outside a demo."""

from django.urls import path

from maillage.web.demonstration import views, villes
from maillage.web.rules import Rule, public

urlpatterns = [
    path("demo/", views.cities, name="accueil"),
    path("demo/villes/", villes.side_by_side, name="villes"),
    path("demo/villes/<slug:ville>/", villes.city, name="ville"),
    path("demo/<str:username>/", views.account, name="compte"),
]
RULES: dict[str, Rule] = {name: public("GET") for name in ("accueil", "villes", "ville", "compte")}
