"""Addresses of the administration, never a person followed; and where a service asks for help."""

from django.urls import path

from maillage.administration.actions.help import HEADS
from maillage.directory.enums import Role
from maillage.web.administration import accounts, ground, help, settings, teams, views
from maillage.web.areas import NavItem
from maillage.web.rules import Rule, reserved

ADMIN = {Role.ADMINISTRATEUR}

urlpatterns = [
    path("administration/", views.home, name="page"),
    path("administration/territoire/", ground.ground_page, name="territoire"),
    path("administration/lieux/", ground.places_page, name="lieux"),
    path("administration/lieux/<uuid:lieu>/", ground.place_page, name="lieu"),
    path("administration/services/", teams.list_page, name="services"),
    path("administration/services/nouveau/", teams.new_page, name="nouveau_service"),
    path("administration/services/<slug:code>/", teams.service_page, name="service"),
    path("administration/partenariats/", teams.partnerships_page, name="partenariats"),
    path("administration/partenariats/nouveau/", teams.new_partnership_page, name="nouveau_partenariat"),
    path("administration/partenariats/<slug:code>/", teams.partnership_page, name="partenariat"),
    path("administration/partenariats/<slug:code>/services/", teams.join_view, name="entrer"),
    path("administration/mots/<slug:code>/", settings.words_page, name="mots"),
    path("administration/conservation/", settings.terms_page, name="conservation"),
    path("administration/lectures/", views.readings_page, name="lectures"),
    path("administration/assistances/", help.helps_page, name="assistances"),
    path("administration/assistances/<uuid:assistance>/", help.state_page, name="etat"),
    path("assistance/", help.help_page, name="assistance"),
    path("assistance/<uuid:assistance>/fermer/", help.close_help_view, name="fermer_assistance"),
    path("postes/", accounts.list_page, name="postes"),
    path("postes/nouveau/<slug:code>/", accounts.new_page, name="nouveau_poste"),
    path("postes/<uuid:poste>/", accounts.post_page, name="poste"),
    path("comptes/<uuid:compte>/reinviter/", accounts.return_view, name="reinviter"),
    path("comptes/<uuid:compte>/fermer/", accounts.close_view, name="fermer"),
    path("confirmations/", accounts.waiting_page, name="confirmations"),
    path("changements/", views.history_page, name="historique"),
]
RULES: dict[str, Rule] = {
    **{name: reserved(ADMIN, "GET") for name in ("page", "services", "partenariats", "lectures", "postes")},
    "assistances": reserved(ADMIN, "GET"),
    "etat": reserved(ADMIN, "GET"),
    "assistance": reserved(HEADS, "GET", "POST"),
    "fermer_assistance": reserved(HEADS | ADMIN, "POST"),
    "historique": reserved(ADMIN, "GET", readers={Role.DPO}),
    "conservation": reserved(ADMIN, "GET", "POST", readers={Role.DPO}),
    **{
        name: reserved(ADMIN, "GET", "POST")
        for name in (
            "territoire",
            "lieux",
            "lieu",
            "nouveau_service",
            "service",
            "nouveau_partenariat",
            "partenariat",
            "nouveau_poste",
            "poste",
            "confirmations",
            "mots",
        )
    },
    **{name: reserved(ADMIN, "POST") for name in ("entrer", "reinviter", "fermer")},
}
NAV = [
    NavItem("Réglages", "reglages", "administration:page", order=10),
    NavItem("À confirmer", "coche", "administration:confirmations", order=20),
    NavItem("Postes", "equipe", "administration:postes", order=30),
    NavItem("Assistance", "oeil", "administration:assistances", order=40),
    NavItem("Demander de l'aide", "oeil", "administration:assistance", order=90),
    NavItem("Changements", "journal", "administration:historique", order=80),
]
