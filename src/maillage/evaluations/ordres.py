"""Recording what public bodies and funders ask in writing of each trade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.conventions.errors import BadAnswer, CannotWrite, NotYours
from maillage.conventions.models import Partenariat
from maillage.directory.enums import Role
from maillage.evaluations.models import Commande
from maillage.pilotage.registres import OTHER, registers

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

WRITERS = frozenset({Role.DIRECTION, Role.CHEF_DE_SERVICE})
LIMITS = {"commanditaire": 120, "objet": 300, "preuve": 250}
REQUIRED = {
    "commanditaire": "Dites qui demande : la ville, le département, un bailleur.",
    "objet": "Dites en une phrase ce qui est demandé.",
    "preuve": "Dites où c'est écrit : convention, lettre, marché.",
}


@dataclass(frozen=True)
class CommandeData:
    """An order as typed: `registre` of the writer's own trade, `territoire` one the partnership covers."""

    commanditaire: str
    registre: str
    objet: str
    preuve: str
    debut: date
    fin: date | None = None
    territoire: UUID | None = None


@atomic
def record_order(*, by: Acteur, partenariat: Partenariat, data: CommandeData) -> Commande:
    """Record an order made to one's own trade. Raises NotYours, CannotWrite, BadAnswer."""
    if partenariat.pk not in by.partenariat_ids:
        raise NotYours
    if by.lecture_seule or by.role not in WRITERS:
        raise CannotWrite("Une direction ou un·e chef·fe de service note une commande.")
    for name, most in LIMITS.items():
        if not 0 < len(getattr(data, name).strip()) <= most:
            raise BadAnswer(name, f"{REQUIRED[name]} {most} signes au plus.")
    if data.registre not in {code for code, _ in registers(by.service.metier) if code != OTHER}:
        raise BadAnswer("registre", "Choisissez un registre de votre métier.")
    if data.fin is not None and data.fin < data.debut:
        raise BadAnswer("fin", "Une commande finit après avoir commencé.")
    if data.territoire and not partenariat.territoires.filter(pk=data.territoire).exists():
        raise BadAnswer("territoire", "Choisissez un territoire que ce partenariat couvre.")
    made = Commande.objects.create(
        partenariat=partenariat,
        metier=by.service.metier,
        commanditaire=data.commanditaire.strip(),
        registre=data.registre,
        objet=data.objet.strip(),
        preuve=data.preuve.strip(),
        territoire_id=data.territoire,
        debut=data.debut,
        fin=data.fin,
    )
    record(
        chaine=by.service.pk,
        acte=Acte.CREATION,
        acteur=by.professionnel_id,
        objet_genre="commande",
        objet=made.pk,
    )
    return made
