"""Enrolling an application: its secret waits, sealed, in the session until its first code is right."""

from base64 import b64encode
from io import BytesIO

import segno
from django.contrib.sessions.backends.base import SessionBase

from maillage.comptes import mfa
from maillage.comptes.models import Compte

SECRET, CODES = "application_nouvelle", "codes_a_montrer"


def pending_secret(session: SessionBase, compte: Compte) -> str:
    """Return the secret being enrolled for this account in this session, drawing one the first time."""
    kept = session.get(SECRET)
    if kept and kept["compte"] == str(compte.pk):
        return mfa.Adapter().decrypt(kept["secret"])
    secret = mfa.new_secret()
    session[SECRET] = {"compte": str(compte.pk), "secret": mfa.Adapter().encrypt(secret)}
    return secret


def forget_secret(session: SessionBase) -> None:
    """Drop the secret once it is enrolled."""
    session.pop(SECRET, None)


def qr_image(compte: Compte, secret: str) -> str:
    """Return the image that an application scans, as a `data:` address the page may show."""
    drawn = BytesIO()
    segno.make(mfa.provisioning_url(compte, secret), error="m").save(
        drawn, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return f"data:image/svg+xml;base64,{b64encode(drawn.getvalue()).decode('ascii')}"


def spaced(secret: str) -> str:
    """Return a secret in groups of four, for who types it."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def keep_codes(session: SessionBase, codes: list[str]) -> None:
    """Keep fresh recovery codes, sealed, for the next page only."""
    session[CODES] = [mfa.Adapter().encrypt(code) for code in codes]


def take_codes(session: SessionBase) -> list[str]:
    """Return the recovery codes to show, and forget them."""
    return [mfa.Adapter().decrypt(code) for code in session.pop(CODES, [])]
