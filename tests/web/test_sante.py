"""Health, for machines: the database answers, or not; nothing more is said."""

from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.test import Client


@pytest.mark.django_db
def test_well_when_the_database_answers() -> None:
    answer = Client().get("/health")
    assert (answer.status_code, answer.json(), answer["Cache-Control"]) == (200, {"etat": "bien"}, "no-store")


@pytest.mark.django_db
def test_unavailable_when_it_does_not() -> None:
    with patch("maillage.web.sante.views.connection.cursor", side_effect=DatabaseError("secret detail")):
        answer = Client().get("/health")
    assert (answer.status_code, answer.json()) == (503, {"etat": "indisponible"})


@pytest.mark.django_db
def test_nothing_is_posted_here() -> None:
    assert Client().post("/health").status_code == 405
