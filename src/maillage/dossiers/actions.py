"""Writes about persons, for `sharing` only, which holds the transaction and the ledger line."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from maillage.base import clock
from maillage.base.encryption import destroy_key, ensure_key, seal
from maillage.base.enums import Portee
from maillage.directory.models import Poste, Service
from maillage.dossiers.enums import Donneur, EtatAdhesion, FinaliteAdhesion, Nature
from maillage.dossiers.models import (
    Accompagnement,
    Accord,
    Adhesion,
    Constat,
    InformationPrealable,
    Personne,
    Reference,
    RencontreFamille,
    Titulaire,
)
from maillage.dossiers.queries import ENDING


def create_personne(
    *,
    service: Service,
    nature: Nature,
    appellation: str,
    contact: str,
    besoin: str,
    tranche_age: str,
    effacer_le: date | None = None,
) -> Personne:
    """Create a person of this service, every readable word sealed under the person's own key."""
    personne = Personne(service=service, nature=nature, creee_le=clock.now(), effacer_le=effacer_le)
    write_personne(
        personne=personne, appellation=appellation, contact=contact, besoin=besoin, tranche_age=tranche_age
    )
    return personne


def write_personne(
    *, personne: Personne, appellation: str, contact: str, besoin: str, tranche_age: str
) -> None:
    """Write what is known of the person; the age band is dated by the day it was said."""
    key = ensure_key(Portee.PERSONNE, personne.pk)
    personne.appellation_scellee = seal(personne, "appellation_scellee", appellation, key=key)
    personne.contact_scelle = seal(personne, "contact_scelle", contact, key=key)
    personne.besoin_scelle = seal(personne, "besoin_scelle", besoin, key=key)
    if personne.tranche_age != tranche_age or personne.tranche_age_au is None:
        personne.tranche_age, personne.tranche_age_au = tranche_age, clock.today()
    personne.save()


# An adhésion in one of these states was spoken by its giver; the others say that it is sought.
SPOKEN = frozenset({*ENDING, EtatAdhesion.ACQUISE})


def met(*, personne: UUID, le: date) -> None:
    """Date the last contact by the person or who represents them: the retention clock restarts there.

    An older day changes nothing, nor does someone a service only orients.
    """
    rows = Personne.objects.filter(pk=personne, nature=Nature.ACCOMPAGNEE)
    rows.exclude(dernier_contact_le__gte=le).update(dernier_contact_le=le)


def ensure_titulaire(*, personne: UUID, lien: str) -> Titulaire:
    """Return the holder of parental authority with this tie, created the first time."""
    found = Titulaire.objects.filter(personne_id=personne, lien=lien).first()
    return found or Titulaire.objects.create(personne_id=personne, lien=lien)


def add_accord(
    *,
    personne: UUID,
    portee: str,
    destinataire: Service,
    donneur: str,
    lien: str | None,
    etat: str,
    forme: str,
    par: Poste,
) -> Accord:
    """Add an event of agreement; its rank orders it after those of the same moment."""
    titulaire = _holder(personne, donneur, lien)
    met(personne=personne, le=clock.today())
    return Accord.objects.create(
        personne_id=personne,
        portee=portee,
        destinataire=destinataire,
        donneur=donneur,
        titulaire=titulaire,
        etat=etat,
        forme=forme,
        le=clock.now(),
        rang=Accord.objects.filter(personne_id=personne).count() + 1,
        par=par,
    )


def add_adhesion(
    *,
    accompagnement: Accompagnement,
    donneur: str,
    lien: str | None,
    etat: str,
    forme: str,
    par: Poste,
    destinataire: Service | None = None,
    finalite: str = FinaliteAdhesion.ACCOMPAGNEMENT,
    explication: str = "",
) -> Adhesion:
    """Add an event of adhésion; its rank orders it after those of the same moment."""
    if etat in SPOKEN:
        met(personne=accompagnement.personne_id, le=clock.today())
    return Adhesion.objects.create(
        accompagnement=accompagnement,
        destinataire=None if destinataire == accompagnement.service else destinataire,
        finalite=finalite,
        explication=explication,
        donneur=donneur,
        titulaire=_holder(accompagnement.personne_id, donneur, lien),
        etat=etat,
        forme=forme,
        le=clock.now(),
        rang=accompagnement.adhesions.count() + 1,
        par=par,
    )


def _holder(personne: UUID, donneur: str, lien: str | None) -> Titulaire | None:
    if donneur == Donneur.JEUNE:
        return None
    assert lien, "a holder's event names its tie"
    return ensure_titulaire(personne=personne, lien=lien)


def add_information(*, personne: Personne, etat: str, raison: str, par: Poste) -> InformationPrealable:
    """Note that parents and child were informed, or why not, that reason sealed."""
    row = InformationPrealable(personne=personne, etat=etat, le=clock.now(), par=par)
    row.save()
    row.raison_scellee = seal(row, "raison_scellee", raison)
    row.save(update_fields=["raison_scellee"])
    return row


def add_constat(*, personne: UUID, fait: str, valeur: str | bool, fin: date, par: Poste) -> Constat:
    """Date an appreciation by a named professional; after `fin` the fact is back to its default."""
    return Constat.objects.create(
        personne_id=personne, fait=fait, valeur=valeur, le=clock.now(), fin=fin, par=par
    )


def add_rencontre(
    *, accompagnement: Accompagnement, le: date, engagements: str, prochaine_le: date | None, par: Poste
) -> RencontreFamille:
    """Note a meeting with the family, its commitments sealed under the person's key."""
    met(personne=accompagnement.personne_id, le=le)
    row = RencontreFamille(
        accompagnement=accompagnement,
        personne_id=accompagnement.personne_id,
        le=le,
        prochaine_le=prochaine_le,
        par=par,
    )
    row.engagements_scelles = seal(row, "engagements_scelles", engagements)
    row.save()
    return row


def create_accompagnement(
    *, personne: Personne, origine: str, referent: Poste | None, orientation: UUID | None = None
) -> Accompagnement:
    """Open a support today, with its référent if there is one."""
    accompagnement = Accompagnement.objects.create(
        personne=personne,
        service=personne.service,
        origine=origine,
        orientation=orientation,
        ouvert_le=clock.today(),
    )
    if referent is not None:
        Reference.objects.create(accompagnement=accompagnement, poste=referent, debut=clock.today())
    return accompagnement


def erase_personne(*, personne: Personne) -> None:
    """Empty what is readable and destroy the person's key: old copies can no longer be opened.

    What people said of it goes too; the ledger keeps that it was said, not about whom.
    """
    personne.appellation_scellee = personne.contact_scelle = personne.besoin_scelle = b""
    personne.effacee_le, personne.famille = clock.now(), None
    personne.save()
    for said in (personne.accords, personne.notices, personne.informations, personne.constats):
        said.all().delete()
    personne.confidences.all().delete()
    RencontreFamille.objects.filter(personne=personne).delete()
    personne.titulaires.all().delete()
    destroy_key(Portee.PERSONNE, personne.pk)
