"""The activity report as files: document, figures, table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from maillage.diagnostics.masking import PUBLISHED, Cell
from maillage.directory.enums import Metier
from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph, Table
from maillage.pilotage import activite
from maillage.pilotage.activite import Activity, ServiceActivity

read = activite.read
METHOD = (
    "Chaque note du carnet compte une fois, dans un seul registre, d'après son motif.",
    f"Un nombre de notes ou de contacts inférieur à {PUBLISHED} n'est jamais écrit ; d'autres sont masqués "
    "pour qu'on ne le retrouve pas par soustraction.",
    "Les heures sont celles des sorties closes, quel que soit le nombre de personnes sorties.",
    "Ce qui se fait hors du carnet (concertation, réunions, accompagnements) n'est pas compté ici.",
    "Ces chiffres disent ce qui a été écrit, pas ce que vaut le travail. Aucun n'est compté par agent.",
)


@dataclass(frozen=True)
class Chapter:
    """What one service did: a sentence, those who fund it, its tables."""

    nom: str
    ouverture: str
    financeurs: Sequence[str]
    tables: Sequence[Table]


def chapters(found: Activity) -> list[Chapter]:
    """Return the report, one chapter a service."""
    return [
        Chapter(
            one.service.nom,
            _opening(one),
            one.financeurs,
            (
                _table("Par quartier", "Quartier", [(line.nom, line.cell) for line in one.quartiers]),
                _table("Par registre", "Registre", [(line.nom, line.cell) for line in one.registres]),
            ),
        )
        for one in found.services
    ]


def as_document(found: Activity) -> Document:
    """Return the report as a document."""
    blocks: list[Block] = []
    for one in chapters(found):
        blocks += [Heading(one.nom), Paragraph(one.ouverture)]
        if one.financeurs:
            blocks += [Paragraph("Financeurs", strong=True), Bullets(one.financeurs)]
        blocks += one.tables
    blocks += [Heading("Comment lire"), Bullets(METHOD)]
    return Document(
        title="Rapport d'activité",
        subtitle=f"{found.partenariat}, du {found.depuis:%d/%m/%Y} au {found.jusqu_au:%d/%m/%Y}"
        + (f", pour {found.financeur}" if found.financeur else ""),
        blocks=blocks,
        mention="Données inventées" if settings.MAILLAGE_DEMO else "",
        keywords=("rapport d'activité", "médiation sociale", "prévention spécialisée"),
    )


def as_json(found: Activity) -> dict[str, Any]:
    """Return the figures, JSON-ready; null stands for a masked number."""
    return {
        "partenariat": found.partenariat.code,
        "depuis": found.depuis.isoformat(),
        "jusqu_au": found.jusqu_au.isoformat(),
        "masque_sous": PUBLISHED,
        "financeur": found.financeur,
        "services": [
            {
                "service": one.service.nom,
                "metier": one.service.metier,
                "financeurs": list(one.financeurs),
                "sorties": one.sorties,
                "minutes": one.minutes,
                "notes": one.notes.value,
                "contacts_nouveaux": one.contacts.value,
                "quartiers": {line.nom: line.cell.value for line in one.quartiers},
                "registres": {line.nom: line.cell.value for line in one.registres},
            }
            for one in found.services
        ],
        "limites": list(METHOD),
        **({"mention": "données inventées"} if settings.MAILLAGE_DEMO else {}),
    }


def as_table(found: Activity) -> Table:
    """Return every figure on its own line: service, table, line, number."""
    rows = [[one.service.nom, *row] for one in found.services for row in _lines(one)]
    headers = ["Service", "Tableau", "Ligne", "Nombre"]
    if not settings.MAILLAGE_DEMO:
        return Table("Rapport d'activité", headers, rows)
    return Table("Rapport d'activité", [*headers, "Mention"], [[*row, "Données inventées"] for row in rows])


def _lines(one: ServiceActivity) -> Iterator[list[str]]:
    yield ["ensemble", "Sorties", str(one.sorties)]
    yield ["ensemble", "Heures de sortie", _hours(one.minutes)]
    yield ["ensemble", "Notes", _text(one.notes)]
    if one.service.metier == Metier.PREVENTION_SPECIALISEE:
        yield ["ensemble", "Contacts nouveaux", _text(one.contacts)]
    yield from (["quartier", line.nom, _text(line.cell)] for line in one.quartiers)
    yield from (["registre", line.nom, _text(line.cell)] for line in one.registres)


def _opening(one: ServiceActivity) -> str:
    said = f"Sorties : {one.sorties}, soit {_hours(one.minutes)}. Notes : {_text(one.notes)}."
    if one.service.metier == Metier.PREVENTION_SPECIALISEE:
        said += f" Contacts nouveaux : {_text(one.contacts)}."
    return said


def _table(caption: str, first: str, lines: list[tuple[str, Cell]]) -> Table:
    rows = [[name, _text(cell)] for name, cell in lines]
    return Table(caption, [first, "Notes"], rows, widths=(3, 1), numbers=frozenset({1}))


def _hours(minutes: int) -> str:
    return f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02d}"


def _text(cell: Cell) -> str:
    return str(cell.value) if cell.value is not None else cell.why.value.format(seuil=PUBLISHED)
