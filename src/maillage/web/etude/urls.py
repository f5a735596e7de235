"""Addresses of the study: all public."""

from django.urls import path

from maillage.web.areas import NavItem
from maillage.web.etude import chez_vous, territoires, views
from maillage.web.rules import Rule, public

urlpatterns = [
    path("etude/", views.home, name="accueil"),
    path("etude/villes/", views.cities, name="villes"),
    path("etude/villes/<slug:ville>/", views.city, name="ville"),
    path("etude/comparaison/", views.comparison, name="comparaison"),
    path("etude/formes/", views.forms_page, name="formes"),
    path("etude/pre-requis/", views.prerequisites, name="prerequis"),
    path("etude/preconisations/", views.recommendations, name="preconisations"),
    path("etude/textes/", views.texts, name="textes"),
    path("etude/qui-parle/", views.voices, name="voix"),
    path("etude/enonces/", views.statements, name="enonces"),
    path("etude/pratiques/", views.practices, name="pratiques"),
    path("etude/pratiques/<slug:cle>/", views.practice, name="pratique"),
    path("etude/pratiques/<slug:cle>/brouillon.docx", views.draft, name="brouillon"),
    path("etude/territoires/", territoires.territories, name="territoires"),
    path("etude/territoires/<slug:genre>/<slug:code>/", territoires.territory, name="territoire"),
    path("etude/et-chez-vous/", chez_vous.ask, name="chez_vous"),
    path("etude/et-chez-vous/emporter/", chez_vous.take_away, name="emporter"),
]
RULES: dict[str, Rule] = {
    name: public("GET")
    for name in (
        "accueil",
        "villes",
        "ville",
        "comparaison",
        "formes",
        "prerequis",
        "preconisations",
        "textes",
        "voix",
        "enonces",
        "pratiques",
        "pratique",
        "brouillon",
        "territoires",
        "territoire",
    )
} | {"chez_vous": public("GET", "POST"), "emporter": public("POST")}
NAV = [NavItem(label="L'étude", icon="etude", view="etude:accueil", order=90)]
