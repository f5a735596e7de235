"""Which orientations a service stands in, on which side; asked by every act and every read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.db.models import QuerySet

from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.conventions.regles import regles
from maillage.conventions.travail import DECLINE_CHEF, EQUIPE, REPONSE_PAR
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.directory.queries import active_on
from maillage.orientations.models import Orientation
from maillage.sharing.access import require_reader, require_writer
from maillage.sharing.errors import NotNow, NotVisible, ReadOnly

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

Side = Literal["emetteur", "destinataire"]


def sent_by(acteur: Acteur) -> QuerySet[Orientation]:
    """Return the drafts and orientations of the acteur's service, within its partnerships."""
    require_reader(acteur)
    return Orientation.objects.filter(
        service_emetteur_id=acteur.service.pk,
        partenariat_id__in=acteur.partenariat_ids,
        abandonnee_le__isnull=True,
    )


def received_by(acteur: Acteur) -> QuerySet[Orientation]:
    """Return the orientations delivered to the acteur's service, within its partnerships."""
    require_reader(acteur)
    return Orientation.objects.filter(
        service_destinataire_id=acteur.service.pk,
        partenariat_id__in=acteur.partenariat_ids,
        envoyee_le__isnull=False,
    )


def lock(by: Acteur, identifiant: UUID, *sides: Side) -> Orientation:
    """Return the orientation locked for writing, if the acteur's service is on one of these sides.

    Runs inside a transaction. Raises NotVisible, ReadOnly.
    """
    require_writer(by)
    for side in sides:
        rows = sent_by(by) if side == "emetteur" else received_by(by)
        found = (
            rows.select_for_update(of=("self",))
            .select_related("service_emetteur", "service_destinataire", "partenariat")
            .filter(pk=identifiant)
            .first()
        )
        if found is not None:
            return found
    raise NotVisible


def kept_for_chief(acteur: Acteur, partenariat: Partenariat, *, taking: bool) -> str:
    """Return why this post may not give the answer (`taking`: accept; else decline), empty when it may.

    A clause may keep it for the chief of service; a team that has none today answers itself.
    """
    rules = regles(partenariat, clock.today())
    open_to_all = {EQUIPE} if not taking else {EQUIPE, DECLINE_CHEF}
    if acteur.role == Role.CHEF_DE_SERVICE or rules.reponse_par in open_to_all:
        return ""
    chiefs = Poste.objects.filter(
        active_on(clock.today()), service=acteur.service, role=Role.CHEF_DE_SERVICE, lecture_seule=False
    )
    clause = rules.source(REPONSE_PAR)
    if clause is None or not chiefs.exists():
        return ""
    return f"La clause « {clause.titre} » laisse cette réponse à la cheffe ou au chef de service."


def require_answerer(acteur: Acteur, partenariat: Partenariat, *, taking: bool) -> None:
    """Refuse an answer that a clause keeps for the chief of service. Raises ReadOnly, naming the clause."""
    said = kept_for_chief(acteur, partenariat, taking=taking)
    if said:
        raise ReadOnly(said)


def is_closed(orientation: Orientation) -> bool:
    """Tell whether the orientation reads as « close » today: withdrawn, or at its fixed date."""
    due = orientation.cloture_prevue_le
    return orientation.retiree_le is not None or (due is not None and due <= clock.today())


def require_alive(orientation: Orientation) -> None:
    """Refuse an act on an orientation not sent yet, or closed. Raises NotNow.

    A withdrawal says no more than « close »: the sender reads this sentence too.
    """
    if orientation.envoyee_le is None:
        raise NotNow("Cette orientation n'est pas encore partie.")
    if orientation.retiree_le is not None:
        raise NotNow("Cette orientation est close : il n'y a plus rien à y faire.")
    if is_closed(orientation) and orientation.cloture_prevue_le is not None:
        raise NotNow(f"Cette orientation est close depuis le {orientation.cloture_prevue_le:%d/%m/%Y}.")
