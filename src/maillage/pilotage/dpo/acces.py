"""The answer to a request for access: what every room holds about one person, as it is given today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.law.verdict import Verdict
from maillage.orientations.queries.held import held_of_orientations
from maillage.projets.models import Projet
from maillage.sharing.demandes import requests
from maillage.sharing.demandes.passages import Rubrique
from maillage.sharing.demandes.reserves import (
    WHOLE,
    Decided,
    Rendered,
    RenderedRubrique,
    settle,
    waiting,
)
from maillage.sharing.errors import BadAnswer
from maillage.sharing.models import DemandeAcces

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

ENROLLED = "inscription."


@dataclass(frozen=True)
class Answer:
    """What is answered today; `tout` is the decision on a parent's whole reading, when one is needed."""

    demande: DemandeAcces
    rubriques: Sequence[RenderedRubrique]
    attendent: Sequence[Rendered]
    verdict: Verdict
    u13: bool
    tout: str
    opened: requests.Opened

    @property
    def restent(self) -> int:
        """Count the decisions still to take."""
        return len(self.attendent) + (self.u13 and not self.tout)


def read_answer(by: Acteur | None, demande: UUID) -> Answer:
    """Return the answer to an open request, each passage as decided so far; leaves a ledger line.

    `by` None is the command. Raises NotVisible.
    """
    opened = requests.read_request(by, demande)
    rubriques = settle(_everything(opened), opened.asked, opened.decided)
    whole: Decided | None = opened.decided.get(WHOLE)
    return Answer(
        demande=opened.demande,
        rubriques=rubriques,
        attendent=waiting(rubriques),
        verdict=opened.verdict,
        u13=opened.asked.u13,
        tout=whole.decision if whole else "",
        opened=opened,
    )


def _everything(opened: requests.Opened) -> list[Rubrique]:
    """Join what the door holds with what the rooms above hold of the same record."""
    mine = opened.demande.service_id
    found = [*opened.rubriques, *held_of_orientations(mine, opened.personne, opened.orientation)]
    return [_with_projects(one) for one in _once(found)]


def _once(rubriques: Sequence[Rubrique]) -> list[Rubrique]:
    """Leave out the free words that a taken-up record copied from its orientation: said once is enough."""
    seen: set[tuple[str, str]] = set()
    found = []
    for one in rubriques:
        kept = [p for p in one.passages if not p.reserves or (p.libelle, p.texte) not in seen]
        seen |= {(p.libelle, p.texte) for p in kept}
        found.append(Rubrique(one.titre, kept))
    return found


def _with_projects(rubrique: Rubrique) -> Rubrique:
    enrolled = [one for one in rubrique.passages if one.cle.startswith(ENROLLED)]
    if not enrolled:
        return rubrique
    titles = {
        str(one.pk): one.titre for one in Projet.objects.filter(pk__in=[_project(p.cle) for p in enrolled])
    }
    named = [replace(one, libelle=titles.get(_project(one.cle), one.libelle)) for one in enrolled]
    return Rubrique(rubrique.titre, named)


def _project(cle: str) -> str:
    return cle.removeprefix(ENROLLED)


@atomic
def decide(
    *, by: Acteur, demande: UUID, cles: Sequence[str], decision: str, mots: Sequence[str] = ()
) -> None:
    """Decide passages that a human has to decide, all alike, or the whole (`reserves.WHOLE`).

    Raises NotVisible, ReadOnly, BadAnswer (a passage that waits for nothing).
    """
    answer = read_answer(by, demande)
    known = {one.cle for rubrique in answer.rubriques for one in rubrique.passages if one.motifs}
    if not cles or not set(cles) <= known | ({WHOLE} if answer.u13 else set()):
        raise BadAnswer("decision", "Ce passage n'attend pas de décision.")
    for cle in cles:
        requests.decide_reserve(by=by, demande=demande, cle=cle, decision=decision, mots=mots)


def finish(*, by: Acteur, demande: UUID) -> None:
    """Close an answered request. Raises NotVisible, ReadOnly, NotNow (a passage still waits)."""
    requests.mark_answered(by=by, demande=demande, attendent=read_answer(by, demande).restent)
