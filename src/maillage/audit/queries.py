"""Reading the ledger: a page of a chain, and the whole of it for verification elsewhere."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q

from maillage.audit.enums import Acte
from maillage.audit.format import FORMAT, JSON, canonical, end_message, moment_text
from maillage.audit.models import Ligne, TeteSignee
from maillage.audit.records import head_of, line_of
from maillage.audit.signing import public_key, sign
from maillage.base import clock

PAGE = 50


@dataclass(frozen=True)
class Filtre:
    """Which lines to read; every field left empty lets all through. `avant` is a rank, excluded."""

    du: date | None = None
    au: date | None = None
    acte: str = ""
    pseudonyme: str = ""
    avant: int | None = None


def read_chain(chaine: UUID, filtre: Filtre, *, limit: int = PAGE) -> list[Ligne]:
    """Return the lines of one chain that pass the filter, newest first."""
    rows = Ligne.objects.filter(chaine=chaine)
    if filtre.du:
        rows = rows.filter(le__gte=_midnight(filtre.du))
    if filtre.au:
        rows = rows.filter(le__lt=_midnight(filtre.au + timedelta(days=1)))
    if filtre.acte:
        rows = rows.filter(acte=filtre.acte)
    if filtre.pseudonyme:
        rows = rows.filter(Q(acteur=filtre.pseudonyme) | Q(objet=filtre.pseudonyme))
    if filtre.avant is not None:
        rows = rows.filter(rang__lt=filtre.avant)
    return list(rows.order_by("-rang")[:limit])


def alerts_since(acte: Acte, chaines: Collection[UUID], since: datetime) -> dict[UUID, int]:
    """Count the alerts of this kind in these chains since that moment; a chain without any is left out."""
    rows = Ligne.objects.filter(chaine__in=chaines, le__gte=since, acte=acte)
    return dict(rows.order_by().values_list("chaine").annotate(nombre=Count("pk")))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.PARIS)


def export_lines() -> Iterator[bytes]:
    """Yield the whole ledger, one record per line, newline included; call it inside a transaction.

    A header, then each chain in order of identifier with its signed heads after their line, then a
    signed end that counts and digests everything before it. All heads must be signed first.
    """
    seen = hashlib.sha256()
    counts = {"lignes": 0, "tetes": 0}
    for record in _records():
        kind = record["genre"]
        if kind == "ligne":
            counts["lignes"] += 1
        elif kind == "tete":
            counts["tetes"] += 1
        line = canonical(record) + b"\n"
        seen.update(line)
        yield line
    end: dict[str, JSON] = {
        "genre": "fin",
        "le": moment_text(clock.now()),
        "empreinte": seen.hexdigest(),
        **counts,
    }
    end["signature"] = sign(end_message(end))
    yield canonical(end) + b"\n"


def _records() -> Iterator[dict[str, JSON]]:
    yield {"genre": "entete", "format": FORMAT, "cle_publique": public_key(), "le": moment_text(clock.now())}
    heads: dict[tuple[UUID, int], list[TeteSignee]] = {}
    for tete in TeteSignee.objects.order_by("chaine_id", "rang", "id"):
        heads.setdefault((tete.chaine_id, tete.rang), []).append(tete)
    for ligne in Ligne.objects.order_by("chaine_id", "rang").iterator(chunk_size=2000):
        yield {**line_of(ligne), "empreinte": ligne.empreinte}
        for tete in heads.get((ligne.chaine_id, ligne.rang), []):
            yield head_of(tete)
