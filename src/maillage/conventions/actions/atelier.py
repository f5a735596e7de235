"""Writes of the workshop: field teams of both trades propose, amend, withdraw and vote clauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max
from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.enums import EtatConvention, OrigineClause
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours, StaleClause
from maillage.conventions.faits import check_fact
from maillage.conventions.models import (
    ClauseProposee,
    Convention,
    Partenariat,
    RedactionClause,
    VoteClause,
)
from maillage.conventions.queries import members, wordings
from maillage.directory.enums import Role

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

TITLE_MAX = 160
TEXT_MAX = 3000
AUTHORS = frozenset(
    {
        Role.MEDIATEUR,
        Role.CORRESPONDANT_DE_NUIT,
        Role.EDUCATEUR,
        Role.CHEF_DE_SERVICE,
        Role.DIRECTION,
    }
)


@dataclass(frozen=True)
class Wording:
    """What a clause says: its words, and the fact it establishes when it establishes one."""

    titre: str
    texte: str
    fait: str = ""
    valeur: str | bool | int | None = None
    metier: str = ""


@atomic
def open_workshop(*, by: Acteur, partenariat: Partenariat) -> Convention:
    """Open the workshop of the next version, from the clauses of the latest text; one open stays as it is.

    Raises NotYours, CannotWrite.
    """
    require_author(by, partenariat)
    Partenariat.objects.select_for_update().get(pk=partenariat.pk)
    rows = Convention.objects.filter(partenariat=partenariat)
    waiting = rows.filter(etat__in=[EtatConvention.ATELIER, EtatConvention.ARRETEE]).first()
    if waiting is not None:
        return waiting
    latest = rows.aggregate(latest=Max("version"))["latest"] or 0
    row = Convention.objects.create(
        partenariat=partenariat, version=latest + 1, ouverte_le=clock.now(), ouverte_par=by.poste
    )
    _carry_over(by, row)
    note(by, Acte.CREATION, "convention", row.pk, {"version": row.version})
    return row


@atomic
def propose_clause(
    *, by: Acteur, convention: UUID, origine: OrigineClause, wording: Wording, source: str = ""
) -> ClauseProposee:
    """Propose a clause. Raises NotYours, CannotWrite, NotNow (text settled), BadAnswer."""
    row = lock_convention(by, convention)
    _require_workshop(row)
    _check_wording(wording)
    if origine != OrigineClause.PRATIQUE and not source.strip():
        raise BadAnswer("source", "Dites de quelle ville ou de quelle fiche vient cette clause.")
    clause = ClauseProposee.objects.create(
        convention=row, origine=origine, source=source.strip()[:TITLE_MAX], proposee_le=clock.now()
    )
    _write(by, clause, wording)
    note(by, Acte.CREATION, "clause", clause.pk, {"redaction": 1})
    return clause


@atomic
def amend_clause(*, by: Acteur, clause: UUID, redaction: int, wording: Wording) -> ClauseProposee:
    """Replace the wording read as number `redaction`; the former one is kept, its votes fall.

    Raises StaleClause (it changed meanwhile; carries both texts), NotYours, CannotWrite, NotNow, BadAnswer.
    """
    row = _lock_clause(by, clause)
    _check_wording(wording)
    if row.redaction != redaction:
        raise StaleClause(kept=row.redactions.get(numero=row.redaction).texte, typed=wording.texte)
    row.redaction += 1
    row.save(update_fields=["redaction"])
    _write(by, row, wording)
    note(by, Acte.MODIFICATION, "clause", row.pk, {"redaction": row.redaction})
    return row


@atomic
def withdraw_clause(*, by: Acteur, clause: UUID) -> ClauseProposee:
    """Take a clause out of the text; its history stays. Raises NotYours, CannotWrite, NotNow."""
    row = _lock_clause(by, clause)
    row.retiree_le = clock.now()
    row.save(update_fields=["retiree_le"])
    note(by, Acte.RETRAIT, "clause", row.pk, {"redaction": row.redaction})
    return row


@atomic
def vote_clause(*, by: Acteur, clause: UUID, redaction: int, pour: bool) -> VoteClause:
    """Vote on one wording, or change one's vote. Raises StaleClause, NotYours, CannotWrite, NotNow."""
    row = _lock_clause(by, clause)
    if row.redaction != redaction:
        raise StaleClause(kept=row.redactions.get(numero=row.redaction).texte, typed="")
    vote, _ = VoteClause.objects.update_or_create(
        clause=row,
        redaction=redaction,
        poste=by.poste,
        defaults={"pour": pour, "metier": by.service.metier},
    )
    note(by, Acte.DECISION, "clause", row.pk, {"redaction": redaction})
    return vote


def require_author(by: Acteur, partenariat: Partenariat) -> None:
    """Let in the people of the member services of both trades. Raises NotYours, CannotWrite."""
    if partenariat.pk not in by.partenariat_ids or by.role not in AUTHORS:
        raise NotYours
    if by.service not in members(partenariat):
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas d'écrire dans l'atelier.")


def lock_convention(by: Acteur, convention: UUID) -> Convention:
    """Lock a version of one of my partnerships. Raises NotYours, CannotWrite."""
    row = (
        Convention.objects.select_for_update(of=("self",))
        .select_related("partenariat")
        .filter(pk=convention, partenariat__in=by.partenariat_ids)
        .first()
    )
    if row is None:
        raise NotYours
    require_author(by, row.partenariat)
    return row


def note(by: Acteur, acte: Acte, genre: str, objet: UUID, detail: dict[str, int | str]) -> None:
    """Write the ledger line of an act on the convention or a charter: numbers, never words."""
    record(
        chaine=by.service.pk,
        acte=acte,
        acteur=by.professionnel_id,
        objet_genre=genre,
        objet=objet,
        detail=detail,
    )


def _carry_over(by: Acteur, row: Convention) -> None:
    """Bring back the clauses of the latest text, signed or set aside; each is voted again."""
    texts = Convention.objects.filter(
        partenariat=row.partenariat, etat__in=[EtatConvention.SIGNEE, EtatConvention.ECARTEE]
    )
    latest = texts.order_by("-version").first()
    if latest is None:
        return
    before = latest.clauses.in_bulk()
    for rank, (pk, text) in enumerate(wordings(latest).items()):
        clause = ClauseProposee.objects.create(
            convention=row,
            origine=before[pk].origine,
            source=before[pk].source,
            proposee_le=row.ouverte_le + timedelta(microseconds=rank),
        )
        _write(by, clause, Wording(text.titre, text.texte, text.fait, text.valeur, text.metier))


def _require_workshop(row: Convention) -> None:
    if row.etat != EtatConvention.ATELIER:
        raise NotNow("Le texte de cette version est arrêté : il ne change plus.")


def _lock_clause(by: Acteur, clause: UUID) -> ClauseProposee:
    convention = ClauseProposee.objects.filter(pk=clause).values_list("convention", flat=True).first()
    if convention is None:
        raise NotYours
    _require_workshop(lock_convention(by, convention))
    row = ClauseProposee.objects.select_for_update().get(pk=clause)
    if row.retiree_le is not None:
        raise NotNow("Cette clause a été retirée.")
    return row


def _check_wording(wording: Wording) -> None:
    if not wording.titre.strip() or len(wording.titre.strip()) > TITLE_MAX:
        raise BadAnswer("titre", f"Donnez un titre à la clause, {TITLE_MAX} caractères au plus.")
    if not wording.texte.strip() or len(wording.texte.strip()) > TEXT_MAX:
        raise BadAnswer("texte", f"Écrivez la clause, {TEXT_MAX} caractères au plus.")
    check_fact(wording.fait, wording.valeur, wording.metier)


def _write(by: Acteur, clause: ClauseProposee, wording: Wording) -> None:
    RedactionClause.objects.create(
        clause=clause,
        numero=clause.redaction,
        titre=wording.titre.strip(),
        texte=wording.texte.strip(),
        fait=wording.fait,
        valeur=wording.valeur if wording.fait else None,
        metier=wording.metier,
        le=clock.now(),
        par=by.poste,
    )
