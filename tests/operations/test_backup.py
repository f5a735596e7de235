"""A backup restores to equal digests; an erased person stays erased; nothing is half-restored."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.core.management import call_command

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.base.encryption import Unreadable, destroy_key, unseal
from maillage.base.enums import Portee
from maillage.base.models import CleDonnees
from maillage.cli.backup import _note
from maillage.directory.models import Service
from maillage.operations import backup as backups
from maillage.operations.archive import BadArchive, read_header
from maillage.operations.backup import Written, write_backup
from maillage.operations.restore import CannotRestore, restore
from maillage.operations.tables import digests
from maillage.sharing.persons import oriented  # noqa: F401 (the room is loaded through its door)
from tests.cast import build_cast
from tests.door import WITH_RETURN, send

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def saved(tmp_path: Path, settings: LazySettings) -> Written:
    """An orientation with its person, one attached file, and the backup of all that."""
    settings.MAILLAGE_DATA_DIR = tmp_path / "donnees"
    settings.MEDIA_ROOT = tmp_path / "donnees" / "fichiers"
    (settings.MEDIA_ROOT / "a").mkdir(parents=True)
    (settings.MEDIA_ROOT / "a" / "scan.pdf").write_bytes(b"%PDF un fichier")
    send(build_cast(), WITH_RETURN)
    return write_backup(tmp_path / "ville.sauvegarde")


def empty(settings: LazySettings) -> None:
    """Leave what a fresh installation has: tables, and nothing in them."""
    call_command("flush", verbosity=0, interactive=False)
    if settings.MEDIA_ROOT.exists():
        (settings.MEDIA_ROOT / "a" / "scan.pdf").unlink()
        (settings.MEDIA_ROOT / "a").rmdir()


def personal_keys() -> int:
    return CleDonnees.objects.filter(portee=Portee.PERSONNE).count()


@pytest.mark.requirement("S-39")
def test_everything_comes_back_equal(saved: Written, settings: LazySettings) -> None:
    before = {name: digest for name, digest in digests("default").items() if not name.startswith("audit.")}
    keys, lines = personal_keys(), Ligne.objects.count()
    empty(settings)
    done = restore(saved.donnees, saved.cles)
    after = {name: digest for name, digest in digests("default").items() if not name.startswith("audit.")}
    assert after == before
    assert (done.tables, done.lignes, done.fichiers, done.cles) == (saved.tables, saved.lignes, 1, keys)
    # The backup's own line came after it; the restoration's line is new.
    assert Ligne.objects.count() == lines
    assert (settings.MEDIA_ROOT / "a" / "scan.pdf").read_bytes() == b"%PDF un fichier"


def test_a_new_row_after_a_restoration_takes_a_free_number(saved: Written, settings: LazySettings) -> None:
    empty(settings)
    restore(saved.donnees, saved.cles)
    service = Service.objects.get(code="alm")
    assert service.territoires.through.objects.create(
        service_id=service.pk, territoire_id=service.ville_id
    ).pk


@pytest.mark.requirement("S-19")
def test_the_data_file_alone_holds_no_key_of_a_person(saved: Written, settings: LazySettings) -> None:
    assert personal_keys() > 0
    empty(settings)
    assert restore(saved.donnees, None).cles == 0
    assert personal_keys() == 0


@pytest.mark.requirement("S-19")
def test_an_erased_person_stays_unreadable_in_an_older_backup(
    saved: Written, settings: LazySettings, tmp_path: Path
) -> None:
    from django.apps import apps

    model = apps.get_model("dossiers", "Personne")
    person = model._base_manager.exclude(appellation_scellee=b"").first()
    assert person is not None
    assert unseal(person, "appellation_scellee") == "Yanis"
    destroy_key(Portee.PERSONNE, person.pk)
    later = write_backup(tmp_path / "apres.sauvegarde")
    empty(settings)
    restore(saved.donnees, later.cles)
    with pytest.raises(Unreadable):
        unseal(model._base_manager.get(pk=person.pk), "appellation_scellee")


@pytest.mark.requirement("S-19")
def test_keys_older_than_thirty_days_are_refused_then_purged(
    saved: Written, settings: LazySettings, tmp_path: Path
) -> None:
    empty(settings)
    with time_machine.travel(clock.now() + timedelta(days=31), tick=True):
        with pytest.raises(CannotRestore, match="plus de 30 jours"):
            restore(saved.donnees, saved.cles)
        assert personal_keys() == 0
        assert backups.purge_expired_keys(tmp_path) == 1
    assert not saved.cles.exists()
    assert saved.donnees.exists()


def test_a_full_installation_is_not_written_over(saved: Written) -> None:
    before = digests("default")
    with pytest.raises(CannotRestore, match="pas vide"):
        restore(saved.donnees, saved.cles)
    assert digests("default") == before


def test_the_two_files_are_not_taken_for_each_other(saved: Written, settings: LazySettings) -> None:
    empty(settings)
    with pytest.raises(CannotRestore, match="inversés"):
        restore(saved.cles, saved.donnees)


@pytest.mark.requirement("S-39")
def test_a_damaged_backup_restores_nothing(saved: Written, settings: LazySettings) -> None:
    content = bytearray(saved.donnees.read_bytes())
    content[-40] ^= 1
    saved.donnees.write_bytes(content)
    empty(settings)
    with pytest.raises(BadArchive):
        restore(saved.donnees, saved.cles)
    assert sum(digest.lignes for digest in digests("default").values()) == 0
    assert not (settings.MEDIA_ROOT / "a" / "scan.pdf").exists()


def test_a_row_lost_on_the_way_is_seen(
    saved: Written, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Break the writing on purpose: the comparison after it must refuse."""
    from maillage.operations import restore as module

    real = module._save

    def forgetful(model: object, batch: list[object]) -> None:
        if getattr(model, "__name__", "") == "Poste":
            batch.pop()
        real(model, batch)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_save", forgetful)
    empty(settings)
    with pytest.raises((CannotRestore, Exception)):
        restore(saved.donnees, saved.cles)
    assert Service.objects.count() == 0


def test_a_backup_is_remembered_and_leaves_a_line(saved: Written, settings: LazySettings) -> None:
    said = json.loads((settings.MAILLAGE_DATA_DIR / backups.LAST).read_text(encoding="utf-8"))
    assert said["fichier"] == str(saved.donnees)
    assert Ligne.objects.filter(objet_genre="sauvegarde", acte="export").count() == 1


def test_no_canary_in_the_files(tmp_path: Path, settings: LazySettings, saved: Written) -> None:
    content = saved.donnees.read_bytes() + saved.cles.read_bytes()
    assert [word for word in (b"Yanis", b"ALM", b"Port-Rouge") if word in content] == []


def test_what_was_restored_has_a_backup(saved: Written, settings: LazySettings) -> None:
    (settings.MAILLAGE_DATA_DIR / backups.LAST).unlink()
    _note(saved.donnees)
    said = json.loads((settings.MAILLAGE_DATA_DIR / backups.LAST).read_text(encoding="utf-8"))
    assert said == {"le": read_header(saved.donnees)["le"], "fichier": str(saved.donnees)}
