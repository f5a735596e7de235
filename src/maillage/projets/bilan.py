"""What a project gave, as a document: the chain, the money, the place before and after."""

from __future__ import annotations

from maillage.diagnostics.masking import INSIDE
from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph, Table
from maillage.projets.enums import GenreProjet
from maillage.projets.models import Projet
from maillage.projets.queries import Account, Period, account, before_and_after, signals_before

SMALLEST_SHOWN = INSIDE
LIMITS = (
    "Une comparaison avant et après ne prouve pas que le projet en est la cause : la saison, des travaux "
    "ou une rentrée changent aussi un lieu.",
    "On compare la part des passages où il y avait quelque chose à dire, pas leur nombre : passer plus "
    "souvent ne doit pas se lire comme plus de difficultés.",
    "Rien ici ne dit ce que le projet a changé pour un jeune en particulier : cela reste à son éducateur.",
)


def euros(centimes: int) -> str:
    """Write an amount in cents the French way: 1 234,50 €."""
    sign = "−" if centimes < 0 else ""
    whole, rest = divmod(abs(centimes), 100)
    return f"{sign}{whole:,}".replace(",", "\u202f") + f",{rest:02d}\u202f€"


def shown(participants: int) -> str:
    """Say a number of young people, never under five."""
    return str(participants) if participants >= SMALLEST_SHOWN else "moins de cinq"


def as_document(projet: Projet, participants: int, *, mention: str = "") -> Document:
    """Return the bilan: from the first signal to the result, on one page or two."""
    lignes, seances = list(projet.lignes.all()), list(projet.seances.all())
    signals = signals_before(projet)
    blocks: list[Block] = [
        Heading("Du signal au projet"),
        Paragraph(
            f"Depuis le {signals.depuis:%d/%m/%Y} : {signals.nouvelles} nouvelles de ce lieu entre les deux "
            f"équipes, {signals.notes} notes de passage avec quelque chose à dire."
        ),
        Paragraph(f"Constat partagé : {projet.constat}"),
        Bullets([f"{one.service}, le {one.le:%d/%m/%Y}" for one in projet.signatures.all()]),
        Heading("Ce qui a été fait"),
        Paragraph(projet.finalite),
        Paragraph(f"{len(seances)} séances. Jeunes inscrits : {shown(participants)}."),
    ]
    if seances:
        blocks.append(_sessions(projet))
    blocks += [Heading("L'argent, au centime"), _money(account(lignes, seances))]
    blocks += _place(before_and_after(projet))
    if projet.bilan:
        blocks += [Heading("Ce que nous en retenons"), Paragraph(projet.bilan)]
    return Document(
        title=projet.titre,
        subtitle=f"{projet.get_genre_display()}, {projet.lieu}, {projet.lieu.territoire}",
        blocks=blocks,
        mention=mention or ("Données inventées" if projet.invente else ""),
        keywords=("projet", "bilan"),
    )


def _sessions(projet: Projet) -> Table:
    paid = projet.genre == GenreProjet.CHANTIER_EDUCATIF
    rows = [
        (
            f"{one.le:%d/%m/%Y}",
            ", ".join(str(service) for service in one.services.all()),
            hours(one.minutes_travaillees) if paid else "",
        )
        for one in projet.seances.all()
    ]
    return Table("Séances", ("Jour", "Équipes présentes", "Heures payées"), rows, widths=(1, 3, 1))


def hours(minutes: int) -> str:
    """Write minutes as hours, never cut at the end of a line: 7 h 30."""
    return f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02d}" if minutes else "0\u00a0h"


def _money(found: Account) -> Table:
    rows = [
        ("Recettes", euros(found.recettes_prevues), euros(found.recettes)),
        ("Dépenses", euros(found.depenses_prevues), euros(found.depenses)),
        ("Paie des jeunes", "", euros(found.paie)),
        ("Solde", "", euros(found.solde)),
    ]
    return Table("Budget et réalisé", ("", "Prévu", "Réalisé"), rows, numbers=frozenset({1, 2}))


def _place(found: tuple[Period, Period] | None) -> list[Block]:
    if found is None:
        return []
    rows = [
        (
            f"{name} : du {one.debut:%d/%m/%Y} au {one.fin:%d/%m/%Y}",
            str(one.passages),
            f"{one.part} %" if one.part is not None else "trop peu de passages",
        )
        for name, one in zip(("Avant", "Après"), found, strict=True)
    ]
    headers = ("Période", "Passages notés", "Avec quelque chose à dire")
    return [
        Heading("Le lieu, avant et après"),
        Table("Le lieu, avant et après", headers, rows, widths=(3, 1, 2), numbers=frozenset({1, 2})),
        Bullets(LIMITS),
    ]
