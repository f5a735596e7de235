"""What passes the door, and what closes it: exchanges, withdrawals, take-up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage import law
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import data_keys
from maillage.base.enums import Portee
from maillage.base.wall import HouseWork, house_work
from maillage.conventions.models import Partenariat
from maillage.directory.models import Poste, Service
from maillage.dossiers import actions as dossiers
from maillage.dossiers import queries as dossiers_queries
from maillage.dossiers.models import Accompagnement
from maillage.sharing.access import person_of, require_writer
from maillage.sharing.answers import member
from maillage.sharing.enums import (
    Donneur,
    EtatAccord,
    EtatAdhesion,
    FinOuverture,
    FormeAccord,
    MotifCloture,
    PorteeAccord,
    PorteeOuverture,
    StatutEchange,
)
from maillage.sharing.errors import NotVisible
from maillage.sharing.ledger import note
from maillage.sharing.models import Echange, Tache
from maillage.sharing.openings import close_access, open_access, resting_on
from maillage.sharing.persons.accompagnements import open_accompagnement
from maillage.sharing.persons.accords import giver_tie
from maillage.sharing.reading import readable
from maillage.sharing.receipts import acknowledge_withdrawal, end_for_withdrawal, end_shares
from maillage.sharing.retention import unlink
from maillage.sharing.views import Examined, TakenUp

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

__all__ = [
    "acknowledge_withdrawal",
    "close_access",
    "complete_task",
    "end_taken_up",
    "open_access",
    "take_up",
    "transmit",
    "withdraw_accord",
]

# Obligations that need a later act, and in how many days; the others are kept by the act itself.
LATER_DAYS = {
    "O-MAIRE-ET-PCD": 2,
    "O-MAIRE-FAIT": 2,
    "O-COPIE-PCD": 2,
    "O-COORDONNATEUR": 7,
    "O-TROIS-MOIS": 90,
}


@atomic
def transmit(
    *,
    by: Acteur,
    examined: Examined,
    partenariat: Partenariat,
    destinataire: Service,
    personne: UUID | None,
    orientation: UUID | None = None,
    portee: PorteeOuverture | None = None,
    fin: datetime | None = None,
) -> Echange:
    """Record the exchange as judged; when the law lets it out, open `portee` to the recipient.

    What is withheld or refused is recorded too, opens nothing, and has its ledger line. The caller
    has examined in the same transaction. Raises ReadOnly, NotVisible.
    """
    require_writer(by)
    echange = record_exchange(
        by=by,
        examined=examined,
        partenariat=partenariat,
        destinataire=destinataire,
        personne=personne,
        orientation=orientation,
    )
    if not examined.permitted:
        return echange
    owe_later(echange)
    if portee is not None and personne is not None:
        _open(by, echange, personne, portee, fin)
    return echange


def _open(
    by: Acteur, echange: Echange, personne: UUID, portee: PorteeOuverture, fin: datetime | None
) -> None:
    """Open to the recipient what the exchange carried, on its first ground."""
    open_access(
        personne=personne,
        service=echange.service_destinataire,
        portee=portee,
        base=echange.verdict["fondements"][0],
        partenariat=echange.partenariat,
        echange=echange,
        fin=fin,
    )
    vers = echange.service_destinataire_id
    note(by, Acte.OUVERTURE, "personne", personne, {"portee": portee.value, "vers": vers})


def owe_later(echange: Echange, only: Collection[str] = frozenset(LATER_DAYS)) -> None:
    """Turn into tasks the obligations that need a later act of the sender, among `only`."""
    Tache.objects.bulk_create(
        Tache(
            echange=echange,
            service=echange.service_emetteur,
            obligation=code,
            echeance=clock.today() + timedelta(days=LATER_DAYS[code]),
        )
        for code in echange.verdict["obligations"]
        if code in only
    )


def record_exchange(
    *,
    by: Acteur,
    examined: Examined,
    partenariat: Partenariat,
    destinataire: Service,
    personne: UUID | None,
    orientation: UUID | None = None,
    representant: Poste | None = None,
) -> Echange:
    """Store an exchange as judged, with its ledger line; opens nothing. The caller holds the transaction."""
    echange = exchange_row(
        examined=examined,
        partenariat=partenariat,
        emetteur=by.poste,
        destinataire=destinataire,
        personne=personne,
        orientation=orientation,
        le=clock.now(),
    )
    echange.poste_destinataire = representant
    echange.save()
    detail = {
        "issue": echange.issue,
        "nature": echange.nature,
        "fondements": list(examined.verdict.fondements),
    }
    note(by, Acte.PARTAGE if examined.permitted else Acte.REFUS, "echange", echange.pk, detail)
    return echange


def exchange_row(
    *,
    examined: Examined,
    partenariat: Partenariat,
    emetteur: Poste,
    destinataire: Service,
    personne: UUID | None,
    orientation: UUID | None,
    le: datetime,
) -> Echange:
    """Build (without saving) the row that can be replayed: case, sources, readings, law, verdict."""
    verdict = examined.verdict
    statut = StatutEchange.TRANSMIS if examined.permitted else StatutEchange.RETENU
    return Echange(
        id=UUID(str(examined.cas["id"])),
        partenariat=partenariat,
        service_emetteur=emetteur.service,
        poste_emetteur=emetteur,
        service_destinataire=destinataire,
        sujet=personne,
        orientation=orientation,
        nature=examined.cas["contenu"]["nature"],
        finalite=examined.cas["finalite"],
        cas=dict(examined.cas),
        sources={path: source.as_json() for path, source in examined.sources.items()},
        lectures=dict(examined.lectures),
        version_droit=law.VERSION,
        issue=verdict.issue,
        verdict=verdict.to_wire(),
        statut=StatutEchange.REFUSE if verdict.issue == "interdit" else statut,
        le=le,
    )


@atomic
def withdraw_accord(
    *,
    by: Acteur,
    personne: UUID,
    portee: str,
    destinataire: Service,
    donneur: str,
    lien: str | None = None,
    orientation: UUID | None = None,
) -> int:
    """Note that a giver takes an accord back, and end at once what rested on it.

    The recipient's live openings of that scope end, on this person and on every exchange of
    `orientation`; each service that had one is asked for a receipt. Returns how many openings
    ended. Raises NotVisible, ReadOnly, BadAnswer.
    """
    require_writer(by)
    person_of(by, personne)
    dossiers.add_accord(
        personne=personne,
        portee=member("portee", portee, PorteeAccord),
        destinataire=destinataire,
        donneur=member("donneur", donneur, Donneur),
        lien=giver_tie(donneur, lien),
        etat=EtatAccord.RETIRE,
        forme=FormeAccord.ORALE,
        par=by.poste,
    )
    ended = resting_on(personne, portee, destinataire, orientation)
    closed = end_for_withdrawal(ended)
    # How many openings ended is not written: on the sender's chain it would tell what the other did.
    note(by, Acte.RETRAIT, "accord", personne, {"portee": portee, "donneur": donneur})
    return closed


@atomic
def take_up(*, by: Acteur, personne: UUID, orientation: UUID) -> TakenUp:
    """Give the receiving service its own person and accompagnement, from what the orientation said.

    The oriented person is left untouched: nothing of it tells the sender. Adhésion starts as
    « suscitée ». Raises NotVisible, ReadOnly.
    """
    require_writer(by)
    row = person_of(by, personne, PorteeOuverture.ORIENTATION)
    key = data_keys(Portee.PERSONNE, [row.pk]).get(row.pk)
    taken = open_accompagnement(
        by=by,
        pseudonyme=readable(row, "appellation_scellee", key) or "Sans nom",
        tranche_age=row.tranche_age,
        origine="orientation",
        contact=readable(row, "contact_scelle", key),
        besoin=readable(row, "besoin_scelle", key),
        orientation=orientation,
    )
    dossiers.add_adhesion(
        accompagnement=Accompagnement.objects.get(pk=taken.accompagnement),
        donneur=Donneur.JEUNE,
        lien=None,
        etat=EtatAdhesion.SUSCITEE,
        forme=FormeAccord.ORALE,
        par=by.poste,
    )
    return taken


@atomic
@house_work(HouseWork.ENDING)
def end_taken_up(*, accompagnement: UUID) -> None:
    """After a withdrawal: end every share; without an acquired adhésion, end the support and erase it.

    With one, the support rests on the person's own adhésion and stays inside the service.
    """
    row = Accompagnement.objects.select_related("personne", "service").filter(pk=accompagnement).first()
    if row is None:
        return
    end_shares(row.personne_id, row.service)
    last = dossiers_queries.own_adhesions(row).order_by("-le", "-rang").first()
    if last is not None and last.etat == EtatAdhesion.ACQUISE:
        return
    row.references.filter(fin__isnull=True).update(fin=clock.today())
    if row.clos_le is None:
        row.clos_le, row.motif_cloture = clock.today(), MotifCloture.RETRAIT
        row.save(update_fields=["clos_le", "motif_cloture"])
    close_access(personne=row.personne_id, cause=FinOuverture.RETRAIT)
    dossiers.erase_personne(personne=row.personne)
    unlink(row.personne_id)


@atomic
def complete_task(*, by: Acteur, tache: Tache) -> None:
    """Note that an obligation (or the receipt of a withdrawal) is done. Raises NotVisible, ReadOnly."""
    require_writer(by)
    if tache.service_id != by.service.pk:
        raise NotVisible
    Tache.objects.filter(pk=tache.pk, faite_le__isnull=True).update(faite_le=clock.now(), faite_par=by.poste)
    note(by, Acte.MODIFICATION, "tache", tache.pk, {"obligation": tache.obligation})
