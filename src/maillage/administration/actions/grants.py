"""The second administrator's answer: carry out what a first one asked, or set it aside (S-16)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from uuid import UUID

from django.db.transaction import atomic

from maillage.administration.actions.partnerships import join
from maillage.administration.actions.posts import give_back, give_post
from maillage.administration.actions.retention import set_term
from maillage.administration.enums import EtatDemande, GenreDemande
from maillage.administration.history import lock_ledger, require_administrator
from maillage.administration.models import Demande
from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.comptes.actions import Invited
from maillage.comptes.models import Compte
from maillage.conventions.errors import NotNow, NotYours

_CARRY: Mapping[str, Callable[[Acteur, Demande], Invited | None]] = {
    GenreDemande.POSTE: give_post,
    GenreDemande.RETOUR: give_back,
    GenreDemande.PARTICIPATION: join,
    GenreDemande.CONSERVATION: set_term,
}


@atomic
def confirm(*, by: Acteur, demandes: Collection[UUID]) -> list[Invited]:
    """Carry out what another administrator asked, all or nothing; return the invitations it makes.

    Raises NotYours, CannotWrite, NotNow (closed, asked by oneself, or no longer sensible).
    """
    rows = _locked(by, demandes)
    if any(row.demandee_par.professionnel_id == by.professionnel_id for row in rows):
        raise NotNow("Vous l'avez demandé : une seconde personne confirme.")
    _require_genuine(rows)
    _lock_chains(by, rows)
    invited = []
    for row in rows:
        found = _CARRY[row.genre](by, row)
        _close(by, row, EtatDemande.CONFIRMEE)
        if found is not None:
            invited.append(found)
    return invited


@atomic
def set_aside(*, by: Acteur, demandes: Collection[UUID]) -> None:
    """Set requests aside; either administrator may. Raises NotYours, CannotWrite, NotNow."""
    for row in _locked(by, demandes):
        _close(by, row, EtatDemande.ECARTEE)
        record(
            chaine=by.service.pk,
            acte=Acte.REFUS,
            acteur=by.professionnel_id,
            objet_genre="demande",
            objet=row.pk,
        )


def _locked(by: Acteur, demandes: Collection[UUID]) -> list[Demande]:
    """Lock these requests, oldest first."""
    require_administrator(by)
    rows = list(
        Demande.objects.select_for_update(of=("self",))
        .select_related("demandee_par")
        .filter(pk__in=demandes)
        .order_by("demandee_le", "pk")
    )
    if len(rows) != len(set(demandes)):
        raise NotYours
    if any(row.etat != EtatDemande.ATTEND for row in rows):
        raise NotNow("Une de ces demandes est déjà close : rechargez la page.")
    return rows


def _require_genuine(rows: Sequence[Demande]) -> None:
    """Refuse what was changed in the database since it was asked (S-20)."""
    if not all(row.genuine for row in rows):
        raise NotNow(
            "Une de ces demandes a été changée hors de Maillage : écartez-la, puis demandez à nouveau."
        )


def _lock_chains(by: Acteur, rows: Sequence[Demande]) -> None:
    """Lock at once every chain that carrying these out writes in."""
    contents = [row.contenu for row in rows]
    comptes = [one["compte"] for one in contents if "compte" in one]
    lock_ledger(
        by,
        services=[UUID(one["service"]) for one in contents if "service" in one],
        personnes=[
            *(UUID(one["personne"]) for one in contents if one.get("personne")),
            *Compte.objects.filter(pk__in=comptes).values_list("professionnel", flat=True),
        ],
    )


def _close(by: Acteur, row: Demande, etat: EtatDemande) -> None:
    """Close a request and let go of what was typed in it: the summary stays."""
    row.etat, row.close_le, row.close_par, row.contenu = etat, clock.now(), by.poste, {}
    row.save(update_fields=["etat", "close_le", "close_par", "contenu"])
