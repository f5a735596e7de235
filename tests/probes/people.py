"""Who asks: an account for each role in each service that has it, in each state an account can be in.

Services stand in four relations to `ici`: its members (ALM, La Nuit, Le Relais, the town hall, the
department, a school), one that left it, two of another partnership, and the network's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.utils import timezone

from maillage.base import clock
from maillage.comptes.enums import EtatCompte
from maillage.comptes.models import Compte
from maillage.conventions.enums import Place
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Poste, Professionnel, Service, Structure
from maillage.web.acteur import SEEN, open_session
from tests.cast import OTHER_TRADE, SINCE, TRADES, Cast, Membre

SHARED = "chef_de_service direction coordination coordonnateur dpo parent_relais accueil administrateur"
ROLES = {
    "mediation": f"mediateur correspondant_de_nuit {SHARED}".split(),
    "prevention": f"educateur {SHARED}".split(),
    "mairie": f"maire adjoint_delegue {SHARED}".split(),
    "departement": "crip dpo direction".split(),
    "college": ["chef_etablissement"],
    "reseau": ["reseau"],
}
KINDS = {
    "alm": "mediation",
    "nuit": "mediation",
    "relais": "prevention",
    "mairie": "mairie",
    "departement": "departement",
    "college": "college",
    "reseau": "reseau",
    "parti": "mediation",
    "mediation_sud": "mediation",
    "prevention_sud": "prevention",
}
# One service where each role is also tried in every state.
HOME = {
    role: next(service for service, kind in KINDS.items() if role in ROLES[kind])
    for role in (str(one) for one in Role)
}
STATES = ("actif", "lecture", "fini", "a_venir", "suspendu", "invite", "parti", "sans_code", "endormi")
# Those who are let in; every other state is a visitor.
IN = ("actif", "lecture")
VISITOR = "visiteur"


@dataclass(frozen=True)
class Who:
    """Someone who asks; `state` is one of STATES, or VISITOR with neither role nor service."""

    service: str
    role: str
    state: str
    session: str = ""
    poste: str = ""

    def __str__(self) -> str:
        """Say who in a failure."""
        return f"{self.role} de {self.service} ({self.state})" if self.role else VISITOR


def complete(cast: Cast) -> dict[str, Service]:
    """Add the services that the cast lacks, give each its relation to `ici`; return all by key."""
    services = dict(cast.services)
    for key, metier in (
        ("departement", Metier.INSTITUTION),
        ("college", Metier.ECOLE),
        ("reseau", Metier.RESEAU),
        ("parti", Metier.MEDIATION_SOCIALE),
    ):
        services[key] = Service.objects.create(
            code=f"s-{key}", structure=Structure.objects.create(nom=f"Structure {key}"), metier=metier,
            nom=f"Service {key}", nom_court=key, ville=cast.alm.ville, invente=True,
        )  # fmt: skip
        services[key].territoires.add(cast.quartier)
    yesterday = clock.today() - timedelta(days=1)
    for key in ("mairie", "departement", "college", "parti"):
        fin = yesterday if key == "parti" else None
        place = Place.MEMBRE if key == "parti" else Place.ASSOCIE
        cast.ici.participations.create(service=services[key], debut=SINCE, fin=fin, place=place)
    return services


def everyone(services: dict[str, Service]) -> dict[tuple[str, str], Membre]:
    """Create one active post and account for each role of each service."""
    return {
        (key, role): member(service, role) for key, service in services.items() for role in ROLES[KINDS[key]]
    }


def member(service: Service, role: str, state: str = "actif") -> Membre:
    """Create a post and its account in a state."""
    today, function = clock.today(), TRADES.get(Role(role), OTHER_TRADE)
    name = f"{service.code}-{role}-{state}"
    debut = today + timedelta(days=1) if state == "a_venir" else SINCE
    fin: date | None = today - timedelta(days=1) if state == "fini" else None
    person = Professionnel.objects.create(prenom=role.title(), nom=f"De {service.code}", invente=True)
    poste = Poste.objects.create(
        professionnel=person, service=service, role=role, intitule=role, fonction=function[0],
        emploi=function[1], part_action_sociale=function[2], preuve="Inventée", debut=debut, fin=fin,
        lecture_seule=state == "lecture", module_valide_le=SINCE,
    )  # fmt: skip
    compte = Compte(
        identifiant=name,
        professionnel=person,
        etat=state if state in EtatCompte.values else EtatCompte.ACTIF,
        cree_le=timezone.now(),
    )
    compte.set_unusable_password()
    compte.save()
    return Membre(compte, poste)


def askers(services: dict[str, Service], people: dict[tuple[str, str], Membre]) -> Iterator[Who]:
    """Sign in everyone, then each role in each other state at home, then a visitor."""
    for (key, role), one in people.items():
        yield Who(key, role, "actif", signed_in(one, "actif"), str(one.poste.pk))
    for role, key in HOME.items():
        for state in STATES[1:]:
            one = member(services[key], role, state)
            yield Who(key, role, state, signed_in(one, state), str(one.poste.pk))
    yield Who("", "", VISITOR)


def signed_in(one: Membre, state: str) -> str:
    """Return the key of the session that this state would still hold in its browser."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, one.compte, settings.AUTHENTICATION_BACKENDS[0])
    if state != "sans_code":
        open_session(request.session)
    if state == "endormi":
        request.session[SEEN] = (clock.now() - timedelta(minutes=21)).isoformat()
    request.session.save()
    return str(request.session.session_key)
