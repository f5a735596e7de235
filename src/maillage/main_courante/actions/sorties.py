"""Starting and ending an outing: its crew owns its notes."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from maillage.audit.actions import lock_chains, record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.comptes.acteur import Acteur
from maillage.directory.enums import Metier
from maillage.directory.models import Lieu
from maillage.main_courante.actions.consignes import transmit_report
from maillage.main_courante.enums import GenreSortie
from maillage.main_courante.jours import work_day
from maillage.main_courante.models import Sortie
from maillage.main_courante.queries.sorties import colleagues, current_sortie, open_sorties
from maillage.main_courante.saisie import Refused


@transaction.atomic
def start_sortie(*, by: Acteur, sortie: UUID, equipage: Collection[UUID]) -> Sortie:
    """Open an outing for the writer and the colleagues chosen (post identifiers).

    Whoever is already out finds the outing under way: a double click opens one. Raises Refused when a
    colleague is unknown, or already out with others.
    """
    # The service's writes queue at its ledger: two taps at once must see each other.
    lock_chains([by.service.pk])
    current = current_sortie(by)
    if current is not None:
        return current
    with house_work(HouseWork.IDENTIFIER):
        known = Sortie.objects.filter(pk=sortie).exists()
    if known:
        raise Refused("Cette sortie est terminée ; rechargez la page pour en commencer une autre.")
    crew = {poste.pk: poste for poste in colleagues(by) if poste.pk in set(equipage)}
    if len(crew) != len(set(equipage) - {by.poste.pk}):
        raise Refused("Un des collègues choisis n'est plus dans l'équipe.")
    now = clock.now()
    jour = work_day(now, by.role)
    busy = open_sorties(by, jour).filter(equipage__in=crew).values_list("equipage", flat=True)
    taken = [str(crew[pk].professionnel) for pk in busy if pk in crew]
    if taken:
        raise Refused(f"{sorted(taken)[0]} est déjà en sortie avec une autre équipe.")
    prevention = by.service.metier == Metier.PREVENTION_SPECIALISEE
    opened = Sortie.objects.create(
        id=sortie,
        service=by.service,
        genre=GenreSortie.SORTIE_DE_RUE if prevention else GenreSortie.TOURNEE,
        jour=jour,
        debut=now,
    )
    opened.equipage.set([by.poste, *crew.values()])
    _trace(by, Acte.CREATION, opened)
    return opened


@transaction.atomic
def end_sortie(*, by: Acteur) -> Sortie | None:
    """End the writer's outing under way, and send the day's report to the hierarchy; None when none is."""
    current = current_sortie(by)
    if current is None:
        return None
    current.fin = clock.now()
    current.save(update_fields=["fin"])
    cover(current)
    _trace(by, Acte.MODIFICATION, current)
    transmit_report(by=by, jour=current.jour)
    return current


def cover(sortie: Sortie) -> None:
    """Keep the places that an outing's notes name."""
    sortie.lieux.set(Lieu.objects.filter(notes__sortie=sortie).distinct())


def _trace(by: Acteur, acte: Acte, sortie: Sortie) -> None:
    record(chaine=by.service.pk, acte=acte, acteur=by.professionnel_id, objet_genre="sortie", objet=sortie.pk)
