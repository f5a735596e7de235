"""The annex of adopted readings, to keep beside the convention and to have signed on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from maillage.conventions.models import LectureAdoptee, Partenariat
from maillage.conventions.queries import PRUDENTE, lectures_rows
from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph, Table
from maillage.law.catalogue import question
from maillage.law.verdict import say_date

READING = {PRUDENTE: "Lecture prudente", "rapport": "Lecture du rapport de 2017"}


def annex(partenariat: Partenariat, on: date, *, mention: str = "") -> Document:
    """Return the document of the readings in force that day; `mention` is printed on every page."""
    rows = lectures_rows(partenariat, on)
    adopted = [rows[code] for code in sorted(rows, key=lambda code: int(code[2:]))]
    blocks: list[Block] = [
        Paragraph(
            "Là où les textes se discutent, la lecture prudente vaut tant que les deux directions et le "
            "délégué à la protection des données n'en ont pas adopté une autre, par écrit. Une lecture "
            "vaut de sa date à son terme, jamais pour le passé."
        )
    ]
    if not adopted:
        blocks.append(
            Paragraph("Aucune lecture n'est adoptée : partout, la lecture prudente vaut.", strong=True)
        )
    for row in adopted:
        blocks += _pages(row)
    return Document(
        title="Annexe de lecture",
        subtitle=f"{partenariat.nom}, au {say_date(on)}",
        blocks=blocks,
        mention=mention,
        keywords=("lectures", "questions ouvertes"),
    )


def _pages(row: LectureAdoptee) -> Iterator[Block]:
    """One adopted reading: what was chosen, against what, on which texts, by whom."""
    asked = question(row.question)
    prudent = row.valeur == PRUDENTE
    dates = (
        f"du {say_date(row.debut)} au {say_date(row.fin)}" if row.fin else f"depuis le {say_date(row.debut)}"
    )
    yield Heading(f"{asked.code}. {asked.titre}")
    yield Table(
        caption="Ce qui est adopté",
        headers=("Point", "Texte"),
        rows=[
            ("Lecture adoptée", f"{READING[row.valeur]} : {asked.prudente if prudent else asked.rapport}"),
            ("Lecture écartée", asked.rapport if prudent else asked.prudente),
            ("Ce que donne celle du rapport", asked.gain),
            ("Ce qu'elle coûte", asked.prix),
            ("Textes", " ; ".join(asked.textes)),
            ("Dates", dates),
            ("Version", f"{row.version}, {row.preuve}"),
        ],
        widths=(1, 3),
    )
    yield Heading("Signatures", level=2)
    yield Bullets([str(one) for one in row.signataires] or ["Aucune n'est inscrite."])
