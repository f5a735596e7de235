"""The information on paper: what was ticked, and lines to write by hand who it is about."""

from __future__ import annotations

from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph
from maillage.sharing.enums import Alinea
from maillage.sharing.informations import ALLOWED
from maillage.sharing.models import Information
from maillage.web.informations.forms import QUESTIONS

ONWARD = (
    "De là, cela ne va qu'au président du département, et au CCAS, au délégué du département ou au "
    "coordonnateur que le maire a désignés (code de l'éducation, article R. 131-10-5)."
)
BLANK = "………………………………………………"


def ticked(row: Information) -> list[tuple[str, list[str]]]:
    """Return each question of the paragraph with its answers in words."""
    return [
        (QUESTIONS[name], [str(choices(code).label) for code in row.contenu[name]])
        for name, choices in ALLOWED[row.alinea].items()
        if name in row.contenu
    ]


def information_document(row: Information, mention: str) -> Document:
    """Return the paper; on a transmission to the department the mayor reads the fact and nothing else."""
    text = f"Code de l'action sociale et des familles, article L. 121-6-2, alinéa {row.alinea}."
    if row.alinea == Alinea.ABSENCES:
        text = "Code de l'éducation, article L. 131-8."
    blocks: list[Block] = [
        Paragraph(text),
        Paragraph(f"De : {row.service.nom}."),
        Paragraph(f"À : {row.destinataire.professionnel}, {row.mandat}."),
        Paragraph(f"Le {row.le:%d/%m/%Y}."),
    ]
    for question, answers in ticked(row):
        blocks += [Heading(question), Bullets(answers)]
    if row.alinea == Alinea.FAIT:
        blocks.append(
            Paragraph("Une information a été transmise sans délai au président du département.", strong=True)
        )
        blocks.append(Paragraph("La loi ne permet de dire au maire ni qui, ni quoi."))
    else:
        if row.alinea == Alinea.ABSENCES:
            blocks.append(Paragraph("L'autorité de l'État est saisie des absences d'un élève.", strong=True))
            blocks.append(Paragraph(ONWARD))
        blocks += [
            Heading("De qui il s'agit"),
            Paragraph(f"À écrire à la main, et à remettre en main propre : {BLANK}"),
            Paragraph("Rien de ceci ne peut être dit à un tiers (code pénal, article 226-13)."),
        ]
    blocks.append(Paragraph(f"Reçu le {BLANK} Signature : {BLANK}"))
    return Document(f"Information n° {str(row.pk)[:8]}", blocks, mention=mention)
