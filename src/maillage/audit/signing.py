"""Signing the heads of chains with the installation's Ed25519 key (S-23)."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from maillage.audit.format import head_message, moment_text
from maillage.audit.models import Chaine, TeteSignee
from maillage.base.encryption import keyring


def public_key() -> str:
    """Return the key that checks this installation's signatures (64 hexadecimal characters)."""
    return _key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def sign(message: bytes) -> str:
    """Return the signature of these bytes (128 hexadecimal characters)."""
    return _key().sign(message).hex()


def signed_head(head: Chaine, le: datetime) -> TeteSignee:
    """Build (without saving) the signature of a chain as it stands."""
    message = head_message(
        chaine=str(head.id),
        rang=head.dernier_rang,
        empreinte=head.derniere_empreinte,
        le=moment_text(le),
    )
    return TeteSignee(
        chaine=head,
        rang=head.dernier_rang,
        empreinte=head.derniere_empreinte,
        le=le,
        signature=sign(message),
        cle_publique=public_key(),
    )


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keyring().ledger)
