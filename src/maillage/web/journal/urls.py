"""Addresses of the ledger's page: for the data protection officer, never for the hierarchy."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.journal import views
from maillage.web.rules import Rule, reserved

urlpatterns = [path("journal/", views.page, name="page")]
RULES: dict[str, Rule] = {"page": reserved([Role.DPO], "GET")}
NAV = [NavItem("Journal", "journal", "journal:page", order=10)]
