"""Reads of the diagnosis: members read what they write together, elected members what was published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base.encryption import unseal
from maillage.comptes.acteur import Acteur
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.diagnostics.counting import places_of
from maillage.diagnostics.figures import Ground
from maillage.diagnostics.models import Diagnostic, Edition, Marche, MoisArrete, Recit
from maillage.directory.enums import Role

WRITERS = frozenset({Role.CHEF_DE_SERVICE, Role.DIRECTION})
READERS = frozenset({Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT, Role.EDUCATEUR, Role.COORDINATION}) | WRITERS
ELECTED = frozenset({Role.MAIRE, Role.ADJOINT_DELEGUE})


def may_write(acteur: Acteur, partenariat: Partenariat) -> bool:
    """Say whether this person writes for a member service of the partnership today."""
    inside = partenariat.pk in acteur.partenariat_ids and acteur.service in members(partenariat)
    return inside and acteur.role in WRITERS and not acteur.lecture_seule


def diagnostics_of(acteur: Acteur) -> Sequence[Diagnostic]:
    """Return the diagnoses of one's partnerships, newest first; none to who is not of the trades."""
    if acteur.role not in READERS:
        return []
    rows = Diagnostic.objects.filter(partenariat__in=acteur.partenariat_ids).select_related("partenariat")
    return list(rows.prefetch_related("editions", "recits"))


@transaction.atomic
def read_diagnostic(acteur: Acteur, pk: UUID) -> Diagnostic | None:
    """Return a diagnosis one may read, with a ledger line; None for any other."""
    found = next((row for row in diagnostics_of(acteur) if row.pk == pk), None)
    if found is not None:
        _trace(acteur, "diagnostic", found.pk)
    return found


def editions(partenariat: Partenariat) -> Sequence[Edition]:
    """Return everything a partnership published, newest first."""
    return list(Edition.objects.filter(diagnostic__partenariat=partenariat).select_related("diagnostic"))


def editions_of(acteur: Acteur) -> Sequence[Edition]:
    """Return the editions of one's partnerships, newest first."""
    if acteur.role not in READERS | ELECTED:
        return []
    rows = Edition.objects.filter(diagnostic__partenariat__in=acteur.partenariat_ids)
    return list(rows.select_related("diagnostic__partenariat"))


@transaction.atomic
def read_edition(acteur: Acteur, pk: UUID) -> Edition | None:
    """Return a published edition one may read, with a ledger line; None for any other."""
    found = next((row for row in editions_of(acteur) if row.pk == pk), None)
    if found is not None:
        _trace(acteur, "edition", found.pk)
    return found


def marches_of(acteur: Acteur) -> Sequence[Marche]:
    """Return the walks of one's partnerships, newest first."""
    if acteur.role not in READERS:
        return []
    rows = Marche.objects.filter(partenariat__in=acteur.partenariat_ids)
    return list(rows.select_related("partenariat").prefetch_related("points__lieu__territoire"))


def parts(diagnostic: Diagnostic, *, only_signed: bool = False) -> list[dict[str, Any]]:
    """Return each service's part in words; a part not signed is a draft, only its service reads it."""
    rows = diagnostic.recits.select_related("service", "signe_par__professionnel").order_by("service__metier")
    return [part_of(row) for row in rows if row.signe_le is not None or not only_signed]


def part_of(row: Recit) -> dict[str, Any]:
    """Return one part in clear: whose, what it says, what it sees otherwise, by whom signed."""
    return {
        "service": str(row.service),
        "service_id": row.service_id,
        "texte": unseal(row, "texte_scelle"),
        "divergence": unseal(row, "divergence_scelle"),
        "version": row.version,
        "signe_le": row.signe_le,
        "signe_par": row.signe_par.intitule if row.signe_par else "",
    }


def ground_of(diagnostic: Diagnostic) -> Ground:
    """Return what the figures are drawn from: counted months, places."""
    months = MoisArrete.objects.filter(
        partenariat=diagnostic.partenariat, mois__gte=diagnostic.debut, mois__lte=diagnostic.fin
    ).order_by("mois")
    counted = {row.mois: row.comptes for row in months}
    places = (
        places_of(diagnostic.partenariat)
        .select_related("territoire")
        .order_by("territoire__nom", "nom", "pk")
    )
    return Ground({str(lieu.pk): lieu for lieu in places}, counted)


def seal_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of an edition's content, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _trace(acteur: Acteur, genre: str, objet: UUID) -> None:
    record(
        chaine=acteur.service.pk,
        acte=Acte.LECTURE,
        acteur=acteur.professionnel_id,
        objet_genre=genre,
        objet=objet,
    )
