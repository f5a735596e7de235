"""Addresses where a partnership writes its convention and signs its charters."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.convention import files, scans, views
from maillage.web.rules import ENCADREMENT, TERRAIN, Rule, reserved, signed_in

AUTHORS = TERRAIN | ENCADREMENT
DIRECTION = frozenset({Role.DIRECTION})

urlpatterns = [
    path("convention/<slug:code>/", views.convention_page, name="page"),
    path("convention/<slug:code>/ouvrir/", views.open_page, name="ouvrir"),
    path("convention/<slug:code>/departs/", views.starting_texts, name="departs"),
    path("convention/<slug:code>/proposer/", views.propose, name="proposer"),
    path("convention/<slug:code>/arreter/", views.settle, name="arreter"),
    path("convention/<slug:code>/rouvrir/", views.reopen, name="rouvrir"),
    path("convention/<slug:code>/signer/", views.sign, name="signer"),
    path("convention/<slug:code>/charte-<slug:genre>/", views.write_charter, name="ecrire_charte"),
    path("convention/<slug:code>/convention.<slug:sorte>", files.convention_file, name="fichier"),
    path(
        "convention/<slug:code>/charte-<slug:genre>.<slug:sorte>", files.charter_file, name="fichier_charte"
    ),
    path("convention/<slug:code>/version-<int:version>/exemplaire/", scans.attach, name="joindre"),
    path("convention/exemplaires/<uuid:numerisation>.<slug:sorte>", scans.download, name="exemplaire"),
    path("convention/exemplaires/<uuid:numerisation>/retirer/", scans.withdraw, name="retirer_exemplaire"),
    path("convention/clauses/<uuid:clause>/", views.clause_page, name="clause"),
    path("convention/clauses/<uuid:clause>/modifier/", views.amend, name="modifier"),
    path("convention/clauses/<uuid:clause>/voter/", views.vote, name="voter"),
    path("convention/clauses/<uuid:clause>/retirer/", views.withdraw, name="retirer"),
    path("convention/chartes/<uuid:charte>/signer/", views.sign_one_charter, name="charte"),
]
RULES: dict[str, Rule] = {
    "page": signed_in("GET"),
    "ouvrir": reserved(AUTHORS, "POST"),
    "departs": reserved(AUTHORS, "GET"),
    "proposer": reserved(AUTHORS, "POST"),
    "arreter": reserved(DIRECTION, "POST"),
    "rouvrir": reserved(DIRECTION, "POST"),
    "signer": reserved(DIRECTION, "POST"),
    "ecrire_charte": reserved(DIRECTION, "GET", "POST"),
    "fichier": signed_in("GET"),
    "fichier_charte": signed_in("GET"),
    "joindre": reserved(DIRECTION, "POST"),
    "exemplaire": signed_in("GET"),
    "retirer_exemplaire": reserved(DIRECTION, "POST"),
    "clause": reserved(AUTHORS, "GET"),
    "modifier": reserved(AUTHORS, "POST"),
    "voter": reserved(AUTHORS, "POST"),
    "retirer": reserved(AUTHORS, "POST"),
    "charte": reserved(AUTHORS, "POST"),
}
