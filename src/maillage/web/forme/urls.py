"""Addresses of a partnership's form; a partnership one does not belong to does not exist."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.forme import views
from maillage.web.rules import Rule, reserved, signed_in

DIRECTION = frozenset({Role.DIRECTION})

urlpatterns = [
    path("partenariat/<slug:code>/forme/", views.form_page, name="page"),
    path("partenariat/<slug:code>/forme/ecrire/", views.record, name="ecrire"),
    path("partenariat/<slug:code>/forme/titre/", views.record_one_title, name="titre"),
    path("partenariat/<slug:code>/forme/titre/<int:titre>/terme/", views.end_one_title, name="terme"),
]
RULES: dict[str, Rule] = {
    "page": signed_in("GET"),
    "ecrire": reserved(DIRECTION, "POST"),
    "titre": reserved(DIRECTION, "POST"),
    "terme": reserved(DIRECTION, "POST"),
}
