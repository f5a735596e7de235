"""Guessing is slowed, and nobody can shut a colleague out (S-04).

Only failures count. An unknown device is counted by account and address, by account, and by
address; a device that already signed in to this account has its own count, so that a stranger's
guesses never weigh on it. A guess refused by a count is not evaluated.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.transaction import atomic

from maillage.base import clock
from maillage.base.encryption import keyring
from maillage.comptes.models import Essais


@dataclass(frozen=True)
class Origine:
    """Where a sign-in comes from: the address, and the device's mark if this account knows it."""

    adresse: str
    appareil: str = ""


@dataclass(frozen=True)
class Compteur:
    """A count of failures: `limite` per `fenetre`, under a digest of what it counts.

    A `partage` count is one that colleagues share: it is taken after a failure, not before, so that
    many right passwords at the same moment from one office never fill it.
    """

    cle: str
    limite: int
    fenetre: timedelta
    partage: bool = False


TEN_MINUTES = timedelta(minutes=10)
FIVE_MINUTES = timedelta(minutes=5)
# The most that the column holds.
MOST = 32_767
ONE_MINUTE = timedelta(minutes=1)


class TooMany(Exception):
    """Too many failures; `attente` says how long until the next guess is evaluated."""

    def __init__(self, attente: timedelta) -> None:
        """Keep the delay."""
        super().__init__()
        self.attente = attente


def password_counts(identifiant: str, origine: Origine) -> list[Compteur]:
    """Return what a wrong password for this identifier, known or not, is counted under."""
    if origine.appareil:
        return [_count(5, FIVE_MINUTES, "mot de passe", identifiant, "appareil", origine.appareil)]
    return [
        _count(5, FIVE_MINUTES, "mot de passe", identifiant, "adresse", origine.adresse),
        _count(10, FIVE_MINUTES, "mot de passe", identifiant),
        _count(10, ONE_MINUTE, "adresse", origine.adresse, partage=True),
    ]


def code_counts(compte_id: str, origine: Origine) -> list[Compteur]:
    """Return what a wrong one-time code is counted under."""
    if origine.appareil:
        return [_count(5, FIVE_MINUTES, "code", compte_id, "appareil", origine.appareil)]
    return [_count(5, FIVE_MINUTES, "code", compte_id)]


def notebook_counts(telephone: str, poste: str) -> list[Compteur]:
    """Return what wrong digits for this post on this enrolled telephone are counted under."""
    return [_count(5, FIVE_MINUTES, "carnet", telephone, poste)]


def card_counts(empreinte: str, adresse: str) -> list[Compteur]:
    """Return what a wrong code or number of a person's card is counted under, known card or not."""
    return [
        _count(5, FIVE_MINUTES, "carte", empreinte),
        _count(20, FIVE_MINUTES, "carte", "adresse", adresse),
    ]


def reading_count(compte_id: str) -> Compteur:
    """Return what the sheets that an account reads are counted under; no number of them is refused."""
    return _count(0, TEN_MINUTES, "fiches", compte_id)


def tally(count: Compteur) -> int:
    """Add one, and return how many in its window."""
    with atomic():
        row = _current([count], clock.now())[count.cle]
        row.nombre = min(row.nombre + 1, MOST)
        row.save(update_fields=["nombre", "depuis"])
    return row.nombre


def reserve(counts: list[Compteur]) -> None:
    """Take one try from each count before a guess is evaluated; `give_back` it if the guess is right.

    Taking first makes simultaneous guesses count like successive ones. Raises TooMany, having
    taken nothing, when a count is full.
    """
    _take(counts, [count for count in counts if not count.partage])


def give_back(counts: list[Compteur]) -> None:
    """Return the tries taken by `reserve`: the guess was right."""
    with atomic():
        rows = [row for row in _locked([count for count in counts if not count.partage]) if row.nombre]
        for row in rows:
            row.nombre -= 1
        Essais.objects.bulk_update(rows, ["nombre"])


def count_failure(counts: list[Compteur]) -> None:
    """Take one try from the shared counts: the guess was wrong."""
    _take([], [count for count in counts if count.partage])


def forget_old() -> None:
    """Remove the counts whose window is over."""
    Essais.objects.filter(depuis__lt=clock.now() - 2 * TEN_MINUTES).delete()


def _take(checked: list[Compteur], taken: list[Compteur]) -> None:
    now = clock.now()
    with atomic():
        rows = _current([*{*checked, *taken}], now)
        for count in checked:
            row = rows[count.cle]
            if row.nombre >= count.limite:
                raise TooMany(row.depuis + count.fenetre - now)
        for count in taken:
            rows[count.cle].nombre += 1
        Essais.objects.bulk_update(rows.values(), ["nombre", "depuis"])


def _current(counts: list[Compteur], now: datetime) -> dict[str, Essais]:
    """Return the locked rows of these counts, created or restarted where their window is over."""
    rows = _locked(counts)
    if len(rows) < len(counts):
        empty = [Essais(cle=count.cle, nombre=0, depuis=now) for count in counts]
        Essais.objects.bulk_create(empty, ignore_conflicts=True)
        rows = _locked(counts)
    found = {row.cle: row for row in rows}
    for count in counts:
        row = found[count.cle]
        if abs(now - row.depuis) >= count.fenetre:
            row.nombre, row.depuis = 0, now
    return found


def _locked(counts: list[Compteur]) -> list[Essais]:
    keys = [count.cle for count in counts]
    return list(Essais.objects.select_for_update().filter(cle__in=keys).order_by("cle"))


def _count(limite: int, fenetre: timedelta, *parts: str, partage: bool = False) -> Compteur:
    message = "\0".join(("maillage essais", *parts)).encode()
    key = hmac.new(keyring().pseudonym, message, hashlib.sha256).hexdigest()
    return Compteur(key, limite, fenetre, partage)
