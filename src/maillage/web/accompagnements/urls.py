"""Addresses of accompagnements; a mediation service holds none, so nothing answers there."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.accompagnements import acts, receipts, views
from maillage.web.areas import NavItem
from maillage.web.rules import PREVENTION, TERRAIN, Rule, reserved

TEAM = PREVENTION | {Role.CHEF_DE_SERVICE}
# Whoever may have received something: an adhésion to a project reaches mediators too.
RECIPIENTS = TERRAIN | {Role.CHEF_DE_SERVICE, Role.COORDONNATEUR}

urlpatterns = [
    path("accompagnements/", views.list_page, name="liste"),
    path("accompagnements/nouveau/", acts.open_page, name="nouveau"),
    path("accompagnements/<uuid:accompagnement>/", views.sheet_page, name="fiche"),
    path("accompagnements/<uuid:accompagnement>/adhesion/", acts.note_adhesion, name="adhesion"),
    path("accompagnements/<uuid:accompagnement>/referent/", acts.hand_over, name="referent"),
    path("accompagnements/<uuid:accompagnement>/information/", acts.note_notice, name="information"),
    path("accompagnements/<uuid:accompagnement>/confidences/", acts.note_confidence, name="confidences"),
    path(
        "accompagnements/<uuid:accompagnement>/confidences/<uuid:confidence>/lever/",
        acts.end_confidence,
        name="lever",
    ),
    path("accompagnements/<uuid:accompagnement>/contact/", acts.note_seen, name="contact"),
    path("accompagnements/<uuid:accompagnement>/famille/", acts.note_meeting, name="famille"),
    path("accompagnements/<uuid:accompagnement>/fratrie/", acts.join_page, name="fratrie"),
    path("accompagnements/<uuid:accompagnement>/fratrie/quitter/", acts.leave_relatives, name="quitter"),
    path("accompagnements/<uuid:accompagnement>/coordination/", acts.join_coordination, name="coordination"),
    path("retraits/", receipts.list_page, name="retraits"),
    path("retraits/<uuid:recu>/recu/", receipts.acknowledge, name="recu"),
    path("accompagnements/<uuid:accompagnement>/terminer/", acts.end, name="terminer"),
]
RULES: dict[str, Rule] = {
    "liste": reserved(TEAM, "GET"),
    "nouveau": reserved(TEAM, "GET", "POST"),
    "fiche": reserved(TEAM, "GET"),
    "adhesion": reserved(TEAM, "POST"),
    "referent": reserved(TEAM, "POST"),
    "information": reserved(TEAM, "POST"),
    "confidences": reserved(TEAM, "POST"),
    "lever": reserved(TEAM, "POST"),
    "contact": reserved(TEAM, "POST"),
    "famille": reserved(TEAM, "POST"),
    "fratrie": reserved(TEAM, "GET", "POST"),
    "quitter": reserved(TEAM, "POST"),
    "coordination": reserved(TEAM, "POST"),
    "retraits": reserved(RECIPIENTS, "GET"),
    "recu": reserved(RECIPIENTS, "POST"),
    "terminer": reserved(TEAM, "POST"),
}
NAV = [NavItem(label="Accompagnements", icon="personne", view="accompagnements:liste", order=51)]
