"""One city's installation, as a program: it begins, it lives a day and is saved, or it comes back.

    python -m tests.campaign.city begin
    python -m tests.campaign.city live SEED FILE quiet|busy
    python -m tests.campaign.city restore FILE
    python -m tests.campaign.city digests

The environment says which installation. The last line printed is JSON: the digests of its tables.
"""

from __future__ import annotations

import json
import random
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from maillage.cli import django_setup
from maillage.cli import main as maillage

KEYS_TABLE = "base.CleDonnees"
WORDS = ["Hall", "calme", "é½", "\U0001d11e", "'a'", '"b"', "\\", ";", "--", "<b>", "\u200b", "a\nb"]


def begin() -> dict[str, Any]:
    """Give an empty installation the tests' cast."""
    from tests.cast import build_cast

    build_cast()
    return digests()


def live(seed: int, target: Path, *, busy: bool) -> dict[str, Any]:
    """Work a day, write the backup (others writing meanwhile when `busy`); return what both hold.

    `avant` is the database read just before, empty when it moves during the backup.
    """
    from maillage.operations.backup import verify, write_backup

    _work(random.Random(seed))
    before = {} if busy else digests()
    with _others_writing(seed) if busy else nullcontext():
        written = write_backup(target)
    held = verify(written.donnees)
    held.tables[KEYS_TABLE].lignes += verify(written.cles).tables[KEYS_TABLE].lignes
    held.tables[KEYS_TABLE].somme += verify(written.cles).tables[KEYS_TABLE].somme
    held.tables[KEYS_TABLE].somme %= 1 << 256
    return {"avant": before, "garde": held.said()["tables"], "fichiers": written.fichiers}


def digests() -> dict[str, Any]:
    """Return the digest of each table of the open database."""
    from maillage.operations import tables

    return {name: digest.said() for name, digest in tables.digests("default").items()}


def _work(chance: random.Random) -> None:
    from django.conf import settings

    from maillage.base.encryption import destroy_key
    from maillage.base.enums import Portee
    from maillage.base.models import CleDonnees
    from maillage.conventions.models import Partenariat
    from maillage.directory.models import Service
    from maillage.orientations.actions import prepare_orientation, send_orientation
    from tests.door import WITH_RETURN

    _note(chance, chance.randrange(5, 30))
    karim, relais = _acteur("karim"), Service.objects.get(code="relais")
    draft = prepare_orientation(
        by=karim,
        partenariat=Partenariat.objects.get(pk=next(iter(karim.partenariat_ids))),
        destinataire=relais,
        answers=replace(WITH_RETURN, appellation=f"Inventé {chance.randrange(10**6)}"),
    )
    send_orientation(orientation=draft, by=karim, version=draft.version)
    place = Path(settings.MEDIA_ROOT) / f"{chance.randrange(16):x}" / f"{chance.randrange(10**9)}.pdf"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(chance.randbytes(chance.randrange(1, 5000)))
    persons = sorted(CleDonnees.objects.filter(portee=Portee.PERSONNE).values_list("proprietaire", flat=True))
    if len(persons) > 3:
        destroy_key(Portee.PERSONNE, chance.choice(persons))


def _note(chance: random.Random, count: int) -> None:
    from maillage.base.identifiers import new_id
    from maillage.directory.models import Lieu
    from maillage.main_courante.actions import write_notes
    from maillage.main_courante.saisie import NoteData

    lieu = Lieu.objects.filter(nom="Hall 4").get()
    texts = [" ".join(chance.choices(WORDS, k=chance.randrange(12))) for _ in range(count)]
    batch = [NoteData(id=new_id(), lieu=lieu.pk, categorie="regroupement", texte=text) for text in texts]
    write_notes(by=_acteur("nadia"), batch=batch)


@contextmanager
def _others_writing(seed: int) -> Iterator[None]:
    """Write notes from another thread meanwhile."""
    from django.db import connection

    done, begun = threading.Event(), threading.Event()

    def write() -> None:
        chance = random.Random(seed + 1)
        while not done.is_set():
            _note(chance, 2)
            begun.set()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        begun.wait(20)
        yield
    finally:
        done.set()
        writer.join()


def _acteur(identifiant: str) -> Any:
    from maillage.base import clock
    from maillage.comptes.acteur import build_acteur
    from maillage.comptes.models import Compte
    from maillage.comptes.queries import active_post
    from maillage.conventions.queries import partenariat_ids

    compte = Compte.objects.get(identifiant=identifiant)
    poste = active_post(compte, clock.now())
    assert poste is not None
    return build_acteur(compte, poste, partenariat_ids(poste.service_id, clock.today()))


def main(command: str, *given: str) -> dict[str, Any]:
    """Do one thing to the installation of the environment."""
    if command == "restore":
        assert maillage(["restore", *given]) == 0
        return digests()
    django_setup()
    if command == "begin":
        return begin()
    if command == "live":
        return live(int(given[0]), Path(given[1]), busy=given[2] == "busy")
    return digests()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])) + "\n")
