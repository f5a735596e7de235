"""The monthly sheet of a place on paper and as a table: rounds, what was seen, what was repaired."""

from collections.abc import Sequence

from django.template.defaultfilters import date as french_date

from maillage.documents.content import Block, Document, Heading, Paragraph, Table
from maillage.main_courante.queries.feuille import PlaceSheet

NOTHING = "Rien d'écrit pour ce lieu ce mois-là."


def sheet_document(sheet: PlaceSheet, *, mention: str = "") -> Document:
    """Return the sheet as a document to print; `mention` stands on every page (invented data)."""
    figures = sheet.chiffres
    blocks: list[Block] = []
    if figures.passages:
        blocks += [
            Heading("Passages de l'équipe"),
            _table("Sorties passées par ce lieu, par créneau", "Créneau", figures.passages, figures.seuil),
        ]
    if figures.vu:
        blocks += [
            Heading("Ce qui a été vu"),
            _table("Notes par motif", "Motif", figures.vu, figures.seuil),
        ]
    if sheet.signales:
        blocks += [Heading("Veille technique"), Paragraph(_repairs(sheet))]
    return Document(
        title=f"{sheet.lieu}, {french_date(sheet.mois, 'F Y')}",
        subtitle=f"{sheet.service} · {sheet.lieu.territoire.nom}",
        blocks=[*(blocks or [Paragraph(NOTHING)]), Paragraph(_how(sheet))],
        mention=mention,
    )


def sheet_rows(sheet: PlaceSheet, *, mention: str = "") -> list[list[str | int]]:
    """Return the sheet as rows of a table: heading, detail, number; hidden numbers as «moins de n»."""
    figures = sheet.chiffres
    rows: list[list[str | int]] = [["Lieu", f"{sheet.lieu}, {sheet.lieu.territoire.nom}", ""]]
    rows += [["Mois", french_date(sheet.mois, "F Y"), ""]]
    rows += [["Passages", label, count] for label, count in figures.passages]
    rows += [["Vu", label, _shown(count, figures.seuil)] for label, count in figures.vu]
    rows += [["Veille technique", "Signalés", sheet.signales], ["Veille technique", "Réparés", sheet.repares]]
    return [*rows, ["Mention", mention, ""]] if mention else rows


def _table(caption: str, first: str, pairs: Sequence[tuple[str, int | None]], smallest: int) -> Table:
    rows = [[label, str(_shown(count, smallest))] for label, count in pairs]
    return Table(caption, (first, "Nombre"), rows, widths=(4, 1), numbers=frozenset({1}))


def _shown(count: int | None, smallest: int) -> str | int:
    return f"moins de {smallest}" if count is None else count


def _repairs(sheet: PlaceSheet) -> str:
    told = f"{sheet.signales} chose signalée" if sheet.signales == 1 else f"{sheet.signales} choses signalées"
    return f"{told}, dont {sheet.repares} réparée{'s' if sheet.repares > 1 else ''} à ce jour."


def _how(sheet: PlaceSheet) -> str:
    return (
        f"Les nombres de ce qui a été vu sont cachés au-dessous de {sheet.chiffres.seuil} ; "
        "ce qui touche une personne (détresse, isolement, accès aux droits) n'est jamais compté ici. "
        "Une sortie compte une fois par créneau : des lieux, jamais des agents ni des minutes."
    )
