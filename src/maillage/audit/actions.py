"""Writing in the ledger: in the caller's own transaction, or not at all (S-21)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.transaction import TransactionManagementError, atomic

from maillage.audit.enums import Acte
from maillage.audit.format import digest
from maillage.audit.models import Chaine, Ligne, TeteSignee
from maillage.audit.pseudonyms import impersonal, pseudonym
from maillage.audit.records import line_of
from maillage.audit.signing import signed_head
from maillage.base import clock

SYSTEME = "systeme"
BATCH = 1000


@dataclass(frozen=True)
class Entree:
    """What one line will say. `le` is the present unless a past is being written (demonstration)."""

    acte: Acte
    acteur: UUID | None
    objet_genre: str = ""
    objet: UUID | str | None = None
    detail: Mapping[str, object] = field(default_factory=dict)
    le: datetime | None = None


def record(
    *,
    chaine: UUID,
    acte: Acte,
    acteur: UUID | None,
    objet_genre: str = "",
    objet: UUID | str | None = None,
    detail: Mapping[str, object] | None = None,
) -> Ligne:
    """Append one line to a chain, and return it.

    `chaine` is a service's identifier, or `audit.PLATEFORME`; `acteur` the professional's, None
    when nobody acted. Identifiers are stored as pseudonyms, those inside `detail` too.
    Raises TransactionManagementError outside a transaction, ForbiddenDetail for a text.
    """
    return record_many(chaine, [Entree(acte, acteur, objet_genre, objet, detail or {})])[0]


def record_many(chaine: UUID, entries: Sequence[Entree]) -> list[Ligne]:
    """Append lines to a chain in this order; same refusals as `record`.

    A transaction that writes in two chains must lock both first (`lock_chains`).
    """
    if not entries:
        return []
    head = lock_chains([chaine])[chaine]
    lignes, tetes = [], []
    for entry in entries:
        le = entry.le or clock.now()
        if head.derniere_le is not None and _day(le) > _day(head.derniere_le):
            tetes.append(signed_head(head, le))
        ligne = _chained(head, entry, le)
        lignes.append(ligne)
        head.dernier_rang, head.derniere_empreinte, head.derniere_le = ligne.rang, ligne.empreinte, le
    head.save(update_fields=["dernier_rang", "derniere_empreinte", "derniere_le"])
    Ligne.objects.bulk_create(lignes, batch_size=BATCH)
    TeteSignee.objects.bulk_create(tetes, batch_size=BATCH)
    return lignes


def lock_chains(chaines: Iterable[UUID]) -> dict[UUID, Chaine]:
    """Lock these chains, always in the same order so that two transactions never wait for each other.

    Creates those that do not exist. Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("the ledger is written inside the transaction of what it records")
    wanted = set(chaines)
    found = _locked(wanted)
    if len(found) < len(wanted):
        Chaine.objects.bulk_create([Chaine(id=one) for one in wanted - set(found)], ignore_conflicts=True)
        found = _locked(wanted)
    return found


def sign_heads(*, chaines: Iterable[UUID] | None = None) -> list[TeteSignee]:
    """Sign the present head of these chains (all when None); return them, signed just now or before."""
    with atomic():
        known = Chaine.objects.all() if chaines is None else Chaine.objects.filter(id__in=set(chaines))
        heads = lock_chains(known.filter(dernier_rang__gt=0).values_list("id", flat=True))
        signed = {
            (tete.chaine_id, tete.rang): tete
            for tete in TeteSignee.objects.filter(
                chaine__in=heads, rang__in={head.dernier_rang for head in heads.values()}
            )
        }
        now = clock.now()
        fresh = [signed_head(h, now) for h in heads.values() if (h.id, h.dernier_rang) not in signed]
        TeteSignee.objects.bulk_create(fresh, batch_size=BATCH)
        signed.update({(tete.chaine_id, tete.rang): tete for tete in fresh})
        return [signed[head.id, head.dernier_rang] for head in heads.values()]


def _locked(wanted: Iterable[UUID]) -> dict[UUID, Chaine]:
    rows = Chaine.objects.select_for_update().filter(id__in=list(wanted)).order_by("id")
    return {row.id: row for row in rows}


def _day(moment: datetime) -> str:
    return moment.astimezone(clock.PARIS).date().isoformat()


def _chained(head: Chaine, entry: Entree, le: datetime) -> Ligne:
    """Build the line that follows this head."""
    ligne = Ligne(
        chaine=head,
        rang=head.dernier_rang + 1,
        le=le,
        acteur=SYSTEME if entry.acteur is None else pseudonym(entry.acteur),
        acte=Acte(entry.acte).value,
        objet_genre=entry.objet_genre,
        objet="" if entry.objet is None else pseudonym(entry.objet),
        detail=impersonal(entry.detail),
        precedent=head.derniere_empreinte,
    )
    ligne.empreinte = digest(line_of(ligne))
    return ligne
