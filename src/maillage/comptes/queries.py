"""Reads of the accounts room: the post an account acts in, the invitation a link opens."""

import hashlib
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from maillage.base import clock
from maillage.comptes.enums import EtatCompte
from maillage.comptes.models import Compte, Invitation
from maillage.directory.models import Poste

LAST_EVENING = time(18, 0)
"""On a post's last day its access stops at this hour: that evening the person no longer comes in."""


def active_posts(compte: Compte, at: datetime) -> list[Poste]:
    """Return the posts that the account's owner holds at that moment, oldest first.

    One written or changed beside the product gives nothing (S-20): `maillage doctor` names it.
    """
    local = at.astimezone(clock.PARIS)
    day = local.date()
    last_day = day if local.time() < LAST_EVENING else day + timedelta(days=1)
    rows = (
        Poste.objects.filter(professionnel_id=compte.professionnel_id, debut__lte=day)
        .filter(Q(fin__isnull=True) | Q(fin__gte=last_day))
        .select_related("professionnel", "service", "service__structure")
        .order_by("debut", "pk")
    )
    return [row for row in rows if row.genuine]


def active_post(compte: Compte, at: datetime, preferred: UUID | str | None = None) -> Poste | None:
    """Return the post the account acts in: the preferred one if it is active, else the oldest.

    None when the account is not active or holds no post at that moment.
    """
    if compte.etat != EtatCompte.ACTIF:
        return None
    posts = active_posts(compte, at)
    return next((post for post in posts if str(post.pk) == str(preferred)), posts[0] if posts else None)


def link_digest(jeton: str) -> str:
    """Return what is stored of an invitation link."""
    return hashlib.sha256(jeton.encode()).hexdigest()


def open_invitation(jeton: str, at: datetime) -> Invitation | None:
    """Return the invitation this link opens, or None: unknown, used, expired or account not waiting."""
    return (
        Invitation.objects.select_related("compte", "compte__professionnel")
        .filter(
            empreinte=link_digest(jeton),
            utilisee_le__isnull=True,
            expire_le__gt=at,
            compte__etat=EtatCompte.INVITE,
        )
        .first()
    )
