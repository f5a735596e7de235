"""Two years after the last contact nothing of the person is left, and old copies cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from maillage.audit.format import canonical
from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.base.encryption import Unreadable, unseal
from maillage.cli import main
from maillage.dossiers.models import Accompagnement, Personne
from maillage.sharing import persons, retention
from maillage.sharing.dangers import record_danger
from maillage.sharing.errors import NotVisible
from maillage.sharing.models import Carte, Echange, Ouverture, TransmissionDanger
from maillage.sharing.queries import list_accompagnements, read_accompagnement
from maillage.sharing.views import TakenUp
from tests.cast import Cast
from tests.door import acteur, send
from tests.sharing.test_cartes import given

CANARY = "Canari-Efface"
FIRST = datetime(2024, 3, 1, 12, tzinfo=clock.PARIS)


@pytest.fixture
def taken(cast: Cast) -> TakenUp:
    """Someone met on 1 March 2024, who holds a card and about whom a danger was passed on."""
    with time_machine.travel(FIRST, tick=False):
        samira = acteur(cast.samira)
        found = persons.open_accompagnement(
            by=samira, pseudonyme=CANARY, tranche_age="15_17", origine="famille", besoin=CANARY
        )
        persons.note_contact(by=samira, accompagnement=found.accompagnement, le=date(2024, 3, 1))
        given(cast, found)
        record_danger(by=samira, destinataire="crip", personne=found.personne)
    return found


@pytest.mark.parametrize("ended", [False, True])
def test_it_goes_at_two_years_ended_or_not(cast: Cast, taken: TakenUp, ended: bool) -> None:
    samira = acteur(cast.samira)
    if ended:
        persons.close_accompagnement(by=samira, accompagnement=taken.accompagnement, motif="objectif")
    before = Personne.objects.get(pk=taken.personne)
    assert retention.erase_due_supports(date(2026, 2, 28)) == 0
    assert [retention.erase_due_supports(date(2026, 3, 1)) for _ in range(2)] == [1, 0]
    with pytest.raises(Unreadable):
        unseal(before, "appellation_scellee")
    row = Accompagnement.objects.select_related("personne").get(pk=taken.accompagnement)
    assert (row.personne.tranche_age, bytes(row.personne.besoin_scelle)) == ("15_17", b"")
    assert (row.motif_cloture, row.references.filter(fin=None).count()) == (
        "objectif" if ended else "perdu_de_vue",
        0,
    )
    assert (Carte.objects.count(), Ouverture.objects.filter(cause_fin="").count()) == (0, 0)
    assert TransmissionDanger.objects.get().personne is None
    assert list_accompagnements(samira, clos=True) == []
    with pytest.raises(NotVisible):
        read_accompagnement(samira, taken.accompagnement)


def test_a_letter_from_the_guardian_restarts_the_clock(cast: Cast, taken: TakenUp) -> None:
    with time_machine.travel(datetime(2026, 2, 1, 12, tzinfo=clock.PARIS), tick=False):
        day = clock.today()
        persons.note_contact(by=acteur(cast.samira), accompagnement=taken.accompagnement, le=day)
    assert retention.erase_due_supports(date(2026, 3, 1)) == 0
    assert retention.erase_due_supports(date(2028, 2, 1)) == 1


def test_whatever_the_person_or_a_parent_says_or_meets_restarts_the_clock(cast: Cast, taken: TakenUp) -> None:
    """A support that lives is not erased for want of « je l'ai vu »; seeking alone restarts nothing."""
    samira, le = acteur(cast.samira), {}

    def said(year: int, act: Callable[[], None]) -> None:
        with time_machine.travel(datetime(year, 5, 2, 12, tzinfo=clock.PARIS), tick=False):
            act()
        le[year] = Personne.objects.get(pk=taken.personne).dernier_contact_le

    def adhesion(**word: str) -> None:
        persons.record_adhesion(by=samira, accompagnement=taken.accompagnement, **word)  # type: ignore[arg-type]

    def meeting(day: date) -> None:
        persons.note_family_meeting(by=samira, accompagnement=taken.accompagnement, le=day)

    said(2025, lambda: adhesion(donneur="jeune", etat="recherchee"))
    said(2026, lambda: adhesion(donneur="titulaire", lien="mere", etat="acquise"))
    said(2027, lambda: meeting(date(2027, 4, 30)))
    said(2028, lambda: meeting(date(2026, 1, 1)))
    said(2029, lambda: adhesion(donneur="jeune", etat="suspendue"))
    accord = {"portee": "orientation", "destinataire": cast.alm, "donneur": "jeune", "etat": "refuse"}
    said(2030, lambda: persons.record_accord(by=samira, personne=taken.personne, **accord))
    assert le == {
        2025: date(2024, 3, 1),
        2026: date(2026, 5, 2),
        2027: date(2027, 4, 30),
        2028: date(2027, 4, 30),
        2029: date(2029, 5, 2),
        2030: date(2030, 5, 2),
    }
    assert retention.erase_due_supports(date(2032, 5, 1)) == 0
    assert retention.erase_due_supports(date(2032, 5, 2)) == 1


def test_the_proof_is_signed_and_holds_nothing_of_the_person(
    cast: Cast, taken: TakenUp, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    retention.erase_due_supports(date(2026, 3, 1))
    file = tmp_path / "preuve.jsonl"
    assert main(["retention", "proof", str(file)]) == 0
    assert capsys.readouterr().out == "Effacements prouvés : 1\n"
    (line,) = file.read_text().splitlines()
    said = json.loads(line)
    ligne = Ligne.objects.get(acte="effacement")
    assert (said["empreinte"], said["rang"], said["cle_detruite"]) == (ligne.empreinte, ligne.rang, True)
    erased = (CANARY, str(taken.personne), str(taken.accompagnement), ligne.objet, "15_17")
    assert [word for word in erased if word in line] == []
    signature = bytes.fromhex(said.pop("signature"))
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(said["cle_publique"]))
    key.verify(signature, retention.DOMAIN + canonical(said))


def test_what_an_exchange_left_goes_after_six_years(cast: Cast) -> None:
    with time_machine.travel(FIRST, tick=False):
        send(cast)
    live = Echange.objects.get()
    assert retention.drop_old_exchanges(date(2030, 3, 2)) == 0
    Ouverture.objects.filter(echange=live).update(cause_fin="terme")
    assert retention.drop_old_exchanges(date(2030, 3, 1)) == 0
    assert (retention.drop_old_exchanges(date(2030, 3, 2)), Echange.objects.count()) == (1, 0)
