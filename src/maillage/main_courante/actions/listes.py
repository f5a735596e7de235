"""A service adapts its lists: rename, switch off, add. Codes never change."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.comptes.acteur import Acteur
from maillage.directory.models import Service
from maillage.main_courante.enums import Liste
from maillage.main_courante.models import Vocabulaire
from maillage.main_courante.queries.listes import listes_of
from maillage.main_courante.saisie import Refused, check_label
from maillage.main_courante.vocabulaire import LOCKED, Entree, Listes

ENTRIES_LIMIT = 60
ADDED_RANK = 900
OWN_FAMILY = "Propre à l'équipe"


@dataclass(frozen=True)
class EntryChange:
    """What a service wants for one entry: its label, and whether people may choose it."""

    libelle: str
    actif: bool


@transaction.atomic
def configure_list(
    *,
    by: Acteur,
    liste: Liste,
    changes: Mapping[str, EntryChange],
    added: str = "",
    service: Service | None = None,
) -> Listes:
    """Keep a service's own version of one list, and add an entry when `added` names one.

    The service is the acting one's, unless an administrator names another.
    Raises Refused for an unknown code, an empty or invisible label, a locked entry switched off, or a
    list grown too long.
    """
    team = service or by.service
    known = {entry.code: entry for entry in listes_of(team).entries(liste, all_entries=True)}
    rows = _changed(team, liste, known, changes)
    if added.strip():
        rows.append(_added(team, liste, known, added))
    Vocabulaire.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["service", "liste", "code"],
        update_fields=["libelle", "actif", "rang", "famille"],
    )
    if rows:
        record(
            chaine=team.pk,
            acte=Acte.MODIFICATION,
            acteur=by.professionnel_id,
            objet_genre="liste",
            detail={"liste": liste.value},
        )
    return listes_of(team)


def _changed(
    service: Service, liste: Liste, known: Mapping[str, Entree], changes: Mapping[str, EntryChange]
) -> list[Vocabulaire]:
    """Return the rows of the entries whose label or state differs from what stands."""
    rows = []
    for code, change in changes.items():
        entry = known.get(code)
        if entry is None:
            raise Refused("Une entrée de la liste n'existe plus ; rechargez la page.")
        if code in LOCKED and not change.actif:
            raise Refused(f"« {entry.libelle} » sert à l'écran « Noter » : renommez-la sans l'éteindre.")
        libelle = check_label(change.libelle)
        if (libelle, change.actif) != (entry.libelle, entry.actif):
            rows.append(_row(service, liste, code, libelle, entry.famille, entry.rang, actif=change.actif))
    return rows


def _added(service: Service, liste: Liste, known: Mapping[str, Entree], added: str) -> Vocabulaire:
    """Return the row of a new entry, last of its list."""
    if len(known) >= ENTRIES_LIMIT:
        raise Refused(f"Cette liste a déjà {ENTRIES_LIMIT} entrées : éteignez-en et renommez-en une.")
    libelle = check_label(added)
    return _row(service, liste, _new_code(libelle, known), libelle, OWN_FAMILY, ADDED_RANK + len(known))


def _row(
    service: Service, liste: Liste, code: str, libelle: str, famille: str, rang: int, *, actif: bool = True
) -> Vocabulaire:
    return Vocabulaire(
        service=service, liste=liste, code=code, libelle=libelle, famille=famille, rang=rang, actif=actif
    )


def _new_code(libelle: str, known: Mapping[str, object]) -> str:
    base = slugify(libelle).replace("-", "_")[:32] or "entree"
    code, number = base, 2
    while code in known:
        code, number = f"{base}_{number}", number + 1
    return code
