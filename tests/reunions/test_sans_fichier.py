"""A group without file leaves no word: a name said in every field is found nowhere afterwards."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from tests.cast import Cast, Membre
from tests.door import add_clause
from tests.reunions_made import planned

pytestmark = pytest.mark.django_db
CANARY = "Zébulonette Machinchose"


def _whole_database() -> bytes:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [
                repr(bytes(cell) if isinstance(cell, memoryview) else cell)
                for row in cursor.fetchall()
                for cell in row
            ]
    return "\n".join(found).encode()


def test_no_name_survives(
    cast: Cast, signed_in: Callable[[Membre], Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    add_clause(cast.ici, "regles_groupe", "adoptees_signees_par_tous")
    row, client, here = planned(cast, -1, genre="groupe"), signed_in(cast.cheffe_alm), str(cast.alm.pk)
    posts = {
        "/reunions/convoquer/": {
            "genre": "groupe",
            "duree_minutes": "60",
            "jour": "2099-01-01",
            "heure": "10:00",
        },
        f"/reunions/{row.pk}/reporter/": {"jour": "2099-01-01", "heure": "10:00", "motif": CANARY},
        f"/reunions/{row.pk}/porte/": {f"present-{here}": "2", f"signe-{here}": "on"},
        f"/reunions/{row.pk}/comptes/": {f"situations-{here}": "1", f"decisions-{here}": "1"},
        f"/reunions/{row.pk}/presents/": {f"present-{here}": CANARY},
        f"/reunions/{row.pk}/compte-rendu/": {"version": "1"},
        f"/reunions/{row.pk}/decider/": {"service": here, "echeance": "2099-01-01"},
        f"/reunions/{row.pk}/inviter/": {"structure": CANARY},
        f"/reunions/{row.pk}/verrouiller/": {},
    }
    for url, data in posts.items():
        client.post(url, data | {"texte": CANARY, "lieu": CANARY, "mot": CANARY, CANARY: CANARY})
    # Said again where a room may be kept: for a group, it is not.
    client.post("/reunions/convoquer/", posts["/reunions/convoquer/"] | _soon() | {"lieu": CANARY})
    row.refresh_from_db()
    whole = _whole_database()
    assert (row.etat, row.partenariat.reunions.count()) == ("tenue", 2)
    assert [part.encode() in whole for part in CANARY.split()] == [False, False]
    assert [part in caplog.text for part in CANARY.split()] == [False, False]
    assert b"ALM" in whole


def _soon() -> dict[str, str]:
    from datetime import timedelta

    from maillage.base import clock

    return {"jour": str(clock.today() + timedelta(days=3))}
