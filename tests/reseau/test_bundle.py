"""A year told to the network: counted once, signed, refused when touched, replayed, older or usurped."""

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
from maillage.conventions.errors import BadAnswer, CannotWrite, NotYours
from maillage.conventions.models import Clause
from maillage.main_courante.models import MessageDeLieu, ReponseMessage
from maillage.reseau.actions import publish, share_clause, share_practice, take_back
from maillage.reseau.bundle import seal, unseal
from maillage.reseau.cards import confirm, forget, learn, write_card
from maillage.reseau.envelope import BundleRefused
from maillage.reseau.models import LotRecu, Partage, VilleConnue
from tests.cast import Cast, Membre
from tests.door import acteur
from tests.reseau.bundles import content, take, welcome

NOW = datetime(2026, 3, 11, 10, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def in_march() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def send(cast: Cast, sender: Membre, count: int, when: datetime, *, answered: int = 0) -> None:
    receiver = cast.relais if sender.service != cast.relais else cast.alm
    for rank in range(count):
        row = MessageDeLieu.objects.create(
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
        if rank < answered:
            ReponseMessage.objects.create(message=row, poste=cast.samira.poste, reponse="vu", le=when)


def told(cast: Cast, annee: int = 2025) -> dict[str, Any]:
    return dict(unseal(publish(partenariat=cast.ici, annee=annee)).contenu)


def test_a_year_is_told_without_any_small_number(cast: Cast) -> None:
    first, last = datetime(2025, 1, 1, tzinfo=PARIS), datetime(2025, 12, 31, 23, 59, tzinfo=PARIS)
    send(cast, cast.karim, 12, first, answered=12)
    send(cast, cast.karim, 5, last)
    send(cast, cast.karim, 3, datetime(2026, 1, 1, tzinfo=PARIS))
    send(cast, cast.samira, 10, first)
    found = told(cast)
    assert {name: found[name] for name in ("partenariat", "annee", "forme", "sequence")} == {
        "partenariat": "ici",
        "annee": 2025,
        "forme": cast.ici.formes.get().forme,
        "sequence": 1,
    }
    assert found["services"] == {"mediation_sociale": 2, "prevention_specialisee": 1}
    assert found["messages"] == {"mediation_sociale": 17, "prevention_specialisee": None}
    # Twelve answers of seventeen would tell that five were left: neither is shown.
    assert found["repondus"] == {"mediation_sociale": None, "prevention_specialisee": None}


def test_the_same_year_asked_again_is_the_same_file(cast: Cast) -> None:
    send(cast, cast.karim, 11, datetime(2025, 5, 1, tzinfo=PARIS))
    first = publish(partenariat=cast.ici, annee=2025)
    send(cast, cast.karim, 1, datetime(2025, 5, 2, tzinfo=PARIS))
    assert publish(partenariat=cast.ici, annee=2025) == first
    assert told(cast, 2024)["sequence"] == 2


@pytest.mark.parametrize("annee", [1999, 2026])
def test_only_a_finished_year_is_told(cast: Cast, annee: int) -> None:
    with pytest.raises(BundleRefused, match="il faut une année finie"):
        publish(partenariat=cast.ici, annee=annee)


def test_sheets_go_with_the_same_figures(cast: Cast) -> None:
    by = acteur(cast.direction_alm)
    send(cast, cast.karim, 11, datetime(2025, 5, 1, tzinfo=PARIS))
    before = told(cast)
    send(cast, cast.karim, 4, datetime(2025, 5, 2, tzinfo=PARIS))
    given = share_practice(by=by, partenariat=cast.ici, titre="Se croiser", texte="Un café, le lundi.")
    after = told(cast)
    assert (after["sequence"], after["messages"]) == (2, before["messages"])
    assert after["pratiques"] == [{"titre": "Se croiser", "texte": "Un café, le lundi."}]
    take_back(by=by, partage=given.pk)
    assert (told(cast)["sequence"], told(cast)["pratiques"]) == (3, [])


def test_only_a_direction_gives_and_nobody_is_named(cast: Cast) -> None:
    def give(member: Membre, texte: str = "Un café.") -> Partage:
        return share_practice(by=acteur(member), partenariat=cast.ici, titre="Se croiser", texte=texte)

    for member, error in ((cast.karim, CannotWrite), (cast.direction_sud, NotYours)):
        with pytest.raises(error):
            give(member)
    with pytest.raises(BadAnswer, match="reconnaître"):
        give(cast.direction_alm, "Le jeune Yanis Belkacem est là tous les soirs.")
    with pytest.raises(BadAnswer, match="Racontez"):
        give(cast.direction_alm, " ")
    assert Partage.objects.count() == 0


def test_a_clause_in_force_is_given_once(cast: Cast) -> None:
    clause = Clause.objects.create(
        partenariat=cast.ici,
        titre="Une réunion toutes les six semaines",
        texte="Les deux équipes se voient toutes les six semaines.",
        fait="notice_rgpd",
        valeur="oui",
        preuve="x",
        debut=NOW.date(),
    )
    by = acteur(cast.direction_alm)
    share_clause(by=by, partenariat=cast.ici, clause=clause.pk)
    assert told(cast)["clauses"] == [{"titre": clause.titre, "texte": clause.texte}]
    for asked in (clause.pk, uuid4()):
        with pytest.raises(BadAnswer):
            share_clause(by=by, partenariat=cast.ici, clause=asked)


def test_any_change_breaks_the_signature() -> None:
    for key in content():
        written = json.loads(seal(content()))
        if key in ("version", "format"):
            continue
        written["lot"][key] = "autre"
        with pytest.raises(BundleRefused, match="La signature ne tient pas"):
            unseal(json.dumps(written))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 1}, r"plus ancienne \(1\)"),
        ({"version": 3}, r"plus récente \(3\)"),
        ({"format": "autre"}, "n'est pas un lot"),
        ({"agent": "x"}, "n'a pas la forme attendue"),
        ({"annee": True}, "n'a pas la forme attendue"),
        ({"ville": "a\u202eb"}, "n'a pas la forme attendue"),
        ({"postes": {"mediation_sociale": None, "prevention_specialisee": 2}}, "n'a pas la forme"),
        ({"pratiques": [{"titre": "x", "texte": "a\u202eb"}]}, "n'a pas la forme attendue"),
        ({"clauses": [{"titre": "x"}]}, "n'a pas la forme attendue"),
        ({"messages": {"mediation_sociale": 10, "prevention_specialisee": 0}}, "plus petit que 11"),
        ({"messages": {"mediation_sociale": -1, "prevention_specialisee": 0}}, "n'a pas la forme attendue"),
    ],
)
def test_a_signature_does_not_make_a_content_sound(changes: dict[str, object], said: str) -> None:
    with pytest.raises(BundleRefused, match=said):
        unseal(seal(content(**changes)))


def test_a_bundle_is_received_once(db: None) -> None:
    welcome()
    take(id=(known := str(new_id())), sequence=3)
    again: list[tuple[dict[str, object], str]] = [
        ({"id": known, "sequence": 4, "annee": 2024}, "Ce lot a déjà été reçu"),
        ({"sequence": 3, "annee": 2024}, "Un lot plus récent"),
        ({"sequence": 2}, "Un lot plus récent"),
        ({"sequence": 4, "reunions": 9}, "a déjà dit d'autres chiffres pour 2025"),
    ]
    for changes, said in again:
        with pytest.raises(BundleRefused, match=said):
            take(**changes)
    take(sequence=4, pratiques=[{"titre": "Se croiser", "texte": "Un café."}])
    take(sequence=5, annee=2024)
    assert list(LotRecu.objects.order_by("sequence").values_list("sequence", "annee")) == [
        (4, 2025),
        (5, 2024),
    ]


def test_a_key_is_believed_once_heard_aloud(db: None) -> None:
    with pytest.raises(BundleRefused, match="n'est pas connue ici"):
        take()
    row = welcome(confirmed=False)
    with pytest.raises(BundleRefused, match="attend d'être confirmée"):
        take()
    assert confirm(row.cle_publique) == 1
    take()
    assert forget(row.cle_publique) == 1
    with pytest.raises(BundleRefused, match="n'est pas connue ici"):
        take(sequence=2, annee=2024)
    assert LotRecu.objects.count() == 1


def test_another_key_does_not_take_a_city_s_name(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    welcome()
    learn(write_card(), confirmed=True)
    other = Ed25519PrivateKey.generate()
    key: Callable[[], Ed25519PrivateKey] = lambda: other  # noqa: E731
    monkeypatch.setattr(signing, "_key", key)
    for act in (take, lambda: learn(write_card(), confirmed=True)):
        with pytest.raises(BundleRefused, match="signe d'habitude avec une autre clé"):
            act()


def test_a_card_names_the_cities_of_its_installation(cast: Cast) -> None:
    learn(write_card(), confirmed=True)
    rows = VilleConnue.objects.order_by("partenariat").values_list("partenariat", "cle_publique")
    assert list(rows) == [("ailleurs", signing.public_key()), ("ici", signing.public_key())]
    written = json.loads(write_card())
    written["carte"]["villes"][0]["nom"] = "Autre"
    with pytest.raises(BundleRefused, match="La signature ne tient pas"):
        learn(json.dumps(written), confirmed=True)


def test_the_commands_carry_it(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, card = tmp_path / "lot.json", tmp_path / "carte.json"
    assert main(["export", "bundle", str(file), "--partenariat", "ici", "--year", "2025"]) == 0
    assert main(["export", "key", str(card)]) == 0
    assert main(["import", "key", str(card)]) == 0
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
