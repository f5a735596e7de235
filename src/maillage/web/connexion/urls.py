"""Addresses of the sign-in area."""

from dataclasses import replace

from django.urls import path

from maillage.web.areas import NavItem
from maillage.web.connexion import account, invitation, views
from maillage.web.rules import Rule, public, signed_in

urlpatterns = [
    path("connexion/", views.sign_in, name="page"),
    path("connexion/confirmer/", views.confirm, name="confirmer"),
    path("deconnexion/", views.sign_out, name="sortir"),
    path("invitation/<str:jeton>/", invitation.accept, name="invitation"),
    path("compte/", account.account, name="compte"),
    path("compte/mot-de-passe/", account.password, name="mot_de_passe"),
    path("compte/application/", account.application, name="application"),
    path("compte/codes/", account.codes, name="codes"),
    path("compte/codes/renouveler/", account.renew_codes, name="renouveler"),
]

# One's own account is one's own, even for a post that only reads.
_OWN = replace(signed_in("GET", "POST"), own=True)

NAV = [NavItem("Mon compte", "cadenas", "connexion:compte", order=95)]

RULES: dict[str, Rule] = {
    "page": public("GET", "POST"),
    "confirmer": _OWN,
    "sortir": public("POST"),
    "invitation": public("GET", "POST"),
    "compte": _OWN,
    "mot_de_passe": _OWN,
    "application": _OWN,
    "codes": signed_in("GET"),
    "renouveler": _OWN,
}
