"""Addresses of the partnership's pages; a partnership one does not belong to does not exist."""

from django.urls import path

from maillage.web.areas import NavItem
from maillage.web.partenariat import views
from maillage.web.rules import Rule, signed_in

urlpatterns = [
    path("partenariat/", views.list_page, name="liste"),
    path("partenariat/<slug:code>/", views.partnership_page, name="page"),
    path("partenariat/<slug:code>/clauses/", views.clauses_page, name="clauses"),
    path("partenariat/<slug:code>/lectures/", views.readings_page, name="lectures"),
]
RULES: dict[str, Rule] = {
    "liste": signed_in("GET"),
    "page": signed_in("GET"),
    "clauses": signed_in("GET"),
    "lectures": signed_in("GET"),
}
NAV = [NavItem(label="Partenariat", icon="partenariat", view="partenariat:liste", order=65)]
