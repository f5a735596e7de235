"""Reads of evaluations: who still has to speak, who may read what, the answers of those around."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from maillage.base import clock
from maillage.conventions.errors import NotYours
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import TRADES, members
from maillage.directory.enums import Role
from maillage.directory.models import Poste, Service
from maillage.directory.queries import active_on
from maillage.enquetes.queries import FIELD, mean
from maillage.evaluations.enums import STRUCTURES, Entourage, GenreAvis
from maillage.evaluations.faits import Periode
from maillage.evaluations.models import Avis, Commande, Entour, Evaluation
from maillage.evaluations.questions import MARKS, THREE

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

READERS = FIELD | {Role.CHEF_DE_SERVICE, Role.DIRECTION, Role.COORDINATION}
OPEN = frozenset({"equipes", "directions"})
TEAM = FIELD | {Role.CHEF_DE_SERVICE}


@dataclass(frozen=True)
class Etat:
    """Where an evaluation stands: the services that speak in each round, and what they said.

    `equipes` and `directions` are the services asked; `feuilles` and `notes` what each one gave.
    """

    evaluation: Evaluation
    equipes: Sequence[Service]
    directions: Sequence[Service]
    feuilles: Mapping[UUID, Avis]
    notes: Mapping[UUID, Avis]
    signatures: frozenset[UUID]

    @property
    def teams_missing(self) -> list[Service]:
        """Return the teams whose sheet is awaited."""
        return [one for one in self.equipes if one.pk not in self.feuilles]

    @property
    def directions_missing(self) -> list[Service]:
        """Return the directions whose marks are awaited."""
        return [one for one in self.directions if one.pk not in self.notes]

    @property
    def frozen(self) -> bool:
        """Say whether a first signature has fixed the document."""
        return bool(self.evaluation.empreinte)

    @property
    def phase(self) -> str:
        """Return what is awaited: equipes, directions, signature, or signee."""
        if self.evaluation.signee_le:
            return "signee"
        if self.frozen or not (self.teams_missing or self.directions_missing):
            return "signature"
        return "equipes" if self.teams_missing else "directions"

    def readable(self, service: UUID | None = None) -> list[Avis]:
        """Return the opinions that may be read: a round once everybody spoke; one's own always."""
        teams = self.frozen or not self.teams_missing
        both = self.frozen or not (self.teams_missing or self.directions_missing)
        found = [one for one in self.feuilles.values() if teams or one.service_id == service]
        return found + [one for one in self.notes.values() if both or one.service_id == service]


def periode_of(evaluation: Evaluation, *, standby: bool = False) -> Periode:
    """Return the year it looks at; `standby` for a screen."""
    return Periode(evaluation.partenariat, evaluation.debut, evaluation.fin, standby)


def evaluations_of(acteur: Acteur, partenariat: Partenariat) -> list[Evaluation]:
    """Return a partnership's evaluations, the latest first. Raises NotYours."""
    if partenariat.pk not in acteur.partenariat_ids or acteur.role not in READERS:
        raise NotYours
    return list(Evaluation.objects.filter(partenariat=partenariat).select_related("partenariat"))


def evaluation_of(acteur: Acteur, pk: UUID) -> Evaluation:
    """Return one evaluation of the reader's partnerships. Raises NotYours."""
    row = (
        Evaluation.objects.filter(pk=pk, partenariat__in=acteur.partenariat_ids)
        .select_related("partenariat")
        .first()
    )
    if row is None or acteur.role not in READERS:
        raise NotYours
    return row


def state_of(evaluation: Evaluation) -> Etat:
    """Return where an evaluation stands."""
    opinions = list(
        evaluation.avis.select_related("service").order_by("service__metier", "service__nom_court")
    )
    services = members(evaluation.partenariat)
    return Etat(
        evaluation,
        services_with(services, FIELD),
        services_with(services, frozenset({Role.DIRECTION})),
        {one.service_id: one for one in opinions if one.genre == GenreAvis.EQUIPE},
        {one.service_id: one for one in opinions if one.genre == GenreAvis.DIRECTION},
        frozenset(evaluation.signatures.values_list("service_id", flat=True)),
    )


def services_with(services: Sequence[Service], roles: frozenset[Role]) -> list[Service]:
    """Return those of these services where someone holds one of these roles today."""
    held = Poste.objects.filter(
        active_on(clock.today()),
        service__in=[one.pk for one in services],
        role__in=roles,
        lecture_seule=False,
    ).values_list("service_id", flat=True)
    found = set(held)
    return [one for one in services if one.pk in found]


def both_trades(services: Sequence[Service]) -> bool:
    """Say whether these services are of both trades."""
    return {one.metier for one in services} >= TRADES


def round_of(acteur: Acteur, etat: Etat) -> GenreAvis | None:
    """Return the round in which this person may write for their service now, None for none."""
    if acteur.lecture_seule or etat.frozen:
        return None
    mine = acteur.service.pk
    if acteur.role in TEAM and etat.teams_missing and mine in {one.pk for one in etat.equipes}:
        return GenreAvis.EQUIPE
    if acteur.role != Role.DIRECTION or etat.teams_missing or not etat.directions_missing:
        return None
    return GenreAvis.DIRECTION if mine in {one.pk for one in etat.directions} else None


def digest(token: str) -> str:
    """Return the only trace kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def entour_of(token: str) -> Entour | None:
    """Return who is asked behind a link; None when it opens nothing (any more).

    It closes when the directions have spoken: read twice, with one answer more, means would tell it.
    """
    rows = Entour.objects.filter(empreinte=digest(token)).select_related("evaluation__partenariat")
    found = rows.first()
    return found if found is not None and state_of(found.evaluation).phase in OPEN else None


def around(evaluation: Evaluation) -> list[dict[str, object]]:
    """Return what those around answered: a structure's word, a mean from five people up."""
    return [_said(one) for one in evaluation.entours.all()]


def answers_in(entour: Entour) -> int:
    """Return how many times a link was answered."""
    return sum(next(iter(entour.comptes.values()), {}).values())


def _said(entour: Entour) -> dict[str, object]:
    many = answers_in(entour)
    lines = []
    for cle, question in THREE[Entourage(entour.qui)]:
        counts = entour.comptes.get(cle, {})
        if entour.qui in STRUCTURES:
            said = next((MARKS[mark] for mark, number in counts.items() if number), "pas encore répondu")
        else:
            average = mean(counts)
            said = "moins de cinq réponses" if average is None else f"{average:g} sur 4".replace(".", ",")
        lines.append([question, said])
    return {"qui": str(entour), "lignes": lines, "repondu": bool(many)}


def current_orders(partenariat: Partenariat) -> list[Commande]:
    """Return every order written in a partnership, those in force first."""
    today = clock.today()
    rows = Commande.objects.filter(partenariat=partenariat).select_related("territoire")
    return sorted(rows, key=lambda one: one.fin is not None and one.fin < today)
