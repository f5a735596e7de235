"""Addresses of the training: one's own set, one case, one's own certificate."""

from dataclasses import replace

from django.urls import path

from maillage.conventions.queries import SIGNERS
from maillage.web.areas import NavItem
from maillage.web.formation import views
from maillage.web.rules import Rule, reserved

urlpatterns = [
    path("formation/", views.set_page, name="page"),
    path("formation/attestation.pdf", views.certificate, name="attestation"),
    path("formation/<slug:partenariat>/<slug:cas>/", views.case_page, name="cas"),
]
# One learns for oneself: a trainee whose post only reads answers too.
RULES: dict[str, Rule] = {
    "page": reserved(SIGNERS, "GET"),
    "attestation": reserved(SIGNERS, "GET"),
    "cas": replace(reserved(SIGNERS, "GET", "POST"), own=True),
}
NAV = [NavItem(label="Se former", icon="etude", view="formation:page", order=70)]
