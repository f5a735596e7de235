"""Addresses of the law pages; public, because a rule one cannot read is not a rule."""

from django.urls import path

from maillage.web.areas import NavItem
from maillage.web.droit import views
from maillage.web.rules import Rule, public

urlpatterns = [
    path("droit/", views.catalogue_page, name="catalogue"),
    path("droit/textes/", views.texts_page, name="textes"),
    path("droit/textes/<slug:code>/", views.text_page, name="texte"),
    path("droit/questions/", views.questions_page, name="questions"),
    path("droit/regles/<path:regle>/", views.rule_page, name="regle"),
]
RULES: dict[str, Rule] = {
    "catalogue": public("GET"),
    "textes": public("GET"),
    "texte": public("GET"),
    "questions": public("GET"),
    "regle": public("GET"),
}
NAV = [NavItem(label="Le droit", icon="droit", view="droit:catalogue", order=80)]
