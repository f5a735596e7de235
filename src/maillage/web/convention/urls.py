"""Addresses where a partnership writes its convention and signs its charters."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.convention import views
from maillage.web.rules import ENCADREMENT, TERRAIN, Rule, reserved, signed_in

AUTHORS = TERRAIN | ENCADREMENT
DIRECTION = frozenset({Role.DIRECTION})

urlpatterns = [
    path("convention/<slug:code>/", views.convention_page, name="page"),
    path("convention/<slug:code>/ouvrir/", views.open_page, name="ouvrir"),
    path("convention/<slug:code>/proposer/", views.propose, name="proposer"),
    path("convention/<slug:code>/arreter/", views.settle, name="arreter"),
    path("convention/<slug:code>/signer/", views.sign, name="signer"),
    path("convention/clauses/<uuid:clause>/", views.clause_page, name="clause"),
    path("convention/clauses/<uuid:clause>/modifier/", views.amend, name="modifier"),
    path("convention/clauses/<uuid:clause>/voter/", views.vote, name="voter"),
    path("convention/clauses/<uuid:clause>/retirer/", views.withdraw, name="retirer"),
    path("convention/chartes/<uuid:charte>/signer/", views.sign_one_charter, name="charte"),
]
RULES: dict[str, Rule] = {
    "page": signed_in("GET"),
    "ouvrir": reserved(AUTHORS, "POST"),
    "proposer": reserved(AUTHORS, "POST"),
    "arreter": reserved(DIRECTION, "POST"),
    "signer": reserved(DIRECTION, "POST"),
    "clause": reserved(AUTHORS, "GET"),
    "modifier": reserved(AUTHORS, "POST"),
    "voter": reserved(AUTHORS, "POST"),
    "retirer": reserved(AUTHORS, "POST"),
    "charte": reserved(AUTHORS, "POST"),
}
