"""What an orientation holds about one person on one service's side, for a request for access."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from maillage.orientations.enums import Suite
from maillage.orientations.models import Orientation, Reception
from maillage.orientations.queries.sent import live_retours, visible
from maillage.sharing.demandes.held import oriented_texts
from maillage.sharing.demandes.passages import Passage, Rubrique, day, said
from maillage.sharing.enums import ObjetConfidence


def held_of_orientations(service: UUID, personne: UUID, taken_up: UUID | None) -> list[Rubrique]:
    """Return the orientations this service sent about its person, or that its support was born of.

    Its own side only: what the other service did of it is asked of that service.
    """
    sent = Q(sujet=personne, service_emetteur=service)
    received = Q(pk=taken_up, service_destinataire=service)
    found: list[Passage] = []
    rows = Orientation.objects.filter(sent | received).select_related(
        "service_emetteur", "service_destinataire", "porteur", "lieu"
    )
    for row in rows.order_by("creee_le", "pk"):
        found += _sent(row) if row.service_emetteur_id == service else _received(row)
    return [Rubrique("L'orientation", found)] if found else []


def _passage(row: Orientation, part: str, label: str, text: str) -> Passage:
    when = day(row.envoyee_le or row.creee_le)
    return Passage(f"orientation.{row.pk}.{part}", label, text, when, objet=ObjetConfidence.ECHANGES)


def _sent(row: Orientation) -> list[Passage]:
    place = f", {row.lieu}" if row.lieu else ""
    text = f"{visible(row).label.lower()}{place}, suivie par : {row.porteur.intitule}"
    lines = [_passage(row, "envoi", f"Vers {row.service_destinataire}", text)]
    for one in live_retours().filter(orientation=row).order_by("le", "pk"):
        lines.append(_passage(row, f"retour.{one.pk}", "Ce qui est revenu", _suite(one.code)))
    return lines + _relais(row)


def _received(row: Orientation) -> list[Passage]:
    reception = Reception.objects.select_related("referent", "vers").get(orientation=row)
    reason = reception.get_motif_decline_display() or reception.get_motif_reorientation_display()
    towards = f", vers {reception.vers}" if reception.vers else ""
    text = reception.get_etat_display().lower() + (f" : {reason.lower()}{towards}" if reason else "")
    lines = [_passage(row, "reception", f"De {row.service_emetteur}", text)]
    for one in reception.suites.order_by("le", "pk"):
        when = f"{_suite(one.code)}, le {said(one.le)}"
        lines.append(_passage(row, f"suite.{one.pk}", "Ce qui a suivi", when))
    return lines + _relais(row) + (oriented_texts(row.sujet) if row.sujet else [])


def _relais(row: Orientation) -> list[Passage]:
    return [
        _passage(
            row, f"relais.{one.pk}", "Se voir à trois", f"{one.get_etat_display().lower()}, {said(one.le)}"
        )
        for one in row.relais.order_by("le", "pk")
    ]


def _suite(code: str) -> str:
    return str(Suite(code).label)
