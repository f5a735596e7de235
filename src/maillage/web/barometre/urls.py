"""Addresses of the barometer."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.enquetes.queries import FIELD, STEERING
from maillage.web.barometre import views
from maillage.web.rules import Rule, reserved

urlpatterns = [
    path("barometre/", views.index, name="liste"),
    path("barometre/<slug:code>/", views.page, name="page"),
    path("barometre/<slug:code>/repondre/", views.respond, name="repondre"),
    path("barometre/<slug:code>/equipe/", views.respond_together, name="equipe"),
    path("barometre/<slug:code>/vague/", views.steer, name="vague"),
]
RULES: dict[str, Rule] = {
    "liste": reserved(FIELD | STEERING | {Role.COORDINATION}, "GET"),
    "page": reserved(FIELD | STEERING | {Role.COORDINATION}, "GET"),
    "repondre": reserved(FIELD, "POST"),
    "equipe": reserved(STEERING, "POST"),
    "vague": reserved(STEERING, "POST"),
}
