"""Keys rotate while serving: nothing is ever unreadable, and a needed key cannot be forgotten."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection

from maillage.audit.models import Ligne
from maillage.base.encryption import ensure_key, keyring
from maillage.base.enums import Portee
from maillage.base.identifiers import new_id
from maillage.base.keyring import Keyring
from maillage.base.models import CleDonnees
from maillage.operations.keys import CannotForget, forget_key, rotate_keys

pytestmark = pytest.mark.requirement("S-18")


@pytest.fixture
def keys(tmp_path: Path, settings: LazySettings) -> Path:
    settings.MAILLAGE_KEYS = tmp_path / "cles.json"
    Keyring.generate(settings.MAILLAGE_KEYS)
    return Path(settings.MAILLAGE_KEYS)


@pytest.mark.django_db
def test_every_envelope_moves_and_opens_to_the_same_key(keys: Path) -> None:
    owners = [new_id() for _ in range(7)]
    before = {owner: ensure_key(Portee.PERSONNE, owner) for owner in owners}
    assert rotate_keys() == ("k2", 7)
    assert {owner: ensure_key(Portee.PERSONNE, owner) for owner in owners} == before
    assert set(CleDonnees.objects.values_list("kek", flat=True)) == {"k2"}
    assert (keyring().current, keyring().sealing_current) == ("k2", "s2")
    assert sorted(keyring().sealing) == ["s1", "s2"]
    assert keys.stat().st_mode & 0o777 == 0o600
    assert Ligne.objects.filter(objet_genre="cle").count() == 1


@pytest.mark.django_db
def test_a_key_is_forgotten_only_when_nothing_needs_it(keys: Path) -> None:
    ensure_key(Portee.PERSONNE, new_id())
    with pytest.raises(CannotForget, match="dépendent encore"):
        forget_key("k1")
    rotate_keys()
    with pytest.raises(CannotForget, match="courante"):
        empty_then_forget("k2")
    with pytest.raises(CannotForget, match="pas de clé k9"):
        forget_key("k9")
    ensure_key(Portee.PERSONNE, new_id())
    forget_key("k1")
    assert list(keyring().keks) == ["k2"]


def empty_then_forget(name: str) -> None:
    CleDonnees.objects.all().delete()
    forget_key(name)


@pytest.mark.django_db(transaction=True)
def test_no_read_fails_while_keys_rotate(keys: Path) -> None:
    owners = [new_id() for _ in range(40)]
    expected = {owner: ensure_key(Portee.PERSONNE, owner) for owner in owners}
    wrong: list[object] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                wrong.extend(o for o in owners if ensure_key(Portee.PERSONNE, o) != expected[o])
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(3):
        rotate_keys()
    stop.set()
    for reader in readers:
        reader.join()
    assert (wrong, keyring().current) == ([], "k4")
