"""A walk through the models: what may relate to what."""

from __future__ import annotations

from django.apps import apps
from django.db import models


def relations() -> list[tuple[type[models.Model], str, str]]:
    """Return every relation as (model, field, app of the model it points to)."""
    return [
        (model, field.name, field.related_model._meta.app_label)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and isinstance(field.related_model, type)
    ]


def test_nothing_but_dossiers_relates_to_dossiers() -> None:
    guilty = [
        f"{model._meta.label}.{field}"
        for model, field, app in relations()
        if app == "dossiers" and model._meta.app_label != "dossiers"
    ]
    assert guilty == []


def test_the_walk_sees_the_relations_inside_dossiers() -> None:
    assert [field for _, field, app in relations() if app == "dossiers"] != []


def test_a_room_relates_only_to_rooms_below_it() -> None:
    order = ["base", "audit", "operations", "directory", "comptes", "conventions", "dossiers", "sharing"]
    beside = ["main_courante", "orientations", "coordination", "enquetes"]
    above = ["diagnostics", "projets", "reunions", "equipes", "pilotage", "reseau", "administration"]
    rank = {label: position for position, label in enumerate(order)}
    rank |= dict.fromkeys(beside, len(order))
    rank |= {label: position for position, label in enumerate(above, start=len(order) + 1)}
    guilty = [
        f"{model._meta.label}.{field}"
        for model, field, app in relations()
        if model._meta.app_label in rank and app in rank and app != model._meta.app_label
        if rank[app] >= rank[model._meta.app_label]
    ]
    assert guilty == []
