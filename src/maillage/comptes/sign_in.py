"""Signing in: a password, then a code. Unknown, wrong, disabled and departed look alike (S-03)."""

from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db.transaction import atomic

from maillage.audit import PLATEFORME
from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes import mfa, throttle
from maillage.comptes.models import Compte
from maillage.comptes.queries import active_post
from maillage.comptes.throttle import Origine, TooMany


class Refused(Exception):
    """The password or the code is not accepted; nothing says why."""


def check_first_factor(*, identifiant: str, password: str, origine: Origine) -> Compte:
    """Return the account whose password this is, if it may come in now.

    Raises Refused, or `throttle.TooMany` without evaluating the guess. Every path costs one password
    hash and one line of the ledger.
    """
    identifiant = identifiant.strip().casefold()
    counts = throttle.password_counts(identifiant, origine)
    try:
        throttle.reserve(counts)
    except TooMany:
        _record_refusal(identifiant, "trop d'essais")
        raise
    compte = Compte.objects.filter(identifiant=identifiant).first()
    right = check_password(password, _stored_hash(compte))
    if compte is None or not right or active_post(compte, clock.now()) is None:
        throttle.count_failure(counts)
        _record_refusal(identifiant, "mot de passe")
        raise Refused
    throttle.give_back(counts)
    return compte


def check_second_factor(*, compte: Compte, code: str, origine: Origine) -> str:
    """Spend a code of this account and return its kind: `application` or `secours`.

    Raises Refused, or `throttle.TooMany` without evaluating the guess.
    """
    counts = throttle.code_counts(str(compte.pk), origine)
    try:
        throttle.reserve(counts)
    except TooMany:
        _record_refusal(compte.identifiant, "trop d'essais")
        raise
    kind = mfa.spend_code(compte, code)
    if kind is None:
        _record_refusal(compte.identifiant, "code")
        raise Refused
    throttle.give_back(counts)
    return kind


def record_sign_in(*, compte: Compte, factor: str) -> None:
    """Write in the ledger that this account came in, in the chain of the service it works for."""
    post = active_post(compte, clock.now())
    with atomic():
        record(
            chaine=PLATEFORME if post is None else post.service_id,
            acte=Acte.CONNEXION,
            acteur=compte.professionnel_id,
            objet_genre="compte",
            objet=compte.pk,
            detail={"second_facteur": factor},
        )


def _record_refusal(identifiant: str, at: str) -> None:
    """Write the refusal the same way whether the identifier exists or not, by pseudonym."""
    with atomic():
        record(
            chaine=PLATEFORME,
            acte=Acte.CONNEXION_REFUSEE,
            acteur=None,
            objet_genre="identifiant",
            objet=identifiant,
            detail={"etape": at},
        )
    throttle.forget_old()


def _stored_hash(compte: Compte | None) -> str:
    """Return the hash to compare with: a decoy of the same cost when there is none to compare."""
    if compte is None or not compte.has_usable_password():
        return _decoy(tuple(settings.PASSWORD_HASHERS))
    return compte.password


@lru_cache(maxsize=2)
def _decoy(hashers: tuple[str, ...]) -> str:
    """Return a hash of a random password; computed once, by the hasher in use."""
    return make_password(make_password(None), hasher="default")
