"""The act on paper."""

from __future__ import annotations

from datetime import date

from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph
from maillage.sharing.enums import SujetCoordination
from maillage.sharing.models import Designation


def subjects(row: Designation) -> list[str]:
    """Return the act's subjects in words."""
    return [str(SujetCoordination(code).label) for code in row.sujets]


def act_document(row: Designation, mention: str) -> Document:
    """Return the act to sign: who, on what, from when until when; the persons stay blank lines."""
    blocks: list[Block] = [
        Paragraph("Vu l'article L. 121-6-2 du code de l'action sociale et des familles."),
        Paragraph(f"Saisine : {row.get_saisine_display()}, le {_day(row.saisie_le)}."),
        Paragraph(f"Accord de l'autorité dont relève le coordonnateur : {_day(row.accord_autorite_le)}."),
        Paragraph(f"Consultation du président du conseil départemental : {_day(row.consultation_le)}."),
        Heading("Désignation"),
        Paragraph(f"{row.coordonnateur} est désigné coordonnateur.", strong=True),
        Paragraph(f"Du {_day(row.debut)} au {_day(row.fin)}, ces deux jours compris."),
        Heading("Sujets"),
        Bullets(subjects(row)),
        Heading("Personnes concernées"),
        Paragraph("À écrire à la main par qui signe : ………………………………………………"),
        Paragraph("Le coordonnateur est soumis au secret professionnel. L'accès cesse à la fin de l'acte."),
        Paragraph("Le maire, signature : ………………………………………………"),
    ]
    return Document(f"Désignation d'un coordonnateur, n° {str(row.pk)[:8]}", blocks, mention=mention)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "………………"
