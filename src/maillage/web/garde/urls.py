"""Address of the guard's list: names published by others, that a locked telephone may fetch too."""

from django.urls import path

from maillage.web.garde import views
from maillage.web.rules import Rule, public

urlpatterns = [path("garde/prenoms.txt", views.names, name="prenoms")]
RULES: dict[str, Rule] = {"prenoms": public("GET")}
