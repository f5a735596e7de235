"""Field encryption: what is sealed opens in its own cell, with its owner's key, and nowhere else."""

import json
from pathlib import Path

import pytest
from django.test import override_settings

from maillage.base import clock
from maillage.base.encryption import (
    Unreadable,
    create_keys,
    data_keys,
    destroy_key,
    ensure_key,
    rewrap_keys,
    seal,
    seal_bytes,
    unseal,
    unseal_bytes,
)
from maillage.base.enums import Portee
from maillage.base.identifiers import new_id
from maillage.base.keyring import Keyring
from maillage.base.models import CleDonnees
from maillage.directory.models import Service, Structure
from maillage.main_courante.models import Note

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    structure = Structure.objects.create(nom="Association d'essai")
    return Service.objects.create(
        code="essai", structure=structure, metier="mediation_sociale", nom="Essai", nom_court="Essai"
    )


def _note(service: Service, text: str) -> Note:
    note = Note(id=new_id(), service=service)
    note.texte_scelle = seal(note, "texte_scelle", text)
    return note


@pytest.mark.parametrize("text", ["Ampoule cassée", "", "😀‮abc\x00é", "x" * 100_000])
def test_a_sealed_text_opens_exactly(service: Service, text: str) -> None:
    assert unseal(_note(service, text), "texte_scelle") == text


def test_the_bytes_of_a_file_open_exactly(service: Service) -> None:
    note = Note(id=new_id(), service=service)
    note.texte_scelle = seal_bytes(note, "texte_scelle", b"\xff\xd8\x00 une image")
    assert unseal_bytes(note, "texte_scelle") == b"\xff\xd8\x00 une image"
    assert b"une image" not in note.texte_scelle


@pytest.mark.requirement("S-17")
def test_nothing_readable_is_stored(service: Service) -> None:
    assert b"Ampoule" not in _note(service, "Ampoule").texte_scelle


@pytest.mark.requirement("S-17")
def test_a_ciphertext_moved_to_another_row_does_not_open(service: Service) -> None:
    first, second = _note(service, "premier"), _note(service, "second")
    second.texte_scelle = first.texte_scelle
    with pytest.raises(Unreadable):
        unseal(second, "texte_scelle")


@pytest.mark.requirement("S-17")
def test_another_services_key_does_not_open(service: Service) -> None:
    note = _note(service, "à nous")
    with pytest.raises(Unreadable):
        unseal(note, "texte_scelle", key=ensure_key(Portee.SERVICE, new_id()))


def test_a_destroyed_key_erases(service: Service) -> None:
    note = _note(service, "à oublier")
    destroy_key(Portee.SERVICE, service.id)
    with pytest.raises(Unreadable):
        unseal(note, "texte_scelle")


def test_a_key_is_created_once(service: Service) -> None:
    assert ensure_key(Portee.SERVICE, service.id) == ensure_key(Portee.SERVICE, service.id)
    assert CleDonnees.objects.count() == 1


def test_keys_created_together_are_those_read_back() -> None:
    owners = [new_id() for _ in range(3)]
    assert create_keys(Portee.PERSONNE, owners) == data_keys(Portee.PERSONNE, owners)


def test_rotation_rewraps_without_touching_what_is_sealed(service: Service, tmp_path: Path) -> None:
    keys = tmp_path / "cles.json"
    Keyring.generate(keys)
    with override_settings(MAILLAGE_KEYS=keys):
        note = _note(service, "toujours lisible")
        raw = json.loads(keys.read_text())
        raw["keks"]["k2"] = raw["pseudonym"]
        raw["current"] = "k2"
        keys.write_text(json.dumps(raw))
        assert rewrap_keys() == 1
        del raw["keks"]["k1"]
        keys.write_text(json.dumps(raw, indent=2))
        assert unseal(note, "texte_scelle") == "toujours lisible"
        assert rewrap_keys() == 0


def test_a_key_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    keys = tmp_path / "sous" / "cles.json"
    Keyring.generate(keys)
    assert keys.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        Keyring.generate(keys)


def test_a_key_wrapped_by_an_unknown_key_is_unreadable(service: Service) -> None:
    note = _note(service, "x")
    CleDonnees.objects.update(kek="k9")
    with pytest.raises(Unreadable):
        unseal(note, "texte_scelle")


def test_the_clock_is_aware() -> None:
    assert clock.now().tzinfo is not None
