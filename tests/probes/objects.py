"""The objects that the probes ask for, by kind, and who made them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from maillage.comptes.acteur import Acteur
from tests.cast import Cast, Membre
from tests.door import acteur


@dataclass
class Seeded:
    """The objects by kind, the links by kind (live, ended), and the acteurs who made them."""

    cast: Cast
    people: Mapping[tuple[str, str], Membre]
    real: dict[str, Any] = field(default_factory=dict)
    links: dict[str, tuple[str, str]] = field(default_factory=dict)

    def by(self, service: str, role: str) -> Acteur:
        """Return one of them as a request carries them now."""
        return acteur(self.people[service, role])
