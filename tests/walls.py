"""What the tests of the second wall share: where it stands, acting as a service, what was told."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from maillage.base import clock, wall
from maillage.conventions.queries import partenariat_ids
from maillage.directory.models import Service

on_postgresql = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite keeps no policy")


def within(service: Service) -> Any:
    """Act as a service does today."""
    return wall.acting([service.pk], partenariat_ids(service.pk, clock.today()))


def settings_now() -> tuple[str, str, str]:
    """Read the three settings back from the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting(%s, true), current_setting(%s, true), current_setting(%s, true)",
            [wall.SERVICES, wall.PARTENARIATS, wall.MAISON],
        )
        first, second, third = (value or "" for value in cursor.fetchone())
    return first, second, third
