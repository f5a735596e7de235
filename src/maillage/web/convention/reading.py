"""The convention as plain values: versions, clauses with their votes, what a clause would have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from maillage.comptes.acteur import Acteur
from maillage.conventions.actions.atelier import AUTHORS
from maillage.conventions.enums import Camp, EtatConvention, Forme, GenreCharte
from maillage.conventions.faits import say_fact
from maillage.conventions.models import (
    Charte,
    ClauseProposee,
    Convention,
    Numerisation,
    Partenariat,
    RedactionClause,
)
from maillage.conventions.queries import (
    camp_of,
    carried,
    charters,
    charters_to_sign,
    convention_in_force,
    forme,
    members,
    tally,
    unsigned_charters,
    wordings,
)
from maillage.conventions.travail import is_work
from maillage.directory.enums import Metier
from maillage.documents.attachments import EXTENSIONS, Genre

USUAL_CLAUSES = 8
# Two printed pages of ordinary text.
TWO_PAGES = 6000
WAITING = (EtatConvention.ATELIER, EtatConvention.ARRETEE)


@dataclass(frozen=True)
class ProposedLine:
    """One clause of the workshop: its present words, its fact in French, the votes of each trade."""

    clause: ClauseProposee
    text: RedactionClause
    fait: str
    votes: Sequence[tuple[str, int, int]]
    carried: bool

    @property
    def work(self) -> bool:
        """Say whether what it establishes is a rule of work, not a fact of the law."""
        return is_work(self.text.fait)


@dataclass(frozen=True)
class Difference:
    """What a version says of one title that the one before did not: added, changed or gone."""

    genre: str
    titre: str
    avant: str
    apres: str


def proposed_lines(convention: Convention) -> Sequence[ProposedLine]:
    """Return the clauses of a version, in the order they were proposed."""
    texts, kept = wordings(convention), {one.pk for one in carried(convention)}
    rows = convention.clauses.filter(retiree_le=None).prefetch_related("votes").order_by("proposee_le", "pk")
    return [
        ProposedLine(
            row,
            texts[row.pk],
            say_fact(texts[row.pk].fait, texts[row.pk].valeur),
            [(str(Metier(trade).label), yes, no) for trade, (yes, no) in tally(row).items()],
            row.pk in kept,
        )
        for row in rows
    ]


def too_long(lines: Sequence[ProposedLine]) -> str:
    """Return the warning of a text beyond eight clauses or two pages, empty below."""
    if len(lines) > USUAL_CLAUSES:
        return f"{len(lines)} clauses : au-delà de huit, une convention trop détaillée ne vit plus."
    if sum(len(line.text.titre) + len(line.text.texte) for line in lines) > TWO_PAGES:
        return "Plus de deux pages : une convention trop détaillée ne vit plus."
    return ""


def waiting_version(partenariat: Partenariat) -> Convention | None:
    """Return the version in the workshop or waiting for signatures, None when there is none."""
    return partenariat.conventions.filter(etat__in=WAITING).prefetch_related("signatures__poste").first()


def signed_versions(partenariat: Partenariat) -> list[Convention]:
    """Return the signed versions, the latest first."""
    return list(partenariat.conventions.filter(etat=EtatConvention.SIGNEE).order_by("-debut"))


def differences(old: Convention | None, new: Convention) -> Sequence[Difference]:
    """Compare two versions clause by clause, by title: words, and what each establishes."""
    before = {row.titre: _whole(row) for row in wordings(old).values()} if old else {}
    after = {row.titre: _whole(row) for row in wordings(new).values()}
    added = [Difference("Ajoutée", title, "", text) for title, text in after.items() if title not in before]
    changed = [
        Difference("Modifiée", title, before[title], text)
        for title, text in after.items()
        if title in before and before[title] != text
    ]
    gone = [Difference("Retirée", title, text, "") for title, text in before.items() if title not in after]
    return [*added, *changed, *gone]


def _whole(text: RedactionClause) -> str:
    """Return a clause's words, then what it establishes when it does."""
    said = say_fact(text.fait, text.valeur)
    return f"{text.texte} ({said[0].lower()}{said[1:]})" if said else text.texte


@dataclass(frozen=True)
class CharterLine:
    """A charter in force, and whether the reader still has to sign it."""

    charte: Charte
    to_sign: bool


def charter_lines(acteur: Acteur, partenariat: Partenariat, on: date) -> Sequence[CharterLine]:
    """Return the charters in force, and whether each waits for one's own signature."""
    mine = {row.pk for row in charters_to_sign(acteur.poste, on, partenariat)}
    return [CharterLine(row, row.pk in mine) for row in charters(partenariat, on)]


def coming_charters(partenariat: Partenariat, on: date) -> Sequence[Charte]:
    """Return the versions published that begin after that day, the nearest first."""
    return list(Charte.objects.filter(partenariat=partenariat, debut__gt=on).order_by("debut", "genre"))


def latest_text(partenariat: Partenariat, genre: GenreCharte) -> str:
    """Return the words of a charter's latest version, from which the next is written; empty without one."""
    rows = Charte.objects.filter(partenariat=partenariat, genre=genre).order_by("-version")
    return rows.values_list("texte", flat=True).first() or ""


@dataclass(frozen=True)
class ScanLine:
    """A signed paper kept beside a version: its file's extension, its size in bytes, its day."""

    pk: UUID
    sorte: str
    octets: int
    le: datetime


def scan_lines(partenariat: Partenariat) -> dict[int, list[ScanLine]]:
    """Return {version: its signed papers}, oldest first; no file is read."""
    rows = Numerisation.objects.filter(partenariat=partenariat, retiree_le=None).order_by("deposee_le", "pk")
    found: dict[int, list[ScanLine]] = {}
    for pk, version, genre, size, when in rows.values_list(
        "pk", "convention__version", "genre", "octets", "deposee_le"
    ):
        line = ScanLine(pk, EXTENSIONS[Genre(genre)], size, when)
        found.setdefault(version, []).append(line)
    return found


def form_to_write(partenariat: Partenariat, on: date) -> bool:
    """Say whether a signed version holds while the form written is still informal."""
    return convention_in_force(partenariat, on) is not None and forme(partenariat, on) == Forme.INFORMEL


def remaining(partenariat: Partenariat, on: date) -> Sequence[tuple[str, int]]:
    """Return how many posts of each member service still have a charter to sign: a number only."""
    counts = unsigned_charters(partenariat, on)
    return [(service.nom_court, counts[service.pk]) for service in members(partenariat, on)]


def may_write(acteur: Acteur, partenariat: Partenariat) -> bool:
    """Say whether this person writes in the workshop."""
    return acteur.role in AUTHORS and not acteur.lecture_seule and acteur.service in members(partenariat)


def may_sign(acteur: Acteur, partenariat: Partenariat) -> bool:
    """Say whether this person signs the convention for a trade."""
    signing = camp_of(acteur, partenariat) in {Camp.MEDIATION, Camp.PREVENTION}
    return signing and not acteur.lecture_seule
