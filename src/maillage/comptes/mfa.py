"""Second factor: one-time codes of an application, and recovery codes; each serves once (S-01).

Stored in allauth's `Authenticator` rows, sealed with a key drawn from the installation's key list.
"""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.transaction import atomic

from maillage.base.encryption import NONCE_BYTES, Unreadable, keyring
from maillage.comptes.models import CodeUtilise, Compte

STEP_SECONDS = 30
TOLERANCE = 1
RECOVERY_COUNT = 10
# No letter or digit that a tired eye takes for another.
RECOVERY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
AAD = b"maillage second facteur"


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals what allauth stores of a second factor."""

    def encrypt(self, text: str) -> str:
        """Return `text` sealed."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return base64.b64encode(nonce + AESGCM(_key()).encrypt(nonce, text.encode(), AAD)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Return the sealed text; raises Unreadable when it was sealed elsewhere or changed."""
        raw = base64.b64decode(encrypted_text)
        try:
            return AESGCM(_key()).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], AAD).decode()
        except InvalidTag as error:
            raise Unreadable("Ce second facteur n'est pas lisible ici.") from error


def _key() -> bytes:
    return hmac.new(keyring().pseudonym, AAD, hashlib.sha256).digest()


def new_secret() -> str:
    """Return a fresh secret for an application (base32, 160 bits)."""
    return str(generate_totp_secret())


def provisioning_url(compte: Compte, secret: str) -> str:
    """Return the `otpauth://` address that an application scans."""
    return str(Adapter().build_totp_url(compte, secret))


def new_recovery_codes() -> list[str]:
    """Return ten fresh recovery codes, written `xxxx-xxxx`."""
    picked = ("".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(8)) for _ in range(RECOVERY_COUNT))
    return [f"{code[:4]}-{code[4:]}" for code in picked]


def factor_rows(compte: Compte, secret: str, recovery_codes: Iterable[str]) -> list[Authenticator]:
    """Build (without saving) the two rows of an account's second factor."""
    seal = Adapter().encrypt
    codes = [seal(_bare(code)) for code in recovery_codes]
    return [
        Authenticator(user=compte, type=Authenticator.Type.TOTP, data={"secret": seal(secret)}),
        Authenticator(
            user=compte,
            type=Authenticator.Type.RECOVERY_CODES,
            data={"migrated_codes": codes, "used_mask": 0},
        ),
    ]


def code_matches(secret: str, code: str) -> int | None:
    """Return the step of machine time for which `code` is right, a step early or late, or None."""
    wanted = _bare(code)
    if len(wanted) != 6 or not (wanted.isascii() and wanted.isdigit()):
        return None
    now = int(time.time()) // STEP_SECONDS
    for step in (now, now - TOLERANCE, now + TOLERANCE):
        if secrets.compare_digest(format_hotp_value(hotp_value(secret, step)), wanted):
            return step
    return None


def spend_code(compte: Compte, code: str) -> str | None:
    """Check a code and use it up; return `application`, `secours`, or None when it is not accepted.

    The account's row is locked meanwhile: the same code sent twice at once serves once.
    """
    with atomic():
        Compte.objects.select_for_update().only("pk").get(pk=compte.pk)
        kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
        for factor in Authenticator.objects.filter(user=compte, type__in=kinds):
            if factor.type == Authenticator.Type.TOTP:
                step = code_matches(Adapter().decrypt(factor.data["secret"]), code)
                if step is not None and _spend_step(compte, step):
                    return "application"
            elif RecoveryCodes(factor).validate_code(_bare(code)):
                return "secours"
    return None


def recovery_codes_left(compte: Compte) -> int:
    """Return how many recovery codes were never used."""
    factor = Authenticator.objects.filter(user=compte, type=Authenticator.Type.RECOVERY_CODES).first()
    return 0 if factor is None else len(factor.data["migrated_codes"])


def _spend_step(compte: Compte, step: int) -> bool:
    spent = CodeUtilise.objects.filter(compte=compte)
    spent.filter(pas__lt=step - 20).delete()
    _row, fresh = CodeUtilise.objects.get_or_create(compte=compte, pas=step)
    return fresh


def _bare(code: str) -> str:
    return "".join(code.split()).replace("-", "").casefold()
