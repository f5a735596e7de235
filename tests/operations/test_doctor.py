"""Each look of the doctor sees the fault it is made for, and gives its cure."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.db.transaction import atomic

from maillage.audit import PLATEFORME
from maillage.audit.actions import Entree, record_many, sign_heads
from maillage.audit.enums import Acte
from maillage.audit.triggers import removal
from maillage.base import clock
from maillage.base.encryption import ensure_key
from maillage.base.enums import Portee
from maillage.base.identifiers import new_id
from maillage.base.models import CleDonnees
from maillage.cli.doctor import _administrators
from maillage.comptes.models import Compte
from maillage.operations import doctor
from maillage.operations.backup import LAST
from maillage.operations.doctor import Etat, Finding, examine
from maillage.operations.models import Travail
from tests.administrators import build_pair
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sound(tmp_path: Path, settings: LazySettings) -> None:
    """A real installation, backed up and worked an hour ago, its mail server answering."""
    settings.MAILLAGE_DEMO = False
    settings.MAILLAGE_DATA_DIR = tmp_path
    settings.EMAIL_HOST = "courriel.invalid"
    settings.HTTPS, settings.SITE = True, "https://maillage.exemple"
    _backed_up(tmp_path, hours=1)
    Travail.objects.create(
        nom="avis", periode="p", commence_le=clock.now(), bail=clock.now(), fini_le=clock.now()
    )


def _backed_up(folder: Path, *, hours: int) -> None:
    le = clock.now() - timedelta(hours=hours)
    (folder / LAST).write_text(json.dumps({"le": le.isoformat(), "fichier": "x"}), encoding="utf-8")


def found() -> dict[str, Finding]:
    return {one.nom: one for one in examine()}


def test_a_sound_installation() -> None:
    # The suite's database lives in memory or is made by another hand: its own settings are tried elsewhere.
    assert {name: one.etat for name, one in found().items() if name != "base"} == dict.fromkeys(
        [name for name, _look in doctor._LOOKS if name != "base"], Etat.BIEN
    )


def _no_trigger(_folder: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(removal(connection)[0])


def _lost_key(_folder: Path) -> None:
    ensure_key(Portee.SERVICE, new_id())
    CleDonnees.objects.update(kek="k0")


def _future_line(_folder: Path) -> None:
    with atomic():
        record_many(
            PLATEFORME, [Entree(Acte.COMPTE, None, le=clock.now() + timedelta(hours=2), objet_genre="x")]
        )
        sign_heads()


def _unsigned_head(_folder: Path) -> None:
    with atomic():
        record_many(
            PLATEFORME, [Entree(Acte.COMPTE, None, le=clock.now() - timedelta(days=3), objet_genre="x")]
        )


def _stuck_job(_folder: Path) -> None:
    Travail.objects.update(fini_le=None, essais=5)


def _idle_worker(_folder: Path) -> None:
    Travail.objects.update(fini_le=clock.now() - timedelta(days=2))


FAULTS: list[tuple[Callable[[Path], None], str, Etat]] = [
    (_no_trigger, "déclencheurs", Etat.MAL),
    (_lost_key, "clés", Etat.MAL),
    (_future_line, "horloge", Etat.MAL),
    (_unsigned_head, "journal", Etat.ATTENTION),
    (_stuck_job, "travaux", Etat.MAL),
    (_idle_worker, "travaux", Etat.ATTENTION),
    (lambda folder: (folder / LAST).unlink(), "sauvegardes", Etat.MAL),
    (lambda folder: _backed_up(folder, hours=24 * 3), "sauvegardes", Etat.ATTENTION),
    (lambda folder: _backed_up(folder, hours=24 * 8), "sauvegardes", Etat.MAL),
    (lambda folder: (folder / LAST).write_text("{", encoding="utf-8") and None, "sauvegardes", Etat.MAL),
]


@pytest.mark.parametrize(("fault", "name", "state"), FAULTS)
def test_a_fault_is_seen_alone_with_its_cure(
    tmp_path: Path, fault: Callable[[Path], None], name: str, state: Etat
) -> None:
    fault(tmp_path)
    wrong = {key: one for key, one in found().items() if one.etat is not Etat.BIEN and key != "base"}
    assert {key: one.etat for key, one in wrong.items()} == {name: state}
    assert wrong[name].remede != ""


def test_a_key_file_that_others_may_read(settings: LazySettings) -> None:
    path = Path(settings.MAILLAGE_KEYS)
    path.chmod(0o644)
    try:
        assert found()["clés"].remede == f"chmod 600 {path}"
    finally:
        path.chmod(0o600)


@pytest.mark.requirement("S-38")
def test_no_room_left(monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = 1 << 20

    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _path: Usage)
    assert found()["disque"].etat is Etat.MAL


def test_a_mail_server_that_does_not_answer(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert found()["courriel"].etat is Etat.MAL
    settings.EMAIL_HOST = ""
    assert found()["courriel"].etat is Etat.ATTENTION


def test_a_setting_of_the_database_that_loses_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "SQLite doit avoir synchronous=2, il a 1 : démarrage refusé."
    monkeypatch.setattr(doctor, "durability_complaints", lambda: [said])
    assert (found()["base"].etat, found()["base"].phrase) == (Etat.MAL, said)


def test_a_database_that_does_not_open_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed() -> None:
        raise OperationalError("connection failed: Connection refused")

    monkeypatch.setattr(connection, "ensure_connection", closed)
    said = found()
    assert list(said) == ["base", "sauvegardes", "disque", "adresse", "courriel"]
    assert said["base"].phrase == "La base de données ne répond pas : rien n'écoute à cette adresse."


def test_a_migration_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "migration_complaints", lambda: ["La base n'est pas à jour."])
    assert (found()["migrations"].etat, found()["migrations"].remede) == (Etat.MAL, "maillage init")


def test_an_address_that_nobody_reaches(settings: LazySettings) -> None:
    settings.SITE = "https://127.0.0.1"
    assert (found()["adresse"].etat, "MAILLAGE_HOSTS" in found()["adresse"].remede) == (Etat.MAL, True)
    settings.HTTPS = False
    assert (found()["adresse"].etat, "TLS" in found()["adresse"].remede) == (Etat.ATTENTION, True)


def test_a_folder_of_backups_that_nobody_writes(
    settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAILLAGE_BACKUPS = tmp_path / "sauvegardes"
    assert found()["sauvegardes"].etat is Etat.BIEN
    settings.MAILLAGE_BACKUPS.mkdir()
    monkeypatch.setattr(doctor.os, "access", lambda _path, _mode: False)
    assert (found()["sauvegardes"].etat, found()["sauvegardes"].phrase) == (
        Etat.MAL,
        f"Le dossier des sauvegardes, {tmp_path}/sauvegardes, ne s'écrit pas.",
    )


def test_every_look_in_the_order_in_which_one_rests_on_another() -> None:
    assert [name for name, _look in doctor._LOOKS] == [
        "base", "migrations", "déclencheurs", "mur", "réplique", "clés", "sceaux", "horloge", "journal",
        "travaux", "sauvegardes", "disque", "adresse", "courriel",
    ]  # fmt: skip


def test_a_right_can_only_be_given_by_two(cast: Cast) -> None:
    pair = build_pair()
    assert _administrators().etat is Etat.BIEN
    Compte.objects.filter(pk=pair.bob.compte.pk).update(etat="suspendu")
    assert (_administrators().etat, "--reinvite" in _administrators().remede) == (Etat.ATTENTION, True)
