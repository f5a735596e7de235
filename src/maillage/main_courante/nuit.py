"""The night's report on paper: what the screen says, for the hierarchy; no agent, no minute."""

from collections.abc import Sequence

from maillage.base.days import french_date
from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph, Table
from maillage.main_courante.queries.consignes import ConsigneLine
from maillage.main_courante.queries.notes import NoteLine
from maillage.main_courante.queries.nuit import NightReport
from maillage.main_courante.vocabulaire import EN_RONDE


def night_document(report: NightReport, consignes: Sequence[ConsigneLine], *, mention: str = "") -> Document:
    """Return the report as a document to print; `mention` stands on every page (invented data)."""
    blocks: list[Block] = [Paragraph(_summary(report))]
    for title, lines in (
        ("Ce qui s'est passé, lieu par lieu", None),
        ("Rien à signaler", [f"{place} ({slot.lower()})" for place, slot in report.tranquilles]),
        ("À transmettre au bailleur ou à la ville", _technical(report)),
        ("Consignes", [_consigne(line) for line in consignes]),
        ("Dit à l'autre équipe", _messages(report)),
        ("Contact donné", [f"{one.lieu} : {one.nombre}, de {one.vers}" for one in report.cartes]),
    ):
        if lines is None:
            blocks += [Heading(title), _places(report)] if report.lieux else []
        elif lines:
            blocks += [Heading(title), Bullets(lines)]
    if report.vide:
        blocks.append(Paragraph("Rien d'écrit ce jour-là."))
    return Document(
        title=f"Compte rendu du {french_date(report.jour, 'l j F Y')}",
        subtitle=report.service,
        blocks=blocks,
        mention=mention,
    )


def _summary(report: NightReport) -> str:
    parts = [
        _count(report.sorties, "sortie", "sorties"),
        _count(report.passages, "passage noté", "passages notés"),
        f"dont {report.calmes} sans rien à signaler",
    ]
    if report.contacts_nouveaux:
        parts.append(_count(report.contacts_nouveaux, "contact nouveau", "contacts nouveaux"))
    said = "Sans autre origine dite, c'est un constat en ronde."
    return f"{', '.join(parts)}. {said} Des lieux et des créneaux, jamais des agents ni des minutes."


def _places(report: NightReport) -> Table:
    rows = [
        [f"{place.nom}, {place.quartier}", line.creneau, _what(line)]
        for place in report.lieux
        for line in place.notes
    ]
    return Table("Lieu par lieu", ("Lieu", "Créneau", "Ce qui a été vu"), rows, widths=(5, 4, 9))


def _what(line: NoteLine) -> str:
    said = f"{line.categorie}, {line.ambiance.lower()}"
    if line.effectif_code != "aucun":
        said += f", {line.nombre.lower()}"
    said += "."
    if line.origine_code != EN_RONDE:
        said += f" Origine : {line.origine.lower()}."
    if line.suites:
        said += f" Suites : {', '.join(suite.lower() for suite in line.suites)}."
    return f"{said} {line.texte}".strip()


def _technical(report: NightReport) -> list[str]:
    return [f"{line.lieu} : {line.categorie.lower()}" for line in report.techniques]


def _consigne(line: ConsigneLine) -> str:
    state = "faite" if line.levee_le else f"à suivre jusqu'au {french_date(line.jusquau, 'j F')}"
    return f"{line.lieu} : {line.geste_libelle.lower()}, {state}" + (f" – {line.texte}" if line.texte else "")


def _messages(report: NightReport) -> list[str]:
    return [
        f"{one.lieu}, {one.creneau.lower()} : {one.categorie.lower()}, {one.effectif.lower()}, "
        f"à {one.destinataire} – {one.reponse_libelle or 'sans réponse'}"
        for one in report.messages
    ]


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number < 2 else several}"
