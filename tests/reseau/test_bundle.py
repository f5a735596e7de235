"""A year told to the network: made once, signed, refused when touched, replayed or usurped."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from maillage.audit import signing
from maillage.base.clock import PARIS
from maillage.base.identifiers import new_id
from maillage.cli import main
from maillage.main_courante.models import MessageDeLieu
from maillage.reseau.actions import publish, receive
from maillage.reseau.bundle import BundleRefused, seal, unseal
from maillage.reseau.models import LotRecu
from tests.cast import Cast, Membre

NOW = datetime(2026, 3, 11, 10, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def in_march() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def send(cast: Cast, sender: Membre, count: int, when: datetime) -> None:
    receiver = cast.relais if sender.service != cast.relais else cast.alm
    for _ in range(count):
        MessageDeLieu.objects.create(
            partenariat=cast.ici,
            service_emetteur=sender.service,
            service_destinataire=receiver,
            poste=sender.poste,
            lieu=cast.hall,
            creneau="nuit",
            effectif="5_9",
            categorie="regroupement",
            envoye_le=when,
        )


def content(**changes: object) -> dict[str, Any]:
    made = {
        "format": "maillage.lot",
        "version": 1,
        "id": str(new_id()),
        "sequence": 1,
        "ville": "Villeneuve",
        "partenariat": "villeneuve",
        "annee": 2025,
        "forme": "convention",
        "invente": True,
        "services": {"mediation_sociale": 2, "prevention_specialisee": 1},
        "messages": {"mediation_sociale": 40, "prevention_specialisee": None},
    }
    return made | changes


def take(**changes: object) -> LotRecu:
    return receive(unseal(seal(content(**changes))))


def test_a_year_is_told_without_any_small_number(cast: Cast) -> None:
    first, last = datetime(2025, 1, 1, tzinfo=PARIS), datetime(2025, 12, 31, 23, 59, tzinfo=PARIS)
    send(cast, cast.karim, 6, first)
    send(cast, cast.karim, 5, last)
    send(cast, cast.karim, 3, datetime(2026, 1, 1, tzinfo=PARIS))
    send(cast, cast.samira, 10, first)
    told = dict(unseal(publish(partenariat=cast.ici, annee=2025)).contenu)
    del told["id"]
    assert told == {
        "format": "maillage.lot",
        "version": 1,
        "sequence": 1,
        "ville": str(cast.ici),
        "partenariat": "ici",
        "annee": 2025,
        "forme": cast.ici.formes.get().forme,
        "invente": cast.ici.invente,
        "services": {"mediation_sociale": 2, "prevention_specialisee": 1},
        "messages": {"mediation_sociale": 11, "prevention_specialisee": None},
    }


def test_the_same_year_asked_again_is_the_same_file(cast: Cast) -> None:
    send(cast, cast.karim, 11, datetime(2025, 5, 1, tzinfo=PARIS))
    first = publish(partenariat=cast.ici, annee=2025)
    send(cast, cast.karim, 1, datetime(2025, 5, 2, tzinfo=PARIS))
    assert publish(partenariat=cast.ici, annee=2025) == first
    assert unseal(publish(partenariat=cast.ici, annee=2024)).contenu["sequence"] == 2


@pytest.mark.parametrize("annee", [1999, 2026])
def test_only_a_finished_year_is_told(cast: Cast, annee: int) -> None:
    with pytest.raises(BundleRefused, match="il faut une année finie"):
        publish(partenariat=cast.ici, annee=annee)


def test_any_change_breaks_the_signature() -> None:
    for key in content():
        written = json.loads(seal(content()))
        written["lot"][key] = "autre"
        with pytest.raises(BundleRefused, match="La signature de ce lot ne tient pas"):
            unseal(json.dumps(written))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 2}, "d'une autre version"),
        ({"format": "autre"}, "n'est pas un lot"),
        ({"agent": "x"}, "n'a pas la forme attendue"),
        ({"annee": True}, "n'a pas la forme attendue"),
        ({"ville": "a\u202eb"}, "n'a pas la forme attendue"),
        ({"messages": {"mediation_sociale": 10, "prevention_specialisee": 0}}, "plus petit que 11"),
        ({"messages": {"mediation_sociale": -1, "prevention_specialisee": 0}}, "n'a pas la forme attendue"),
    ],
)
def test_a_signature_does_not_make_a_content_sound(changes: dict[str, object], said: str) -> None:
    with pytest.raises(BundleRefused, match=said):
        unseal(seal(content(**changes)))


def test_a_bundle_is_received_once(db: None) -> None:
    take(id=(known := str(new_id())), sequence=3)
    again: list[tuple[dict[str, object], str]] = [
        ({"id": known, "sequence": 4, "annee": 2024}, "Ce lot a déjà été reçu"),
        ({"sequence": 3, "annee": 2024}, "Un lot plus récent"),
        ({"sequence": 2, "annee": 2024}, "Un lot plus récent"),
        ({"sequence": 4}, "a déjà dit son année 2025"),
    ]
    for changes, said in again:
        with pytest.raises(BundleRefused, match=said):
            take(**changes)
    take(sequence=4, annee=2024)
    assert list(LotRecu.objects.order_by("sequence").values_list("sequence", "annee")) == [
        (3, 2025),
        (4, 2024),
    ]


def test_another_key_does_not_take_a_city_s_name(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    take()
    other = Ed25519PrivateKey.generate()
    key: Callable[[], Ed25519PrivateKey] = lambda: other  # noqa: E731
    monkeypatch.setattr(signing, "_key", key)
    with pytest.raises(BundleRefused, match="signe d'habitude avec une autre clé"):
        take(annee=2024, sequence=2)


def test_the_commands_carry_it(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lot.json"
    assert main(["export", "bundle", str(file), "--partenariat", "ici", "--year", "2025"]) == 0
    assert main(["import", "bundle", str(file), "--dry-run"]) == 0
    assert LotRecu.objects.count() == 0
    assert main(["import", "bundle", str(file)]) == 0
    capsys.readouterr()
    assert main(["import", "bundle", str(file)]) == 2
    assert capsys.readouterr().err == "maillage : Ce lot a déjà été reçu.\n"


def test_the_commands_say_what_is_missing(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "bundle"]) == 2
    assert main(["export", "bundle", "--partenariat", str(uuid4()), "--year", "2025"]) == 2
    assert main(["export", "bundle", "--partenariat", "ici", "--year", "2026"]) == 2
    said = capsys.readouterr().err
    assert [part in said for part in ("donnez --partenariat", "Aucun partenariat", "année finie")] == [
        True
    ] * 3
