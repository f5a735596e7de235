"""Reads of the directory: the facts a post establishes, who is there, which places are ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Model, Prefetch, Q, QuerySet

from maillage.base import clock
from maillage.directory.enums import GenreTerritoire, Metier, Role, TexteDelegation
from maillage.directory.models import Dispositif, Lieu, Poste, Service, Territoire, Titre

Valeur = str | list[str]

MISSION_ASE = "mission_ase"
STATUT = "statut_agent_public"
# From the weakest part to the strongest, in the words of the law's vocabulary.
PARTS: dict[str, tuple[str, ...]] = {
    "part_protection_enfance": ("aucune", "concours_documente", "met_en_oeuvre"),
    "part_action_sociale": ("aucune", "mission_ecrite", "statutaire"),
}
# Whose facts stand for the service when an exchange is addressed to it.
RECEIVING_ROLES: dict[str, frozenset[str]] = {
    Metier.PREVENTION_SPECIALISEE: frozenset({Role.EDUCATEUR}),
    Metier.MEDIATION_SOCIALE: frozenset({Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT}),
}


@dataclass(frozen=True)
class Source:
    """What establishes a fact: a post, a title or a service (`genre`), its identifier, its proof."""

    genre: str
    id: str
    libelle: str

    def as_json(self) -> dict[str, str]:
        """Return the three words stored beside the fact in an exchange."""
        return {"genre": self.genre, "id": self.id, "libelle": self.libelle}


@dataclass(frozen=True)
class PostFacts:
    """Facts of one actor without prefix (`fonction`, `emploi`…) and the source of each.

    A fact that is not there is unknown: the law then counts it for nobody's benefit.
    """

    facts: dict[str, Valeur] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)


class Dated(Protocol):
    """Anything with a first and a last day."""

    debut: date
    fin: date | None


def in_force(row: Dated, on: date) -> bool:
    """Say whether the row holds that day; both its first and its last day count."""
    return row.debut <= on and (row.fin is None or row.fin >= on)


def overlaps(debut: date, fin: date | None, other_debut: date, other_fin: date | None) -> bool:
    """Say whether two spans share a day; a missing end is no end."""
    return (fin is None or other_debut <= fin) and (other_fin is None or debut <= other_fin)


def active_on(on: date, prefix: str = "") -> Q:
    """Return the filter « in force that day » for a dated table; `prefix` crosses a relation (`postes__`)."""
    return Q(**{f"{prefix}debut__lte": on}) & (
        Q(**{f"{prefix}fin__isnull": True}) | Q(**{f"{prefix}fin__gte": on})
    )


def post_facts(poste: Poste, on: date) -> PostFacts:
    """Return what this post establishes that day, for the sender's or the recipient's side of a case.

    A post that is over establishes nothing. What a post claims without proof stays unknown, and so do
    the grounds of secrecy of a service whose title has lapsed: silence must not loosen a secret.
    `mission_ase` comes from the service's title in force, or from the post's own proof.
    """
    if not in_force(poste, on):
        return PostFacts()
    own = Source("poste", str(poste.pk), poste.preuve or poste.intitule)
    facts: dict[str, Valeur] = {"fonction": poste.fonction, "emploi": poste.emploi}
    for name in PARTS:
        facts[name] = getattr(poste, name) if poste.preuve else "aucune"
    sources = dict.fromkeys(facts, own)
    grounds, source = _grounds(poste, on, own)
    if grounds is not None:
        facts["fondement_secret"] = grounds
        sources["fondement_secret"] = source
    return PostFacts(facts, sources)


def _grounds(poste: Poste, on: date, own: Source) -> tuple[list[str] | None, Source]:
    """Return the proven grounds of secrecy (None: unknown) and what proves them."""
    claimed, source = set(poste.fondements_secret), own
    proven = set(claimed) if poste.preuve else claimed & _by_employment(poste)
    titles = list(poste.service.titres.all())
    title = next((found for found in titles if in_force(found, on)), None)
    if title is not None and poste.service.metier == Metier.PREVENTION_SPECIALISEE:
        proven.add(MISSION_ASE)
        source = Source("titre", str(title.pk), _title_label(title))
    if claimed - proven or (not proven and any(found.debut <= on for found in titles)):
        return None, own
    return sorted(proven), source


def _by_employment(poste: Poste) -> set[str]:
    return {STATUT} if poste.emploi == "agent_public" else set()


def _title_label(title: Titre) -> str:
    return f"{title.get_genre_display()} – {title.preuve}"


def service_facts(service: Service, on: date) -> PostFacts:
    """Return what can be counted on whoever of the service receives: the weakest of its field posts.

    Function and employment count when all share them, grounds of secrecy when all have them; a
    single unknown makes the whole unknown. A service without anyone that day establishes nothing.
    """
    known = [post_facts(poste, on) for poste in field_posts(service, on)]
    if not known:
        return PostFacts()
    source = Source("service", str(service.pk), f"{service.nom_court} : {len(known)} en poste ce jour")
    facts: dict[str, Valeur] = {}
    for name in ("fonction", "emploi"):
        values = {str(one.facts[name]) for one in known}
        if len(values) == 1:
            facts[name] = values.pop()
    for name, order in PARTS.items():
        facts[name] = min((str(one.facts[name]) for one in known), key=order.index)
    grounds = [one.facts.get("fondement_secret") for one in known]
    if all(isinstance(found, list) for found in grounds):
        facts["fondement_secret"] = sorted(set.intersection(*(set(found or []) for found in grounds)))
    return PostFacts(facts, dict.fromkeys(facts, source))


def field_posts(service: Service, on: date) -> Sequence[Poste]:
    """Return the posts of that day that may receive an exchange addressed to the service."""
    posts = (
        Poste.objects.filter(active_on(on), service=service)
        .select_related("service", "professionnel")
        .prefetch_related("service__titres")
    )
    roles = RECEIVING_ROLES.get(service.metier)
    return list(posts.filter(role__in=roles) if roles else posts)


# Which text lets each function act in its authority's name.
DELEGATED: dict[str, TexteDelegation] = {
    "adjoint_delegue": TexteDelegation.MAIRE,
    "delegue_departement": TexteDelegation.DEPARTEMENT,
}


@dataclass(frozen=True)
class Mandate:
    """By which act a post represents its authority today."""

    id: str
    libelle: str


def mandate(poste: Poste, on: date) -> Mandate | None:
    """Return how this post represents the mayor or the department's president that day, or None.

    The authorities in person need their post alone; a deputy needs an order in force, under the
    text that allows it for them (CGCT L. 2122-18 and L. 3221-3).
    """
    if not in_force(poste, on):
        return None
    if poste.fonction in {"maire", "president_departement"}:
        return Mandate(str(poste.pk), "en personne")
    texte = DELEGATED.get(poste.fonction)
    if texte is None:
        return None
    orders = poste.delegations.filter(active_on(on), texte=texte).order_by("-debut", "pk")
    order = next((one for one in orders if one.genuine), None)
    article = str(texte.label).partition(" :")[0]
    return None if order is None else Mandate(str(order.pk), f"par délégation, {order}, {article}")


def team(service: Service, on: date) -> Sequence[Poste]:
    """Return the posts of the service in force that day, by title then name, professionals included."""
    return list(
        Poste.objects.filter(active_on(on), service=service)
        .select_related("professionnel", "service")
        .order_by("intitule", "professionnel__nom", "professionnel__prenom", "pk")
    )


def unavailable(service: Service, on: date) -> bool:
    """Say whether the service declared itself unavailable that day, the same for every sender."""
    return service.indisponibilites.filter(active_on(on)).exists()


def dispositifs_of(service: Service, on: date) -> Sequence[Dispositif]:
    """Return what the service runs that day, the youngest first."""
    rows = Dispositif.objects.filter(active_on(on), service=service)
    return list(rows.order_by("age_min", "age_max", "nom", "pk"))


def territoires_of(owner: Model, on: date | None = None) -> QuerySet[Territoire]:
    """Return the ground of a service or of a partnership, with what lies inside it.

    A service's ground is its own territories and those of the partnerships it takes part in that
    day (today when `on` is None); an agglomération brings its communes, a commune its quartiers, those it
    shares with another commune too, and its arrondissements.
    """
    base = Territoire.objects.filter(_ground(owner, on or clock.today())).values("pk")
    members = Territoire.objects.filter(inclus__in=base, inclus__genre=GenreTerritoire.EPCI).values("pk")
    lying = Territoire.communes.through.objects
    found = Q()
    for ground in (base, members):
        around = lying.filter(to_territoire__in=ground).values("from_territoire")
        found |= Q(pk__in=ground) | Q(parent__in=ground) | Q(parent__parent__in=ground)
        found |= Q(genre=GenreTerritoire.QUARTIER, pk__in=around)
    return Territoire.objects.filter(found)


def _ground(owner: Model, on: date) -> Q:
    """Write the filter of the territories covered by a service, or by a partnership."""
    if not isinstance(owner, Service):
        return Q(partenariats=owner)
    link = "partenariats__participations__"
    shared = Q(**{f"{link}service": owner}) & active_on(on, link)
    return Q(services_presents=owner) | shared


def lieux_of(owner: Model, on: date | None = None) -> QuerySet[Lieu]:
    """Return the places in use of a service or of a partnership, by territory then name."""
    return (
        Lieu.objects.filter(actif=True, territoire__in=territoires_of(owner, on).values("pk"))
        .select_related("territoire")
        .order_by("territoire__nom", "nom", "pk")
    )


def quartier_of(lieux: Iterable[UUID]) -> dict[UUID, Territoire]:
    """Return the territory of each of these places."""
    rows = Lieu.objects.filter(pk__in=set(lieux)).select_related("territoire")
    return {row.pk: row.territoire for row in rows}


def services_present(services: Iterable[Service], on: date) -> Sequence[Service]:
    """Return these services with their team of the day in `equipe`, their titles and their city.

    The number of queries does not depend on the number of services.
    """
    posts = Poste.objects.filter(active_on(on)).select_related("professionnel").order_by("intitule", "pk")
    return list(
        Service.objects.filter(pk__in=[service.pk for service in services])
        .select_related("structure", "ville")
        .prefetch_related(Prefetch("postes", queryset=posts, to_attr="equipe"), "titres", "territoires")
        .order_by("metier", "nom_court", "pk")
    )


def study_notes(territoire: Territoire) -> Sequence[Any]:
    """Return the study's contradictions about a city, in order."""
    return list(territoire.notes_etude.select_related("service").order_by("rang"))
