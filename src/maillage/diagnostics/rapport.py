"""A published edition as files: document, table, and places on the ground (GeoJSON)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.conf import settings

from maillage.diagnostics.figures import TRADES
from maillage.diagnostics.models import Edition
from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph, Table

MONTHS = (
    "", "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip
TABLES = {
    "quartier": "Par quartier",
    "lieu": "Par lieu",
    "creneau": "Par moment de la journée",
    "jour": "Par jour de la semaine",
    "categorie": "Par motif",
    "ambiance": "Par ambiance",
}
PARTS = {"publics": "Publics rencontrés", "suites": "Ce qui a été fait"}
METHOD = (
    "Les notes des deux métiers sont comptées une fois pour toutes, à la date d'arrêt. Une tension se lit "
    "en part des passages : écrire plus ne fait pas paraître un lieu plus tendu.",
    "Un petit nombre n'est jamais écrit ; d'autres sont masqués pour qu'on ne le retrouve pas par "
    "soustraction.",
    "Ce que deux équipes notent dépend de leurs heures et de leur métier : un écart n'est pas une erreur.",
)


def read(partenariat: str = "") -> Edition | None:
    """Return the latest edition of a partnership (its code), or of all; None when there is none."""
    rows = Edition.objects.select_related("diagnostic__partenariat")
    return (rows.filter(diagnostic__partenariat__code=partenariat) if partenariat else rows).first()


def month_label(text: str) -> str:
    """Write `2026-06-01` as « juin 2026 »."""
    day = date.fromisoformat(text)
    return f"{MONTHS[day.month]} {day.year}"


def cell_text(cell: Mapping[str, Any]) -> str:
    """Write a figure, or why there is none."""
    return str(cell["valeur"]) if cell["valeur"] else str(cell["pourquoi"])


def share_text(seen: Mapping[str, Any]) -> str:
    """Write a share of passages, or why there is none."""
    return (
        str(seen["pourquoi"]) if seen["part"] is None else f"{seen['part']} % de {seen['passages']} passages"
    )


def place_rows(figures: Mapping[str, Any]) -> list[list[str]]:
    """Return the map as a table: place, quartier, both shares, what they say together."""
    return [
        [
            place["nom"],
            place["quartier"],
            *(share_text(place[trade]) for trade in TRADES),
            place["accord"] or "on ne peut pas comparer",
        ]
        for place in figures["lieux"]
    ]


def place_table(figures: Mapping[str, Any]) -> Table:
    """Return the map's table."""
    names = [figures["metiers"][trade]["nom"] for trade in TRADES]
    headers = [
        "Lieu",
        "Quartier",
        f"Tensions : {names[0].lower()}",
        f"Tensions : {names[1].lower()}",
        "Ensemble",
    ]
    return Table("Lieu par lieu", headers, place_rows(figures), widths=(2, 1.4, 1.7, 1.7, 1.7))


def month_table(figures: Mapping[str, Any]) -> Table:
    """Return the calendar: the share of tense passages, month by month."""
    names = [figures["metiers"][trade]["nom"] for trade in TRADES]
    rows = [
        [month_label(one["mois"]), *(share_text(one[trade]) for trade in TRADES)] for one in figures["mois"]
    ]
    return Table("Mois par mois", ["Mois", *names], rows)


def trend_lines(figures: Mapping[str, Any]) -> list[str]:
    """Return what each trade's last months say beside its first; an older edition says nothing of it."""
    said = figures.get("tendance", {})
    return [f"{figures['metiers'][trade]['nom']} : {said[trade]}" for trade in TRADES if said.get(trade)]


def note_tables(figures: Mapping[str, Any]) -> list[Table]:
    """Return the notes of both trades side by side, one table a dimension."""
    return [_note_table(figures, name, caption) for name, caption in TABLES.items()]


def _note_table(figures: Mapping[str, Any], name: str, caption: str) -> Table:
    labels: dict[str, str] = {}
    cells: dict[str, dict[str, str]] = {trade: {} for trade in TRADES}
    for trade in TRADES:
        for cell in figures["metiers"][trade]["tables"][name]:
            labels.setdefault(cell["cle"], cell["nom"])
            cells[trade][cell["cle"]] = cell_text(cell)
    names = [figures["metiers"][trade]["nom"] for trade in TRADES]
    rows = [[label, *(cells[trade].get(key, "–") for trade in TRADES)] for key, label in labels.items()]
    if name == "quartier":
        totals = [cell_text(figures["metiers"][trade]["total"]) for trade in TRADES]
        rows.append(["Tout le territoire", *totals])
    return Table(f"Notes, {caption[0].lower()}{caption[1:]}", ["", *names], rows, numbers=frozenset({1, 2}))


def share_lines(figures: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Return what was met and what was done, in tenths of the notes, trade by trade."""
    for name, caption in PARTS.items():
        for trade in TRADES:
            found = figures["metiers"][trade]
            lines = [
                f"{one['nom']} : environ {10 * one['dixiemes']} % des notes" for one in found["parts"][name]
            ]
            if lines:
                yield f"{caption}, {found['nom'].lower()}", lines


def as_document(edition: Edition) -> Document:
    """Return the edition as a document: what each service signed first, then the figures."""
    content = edition.contenu
    figures = content["figures"]
    blocks: list[Block] = [Heading("Ce que chaque service a vu")]
    for part in content["recits"]:
        blocks += [Heading(part["service"], 2), Paragraph(part["texte"])]
        if part["divergence"]:
            blocks += [Paragraph("Ce que nous voyons autrement", strong=True), Paragraph(part["divergence"])]
        blocks.append(Paragraph(f"Signé : {part['signe_par']}, le {_day(part['signe_le'])}."))
    blocks += [Heading("Les lieux"), place_table(figures), Heading("Le calendrier"), month_table(figures)]
    if trends := trend_lines(figures):
        blocks.append(Bullets(trends))
    blocks += [Heading("Ce qui a été noté"), *note_tables(figures)]
    for title, lines in share_lines(figures):
        blocks += [Heading(title, 2), Bullets(lines)]
    blocks += [Heading("Comment lire"), Bullets([*METHOD, f"Empreinte de l'édition : {edition.empreinte}."])]
    return Document(
        title=content["titre"],
        subtitle=f"Diagnostic partagé, {content['partenariat']}, de {month_label(content['debut'])} à "
        f"{month_label(content['fin'])}. Édition {edition.numero}",
        blocks=blocks,
        mention="Données inventées" if settings.MAILLAGE_DEMO else "",
        keywords=("diagnostic partagé", "médiation sociale", "prévention spécialisée"),
    )


def as_json(edition: Edition) -> dict[str, Any]:
    """Return the edition as published, with its number and its seal."""
    return {**edition.contenu, "edition": edition.numero, "empreinte": edition.empreinte, **_mention()}


def as_json_bytes(edition: Edition) -> bytes:
    """Return the edition as a JSON file."""
    return json.dumps(as_json(edition), ensure_ascii=False, indent=1).encode()


def as_table(edition: Edition) -> Table:
    """Return the places, as the map shows them."""
    found = place_table(edition.contenu["figures"])
    if not settings.MAILLAGE_DEMO:
        return found
    rows = [[*row, "Données inventées"] for row in found.rows]
    return Table(found.caption, [*found.headers, "Mention"], rows)


def as_geojson(edition: Edition) -> bytes:
    """Return the places as GeoJSON points (WGS 84); a place without coordinates has a null geometry."""
    features = [
        {
            "type": "Feature",
            "geometry": _point(place),
            "properties": {
                "lieu": place["nom"],
                "quartier": place["quartier"],
                **{f"{trade}_part": place[trade]["part"] for trade in TRADES},
                **{f"{trade}_pourquoi": place[trade]["pourquoi"] for trade in TRADES},
                "accord": place["accord"],
                **_mention(),
            },
        }
        for place in edition.contenu["figures"]["lieux"]
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _point(place: Mapping[str, Any]) -> dict[str, Any] | None:
    if place["longitude"] is None or place["latitude"] is None:
        return None
    return {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]}


def _mention() -> dict[str, str]:
    return {"mention": "données inventées"} if settings.MAILLAGE_DEMO else {}


def _day(text: str) -> str:
    day = date.fromisoformat(text[:10])
    return f"{day.day} {MONTHS[day.month]} {day.year}"
