"""The passages that only the data protection officer can write, kept apart from what writes itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import seal, unseal
from maillage.conventions.errors import BadAnswer, CannotWrite, NotYours
from maillage.conventions.models import Partenariat
from maillage.directory.enums import Role
from maillage.pilotage.models import MotDPO

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

LONGEST = 4000
PASSAGES: Mapping[str, str] = {
    "registre.contact": "Responsables, représentants, délégué : noms et adresses où écrire",
    "registre.durees": "Durées que les services ont fixées pour ce que le produit n'efface pas",
    "aipd.necessite": "Pourquoi ces traitements sont nécessaires et proportionnés ici",
    "aipd.risques": "Ce qui reste de risque, et s'il est acceptable",
    "aipd.personnes": "Ce qu'en disent les personnes concernées, ou ceux qui les représentent",
    "aipd.avis": "L'avis du délégué à la protection des données",
    "accord.repartition": "Ce que les parties ont convenu de plus",
    "accord.contact": "Le point de contact des personnes, et l'hébergeur",
}


def words_of(partenariat: Partenariat) -> dict[str, str]:
    """Return what the officer wrote, by passage."""
    rows = MotDPO.objects.filter(partenariat=partenariat)
    return {row.cle: unseal(row, "texte_scelle") for row in rows}


@atomic
def write_word(*, by: Acteur, partenariat: Partenariat, cle: str, texte: str) -> MotDPO:
    """Write one passage again. Raises NotYours, CannotWrite, BadAnswer (unknown passage, too long)."""
    if by.role != Role.DPO or partenariat.pk not in by.partenariat_ids:
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas d'écrire.")
    if cle not in PASSAGES:
        raise BadAnswer("cle", "Ce passage n'existe pas.")
    if len(texte) > LONGEST:
        raise BadAnswer("texte", f"C'est trop long : {LONGEST} caractères au plus.")
    row, _ = MotDPO.objects.update_or_create(
        partenariat=partenariat, cle=cle, defaults={"le": clock.now(), "par": by.poste}
    )
    row.texte_scelle = seal(row, "texte_scelle", texte.strip())
    row.save(update_fields=["texte_scelle"])
    record(
        chaine=by.service.pk,
        acte=Acte.MODIFICATION,
        acteur=by.professionnel_id,
        objet_genre="mot_dpo",
        objet=row.pk,
    )
    return row
