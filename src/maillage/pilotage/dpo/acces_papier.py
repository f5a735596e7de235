"""The answer to a request for access as a paper and as JSON; masked passages say why, never what."""

from __future__ import annotations

import json
from collections.abc import Iterator

from maillage.base import clock
from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph, Table
from maillage.law.verdict import say_date
from maillage.pilotage.dpo.acces import Answer
from maillage.sharing.demandes.reserves import GIVEN, MASKED, Rendered, RenderedRubrique
from maillage.sharing.enums import DecisionReserve, Demandeur, MotifReserve

# Why something is not given; danger is told like any other protection, so that nothing is guessed from it.
PROTECT = "Pour protéger une personne (RGPD 15-4 et 23)."
WHY = {
    MotifReserve.TEXTE: "Ces mots parlent de quelqu'un d'autre (RGPD 15-4).",
    MotifReserve.MINEUR: PROTECT,
    MotifReserve.DANGER: PROTECT,
    MotifReserve.PARENT: PROTECT,
}
RIGHTS = (
    "Faire corriger ce qui est faux (RGPD 16) ; demander qu'on suspende (18) ; vous opposer, pour des "
    "raisons qui tiennent à votre situation (21).",
    "Demander l'effacement (17), sauf de ce que la mission de service public exige encore.",
    "Reprendre votre parole à tout moment : l'accompagnement est libre, l'arrêter ne demande pas de raison.",
    "Vous plaindre à la CNIL : cnil.fr, 3 place de Fontenoy, 75007 Paris.",
)
ABSENT = (
    "Ce qui se dit entre professionnels n'est écrit nulle part : seule la catégorie est gardée.",
    "Les frères et sœurs, les autres personnes et les noms des professionnels ne sont pas ici.",
    "Un autre service qui vous connaît répond lui-même : demandez-le-lui.",
)


COLUMNS = ("Quoi", "Ce qui est gardé", "Le")


def answer_document(answer: Answer, *, mention: str = "") -> Document:
    """Return the answer to print and hand over."""
    demande = answer.demande
    who = "vous" if demande.demandeur == Demandeur.PERSONNE else "votre enfant"
    blocks: list[Block] = [
        Paragraph(
            f"Vous avez demandé le {clock.day_of(demande.le):%d/%m/%Y} ce que {demande.service} garde de "
            f"{who} (RGPD, article 15). Voici tout ce qui est gardé au {say_date(clock.today())}."
        ),
        *([Paragraph(_unfinished(answer), strong=True)] if answer.restent else ()),
    ]
    for rubrique in answer.rubriques:
        rows = [_row(one) for one in rubrique.passages if one.etat == GIVEN]
        if rows:
            blocks.append(Table(rubrique.titre, COLUMNS, rows, (3, 6, 2)))
    blocks += [*_withheld(answer), Heading("Ce que vous ne trouverez pas ici"), Bullets(ABSENT)]
    blocks += [Heading("Vos droits"), Bullets(RIGHTS)]
    title = f"Réponse à une demande d'accès, n° {str(demande.pk)[:8]}"
    return Document(title, blocks, subtitle=str(demande.service), mention=mention, keywords=("RGPD 15",))


def _unfinished(answer: Answer) -> str:
    count = answer.restent
    one = "un passage attend" if count == 1 else f"{count} passages attendent"
    return f"Réponse provisoire : {one} la décision du délégué à la protection des données."


def _row(one: Rendered) -> tuple[str, str, str]:
    return (one.libelle, one.texte, f"{one.le:%d/%m/%Y}" if one.le else "")


def _withheld(answer: Answer) -> Iterator[Block]:
    reasons = withheld(answer)
    if reasons:
        yield Heading("Ce qui n'est pas donné, et pourquoi")
        yield Bullets(reasons)


def withheld(answer: Answer) -> list[str]:
    """Return why something is not given, each reason once; neither what, nor how much."""
    if answer.tout == DecisionReserve.MASQUER:
        return [PROTECT]
    masked = [one for rubrique in answer.rubriques for one in rubrique.passages if one.etat == MASKED]
    found = [WHY[MotifReserve(code)] for one in masked for code in one.motifs]
    if any(not one.motifs for one in masked):
        found.append(PROTECT)
    return list(dict.fromkeys(found))


def answer_json(answer: Answer) -> bytes:
    """Return the same answer for a machine; what waits or is masked has no text."""
    demande = answer.demande
    content = {
        "demande": str(demande.pk),
        "service": str(demande.service),
        "demandeur": demande.demandeur,
        "demandee_le": clock.day_of(demande.le).isoformat(),
        "au": clock.today().isoformat(),
        "a_decider": answer.restent,
        "rubriques": [
            {
                "titre": rubrique.titre,
                "passages": [_said(one) for one in rubrique.passages if one.etat == GIVEN],
            }
            for rubrique in answer.rubriques
            if any(one.etat == GIVEN for one in rubrique.passages)
        ],
        "non_donne": withheld(answer),
        "droits": list(RIGHTS),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _given(rubrique: RenderedRubrique) -> list[dict[str, str | None]]:
    return [_said(one) for one in rubrique.passages if one.etat == GIVEN]


def _said(one: Rendered) -> dict[str, str | None]:
    return {"quoi": one.libelle, "le": one.le.isoformat() if one.le else None, "texte": one.texte}
