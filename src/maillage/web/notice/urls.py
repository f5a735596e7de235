"""Addresses of the papers handed to people; no account is needed."""

from django.urls import path

from maillage.web.notice import views
from maillage.web.rules import Rule, public

urlpatterns = [
    path("vos-donnees/", views.list_page, name="liste"),
    path("vos-donnees/<slug:service>/<slug:papier>.<str:genre>", views.paper, name="papier"),
]
RULES: dict[str, Rule] = {"liste": public("GET"), "papier": public("GET")}
