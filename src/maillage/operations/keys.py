"""Changing the installation's keys while it serves (S-18)."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.transaction import atomic

from maillage.audit import PLATEFORME
from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base.encryption import rewrap_keys
from maillage.base.keyring import add_keys, drop_key
from maillage.base.models import CleDonnees


class CannotForget(Exception):
    """The key is current, unknown, or data still depends on it; one French sentence."""


def rotate_keys() -> tuple[str, int]:
    """Make fresh keys current and wrap every data key again; return the new key's name and how many moved.

    The former keys stay in the file: earlier backups still need them. Run again after a failure:
    nothing is ever without a key that opens it. Raises OSError when the file cannot be written.
    """
    name = add_keys(Path(settings.MAILLAGE_KEYS))
    moved = rewrap_keys()
    _note(Acte.MODIFICATION, name, moved)
    return name, moved


def forget_key(name: str) -> None:
    """Take a former key out of the file; backups made under it can no longer be read.

    Raises CannotForget, OSError.
    """
    if CleDonnees.objects.filter(kek=name).exists():
        raise CannotForget(f"Des données dépendent encore de {name} : lancez « maillage keys rotate ».")
    try:
        drop_key(Path(settings.MAILLAGE_KEYS), name)
    except KeyError as error:
        raise CannotForget(f"Le trousseau n'a pas de clé {name}.") from error
    except ValueError as error:
        raise CannotForget(f"{name} est la clé courante.") from error
    _note(Acte.EFFACEMENT, name, 0)


@atomic
def _note(acte: Acte, name: str, moved: int) -> None:
    record(
        chaine=PLATEFORME,
        acte=acte,
        acteur=None,
        objet_genre="cle",
        detail={"cle": name, "enveloppes": moved},
    )
