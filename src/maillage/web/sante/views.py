"""The health answer: the database answers, or it does not. Nothing else is told to a stranger."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse


def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, 503 otherwise; never cached."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        answer = JsonResponse({"etat": "indisponible"}, status=503)
    else:
        answer = JsonResponse({"etat": "bien"})
    answer["Cache-Control"] = "no-store"
    return answer
