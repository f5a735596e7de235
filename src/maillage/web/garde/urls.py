"""Address of the guard's list: whoever writes free text of the field."""

from django.urls import path

from maillage.web.garde import views
from maillage.web.rules import TERRAIN, Rule, reserved

urlpatterns = [path("garde/prenoms.txt", views.names, name="prenoms")]
RULES: dict[str, Rule] = {"prenoms": reserved(TERRAIN, "GET")}
