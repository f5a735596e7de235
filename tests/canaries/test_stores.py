"""No clear word of what is sealed: in the database and its journal, a backup, a mail, a log (S-17, S-40)."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.db import connection

from maillage.base.encryption import SealedField, unseal_bytes
from maillage.main_courante.actions.avis import send_notices, set_mailbox
from maillage.operations.backup import write_backup
from tests.canaries.crawl import crawl
from tests.canaries.plant import text_fields
from tests.cast import build_cast
from tests.probes.people import askers, complete, everyone
from tests.probes.probe import Prober
from tests.probes.seeded import seed
from tests.probes.test_probes import NOW, TABLE

pytestmark = pytest.mark.django_db(transaction=True)
# What a diagnosis publishes is kept as published: the two services signed it to be read.
PUBLISHED = {"diagnostics.Recit"}
SHORT = 6
READERS = {("alm", "mediateur"), ("relais", "educateur")}


@pytest.mark.requirement("S-17", "S-24", "S-40")
def test_no_clear_word_of_what_is_sealed_is_kept_anywhere(
    tmp_path: Path, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MAILLAGE_DEMO, settings.MAILLAGE_DATA_DIR = False, tmp_path
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    with time_machine.travel(NOW, tick=False), caplog.at_level(logging.INFO):
        prober = world()
        clear = set(sealed_words())
        assert len(clear) > 12
        for who in prober.askers:
            if who.state == "actif" and (who.service, who.role) in READERS:
                deque(crawl(prober, who, TABLE, most=0), maxlen=0)
        send_notices(site="http://exemple.test")
        saved = write_backup(tmp_path / "ville.sauvegarde")
    assert len(mail.outbox) > 0
    places = {
        "base": stored(),
        "sauvegarde": saved.donnees.read_bytes() + saved.cles.read_bytes(),
        "courriels": "".join(one.message().as_string() for one in mail.outbox).encode(),
        "journaux": caplog.text.encode(),
    }
    found = {(name, word.decode()) for name, held in places.items() for word in clear if word in held}
    assert found == set()


def world() -> Prober:
    """One object of each kind, in a database that keeps what is written; each service has a mailbox."""
    cast = build_cast()
    services = complete(cast)
    people = everyone(services)
    made = Prober(seed(cast, people), list(askers(services, people)), services)
    for key in ("alm", "relais"):
        set_mailbox(by=made.seeded.by(key, "chef_de_service"), courriel=f"{key}@exemple.fr")
    return made


def sealed_words() -> Iterator[bytes]:
    """Return the clear bytes of every sealed cell that are long enough to be nobody's by chance."""
    for model, one in text_fields():
        if isinstance(one, SealedField) and model._meta.label not in PUBLISHED:
            for row in model._default_manager.all():
                clear = unseal_bytes(row, one.name)
                if len(clear) >= SHORT:
                    yield clear


def stored() -> bytes:
    """Return what the database holds: every cell of every table, and the very files of SQLite."""
    held = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            held += b"\n".join(
                bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                for row in cursor.fetchall()
                for cell in row
            )
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        held += b"".join(one.read_bytes() for one in sorted(name.parent.glob(f"{name.name}*")))
    return held


def test_a_clear_word_would_be_found() -> None:
    build_cast()
    assert all(word.encode() in stored() for word in ("Port-Rouge", "Nadia"))
    assert apps.get_model("directory", "Lieu").objects.count() == 2
