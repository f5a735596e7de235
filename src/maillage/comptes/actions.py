"""Writes of the accounts room: invite, open, suspend and end an account, change its factors."""

import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError
from django.db.models import F
from django.db.transaction import atomic

from maillage.audit import PLATEFORME
from maillage.audit.actions import Entree, record, record_many
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes import mfa
from maillage.comptes.enums import EtatCompte
from maillage.comptes.models import CodeCarnet, CodeUtilise, Compte, Invitation
from maillage.comptes.queries import active_posts, link_digest, open_invitation
from maillage.directory.models import Poste, Professionnel

INVITATION_DAYS = 7


class AccountError(Exception):
    """The account cannot be changed that way; the message is one French sentence."""


@dataclass(frozen=True)
class Invited:
    """A fresh invitation: the account, and the secret end of the link, shown once."""

    compte: Compte
    jeton: str


@dataclass(frozen=True)
class NewAccount:
    """An account to create ready for use, with its secrets (demonstration, tests).

    `password` None makes an account that nobody can open: invited, for instance.
    """

    professionnel: Professionnel
    identifiant: str
    password: str | None
    totp_secret: str = ""
    recovery_codes: Sequence[str] = ()
    etat: EtatCompte = EtatCompte.ACTIF
    email: str = ""
    cree_le: datetime | None = None


@atomic
def invite(
    *, professionnel: Professionnel, identifiant: str, email: str = "", by: Poste | None = None
) -> Invited:
    """Create an account that only its invitation link can open, for seven days.

    Raises AccountError when the identifier or the professional already has an account.
    """
    compte = Compte(
        professionnel=professionnel,
        identifiant=identifiant.strip().casefold(),
        email=email,
        cree_le=clock.now(),
    )
    compte.set_unusable_password()
    try:
        with atomic():
            compte.save(force_insert=True)
    except IntegrityError as error:
        raise AccountError("Cet identifiant ou cette personne a déjà un compte.") from error
    return _new_link(compte, by)


@atomic
def renew_invitation(*, compte: Compte, by: Poste | None = None) -> Invited:
    """Replace the invitation link of an account that was never opened; the former one dies.

    Raises AccountError when the account was opened already.
    """
    if compte.etat != EtatCompte.INVITE:
        raise AccountError("Ce compte est déjà ouvert.")
    Invitation.objects.filter(compte=compte, utilisee_le=None).delete()
    return _new_link(compte, by)


@atomic
def start_over(*, compte: Compte, by: Poste | None) -> Invited:
    """Invite again someone who lost telephone and recovery codes: nothing of before opens any more.

    Password, factors, recovery codes, notebook code, sessions and older links die. The caller answers
    for the two persons that this needs (S-16).
    """
    Authenticator.objects.filter(user=compte).delete()
    CodeCarnet.objects.filter(compte=compte).delete()
    Invitation.objects.filter(compte=compte, utilisee_le=None).delete()
    compte.set_unusable_password()
    compte.save(update_fields=["password"])
    _change_state(compte, EtatCompte.INVITE, "accès perdus", by)
    return _new_link(compte, by)


@atomic
def accept_invitation(*, jeton: str, password: str, totp_secret: str, code: str) -> tuple[Compte, list[str]]:
    """Open an invited account: password, application, recovery codes; the link is used up.

    Returns the account and its recovery codes, readable this once. Raises AccountError when the link
    is no longer valid or the code is wrong, ValidationError when the password is refused.
    """
    now = clock.now()
    invitation = open_invitation(jeton, now)
    if invitation is None:
        raise AccountError("Ce lien n'est plus valable.")
    compte = invitation.compte
    validate_password(password, compte)
    step = mfa.code_matches(totp_secret, code)
    if step is None:
        raise AccountError("Ce code n'est pas le bon : attendez le suivant et recopiez-le.")
    # One conditional update: a link clicked twice at once opens one account.
    if not Invitation.objects.filter(pk=invitation.pk, utilisee_le=None).update(utilisee_le=now):
        raise AccountError("Ce lien n'est plus valable.")
    codes = mfa.new_recovery_codes()
    compte.set_password(password)
    compte.etat = EtatCompte.ACTIF
    compte.save(update_fields=["password", "etat"])
    Authenticator.objects.filter(user=compte).delete()
    Authenticator.objects.bulk_create(mfa.factor_rows(compte, totp_secret, codes))
    CodeUtilise.objects.create(compte=compte, pas=step)
    _record(compte, "invitation acceptée", compte.professionnel_id)
    return compte, codes


@atomic
def suspend(*, compte: Compte, by: Poste | None) -> None:
    """Close an account until it is resumed; its open sessions end at once."""
    _change_state(compte, EtatCompte.SUSPENDU, "compte suspendu", by)


@atomic
def resume(*, compte: Compte, by: Poste | None) -> None:
    """Open a suspended account again. Raises AccountError when it was not suspended."""
    if compte.etat != EtatCompte.SUSPENDU:
        raise AccountError("Ce compte n'est pas suspendu.")
    _change_state(compte, EtatCompte.ACTIF, "compte rouvert", by)


@atomic
def end(*, compte: Compte, by: Poste | None) -> None:
    """Close an account for good: its owner has left; links and sessions die with it."""
    Invitation.objects.filter(compte=compte, utilisee_le=None).delete()
    _change_state(compte, EtatCompte.PARTI, "compte fermé", by)


@atomic
def change_password(*, compte: Compte, password: str) -> None:
    """Give an account another password; its other sessions end.

    Raises ValidationError when the password is refused.
    """
    validate_password(password, compte)
    compte.set_password(password)
    compte.save(update_fields=["password"])
    _record(compte, "mot de passe changé", compte.professionnel_id)


@atomic
def change_application(*, compte: Compte, totp_secret: str, code: str) -> None:
    """Replace the application that gives codes; the account's other sessions end.

    Raises AccountError when the code is not the new application's.
    """
    step = mfa.code_matches(totp_secret, code)
    if step is None:
        raise AccountError("Ce code n'est pas le bon : attendez le suivant et recopiez-le.")
    fresh = mfa.factor_rows(compte, totp_secret, ())[0]
    Authenticator.objects.filter(user=compte, type=Authenticator.Type.TOTP).delete()
    fresh.save(force_insert=True)
    CodeUtilise.objects.get_or_create(compte=compte, pas=step)
    close_sessions(compte)
    _record(compte, "application changée", compte.professionnel_id)


@atomic
def renew_recovery_codes(*, compte: Compte) -> list[str]:
    """Replace the recovery codes and return the new ones, readable this once."""
    codes = mfa.new_recovery_codes()
    fresh = mfa.factor_rows(compte, "", codes)[1]
    Authenticator.objects.filter(user=compte, type=Authenticator.Type.RECOVERY_CODES).delete()
    fresh.save(force_insert=True)
    _record(compte, "codes de secours renouvelés", compte.professionnel_id)
    return codes


def close_sessions(compte: Compte) -> None:
    """End every open session of this account, wherever it is."""
    Compte.objects.filter(pk=compte.pk).update(version_acces=F("version_acces") + 1)
    compte.refresh_from_db(fields=["version_acces"])


def create_active_account(
    *,
    professionnel: Professionnel,
    identifiant: str,
    password: str | None,
    totp_secret: str = "",
    recovery_codes: Sequence[str] = (),
    etat: EtatCompte = EtatCompte.ACTIF,
    email: str = "",
    cree_le: datetime | None = None,
) -> Compte:
    """Create one account ready for use (see `create_active_accounts`)."""
    account = NewAccount(
        professionnel, identifiant, password, totp_secret, recovery_codes, etat, email, cree_le
    )
    return create_active_accounts([account])[0]


@atomic
def create_active_accounts(accounts: Sequence[NewAccount]) -> list[Compte]:
    """Create accounts ready for use, secrets included, in a handful of queries.

    Equal passwords are hashed once, and different ones side by side (Argon2 frees the interpreter).
    """
    given = list({account.password for account in accounts})
    with ThreadPoolExecutor() as pool:
        hashes = dict(zip(given, pool.map(make_password, given), strict=True))
    comptes = [
        Compte(
            professionnel=account.professionnel,
            identifiant=account.identifiant.casefold(),
            email=account.email,
            etat=account.etat,
            password=hashes[account.password],
            cree_le=account.cree_le or clock.now(),
        )
        for account in accounts
    ]
    Compte.objects.bulk_create(comptes, batch_size=200)
    factors = [
        row
        for compte, account in zip(comptes, accounts, strict=True)
        if account.totp_secret
        for row in mfa.factor_rows(compte, account.totp_secret, account.recovery_codes)
    ]
    Authenticator.objects.bulk_create(factors, batch_size=200)
    record_many(PLATEFORME, [_entry(compte, "compte créé", None) for compte in comptes])
    return comptes


def _new_link(compte: Compte, by: Poste | None) -> Invited:
    jeton = secrets.token_urlsafe(32)
    now = clock.now()
    Invitation.objects.create(
        compte=compte,
        empreinte=link_digest(jeton),
        par=by,
        creee_le=now,
        expire_le=now + timedelta(days=INVITATION_DAYS),
    )
    _record(compte, "invitation", None if by is None else by.professionnel_id)
    return Invited(compte, jeton)


def _change_state(compte: Compte, etat: EtatCompte, said: str, by: Poste | None) -> None:
    compte.etat = etat
    compte.save(update_fields=["etat"])
    close_sessions(compte)
    _record(compte, said, None if by is None else by.professionnel_id)


def _record(compte: Compte, said: str, acteur: UUID | None) -> None:
    """Write an act about an account in the chain of the service its owner works for now."""
    posts = active_posts(compte, clock.now())
    entry = _entry(compte, said, acteur)
    record(
        chaine=posts[0].service_id if posts else PLATEFORME,
        acte=entry.acte,
        acteur=entry.acteur,
        objet_genre=entry.objet_genre,
        objet=entry.objet,
        detail=entry.detail,
    )


def _entry(compte: Compte, said: str, acteur: UUID | None) -> Entree:
    return Entree(Acte.COMPTE, acteur, "compte", compte.pk, {"quoi": said}, le=clock.now())
