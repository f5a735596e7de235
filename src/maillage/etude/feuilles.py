"""What one takes away from the study: the two-page answer and the drafts of practices, as documents."""

from collections.abc import Iterator
from typing import Final

from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph, Table
from maillage.etude.echanges import EchangeJuge, Jugement, Papier
from maillage.etude.enums import FormeDeduite
from maillage.etude.items import Item
from maillage.etude.pratiques import Pratique
from maillage.etude.questionnaire import fait, questions
from maillage.etude.reponse import Reponse
from maillage.law.plain import plain
from maillage.law.verdict import say_date

MENTION: Final = (
    "Maillage · aide à décider, et non consultation juridique · étude du Réseau des villes, décembre 2017"
)


def answer_sheet(reponse: Reponse) -> Document:
    """The answer of «Et chez vous ?» on two pages, to bring to a meeting."""
    return Document(
        title="Et chez vous ?",
        subtitle=f"Réponse du {say_date(reponse.jour)}, d'après vos réponses ; code {reponse.code}",
        mention=MENTION,
        blocks=(
            *_form_blocks(reponse),
            *_state_blocks(reponse),
            *_law_blocks(reponse),
            *_step_blocks(reponse),
            *_given_blocks(reponse),
        ),
        keywords=("médiation sociale", "prévention spécialisée", "partenariat"),
    )


def draft_sheet(pratique: Pratique) -> Document:
    """The draft that «S'en inspirer» gives: what the practice is, its draft to fill in, limits and law."""
    villes = ", ".join(v.libelle for v in pratique.villes)
    return Document(
        title=pratique.brouillon.objet,
        subtitle=f"{pratique.brouillon.libelle}, d'après « {pratique.titre} » ({villes})",
        mention=MENTION,
        blocks=(
            Paragraph(pratique.quoi),
            Heading("À remplir ensemble"),
            Bullets(pratique.brouillon.lignes),
            Heading("Étapes, à adapter"),
            Bullets(pratique.etapes, numbered=True),
            Heading("À garder en tête"),
            Bullets((*pratique.conditions, *pratique.limites)),
            Heading("Ce que demande la loi"),
            Paragraph(pratique.droit),
            Paragraph(
                "Dans l'étude : " + " ; ".join(dict.fromkeys(i.pointeur for i in pratique.items)) + "."
            ),
        ),
    )


def papers_sentence(papiers: tuple[Papier, ...]) -> str:
    """Name papers in a sentence: «une notice, une décision et un titre»."""
    names = [p.titre for p in papiers]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"


def outcome(jugement: Jugement) -> str:
    """What comes of a judgment once papers are tried, in one sentence."""
    if jugement.possible:
        return "C'est possible dès aujourd'hui, aux conditions de la loi."
    if not jugement.papiers:
        return "Aucun de ces papiers ne suffit : restez au lieu, au moment et au nombre."
    return f"Ce serait possible avec {papers_sentence(jugement.papiers)}."


def _form_blocks(reponse: Reponse) -> Iterator[Block]:
    deduction = reponse.deduction
    yield Paragraph(deduction.phrase, strong=True)
    if deduction.decisifs:
        yield Paragraph("Ce qui décide : " + " ; ".join(deduction.decisifs) + ".")
    if deduction.contraires:
        yield Paragraph("À garder en vue : " + " ".join(deduction.contraires))
    if deduction.a_preciser:
        yield Paragraph("À chercher pour en être sûr : " + " ".join(deduction.a_preciser))
    near = reponse.voisine
    if near is not None:
        differences = f" Autrement qu'ici : {' ; '.join(near.differents[:2])}." if near.differents else ""
        yield Paragraph(
            f"Ville la plus proche : {near.ville.libelle}, car {' ; '.join(near.communs[:3])}.{differences}"
        )


def _state_blocks(reponse: Reponse) -> Iterator[Block]:
    yield Heading("Les six pré-requis")
    yield Table(
        "Où vous en êtes",
        ("Pré-requis", "État", "Pourquoi"),
        [(c.prerequis.titre, c.etat.libelle, c.raison) for c in reponse.constats],
        widths=(3, 1.3, 5),
    )


def _law_blocks(reponse: Reponse) -> Iterator[Block]:
    yield Heading("Ce que la loi vous laisse faire aujourd'hui")
    if reponse.deduction.forme is FormeDeduite.UN_SEUL_METIER:
        yield Paragraph(
            "Il vous manque un des deux métiers : voici ce qu'il faudrait le jour où il serait là."
        )
    rows = [_row(judged, one) for judged in reponse.echanges for one in judged.jugements]
    yield Table(
        "Trois échanges, jugés par les règles du jour",
        ("Échange", "Aujourd'hui", "Et ensuite"),
        rows,
        (3, 1.7, 5),
    )
    yield Paragraph(
        "Dire un lieu, un moment et un nombre, sans personne identifiable, est toujours possible."
    )


def _row(judged: EchangeJuge, one: Jugement) -> tuple[str, str, str]:
    name = f"{judged.echange.titre}, {one.hypothese}" if one.hypothese else judged.echange.titre
    return name, plain(one.aujourd_hui).titre, outcome(one)


def _step_blocks(reponse: Reponse) -> Iterator[Block]:
    yield Heading("Vos trois prochains pas")
    for rank, pas in enumerate(reponse.pas, start=1):
        yield Heading(f"{rank}. {pas.titre}", level=2)
        yield Paragraph(pas.phrase)
        villes = ", ".join(v.libelle for v in pas.pratique.villes) or "Dans l'étude"
        yield Bullets([f"Le rapport : {_pointed(pas.preconisation)}", f"{villes} : {_pointed(pas.pratique)}"])


def _pointed(one: Item) -> str:
    where = one.pointeur.replace("§ ", "§\N{NO-BREAK SPACE}")
    return f"{one.dit} ({where})"


def _given_blocks(reponse: Reponse) -> Iterator[Block]:
    known = [fait(cle, reponse.reponses) for cle in reponse.reponses.connues]
    said = " ; ".join(known) if known else "aucune réponse certaine"
    unknown = len(questions()) - len(known)
    left = f" Restent {unknown} questions sans réponse." if unknown > 1 else ""
    yield Heading("Vos réponses")
    yield Paragraph(f"{said[0].upper()}{said[1:]}.{left}")
