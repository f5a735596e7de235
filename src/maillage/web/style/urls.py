"""Addresses of the style page."""

from django.urls import path

from maillage.web.rules import Rule, public
from maillage.web.style import views

urlpatterns = [path("style/", views.style_page, name="page")]
RULES: dict[str, Rule] = {"page": public("GET")}
