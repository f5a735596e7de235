"""A backup taken before an erasure no longer opens for the person erased; for the others it does."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from maillage.base import clock
from maillage.base.encryption import Unreadable, unseal
from maillage.cli import main
from maillage.dossiers.models import Accompagnement, Personne
from maillage.sharing import persons
from maillage.sharing.views import TakenUp
from tests.cast import Cast, build_cast
from tests.door import acteur, send, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.requirement("S-19", "S-40")]
CANARY = "Canari-Oublié"


@pytest.fixture
def cast(tmp_path: Path, settings: LazySettings) -> Cast:
    """The cast, in an installation of its own."""
    settings.MAILLAGE_DATA_DIR = tmp_path / "donnees"
    settings.MEDIA_ROOT = tmp_path / "donnees" / "fichiers"
    settings.MAILLAGE_DATA_DIR.mkdir()
    return build_cast()


def opened(cast: Cast, name: str) -> TakenUp:
    """Someone whom Le Relais supports."""
    return persons.open_accompagnement(
        by=acteur(cast.samira), pseudonyme=name, tranche_age="15_17", origine="famille", besoin=name
    )


def figures(cast: Cast) -> tuple[object, ...]:
    """What statistics are made of: supports by age and service, orientations both ways."""
    ages = Accompagnement.objects.values_list("service__code", "personne__tranche_age", "ouvert_le")
    return sorted(ages), told(cast, "karim", clock.today())


def test_an_older_backup_no_longer_opens_for_who_was_erased(cast: Cast, tmp_path: Path) -> None:
    gone, stays = opened(cast, CANARY), opened(cast, "Reste")
    send(cast)
    old = clock.today() - timedelta(days=740)
    Personne.objects.filter(pk=gone.personne).update(dernier_contact_le=old)
    Accompagnement.objects.filter(pk=gone.accompagnement).update(ouvert_le=old)
    before = figures(cast)
    file, keys = tmp_path / "avant.sauvegarde", tmp_path / "avant.sauvegarde.cles"
    assert main(["backup", str(file)]) == 0
    held = keys.stat().st_size
    assert main(["retention", "run"]) == 0
    assert figures(cast) == before
    assert keys.stat().st_size != held
    proof = tmp_path / "preuve.jsonl"
    assert main(["retention", "proof", str(proof)]) == 0
    (line,) = proof.read_text().splitlines()
    assert json.loads(line)["cle_detruite"] is True
    assert [word for word in (CANARY, str(gone.personne), str(gone.accompagnement)) if word in line] == []
    call_command("flush", verbosity=0, interactive=False)
    assert main(["restore", str(file)]) == 0
    again = Personne.objects.get(pk=gone.personne)
    for column in ("appellation_scellee", "contact_scelle", "besoin_scelle"):
        if getattr(again, column):
            with pytest.raises(Unreadable):
                unseal(again, column)
    assert unseal(Personne.objects.get(pk=stays.personne), "besoin_scelle") == "Reste"
    # What was due is erased once more where the backup was restored.
    assert main(["retention", "run"]) == 0
    assert Personne.objects.get(pk=gone.personne).effacee_le is not None


def test_only_those_erased_are_forgotten(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(cast, "Reste")
    file = tmp_path / "avant.sauvegarde"
    assert main(["backup", str(file)]) == 0
    kept = (tmp_path / "avant.sauvegarde.cles").read_bytes()
    capsys.readouterr()
    assert main(["retention", "run"]) == 0
    assert "Clés retirées des sauvegardes : 0" in capsys.readouterr().out
    assert (tmp_path / "avant.sauvegarde.cles").read_bytes() == kept
