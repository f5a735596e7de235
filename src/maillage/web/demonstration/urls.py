"""Addresses of the demo's accounts; absent (404) outside a demo."""

from django.urls import path

from maillage.web.demonstration import views
from maillage.web.rules import Rule, public

urlpatterns = [
    path("demo/", views.cities, name="accueil"),
    path("demo/<str:username>/", views.account, name="compte"),
]
RULES: dict[str, Rule] = {"accueil": public("GET"), "compte": public("GET")}
