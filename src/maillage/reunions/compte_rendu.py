"""The minutes as a document, and the calendar entries: what leaves the screen, without a name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from maillage.base import clock
from maillage.documents.calendar import Event, calendar_bytes
from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph, Table
from maillage.law.verdict import say_date
from maillage.reunions.enums import EtatReunion, GenreReunion
from maillage.reunions.models import Reunion
from maillage.reunions.queries import decision_lines, minutes_of

Read = tuple[Reunion, ...]


def read(reunion: str | None = None) -> Read:
    """Return the meeting of this identifier, or the last one whose minutes are locked; empty without any."""
    rows = Reunion.objects.select_related("partenariat").prefetch_related("presences__service", "reports")
    if reunion:
        return tuple(rows.filter(pk=reunion))
    return tuple(rows.filter(comptes_rendus__verrouille_le__isnull=False).order_by("-le", "pk")[:1])


def as_document(found: Read, *, mention: str = "") -> Document:
    """Return the minutes: date, postponements, who came in number, agenda, text, decisions."""
    row = found[0]
    data = as_json(found)
    blocks: list[Block] = []
    if data["reports"]:
        blocks.append(Paragraph("Réunion reportée : " + " ; ".join(data["reports"]) + "."))
    came = [(one["service"], str(one["nombre"])) for one in data["presents"]]
    if came:
        blocks += [Heading("Présents"), _table("Présents par service", ("Service", "Nombre"), came)]
    if row.genre == GenreReunion.GROUPE:
        blocks.append(Paragraph("Groupe sans fichier : aucun nom ni aucun propos n'est gardé."))
        blocks += _counts(data)
    if data["ordre_du_jour"]:
        blocks += [Heading("Ordre du jour"), Bullets(data["ordre_du_jour"])]
    if data["texte"]:
        blocks.append(Heading("Ce qui s'est dit"))
        blocks += [Paragraph(text) for text in data["texte"].splitlines() if text.strip()]
    if data["decisions"]:
        headers, rows = _decision_rows(data)
        blocks += [Heading("Décisions"), _table("Décisions de cette réunion", headers, rows)]
    state = f"version {data['version']}, verrouillée" if data["verrouille"] else "brouillon"
    return Document(
        title=f"Compte rendu : {row.get_genre_display().lower()}",
        subtitle=f"{row.partenariat.nom}, {say_date(row.le.astimezone(clock.PARIS).date())}, {state}",
        blocks=blocks,
        mention=mention or ("Données inventées" if row.partenariat.invente else ""),
        keywords=("réunion", "compte rendu"),
    )


def as_json(found: Read) -> dict[str, Any]:
    """Return the minutes as plain data; the text is that of the last locked version, else the draft."""
    row = found[0]
    versions = minutes_of(row)
    shown = next((one for one in versions if one[0].verrouille_le), versions[0] if versions else None)
    return {
        "partenariat": row.partenariat.code,
        "genre": row.genre,
        "le": row.le.astimezone(clock.PARIS).isoformat(),
        "etat": row.etat,
        "reports": [str(one) for one in row.reports.order_by("le")],
        "presents": [
            {"service": str(one.service), "nombre": one.nombre}
            for one in row.presences.select_related("service").order_by("service__nom_court")
        ],
        "comptes": [
            {"service": str(one.service), "situations": one.situations, "decisions": one.decisions}
            for one in row.comptes.select_related("service").order_by("service__nom_court")
        ],
        "version": shown[0].version if shown else 0,
        "verrouille": bool(shown and shown[0].verrouille_le),
        "ordre_du_jour": list(shown[0].ordre) if shown else [],
        "texte": shown[1] if shown else "",
        "decisions": [
            {
                "texte": line.texte,
                "responsable": line.decision.responsable,
                "echeance": line.decision.echeance.isoformat(),
                "etat": line.decision.get_etat_display(),
            }
            for line in decision_lines(
                row.decisions.select_related("service").order_by("echeance", "prise_le", "pk")
            )
        ],
    }


def as_table(found: Read) -> Table:
    """Return the decisions as a table."""
    headers, rows = _decision_rows(as_json(found))
    return _table("Décisions", headers, rows)


def invitation(rows: Iterable[Reunion], name: str, *, cancels: bool = False) -> bytes:
    """Return the calendar file of these meetings; titles say a kind of meeting and a partnership.

    `cancels`: the file says nothing but that its meeting will not be held.
    """
    return calendar_bytes(
        name,
        (
            Event(
                uid=f"{row.pk}@maillage",
                titre=f"{row.get_genre_display()} ({row.partenariat.nom})",
                debut=row.le,
                minutes=row.duree_minutes,
                modifie=row.modifiee_le,
                lieu=row.lieu,
                sequence=row.sequence,
                annule=row.etat == EtatReunion.ANNULEE,
            )
            for row in rows
        ),
        method="CANCEL" if cancels else "PUBLISH",
    )


def _decision_rows(data: dict[str, Any]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    headers = ("Décision", "Qui en répond", "Pour le", "État")
    rows: list[tuple[str, ...]] = [
        (one["texte"], one["responsable"], say_date(date.fromisoformat(one["echeance"])), one["etat"])
        for one in data["decisions"]
    ]
    return headers, rows


def _counts(data: dict[str, Any]) -> list[Block]:
    rows = [(one["service"], str(one["situations"]), str(one["decisions"])) for one in data["comptes"]]
    if not rows:
        return []
    return [_table("Situations et décisions par service", ("Service", "Situations", "Décisions"), rows)]


def _table(caption: str, headers: tuple[str, ...], rows: list[Any]) -> Table:
    return Table(caption=caption, headers=headers, rows=rows)
