"""A team's words changed by an administrator: the head of service's own act, with its history."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.transaction import atomic

from maillage.administration.enums import Objet
from maillage.administration.history import Moved, keep, lock_ledger, require_administrator
from maillage.audit.enums import Acte
from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import NotYours
from maillage.directory.models import Service
from maillage.main_courante.actions.listes import EntryChange, configure_list
from maillage.main_courante.enums import Liste
from maillage.main_courante.queries.listes import listes_of
from maillage.main_courante.vocabulaire import Listes


@atomic
def change_words(
    *, by: Acteur, service: UUID, liste: Liste, changes: Mapping[str, EntryChange], added: str = ""
) -> None:
    """Change one list of one team. Raises NotYours, CannotWrite, and what `configure_list` refuses."""
    require_administrator(by)
    row = Service.objects.filter(pk=service).first()
    if row is None:
        raise NotYours
    lock_ledger(by, services=[row.pk])
    before = _said(listes_of(row), liste)
    after = _said(configure_list(by=by, liste=liste, changes=changes, added=added, service=row), liste)
    moved = [
        Moved(f"{liste.label} : {code}"[:120], before.get(code, ""), said)
        for code, said in after.items()
        if before.get(code, "") != said
    ]
    keep(by, Acte.MODIFICATION, Objet.LISTE, row.pk, row.nom_court, moved)


def _said(listes: Listes, liste: Liste) -> dict[str, str]:
    entries = listes.entries(liste, all_entries=True)
    return {one.code: one.libelle if one.actif else f"{one.libelle} (éteint)" for one in entries}
