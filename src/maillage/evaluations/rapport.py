"""The yearly evaluation as files: document, figures, table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from maillage.base import clock
from maillage.documents.charts import Bar, bar_chart
from maillage.documents.content import Block, Bullets, Chart, Document, Heading, Paragraph, Table
from maillage.evaluations.contenu import content_of
from maillage.evaluations.enums import GenreAvis
from maillage.evaluations.models import Evaluation
from maillage.evaluations.questions import MARKS

WHO = {GenreAvis.EQUIPE.value: "équipe", GenreAvis.DIRECTION.value: "direction"}
LOWEST, GAP = "La note la plus basse", "L'écart jusqu'à la plus haute"
METHOD = (
    "Chaque équipe de terrain a rempli une feuille ensemble, avant que les directions ne notent ; aucune "
    "direction n'a lu l'autre avant d'avoir noté.",
    "Les écarts restent écrits : ce document ne fait pas de moyenne entre ceux qui ne sont pas d'accord.",
    "Un nombre inférieur à {seuil} n'est pas écrit, ni celui qui permettrait de le retrouver.",
    "Ce que devient une orientation n'est dit qu'en somme d'une année, jamais si elle dit tous ou aucun.",
    "Rien ici n'est attribué à un agent.",
)


@dataclass(frozen=True)
class Found:
    """An evaluation, its document, and who signed it when."""

    evaluation: Evaluation
    contenu: Mapping[str, Any]
    signatures: Sequence[str]


def read(partenariat: str = "", annee: int | None = None) -> Found | None:
    """Return the latest evaluation of a partnership (its code, else any), or the one that ends in `annee`."""
    rows = Evaluation.objects.select_related("partenariat").order_by("-fin", "partenariat__code")
    if partenariat:
        rows = rows.filter(partenariat__code=partenariat)
    if annee is not None:
        rows = rows.filter(fin__year=annee)
    row = rows.first()
    return found(row) if row is not None else None


def found(evaluation: Evaluation) -> Found:
    """Return what a document is made from."""
    return Found(evaluation, content_of(evaluation), signatures_of(evaluation))


def signatures_of(evaluation: Evaluation) -> list[str]:
    """Return who signed, and when."""
    signed = evaluation.signatures.select_related("service").order_by("le")
    return [f"direction de {one.service}, le {one.le.astimezone(clock.PARIS):%d/%m/%Y}" for one in signed]


def as_document(one: Found) -> Document:
    """Return the document, differences included; a draft says that it is one."""
    said, mention = one.contenu, "Données inventées" if _invented(one) else ""
    blocks: list[Block] = [Paragraph(_status(one), strong=True)]
    blocks += [Heading("Les six pré-requis"), *_prerequisites(said)]
    blocks += [Heading("Les faits de l'année"), *_facts(said)]
    blocks += [Heading("Ce qui va et ce qui revient")]
    drawn = news_chart(said)
    blocks += [drawn] if drawn else [_read_table(said["reciprocite"][0])]
    blocks += [_read_table(row) for row in said["reciprocite"][1:]]
    blocks += [Heading("Ce qui est commandé, ce qui est fait"), *_orders(said["commandes"])]
    if said["entours"]:
        blocks += [Heading("Ce qu'en disent les autres"), *_around(said["entours"])]
    blocks += [Heading("Comment lire"), Bullets([line.format(seuil=said["seuil"]) for line in METHOD])]
    if one.evaluation.empreinte:
        blocks.append(Paragraph(f"Empreinte du document : {one.evaluation.empreinte}"))
    return Document(
        title="Évaluation annuelle du partenariat",
        subtitle=f"{said['partenariat']}, {said['periode']}",
        blocks=blocks,
        mention=mention,
        keywords=("évaluation", "médiation sociale", "prévention spécialisée"),
    )


def as_json(one: Found) -> dict[str, Any]:
    """Return the document, JSON-ready; a small number is said in words."""
    return {
        **one.contenu,
        "signee_le": one.evaluation.signee_le.isoformat() if one.evaluation.signee_le else None,
        "signatures": list(one.signatures),
        "empreinte": one.evaluation.empreinte,
        **({"mention": "données inventées"} if _invented(one) else {}),
    }


def as_table(one: Found) -> Table:
    """Return every figure and every mark on its own line."""
    rows = [list(row) for row in _lines(one.contenu)]
    headers = ["Partie", "Ligne", "Valeur"]
    if _invented(one):
        headers, rows = [*headers, "Mention"], [[*row, "Données inventées"] for row in rows]
    return Table("Évaluation annuelle", headers, rows)


def marks_chart(said: Mapping[str, Any]) -> Chart | None:
    """Draw, for each prerequisite, the lowest mark and how far the highest is; the table says every mark."""
    bars: list[Bar] = []
    for one in said["prerequis"]:
        marks = [int(note["note"]) for note in one["notes"]]
        if marks:
            name = f"{one['lettre']}. {one['nom']}"
            bars += [Bar(name, min(marks), LOWEST), Bar(name, max(marks) - min(marks), GAP)]
    if not bars:
        return None
    caption = "Les six pré-requis notés par chacun, de 1 (pas encore) à 4 (tout à fait)"
    drawn = bar_chart(
        bars, caption=caption, label="Pré-requis", value="Note", series="Ce qui est montré", most=4
    )
    return replace(drawn, table=_marks(said, caption))


def news_chart(said: Mapping[str, Any]) -> Chart | None:
    """Draw the news of places sent and answered each way; their table is the whole one."""
    table = _read_table(said["reciprocite"][0])
    bars = [
        Bar(f"{row[0]}, {name}", int(row[column]))
        for row in table.rows
        for column, name in ((1, "envoyées"), (2, "répondues"))
        if row[column].isdecimal()
    ]
    if not bars:
        return None
    caption = "Nouvelles d'un lieu dans l'année, envoyées et répondues"
    drawn = bar_chart(bars, caption=caption, label="De qui, vers qui", value="Nombre")
    return replace(drawn, table=replace(table, caption=caption))


def _marks(said: Mapping[str, Any], caption: str) -> Table:
    """One line a prerequisite, one column for each who marks."""
    who = [f"{note['qui']}, {WHO[note['genre']]}" for note in said["prerequis"][0]["notes"]]
    rows = [
        [f"{one['lettre']}. {one['nom']}", *(note["note"] for note in one["notes"])]
        for one in said["prerequis"]
    ]
    return Table(caption, ["Pré-requis", *who], rows, numbers=frozenset(range(1, len(who) + 1)))


def _status(one: Found) -> str:
    if one.evaluation.signee_le:
        return f"Signée par : {' ; '.join(one.signatures)}."
    if one.signatures:
        return f"Figée ; signée par : {' ; '.join(one.signatures)}. Une signature manque."
    return "Brouillon : rien n'est encore signé, et les chiffres vivent encore."


def _prerequisites(said: Mapping[str, Any]) -> Iterator[Block]:
    chart = marks_chart(said)
    if chart is not None:
        yield chart
    for one in said["prerequis"]:
        yield Heading(f"{one['lettre']}. {one['nom']}", 2)
        yield Paragraph(one["question"])
        yield Bullets(one["preuves"])
        if one["notes"]:
            yield Paragraph(" ; ".join(_mark(note) for note in one["notes"]) + ".")
        yield Paragraph(f"Prochain pas (étude, {one['etape']['etude']}) : {one['etape']['texte']}")
    for word in said["mots"]:
        yield Paragraph(f"{word['qui']} ({WHO[word['genre']]}) : {word['mot']}")


def _mark(note: Mapping[str, str]) -> str:
    return f"{note['qui']}, {WHO[note['genre']]} : {MARKS[note['note']].lower()} ({note['note']}/4)"


def _facts(said: Mapping[str, Any]) -> Iterator[Block]:
    yield Table("Les faits", ("Quoi", "Combien"), [(one["nom"], one["valeur"]) for one in said["faits"]])
    yield Table(
        "Dehors, par service",
        ("Service", "Sorties", "Passages notés, à la dizaine"),
        [(one["service"], str(one["sorties"]), str(one["notes"])) for one in said["presence"]],
        numbers=frozenset({1, 2}),
    )


def _orders(said: Mapping[str, Any]) -> Iterator[Block]:
    if said["suivies"]:
        yield Table("Commandes, et ce qui a été fait", ("Qui", "Registre", "Objet", "Fait"), said["suivies"])
    else:
        yield Paragraph("Aucune commande écrite n'est enregistrée.")
    if said["sans_activite"]:
        yield Paragraph("Commandé, et rien d'écrit", strong=True)
        yield Bullets(said["sans_activite"])
    if said["sans_commande"]:
        yield Table("Fait, sans commande écrite", ("Registre", "Métier", "Fait"), said["sans_commande"])


def _around(said: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    for one in said:
        yield Table(one["qui"], ("Question", "Réponse"), one["lignes"], widths=(3, 1))


def _read_table(said: Mapping[str, Any]) -> Table:
    return Table(said["titre"], said["colonnes"], said["lignes"])


def _lines(said: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    for one in said["faits"]:
        yield ["faits", one["nom"], one["valeur"]]
    for one in said["presence"]:
        yield ["dehors", f"{one['service']} : sorties", str(one["sorties"])]
        yield ["dehors", f"{one['service']} : passages notés", str(one["notes"])]
    for one in said["prerequis"]:
        for note in one["notes"]:
            yield ["notes", f"{one['lettre']}. {note['qui']}, {WHO[note['genre']]}", note["note"]]
    for table in said["reciprocite"]:
        for row in table["lignes"]:
            for column, value in zip(table["colonnes"][1:], row[1:], strict=True):
                yield [table["titre"], f"{row[0]} : {column.lower()}", value]


def _invented(one: Found) -> bool:
    return settings.MAILLAGE_DEMO or one.evaluation.invente
