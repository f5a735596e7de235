"""Asks the Cedar policies: one request a decision, carrying plain facts and deciding nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cedarpy

from tests.oracle.rules import DRAFT_DAYS, LAST_EVENING, Accompagnement, Designation, Orientation, World

NEVER = -1
QUESTIONS = ("emise", "emise_nom", "recue", "recue_nom")


def _moment(at: int | None) -> int:
    return NEVER if at is None else at


class Cedar:
    """The policies, read once."""

    def __init__(self) -> None:
        """Read the policy file."""
        text = Path(__file__).with_name("policy.cedar").read_text("utf-8")
        self.policies = cedarpy.PolicySet.from_str(text)
        self.entities = cedarpy.Entities.from_json_str("[]")

    def decisions(self, world: World, poste: int, at: int) -> dict[str, list[bool]]:
        """Return every answer for one post at one moment, as `rules.decisions` does."""
        who = self._who(world, poste, at)
        found: dict[str, list[bool]] = {}
        for question in QUESTIONS:
            found[question] = [
                self._ask(question, {**who, **_of(world, who, row)}) for row in world.orientations
            ]
        found["accompagnement"] = [
            self._ask("accompagnement", {**who, **_held(row)}) for row in world.accompagnements
        ]
        found["coordination"] = [
            any(
                self._ask("coordination", {**who, **_held(row), **_act(act, poste, number)})
                for act in world.designations
            )
            for number, row in enumerate(world.accompagnements)
        ]
        return found

    def _ask(self, question: str, context: dict[str, Any]) -> bool:
        request = {
            "principal": 'Poste::"p"',
            "action": f'Action::"{question}"',
            "resource": 'Chose::"c"',
            "context": context,
        }
        return bool(cedarpy.is_authorized(request, self.policies, self.entities).allowed)

    def _who(self, world: World, poste: int, at: int) -> dict[str, Any]:
        row = world.postes[poste]
        last = NEVER if row.fin is None else row.fin * 1440 + LAST_EVENING
        held = row.debut * 1440 <= at and (last == NEVER or at < last)
        return {
            "at": at,
            "jour": at // 1440,
            "la": held and not (row.suspendu_le is not None and row.suspendu_le <= at),
            "role": row.role,
            "service": row.service,
            "signee": _moment(row.signe_le),
            "partenariats": [
                part.partenariat
                for part in world.participations
                if part.service == row.service and part.on(at // 1440)
            ],
        }


def _of(world: World, who: dict[str, Any], row: Orientation) -> dict[str, Any]:
    return {
        "partenariat": row.partenariat,
        "charte": _moment(world.charters[row.partenariat]),
        "emetteur": row.emetteur,
        "destinataire": row.destinataire,
        "preparee": row.preparee,
        "envoyee": _moment(row.envoyee),
        "abandonnee": _moment(row.abandonnee),
        "retiree": _moment(row.retiree),
        "declinee": _moment(row.decidee) if row.decision == "decline" else NEVER,
        "cloture": NEVER if row.envoyee is None else row.envoyee // 1440 + world.closing_days,
        "brouillon_oublie": row.preparee // 1440 + DRAFT_DAYS,
    }


def _held(row: Accompagnement) -> dict[str, Any]:
    return {"tenu_par": row.service, "ouvert": row.ouvert, "efface": _moment(row.efface)}


def _act(act: Designation, poste: int, number: int) -> dict[str, Any]:
    return {
        "partenariat": act.partenariat,
        "designe": act.coordonnateur == poste and number in act.perimetre and act.signee is not None,
        "acte_signe": _moment(act.signee),
        "acte_debut": act.debut,
        "acte_fin": act.fin,
        "acte_fini": _moment(act.finie),
    }
