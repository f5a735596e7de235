"""Addresses where a partnership settles an open question."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.lectures import views
from maillage.web.rules import Rule, reserved, signed_in

SIGNATORIES = frozenset({Role.DIRECTION, Role.DPO})

urlpatterns = [
    path("lectures/<slug:code>/annexe.<slug:genre>", views.annex_file, name="annexe"),
    path("lectures/<slug:code>/<str:question>/", views.question_page, name="question"),
    path("lectures/<slug:code>/<str:question>/proposer/", views.propose, name="proposer"),
    path("lectures/propositions/<uuid:proposition>/signer/", views.sign, name="signer"),
    path("lectures/propositions/<uuid:proposition>/ecarter/", views.set_aside, name="ecarter"),
]
RULES: dict[str, Rule] = {
    "annexe": signed_in("GET"),
    "question": signed_in("GET"),
    "proposer": reserved(SIGNATORIES, "POST"),
    "signer": reserved(SIGNATORIES, "POST"),
    "ecarter": reserved(SIGNATORIES, "POST"),
}
