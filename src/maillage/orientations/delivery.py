"""What is said before sending, from facts that are the same for every sender: age, area, absence."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from maillage.base import clock
from maillage.directory.enums import GenreTerritoire
from maillage.directory.models import Indisponibilite, Lieu, Service, Territoire
from maillage.directory.queries import active_on, dispositifs_of
from maillage.orientations.faces import Obstacle
from maillage.sharing.enums import TrancheAge

# First and last year of each age band; an adult band has no upper end that matters here.
YEARS: dict[str, tuple[int, int]] = {
    TrancheAge.MOINS_15: (0, 14),
    TrancheAge.DE_15_A_17: (15, 17),
    TrancheAge.DE_18_A_20: (18, 20),
    TrancheAge.DES_21: (21, 120),
}


def obstacles(destinataire: Service, *, tranche_age: str, lieu: Lieu | None) -> list[Obstacle]:
    """Return what the composer says today of an orientation to this service, the blocking ones first.

    The last one, `dispositif`, is no obstacle: it says what the service runs for this age.
    """
    found = [_age(destinataire, tranche_age), _area(destinataire, lieu), _absence(destinataire)]
    found.append(_dispositifs(destinataire, tranche_age))
    return [obstacle for obstacle in found if obstacle is not None]


def _age(service: Service, tranche_age: str) -> Obstacle | None:
    band = YEARS.get(tranche_age)
    if band is None:
        return None
    low, high = service.age_min or 0, service.age_max or 120
    if band[1] >= low and band[0] <= high:
        return None
    phrase = f"{service.nom_court} accompagne de {low} à {high} ans : cette personne est hors d'âge."
    return Obstacle("hors_age", phrase, bloque=True)


def _dispositifs(service: Service, tranche_age: str) -> Obstacle | None:
    """Say what the service runs for this age and what is out of age: the service chooses."""
    band, runs = YEARS.get(tranche_age), dispositifs_of(service, clock.today())
    if band is None or not runs:
        return None
    fit = [str(one) for one in runs if one.age_min <= band[1] and one.age_max >= band[0]]
    others = [str(one) for one in runs if str(one) not in fit]
    said = [f"Pour cet âge, {service.nom_court} a {', '.join(fit)}."] if fit else []
    said += [f"Hors d'âge : {', '.join(others)}."] if others else []
    return Obstacle("dispositif", " ".join(said), bloque=False)


def _area(service: Service, lieu: Lieu | None) -> Obstacle | None:
    if lieu is None:
        return None
    covered = set(service.territoires.values_list("pk", flat=True))
    if service.ville_id is not None:
        covered.add(service.ville_id)
    if not covered or covered & _ground_of(lieu.territoire):
        return None
    return Obstacle("hors_secteur", f"{service.nom_court} n'intervient pas à {lieu.nom}.", bloque=True)


def _ground_of(territoire: Territoire) -> set[UUID]:
    """Return a territory, what contains it, the communes it lies in and their agglomérations."""
    known = {territoire.pk, *territoire.communes.values_list("pk", flat=True)}
    above = territoire.parent
    while above is not None and above.pk not in known:
        known.add(above.pk)
        above = above.parent
    around = Territoire.objects.filter(genre=GenreTerritoire.EPCI, communes__in=known)
    return known | set(around.values_list("pk", flat=True))


def _absence(service: Service) -> Obstacle | None:
    today: date = clock.today()
    row = Indisponibilite.objects.filter(active_on(today), service=service).order_by("-fin").first()
    if row is None:
        return None
    phrase = f"{service.nom_court} est indisponible jusqu'au {row.fin:%d/%m/%Y}, pour tous les envois."
    return Obstacle("indisponible", phrase, bloque=False)
