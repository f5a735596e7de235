"""What a telephone seals for this installation alone, so that it cannot read it again itself (S-26).

An envelope is a fresh P-256 public key (65 bytes, uncompressed), a nonce (12 bytes) and the AES-GCM
ciphertext. The AES key comes by HKDF-SHA256 from the ECDH secret of that fresh key and ours; the
identifier of what is sealed is authenticated, so that an envelope cannot pass for another.
"""

import base64
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from maillage.base.encryption import keyring

POINT_BYTES = 65
NONCE_BYTES = 12
INFO = b"maillage carnet 1"
_CURVE = ec.SECP256R1()


class NotOurs(Exception):
    """The envelope was not sealed for this installation, or not for this identifier."""


def public_key() -> tuple[str, str]:
    """Return the name of the current key, and its public point in base64 (65 bytes)."""
    ring = keyring()
    return ring.sealing_current, base64.b64encode(_point(_private(ring.sealing_current))).decode("ascii")


def open_envelope(*, key: str, identifier: str, envelope: bytes) -> bytes:
    """Return what a telephone sealed under the key of that name for that identifier.

    Raises NotOurs.
    """
    try:
        private = _private(key)
        fresh = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, envelope[:POINT_BYTES])
        shared = private.exchange(ec.ECDH(), fresh)
        aes = AESGCM(_derive(shared, envelope[:POINT_BYTES], _point(private)))
        rest = envelope[POINT_BYTES:]
        return aes.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], identifier.encode())
    except (KeyError, ValueError, InvalidTag) as error:
        raise NotOurs("Cette enveloppe n'a pas été scellée pour cette installation.") from error


def seal_envelope(*, public: str, identifier: str, content: bytes) -> bytes:
    """Seal as a telephone does, for a public point in base64 (measurements and simulated telephones)."""
    theirs = base64.b64decode(public)
    fresh = ec.generate_private_key(_CURVE)
    shared = fresh.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, theirs))
    nonce = secrets.token_bytes(NONCE_BYTES)
    aes = AESGCM(_derive(shared, _point(fresh), theirs))
    return _point(fresh) + nonce + aes.encrypt(nonce, content, identifier.encode())


def _private(name: str) -> ec.EllipticCurvePrivateKey:
    keys: Mapping[str, bytes] = keyring().sealing
    return ec.derive_private_key(int.from_bytes(keys[name], "big"), _CURVE)


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(shared: bytes, fresh: bytes, ours: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=fresh + ours, info=INFO).derive(shared)
