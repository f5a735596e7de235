"""Reads of the partnership: who belongs, its form, the facts its clauses establish, its readings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from maillage.base import clock
from maillage.conventions.enums import Camp, EtatConvention, EtatProposition, Forme, Place
from maillage.conventions.models import (
    Charte,
    Clause,
    ClauseProposee,
    Convention,
    FormePartenariat,
    LectureAdoptee,
    Partenariat,
    Participation,
    PropositionLecture,
    RedactionClause,
    SignatureCharte,
)
from maillage.conventions.travail import PREFIX
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Poste, Service
from maillage.directory.queries import active_on

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

TRADES = frozenset({Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE})
PRUDENTE = "prudente"
READINGS = (PRUDENTE, "rapport")
# Who exchanges about people, and so signs the charters.
SIGNERS = frozenset(
    {
        Role.MEDIATEUR,
        Role.CORRESPONDANT_DE_NUIT,
        Role.EDUCATEUR,
        Role.CHEF_DE_SERVICE,
        Role.DIRECTION,
    }
)
NOTICE_OF_TERM = timedelta(days=60)
SIGNING_CAMPS = frozenset({Camp.MEDIATION, Camp.PREVENTION})
SIDES = {Metier.MEDIATION_SOCIALE: Camp.MEDIATION, Metier.PREVENTION_SPECIALISEE: Camp.PREVENTION}


@dataclass(frozen=True)
class EstablishedFact:
    """A fact that a clause establishes that day: `service_id` says whose, None for the partnership's.

    `fait` is a path of the law's vocabulary, `valeur` a value of its list.
    """

    fait: str
    valeur: Any
    service_id: UUID | None
    clause_id: UUID
    titre: str
    preuve: str


def partenariat_ids(service_id: UUID, on: date) -> frozenset[UUID]:
    """Return the partnerships the service takes part in that day; a row whose seal fails gives nothing."""
    rows = Participation.objects.filter(active_on(on), service_id=service_id)
    return frozenset(row.partenariat_id for row in rows if row.genuine)


def services_in(partenariats: Collection[UUID], on: date) -> QuerySet[Service]:
    """Return the services that take part that day in any of these partnerships, whatever their place."""
    taking = Participation.objects.filter(active_on(on), partenariat__in=partenariats)
    return Service.objects.filter(pk__in=taking.values("service"))


def partenariats_of(acteur: Acteur) -> QuerySet[Partenariat]:
    """Return the partnerships of the person signed in, by name."""
    return Partenariat.objects.filter(pk__in=acteur.partenariat_ids).order_by("nom", "pk")


def members(partenariat: Partenariat, on: date | None = None) -> list[Service]:
    """Return the services of both trades that are members that day, by trade then name."""
    participations = Participation.objects.filter(
        active_on(on or clock.today()),
        partenariat=partenariat,
        place=Place.MEMBRE,
        service__metier__in=TRADES,
    )
    return list(
        Service.objects.filter(pk__in=participations.values("service")).order_by("metier", "nom_court", "pk")
    )


def partner_services(partenariat: Partenariat, service: Service, on: date | None = None) -> list[Service]:
    """Return the members of the other trade, to whom this service speaks."""
    return [member for member in members(partenariat, on) if member.metier != service.metier]


def shared_partenariats(one: Service, other: Service, on: date) -> frozenset[UUID]:
    """Return the partnerships of which both services take part that day."""
    return partenariat_ids(one.pk, on) & partenariat_ids(other.pk, on)


def forme_row(partenariat: Partenariat, on: date) -> FormePartenariat | None:
    """Return the row of the form in force that day; the latest begun wins."""
    return FormePartenariat.objects.filter(active_on(on), partenariat=partenariat).order_by("-debut").first()


def forme(partenariat: Partenariat, on: date) -> str:
    """Return the form in force that day; without any row a partnership is informal."""
    row = forme_row(partenariat, on)
    return row.forme if row is not None else Forme.INFORMEL.value


def facts(partenariat: Partenariat, on: date) -> Sequence[EstablishedFact]:
    """Return the facts of the law that the clauses in force establish that day, oldest first."""
    clauses = (
        Clause.objects.filter(active_on(on), partenariat=partenariat)
        .exclude(fait__startswith=PREFIX)
        .order_by("debut", "titre", "pk")
    )
    return [
        EstablishedFact(row.fait, row.valeur, row.service_id, row.pk, row.titre, row.preuve)
        for row in clauses
    ]


def lectures_rows(partenariat: Partenariat, on: date) -> dict[str, LectureAdoptee]:
    """Return the adopted reading in force for each open question; the latest begun wins."""
    rows = LectureAdoptee.objects.filter(active_on(on), partenariat=partenariat).order_by("debut", "pk")
    return {row.question: row for row in rows}


def lectures(partenariat: Partenariat, on: date) -> dict[str, str]:
    """Return {question: reading} where a reading other than the prudent one is adopted that day."""
    rows = lectures_rows(partenariat, on)
    return {question: row.valeur for question, row in sorted(rows.items()) if row.valeur != PRUDENTE}


def camp_of(acteur: Acteur, partenariat: Partenariat) -> Camp | None:
    """Return the side for which this person signs a reading today, None when for none.

    The direction of a member service signs for its trade, the data protection officer of any
    service of the partnership for the protection of data.
    """
    if partenariat.pk not in acteur.partenariat_ids:
        return None
    if acteur.role == Role.DPO:
        return Camp.DPO
    if acteur.role != Role.DIRECTION or acteur.service not in members(partenariat):
        return None
    return SIDES.get(Metier(acteur.service.metier))


def open_propositions(partenariat: Partenariat) -> dict[str, PropositionLecture]:
    """Return the reading waiting for signatures on each question, with its signatures."""
    rows = (
        PropositionLecture.objects.filter(partenariat=partenariat, etat=EtatProposition.OUVERTE)
        .select_related("proposee_par__professionnel", "proposee_par__service")
        .prefetch_related("signatures__poste__professionnel", "signatures__poste__service")
    )
    return {row.question: row for row in rows}


def awaiting_signature(acteur: Acteur) -> Sequence[PropositionLecture]:
    """Return the proposed readings that this person may sign and whose side has not, oldest first."""
    if acteur.role not in {Role.DIRECTION, Role.DPO} or acteur.lecture_seule:
        return []
    rows = (
        PropositionLecture.objects.filter(
            partenariat__in=acteur.partenariat_ids,
            etat=EtatProposition.OUVERTE,
            fin__gt=clock.today(),
        )
        .select_related("partenariat")
        .prefetch_related("signatures")
        .order_by("proposee_le", "pk")
    )
    waiting = []
    for row in rows:
        camp = camp_of(acteur, row.partenariat)
        if camp is not None and camp not in {signature.camp for signature in row.signatures.all()}:
            waiting.append(row)
    return waiting


def adoption_history(partenariat: Partenariat, question: str) -> Sequence[LectureAdoptee]:
    """Return every reading of a question that the partnership adopted, the latest first."""
    rows = LectureAdoptee.objects.filter(partenariat=partenariat, question=question)
    return list(rows.order_by("-debut", "-pk"))


def convention_in_force(partenariat: Partenariat, on: date) -> Convention | None:
    """Return the signed version that holds that day, None without one."""
    rows = Convention.objects.filter(active_on(on), partenariat=partenariat, etat=EtatConvention.SIGNEE)
    return rows.order_by("-debut").first()


def wordings(convention: Convention) -> dict[UUID, RedactionClause]:
    """Return the present wording of each clause not withdrawn, in the order they were proposed."""
    rows = RedactionClause.objects.filter(
        clause__convention=convention, clause__retiree_le=None, numero=F("clause__redaction")
    ).order_by("clause__proposee_le", "clause__pk")
    return {row.clause_id: row for row in rows}


def tally(clause: ClauseProposee) -> dict[str, tuple[int, int]]:
    """Return {trade: (for, against)} on the present wording, each trade counted apart."""
    votes = [vote for vote in clause.votes.all() if vote.redaction == clause.redaction]
    return {
        trade.value: (
            sum(vote.pour for vote in votes if vote.metier == trade),
            sum(not vote.pour for vote in votes if vote.metier == trade),
        )
        for trade in sorted(TRADES)
    }


def carried(convention: Convention) -> list[ClauseProposee]:
    """Return the clauses that both trades carry: in each, more for than against."""
    rows = convention.clauses.filter(retiree_le=None).prefetch_related("votes").order_by("proposee_le", "pk")
    return [row for row in rows if all(yes > no for yes, no in tally(row).values())]


def clauses_to_review(partenariat: Partenariat, day: date) -> list[Clause]:
    """Return the clauses in force whose review is due, or whose term is within sixty days."""
    due = Q(revue_le__lte=day) | Q(fin__lte=day + NOTICE_OF_TERM)
    rows = Clause.objects.filter(active_on(day), due, partenariat=partenariat)
    return list(rows.order_by("fin", "titre", "pk"))


def charters(partenariat: Partenariat, day: date) -> list[Charte]:
    """Return the charters in force that day: of each kind, the version begun last."""
    rows = Charte.objects.filter(partenariat=partenariat, debut__lte=day).order_by("debut", "version")
    latest = {row.genre: row for row in rows}
    return [latest[genre] for genre in sorted(latest)]


def must_sign(poste: Poste) -> bool:
    """Say whether this post signs charters: it exchanges about people, in one of the two trades."""
    return poste.role in SIGNERS and poste.service.metier in TRADES


def has_signed(poste: Poste, day: date, partenariat: Partenariat) -> bool:
    """Say whether the post has signed every charter in force; True when there is none to sign."""
    return not charters_to_sign(poste, day, partenariat)


def charters_to_sign(poste: Poste, day: date, partenariat: Partenariat) -> list[Charte]:
    """Return the charters in force that this post must sign and has not signed by that day."""
    return [row for row in _to_sign(poste, day, [partenariat.pk]) if row.partenariat_id == partenariat.pk]


def closed_to(poste: Poste, day: date, partenariats: Collection[UUID]) -> frozenset[UUID]:
    """Return which of these partnerships exchange nothing about a person with this post yet.

    A charter in force is not signed, or the newcomer has not finished the path of arrival.
    """
    unsigned = frozenset(row.partenariat_id for row in _to_sign(poste, day, partenariats))
    return unsigned | on_the_way(poste, day, partenariats)


def on_the_way(poste: Poste, day: date, partenariats: Collection[UUID]) -> frozenset[UUID]:
    """Return which of these partnerships wait for this post to finish the path of arrival.

    Only a newcomer follows it: the post begins under a signed convention, which still holds.
    """
    if poste.module_valide_le is not None or not must_sign(poste):
        return frozenset()
    return frozenset(one for one, since in path_since(partenariats, day).items() if since <= poste.debut)


def path_since(partenariats: Collection[UUID], day: date) -> dict[UUID, date]:
    """Return since when each partnership whose convention holds has had one: newcomers came after."""
    signed = Convention.objects.filter(partenariat__in=partenariats, etat=EtatConvention.SIGNEE)
    holding = signed.filter(active_on(day)).values("partenariat")
    rows = signed.filter(partenariat__in=holding, debut__lte=day).order_by("-debut")
    return {partenariat: debut for partenariat, debut in rows.values_list("partenariat_id", "debut") if debut}


def _to_sign(poste: Poste, day: date, partenariats: Collection[UUID]) -> list[Charte]:
    if not must_sign(poste):
        return []
    rows = Charte.objects.filter(partenariat__in=partenariats, debut__lte=day).order_by("debut", "version")
    latest = {(row.partenariat_id, row.genre): row for row in rows}
    signed = SignatureCharte.objects.filter(poste=poste, charte__in=latest.values(), le__lte=day)
    done = set(signed.values_list("charte_id", flat=True)) if latest else set()
    return sorted((row for row in latest.values() if row.pk not in done), key=lambda row: row.genre)


def unsigned_charters(partenariat: Partenariat, day: date) -> dict[UUID, int]:
    """Return, for each member service, how many posts held that day have a charter left to sign.

    A number and nothing else: the other service never learns who.
    """
    wanted, services = charters(partenariat, day), members(partenariat, day)
    posts = Poste.objects.filter(active_on(day), service__in=services, role__in=SIGNERS, lecture_seule=False)
    signed: dict[UUID, int] = {}
    rows = SignatureCharte.objects.filter(charte__in=wanted, poste__in=posts, le__lte=day)
    for poste in rows.values_list("poste_id", flat=True):
        signed[poste] = signed.get(poste, 0) + 1
    remaining = dict.fromkeys((service.pk for service in services), 0)
    for poste, service in posts.values_list("pk", "service_id"):
        if signed.get(poste, 0) < len(wanted):
            remaining[service] += 1
    return remaining
