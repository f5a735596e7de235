"""Between the screens and the door: who is asking, and how its refusals become answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.core.cache import cache
from django.http import Http404, HttpRequest

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.directory.names import FULL_NAME, names_apart
from maillage.directory.queries import field_posts
from maillage.sharing.errors import NotArrived, NotNow, NotVisible, ReadOnly, Stale
from maillage.web.errors import Conflict, NotYet, Refusal

ONCE_SECONDS = 12 * 60 * 60


def acteur_of(request: HttpRequest) -> Acteur:
    """Return who is asking. Raises Http404 when nobody holds an active post today."""
    acteur = getattr(request, "acteur", None)
    if not isinstance(acteur, Acteur):
        raise Http404
    return acteur


def colleagues(acteur: Acteur) -> list[tuple[str, str]]:
    """Return who of the same service meets people today: (post, full name, told apart)."""
    posts = list(field_posts(acteur.service, clock.today()))
    names = names_apart(posts, shortest=FULL_NAME)
    return [(str(post.pk), names[post.pk]) for post in posts]


@contextmanager
def answered() -> Iterator[None]:
    """Turn the door's refusals into answers: 404, 403 or 409; `Withheld` and `BadAnswer` pass through."""
    try:
        yield
    except NotVisible as error:
        raise Http404 from error
    except ReadOnly as error:
        raise Refusal(str(error), status=403) from error
    except NotArrived as error:
        raise NotYet(str(error)) from error
    except (Stale, NotNow) as error:
        raise Conflict(str(error)) from error


@contextmanager
def once(acteur: Acteur, key: UUID) -> Iterator[bool]:
    """Say whether this form (its `key`, drawn when it opened) is sent for the first time.

    A second sending of the same form does nothing; a sending that failed may be tried again.
    """
    name = f"once:{acteur.compte_id}:{key}"
    first = cache.add(name, 1, ONCE_SECONDS)
    try:
        yield first
    except BaseException:
        if first:
            cache.delete(name)
        raise
