"""What a telephone's application does: one-time codes, on machine time."""

import base64
import hashlib
import hmac
import time

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
RECOVERY_CODES = ("abcd-2345", "efgh-6789")


def totp(secret: str = SECRET, shift: int = 0) -> str:
    """Return the code of this moment, or `shift` steps of thirty seconds away (RFC 6238)."""
    counter = (int(time.time()) // 30 + shift).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"
