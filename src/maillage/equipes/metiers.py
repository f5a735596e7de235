"""A page per trade, written by the trade: what we do, what we cannot do, what we owe."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Max
from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.directory.enums import Metier, Role
from maillage.equipes.models import PageMetier
from maillage.sharing.ledger import note

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

FILE = Path(__file__).resolve().parent / "data" / "metiers.json"
TRADES = (Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE)
PARTS: Mapping[str, str] = {
    "fait": "Ce que nous faisons",
    "ne_peut_pas": "Ce que nous ne pouvons pas faire",
    "doit": "Ce que nous devons",
}
LINES_MAX, LINE_MAX = 8, 160


@dataclass(frozen=True)
class Page:
    """A trade's page as it stands: `version` 0 is the text proposed to start from, written by nobody."""

    metier: Metier
    version: int
    parties: Mapping[str, Sequence[str]]
    service: str = ""
    le: datetime | None = None

    @property
    def parts(self) -> Sequence[tuple[str, Sequence[str]]]:
        """Return (title, lines) of the three parts, in order."""
        return [(title, self.parties[key]) for key, title in PARTS.items()]


@cache
def _proposed() -> Mapping[str, Mapping[str, Sequence[str]]]:
    read: Mapping[str, Mapping[str, Sequence[str]]] = json.loads(FILE.read_text(encoding="utf-8"))
    return read


def pages(partenariat: Partenariat) -> Sequence[Page]:
    """Return the page of each trade as it stands, the text to start from where nobody wrote one."""
    return [versions(partenariat, trade)[0] for trade in TRADES]


def versions(partenariat: Partenariat, metier: Metier) -> Sequence[Page]:
    """Return every version of a trade's page, the latest first; the proposed text is the first of all."""
    rows = PageMetier.objects.filter(partenariat=partenariat, metier=metier).select_related("par__service")
    written = [
        Page(metier, row.version, {key: getattr(row, key) for key in PARTS}, str(row.par.service), row.le)
        for row in rows.order_by("-version")
    ]
    return [*written, Page(metier, 0, _proposed()[metier])]


def may_write(acteur: Acteur, partenariat: Partenariat, metier: Metier) -> bool:
    """Say whether this person writes that trade's page: the head of one of its services, a member."""
    return (
        acteur.role == Role.CHEF_DE_SERVICE
        and acteur.service.metier == metier
        and not acteur.lecture_seule
        and acteur.service in members(partenariat)
    )


@atomic
def write_page(
    *,
    by: Acteur,
    partenariat: Partenariat,
    metier: Metier,
    version: int,
    parties: Mapping[str, str],
) -> PageMetier | None:
    """Write the next version of a trade's page from the one read (`version`); None when nothing changed.

    `parties` holds each part as typed, one line a sentence. Raises NotYours (another trade's page),
    CannotWrite, BadAnswer (a part empty or too long), NotNow (someone wrote a version meanwhile).
    """
    if by.role != Role.CHEF_DE_SERVICE or by.service.metier != metier:
        raise NotYours
    if partenariat.pk not in by.partenariat_ids or by.service not in members(partenariat):
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas d'écrire.")
    read = {key: _lines(key, parties.get(key, "")) for key in PARTS}
    Partenariat.objects.select_for_update().get(pk=partenariat.pk)
    rows = PageMetier.objects.filter(partenariat=partenariat, metier=metier)
    latest = rows.aggregate(latest=Max("version"))["latest"] or 0
    if latest != version:
        raise NotNow("Cette page a changé pendant que vous écriviez. Relisez-la ; rien n'a été remplacé.")
    if dict(versions(partenariat, metier)[0].parties) == read and latest:
        return None
    row = PageMetier.objects.create(
        partenariat=partenariat, metier=metier, version=latest + 1, par=by.poste, le=clock.now(), **read
    )
    note(by, Acte.MODIFICATION, "page_metier", partenariat.pk, {"version": row.version})
    return row


def _lines(part: str, typed: str) -> list[str]:
    found = [line for one in typed.splitlines() if (line := " ".join(one.split()))]
    if not found:
        raise BadAnswer(part, "Écrivez au moins une ligne.")
    if len(found) > LINES_MAX:
        raise BadAnswer(part, f"{LINES_MAX} lignes au plus : la page se lit en réunion.")
    if any(len(line) > LINE_MAX for line in found):
        raise BadAnswer(part, f"Une ligne est trop longue : {LINE_MAX} caractères au plus.")
    return found
