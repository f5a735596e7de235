"""What a post or a service establishes by itself of its part in social action or child protection.

When a clause falls, the fact goes back to this, as it was on the day of the exchange.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from uuid import UUID

from maillage.directory.models import Poste
from maillage.directory.queries import PARTS, RECEIVING_ROLES, in_force, post_facts

NONE = "aucune"


class OwnParts:
    """The parts of each exchange's two ends without any clause; two queries, made when first asked."""

    def __init__(self, posts: Sequence[UUID], recipients: Sequence[UUID], jours: Sequence[int]) -> None:
        """Keep, row by row, the sender's post, the receiving service and the day (ordinal)."""
        self._posts, self._recipients, self._jours = posts, recipients, jours
        self._weakest: dict[tuple[UUID, int, str], str] = {}

    def of(self, side: str, name: str, row: int) -> str:
        """Return the part that this side of the exchange has by itself."""
        jour = self._jours[row]
        if side == "emetteur":
            return self._part(self._by_id[self._posts[row]], name, jour)
        key = (self._recipients[row], jour, name)
        if key not in self._weakest:
            parts = [self._part(post, name, jour) for post in self._receivers(key[0], jour)]
            self._weakest[key] = min(parts, key=PARTS[name].index, default=NONE)
        return self._weakest[key]

    def _part(self, post: Poste, name: str, jour: int) -> str:
        return str(post_facts(post, date.fromordinal(jour)).facts.get(name, NONE))

    def _receivers(self, service: UUID, jour: int) -> Iterable[Poste]:
        for post in self._by_service[service]:
            roles = RECEIVING_ROLES.get(post.service.metier)
            if in_force(post, date.fromordinal(jour)) and (roles is None or post.role in roles):
                yield post

    @cached_property
    def _by_id(self) -> Mapping[UUID, Poste]:
        wanted = set(self._posts)
        posts = Poste.objects.filter(pk__in=wanted) | Poste.objects.filter(service__in=set(self._recipients))
        rows = posts.select_related("service").prefetch_related("service__titres")
        return {post.pk: post for post in rows}

    @cached_property
    def _by_service(self) -> Mapping[UUID, Sequence[Poste]]:
        found: dict[UUID, list[Poste]] = defaultdict(list)
        for post in self._by_id.values():
            found[post.service_id].append(post)
        return found
