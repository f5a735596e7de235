"""One way of speaking between two trades of a partnership, as it stands: the ground on which invented
cases are judged, with each clause or title that could be taken away again."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from maillage.conventions.models import Partenariat
from maillage.directory.models import Poste, Service
from maillage.directory.queries import post_facts, service_facts
from maillage.sharing.facts import gather


class Direction:
    """From a post of one trade to a service of the other, with the facts gathered that day."""

    def __init__(self, emetteur: Poste, destinataire: Service, partenariat: Partenariat, on: date) -> None:
        """Gather what posts, titles, clauses and readings establish; nobody in particular is spoken of."""
        self.emetteur, self.destinataire, self.on = emetteur, destinataire, on
        self.gathered = gather(
            emetteur=emetteur,
            destinataire=destinataire,
            partenariat=partenariat,
            personne=None,
            objet="personne",
            nature="orientation_demande",
            finalite="orientation_personne",
            cadre="bilateral",
            on=on,
            declared={"contenu.strictement_necessaire": True},
        )

    @cached_property
    def bare(self) -> Mapping[str, Any]:
        """Return the facts of both ends by path as the posts alone establish them, without any clause."""
        ends = (
            ("emetteur", post_facts(self.emetteur, self.on)),
            ("destinataire", service_facts(self.destinataire, self.on)),
        )
        return {f"{end}.{name}": value for end, known in ends for name, value in known.facts.items()}

    def case(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return the wire case of an invented situation: these facts by path over the gathered ones."""
        return changed(self.gathered.cas, facts)

    def of_clause(self, clause: str | None = None) -> dict[str, Any]:
        """Return what one clause establishes (each of them when None), as it would be without it."""
        return {
            path: self.bare.get(path)
            for path, source in self.gathered.sources.items()
            if source.genre == "clause" and clause in (None, source.id)
        }


def changed(cas: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of a wire case with these facts, by path."""
    copied = copy.deepcopy(dict(cas))
    for path, value in facts.items():
        put(copied, path, value)
    return copied


def put(cas: dict[str, Any], path: str, value: Any) -> None:
    """Write a fact where the wire nests it."""
    head, _, tail = path.partition(".")
    if tail:
        cas.setdefault(head, {})[tail] = value
    else:
        cas[head] = value
