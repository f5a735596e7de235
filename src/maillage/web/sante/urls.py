"""The health address, without account."""

from django.urls import path

from maillage.web.rules import Rule, public
from maillage.web.sante import views

urlpatterns = [path("health", views.health, name="etat")]
RULES: dict[str, Rule] = {"etat": public("GET")}
