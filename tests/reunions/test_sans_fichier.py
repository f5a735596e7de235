"""A group without file leaves no word: a name said in every field is found nowhere afterwards."""

from __future__ import annotations

import json
import logging
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import connection
from django.test import Client

from maillage.audit.queries import export_lines
from maillage.base import clock
from maillage.cli.export import make_bundle, make_notes
from maillage.main_courante.exports import FORMATS
from maillage.operations.backup import Content, read_records, write_backup
from maillage.reunions.actions import open_feed
from maillage.reunions.models import Reunion
from tests.cast import Cast, Membre
from tests.door import acteur, add_clause
from tests.reunions_made import planned

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, LAST = "Zébulonette", "Machinchose"
CANARY = f"{FIRST} {LAST}"


class Statements:
    """Everything sent to the database, parameters included: what never enters is in no page of its file."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, execute: Callable[..., object], sql: str, params: object, *rest: object) -> object:
        """Note a statement and run it."""
        self.seen.append(f"{sql} {params!r}")
        return execute(sql, params, *rest)


def _acts(row: Reunion, here: str) -> dict[str, dict[str, str]]:
    """Every act on a meeting, and what it takes."""
    soon = str(clock.today() + timedelta(days=3))
    return {
        "/reunions/convoquer/": {
            "genre": "groupe", "duree_minutes": "60", "jour": soon, "heure": "10:00", "partenariat": "ici",
        },
        f"/reunions/{row.pk}/reporter/": {"jour": "2099-01-01", "heure": "10:00", "motif": CANARY},
        f"/reunions/{row.pk}/annuler/": {"motif": CANARY},
        f"/reunions/{row.pk}/porte/": {f"present-{here}": "2", f"signe-{here}": "on"},
        f"/reunions/{row.pk}/comptes/": {f"situations-{here}": "1", f"decisions-{here}": "1"},
        f"/reunions/{row.pk}/presents/": {f"present-{here}": CANARY},
        f"/reunions/{row.pk}/compte-rendu/": {"version": "1"},
        f"/reunions/{row.pk}/decider/": {"service": here, "echeance": "2099-01-01"},
        f"/reunions/{row.pk}/inviter/": {"structure": CANARY},
        f"/reunions/{row.pk}/verrouiller/": {},
    }  # fmt: skip


def _files(client: Client, row: Reunion, cast: Cast) -> Iterator[bytes]:
    """Everything that leaves: minutes, calendars, exports, the network's bundle, the ledger, mails."""
    for name in ("compte-rendu.docx", "compte-rendu.pdf", "invitation.ics", ""):
        yield client.get(f"/reunions/{row.pk}/{name}").content
    yield client.get("/reunions/").content
    token = open_feed(by=acteur(cast.samira), personnel=True)
    yield Client().get(f"/reunions/flux/{token}.ics").content
    for form in FORMATS:
        yield make_notes("alm", form=form, since=None, until=None)
    yield make_bundle("ici", clock.today().year - 1)
    yield from export_lines()
    yield from (str(sent.message()).encode() for sent in mail.outbox)


def _bare(file: bytes) -> bytes:
    """Return the bytes with what a zip folder packs."""
    if file[:2] != b"PK":
        return file
    with zipfile.ZipFile(BytesIO(file)) as folder:
        return b"".join(folder.read(name) for name in folder.namelist())


def test_no_name_survives(
    cast: Cast,
    signed_in: Callable[[Membre], Client],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    settings: LazySettings,
) -> None:
    settings.MAILLAGE_DATA_DIR, settings.MEDIA_ROOT = tmp_path / "donnees", tmp_path / "fichiers"
    settings.MAILLAGE_DATA_DIR.mkdir()
    caplog.set_level(logging.DEBUG)
    add_clause(cast.ici, "regles_groupe", "adoptees_signees_par_tous")
    row, client, statements = planned(cast, -1, genre="groupe"), signed_in(cast.cheffe_alm), Statements()
    typed = {"texte": CANARY, "lieu": CANARY, "mot": CANARY, "bilan": CANARY, CANARY: CANARY}
    with connection.execute_wrapper(statements):
        for url, data in _acts(row, str(cast.alm.pk)).items():
            client.post(url, {**typed, **data})
        files = [_bare(file) for file in _files(client, row, cast)]
    row.refresh_from_db()
    saved = write_backup(tmp_path / "ville.sauvegarde")
    kept = json.dumps(list(read_records(saved.donnees, Content())), ensure_ascii=False)
    places = [*statements.seen, *(file.decode("utf-8", "replace") for file in files), kept, caplog.text]
    assert [place[:80] for place in places if FIRST in place or LAST in place] == []
    assert (row.etat, row.partenariat.reunions.count(), "ALM" in kept) == ("tenue", 2, True)


def test_the_search_would_find_it(cast: Cast, signed_in: Callable[[Membre], Client]) -> None:
    """Where words may be kept, the same room's name is found: the search above can fail."""
    statements, acts = Statements(), _acts(planned(cast, -1), str(cast.alm.pk))
    with connection.execute_wrapper(statements):
        data = acts["/reunions/convoquer/"] | {"genre": "terrain", "lieu": CANARY}
        assert signed_in(cast.cheffe_alm).post("/reunions/convoquer/", data).status_code == 302
    assert [FIRST in one for one in statements.seen].count(True) >= 1
