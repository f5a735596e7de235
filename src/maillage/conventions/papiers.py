"""The convention and the charters as papers, made anew from the data each time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from maillage.conventions.enums import Camp, EtatConvention
from maillage.conventions.faits import say_fact
from maillage.conventions.models import Charte, Convention, Partenariat, RedactionClause, SignatureConvention
from maillage.conventions.queries import convention_in_force, members, wordings
from maillage.conventions.travail import is_work
from maillage.directory.enums import Metier
from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph, Table
from maillage.law.verdict import say_date

SETTLED = (EtatConvention.ARRETEE, EtatConvention.SIGNEE)
SIGNERS = (Camp.MEDIATION, Camp.PREVENTION)
# Lines left blank on a charter, for whoever signs it on paper too.
BLANK_LINES = 6


def version_to_print(partenariat: Partenariat, on: date, number: int | None = None) -> Convention | None:
    """Return the version asked for, or the one in force, or the latest settled; None without any."""
    rows = Convention.objects.filter(partenariat=partenariat, etat__in=SETTLED).order_by("-version")
    if number is not None:
        return rows.filter(version=number).first()
    return convention_in_force(partenariat, on) or rows.first()


def convention_document(convention: Convention, *, mention: str = "") -> Document:
    """Return the document of a settled version; `mention` is printed on every page."""
    assert convention.debut is not None
    assert convention.fin is not None
    partenariat = convention.partenariat
    blocks: list[Block] = [
        Paragraph(
            "Cette convention n'autorise rien par elle-même : ses clauses établissent des faits, et le droit "
            "répond. Elle ne lève aucun secret et ne remplace ni l'accord du jeune ni celui d'un parent."
        ),
        Heading("Entre"),
        Bullets(
            [
                f"{service.nom}, {Metier(service.metier).label.lower()}"
                for service in members(partenariat, convention.debut)
            ]
        ),
        _dates(convention),
    ]
    for rank, text in enumerate(wordings(convention).values(), 1):
        blocks += _clause(rank, text)
    blocks += [Heading("Signatures"), _signatures(convention)]
    return Document(
        title="Convention de partenariat",
        subtitle=f"{partenariat.nom}, version {convention.version}",
        blocks=blocks,
        mention=mention,
        keywords=("convention", "clauses"),
    )


def charter_document(charte: Charte, *, mention: str = "") -> Document:
    """Return the document of a charter, to keep or to sign on paper too; nobody's signature is shown."""
    return Document(
        title=charte.get_genre_display(),
        subtitle=f"{charte.partenariat.nom}, version {charte.version}, à partir du {say_date(charte.debut)}",
        blocks=[
            *_paragraphs(charte.texte),
            Heading("Signatures"),
            Paragraph(
                "Chaque personne signe pour le poste qu'elle tient. La signature qui compte est celle donnée "
                "dans Maillage ; ces lignes servent à qui la veut aussi sur papier."
            ),
            Table(
                caption="Signatures sur papier",
                headers=("Nom", "Poste", "Date", "Signature"),
                rows=[("", "", "", "")] * BLANK_LINES,
                widths=(3, 3, 2, 3),
                row_headers=False,
                to_sign=True,
            ),
        ],
        mention=mention,
        keywords=("charte",),
    )


def _dates(convention: Convention) -> Table:
    assert convention.texte_du is not None
    assert convention.debut is not None
    assert convention.fin is not None
    signed = convention.etat == EtatConvention.SIGNEE
    review = f"le {say_date(convention.revue_le)}" if convention.revue_le else "pas de date"
    return Table(
        caption="Quand elle vaut",
        headers=("Point", "Date"),
        rows=[
            ("Texte arrêté", f"le {say_date(convention.texte_du)}"),
            ("État", "signée" if signed else "à signer : elle ne vaut pas encore"),
            ("Elle vaut", f"du {say_date(convention.debut)} au {say_date(convention.fin)}"),
            ("À revoir", review),
        ],
        widths=(1, 3),
    )


def _clause(rank: int, text: RedactionClause) -> Iterator[Block]:
    yield Heading(f"{rank}. {text.titre}")
    yield from _paragraphs(text.texte)
    fact = say_fact(text.fait, text.valeur)
    whose = f" ({Metier(text.metier).label.lower()})" if text.metier else ""
    if not fact:
        yield Paragraph("Elle dit comment on travaille et n'établit aucun fait.")
        return
    yield Paragraph(f"{'Règle de travail' if is_work(text.fait) else 'Fait établi'} : {fact}{whose}.")


def _signatures(convention: Convention) -> Table:
    rows = convention.signatures.select_related("poste__professionnel", "poste__service")
    given = {row.camp: row for row in rows}
    return Table(
        caption="Les deux directions signent",
        headers=("Pour", "Nom", "Date", "Signature"),
        rows=[(camp.label, *_signed(given.get(camp)), "") for camp in SIGNERS],
        widths=(3, 3, 2, 3),
        to_sign=True,
    )


def _signed(row: SignatureConvention | None) -> tuple[str, str]:
    if row is None:
        return "", ""
    return f"{row.poste.professionnel}, {row.poste.service.nom_court}", say_date(row.le)


def _paragraphs(texte: str) -> list[Paragraph]:
    return [Paragraph(line.strip()) for line in texte.splitlines() if line.strip()]
