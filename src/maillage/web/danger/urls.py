"""Addresses of the danger path: the numbers need no account, the rest no second factor."""

from django.urls import path

from maillage.web.danger import views
from maillage.web.rules import Rule, public, signed_in

urlpatterns = [
    path("danger/", views.danger_page, name="accueil"),
    path("danger/transmis/", views.note_transmission, name="noter"),
    path("danger/transmissions/<uuid:transmission>/accuse/", views.acknowledge, name="accuse"),
]
RULES: dict[str, Rule] = {
    "accueil": public("GET"),
    # Public so that not even a post that only reads is held back; the view asks who notes.
    "noter": public("POST"),
    "accuse": signed_in("POST"),
}
