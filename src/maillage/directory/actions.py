"""Writes of the directory: posts that begin and end, places, days when a service cannot answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.directory.enums import Contrat, GenreLieu, Role
from maillage.directory.models import (
    Delegation,
    Dispositif,
    Indisponibilite,
    Lieu,
    Poste,
    Professionnel,
    Service,
    Territoire,
)
from maillage.directory.queries import DELEGATED, overlaps, territoires_of

OLDEST = 120


class DirectoryRefused(Exception):
    """The change makes no sense; nothing was written. The message is one French sentence."""


@dataclass(frozen=True)
class PosteVoulu:
    """A post to create, in the words of the law's vocabulary; `preuve` establishes its facts."""

    role: Role
    intitule: str
    fonction: str
    emploi: str
    debut: date
    fin: date | None = None
    contrat: Contrat = Contrat.PERMANENT
    fondements_secret: tuple[str, ...] = field(default_factory=tuple)
    part_protection_enfance: str = "aucune"
    part_action_sociale: str = "aucune"
    preuve: str = ""
    lecture_seule: bool = False


@transaction.atomic
def create_post(
    *, by: Poste | None, professionnel: Professionnel, service: Service, voulu: PosteVoulu
) -> Poste:
    """Give a professional a post in a service, and return it; `by` is the acting post, None the system.

    Raises DirectoryRefused when it ends before it begins.
    """
    if voulu.fin is not None and voulu.fin < voulu.debut:
        raise DirectoryRefused("La fin du poste est avant son début.")
    poste = Poste.objects.create(
        professionnel=professionnel,
        service=service,
        role=voulu.role,
        intitule=voulu.intitule,
        fonction=voulu.fonction,
        emploi=voulu.emploi,
        debut=voulu.debut,
        fin=voulu.fin,
        contrat=voulu.contrat,
        fondements_secret=sorted(voulu.fondements_secret),
        part_protection_enfance=voulu.part_protection_enfance,
        part_action_sociale=voulu.part_action_sociale,
        preuve=voulu.preuve,
        lecture_seule=voulu.lecture_seule,
    )
    _write(by, Acte.CREATION, service, "poste", poste)
    return poste


@transaction.atomic
def end_post(*, by: Poste | None, poste: Poste, dernier_jour: date | None = None) -> Poste:
    """End a post; its last day is yesterday unless given, so that access closes at once.

    A post that began today ends today. An earlier end stands: ending twice changes nothing. Raises
    DirectoryRefused when the last day is before the first.
    """
    current = Poste.objects.select_for_update().select_related("service").get(pk=poste.pk)
    last = dernier_jour or max(current.debut, clock.today() - timedelta(days=1))
    if last < current.debut:
        raise DirectoryRefused("La fin du poste est avant son début.")
    if current.fin is not None and current.fin <= last:
        return current
    current.fin = last
    current.save(update_fields=["fin"])
    _write(by, Acte.MODIFICATION, current.service, "poste", current)
    return current


@transaction.atomic
def validate_module(*, by: Poste) -> bool:
    """Write that this post has finished, today, its training; the first day stands.

    Return whether it is new.
    """
    done = Poste.objects.filter(pk=by.pk, module_valide_le=None).update(module_valide_le=clock.today())
    if done:
        _write(by, Acte.MODIFICATION, by.service, "poste", by)
    return bool(done)


@transaction.atomic
def record_delegation(
    *, by: Poste, poste: Poste, acte: str, debut: date, fin: date | None = None
) -> Delegation:
    """Write down an order that `by` has read, by which `poste` represents its authority.

    Nobody writes their own. Raises DirectoryRefused (own post, no number, an end before its start,
    a post that no text lets be delegated to).
    """
    texte = DELEGATED.get(poste.fonction)
    if texte is None or poste.service_id == by.service_id:
        raise DirectoryRefused("Cette délégation ne peut pas être notée ici.")
    if not acte.strip():
        raise DirectoryRefused("Donnez le numéro de l'arrêté.")
    if fin is not None and fin < debut:
        raise DirectoryRefused("La délégation finit après avoir commencé.")
    row = Delegation.objects.create(poste=poste, texte=texte, acte=acte.strip(), debut=debut, fin=fin, par=by)
    _write(by, Acte.CREATION, by.service, "delegation", row)
    return row


@transaction.atomic
def add_place(*, by: Poste, territoire: Territoire, nom: str, genre: GenreLieu) -> Lieu:
    """Add a place on the ground of the acting service, or return the one that bears this name there.

    A place put aside comes back into use. Raises DirectoryRefused for an empty or too long name, or a
    territory that is not the service's.
    """
    tidy = " ".join(nom.split())
    if not tidy or len(tidy) > 120:
        raise DirectoryRefused("Donnez au lieu un nom de 120 caractères au plus.")
    if not territoires_of(by.service).filter(pk=territoire.pk).exists():
        raise DirectoryRefused("Ce territoire n'est pas de ceux que votre service couvre.")
    known = Lieu.objects.filter(territoire=territoire, nom__iexact=tidy).first()
    if known is not None and known.actif:
        return known
    lieu = known or Lieu(territoire=territoire, nom=tidy, genre=genre)
    lieu.actif = True
    lieu.save()
    _write(by, Acte.CREATION, by.service, "lieu", lieu)
    return lieu


@transaction.atomic
def retire_place(*, by: Poste, lieu: Lieu) -> None:
    """Put a place aside: past notes keep it, new ones no longer offer it."""
    Lieu.objects.filter(pk=lieu.pk).update(actif=False)
    _write(by, Acte.MODIFICATION, by.service, "lieu", lieu)


@transaction.atomic
def declare_unavailable(*, by: Poste, debut: date, fin: date) -> Indisponibilite:
    """Say that the acting service cannot answer between two days, the same for every sender.

    Raises DirectoryRefused when the last day is before the first or already past.
    """
    if fin < debut:
        raise DirectoryRefused("Le dernier jour est avant le premier.")
    if fin < clock.today():
        raise DirectoryRefused("Ces jours sont passés.")
    found, _ = Indisponibilite.objects.get_or_create(service=by.service, debut=debut, fin=fin)
    _write(by, Acte.MODIFICATION, by.service, "service", by.service)
    return found


@transaction.atomic
def open_dispositif(
    *, by: Poste, nom: str, age_min: int, age_max: int, presentation: str = "", debut: date | None = None
) -> Dispositif:
    """Say what the acting service runs for an age, from today unless given.

    Raises DirectoryRefused for no name, ages out of order, or a name already in use.
    """
    tidy = " ".join(nom.split())
    if not tidy or len(tidy) > 80:
        raise DirectoryRefused("Donnez au dispositif un nom de 80 caractères au plus.")
    if not 0 <= age_min <= age_max <= OLDEST:
        raise DirectoryRefused("Le premier âge vient avant le dernier, entre 0 et 120 ans.")
    start = debut or clock.today()
    same = Dispositif.objects.filter(service=by.service, nom__iexact=tidy)
    if any(overlaps(one.debut, one.fin, start, None) for one in same):
        raise DirectoryRefused("Ce dispositif existe déjà : mettez-y d'abord un terme.")
    row = Dispositif.objects.create(
        service=by.service,
        nom=tidy,
        age_min=age_min,
        age_max=age_max,
        presentation=" ".join(presentation.split())[:300],
        debut=start,
    )
    _write(by, Acte.CREATION, by.service, "dispositif", row)
    return row


@transaction.atomic
def close_dispositif(*, by: Poste, dispositif: Dispositif) -> Dispositif:
    """End a dispositif of the acting service today; ended already, nothing changes."""
    row = Dispositif.objects.select_for_update().get(pk=dispositif.pk, service=by.service)
    if row.fin is None:
        row.fin = max(row.debut, clock.today())
        row.save(update_fields=["fin"])
        _write(by, Acte.CLOTURE, by.service, "dispositif", row)
    return row


def _write(
    by: Poste | None,
    acte: Acte,
    service: Service,
    genre: str,
    row: Poste | Lieu | Service | Delegation | Dispositif,
) -> None:
    """Write the ledger line in the chain of the service concerned."""
    record(
        chaine=service.pk,
        acte=acte,
        acteur=by.professionnel_id if by is not None else None,
        objet_genre=genre,
        objet=row.pk,
    )
