"""A request for access, from the service that knows the person to the officer who answers (RGPD 15).

The officer finds nobody by themselves: they read what a service put before them, for as long as the
request is open. Every reading leaves a line on the chain of the service that holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F
from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import data_keys, seal
from maillage.base.enums import Portee
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.dossiers.models import Accompagnement, Personne
from maillage.law.catalogue import months_after
from maillage.law.decision import decide
from maillage.law.wire import parse_case
from maillage.sharing.access import READERS, require_writer
from maillage.sharing.answers import member
from maillage.sharing.demandes.held import held_about
from maillage.sharing.demandes.mandats import served_by
from maillage.sharing.demandes.passages import Rubrique
from maillage.sharing.demandes.reserves import WHOLE, Asked, Decided
from maillage.sharing.enums import (
    DecisionReserve,
    Demandeur,
    IdentiteVerifiee,
    ParoleDuJeune,
)
from maillage.sharing.errors import BadAnswer, NotNow, NotVisible, ReadOnly
from maillage.sharing.ledger import note
from maillage.sharing.models import DemandeAcces, ReserveAcces
from maillage.sharing.persons.oriented import own_person
from maillage.sharing.reading import readable
from maillage.sharing.retention import due_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from maillage.comptes.acteur import Acteur
    from maillage.law.verdict import Verdict

GENRE = "demande_acces"


@dataclass(frozen=True)
class Opened:
    """One request as the officer reads it: what is held, who asks, what was decided, what the law says."""

    demande: DemandeAcces
    rubriques: Sequence[Rubrique]
    asked: Asked
    decided: dict[str, Decided]
    verdict: Verdict
    orientation: UUID | None
    personne: UUID


@atomic
def open_request(
    *, by: Acteur, personne: UUID, demandeur: str, identite: str, parole: str = ParoleDuJeune.NON_DEMANDE
) -> DemandeAcces:
    """Put a request before the officer; asked twice, it is the same one.

    Raises NotVisible (not a person of my service), ReadOnly, BadAnswer (outside the lists, or a holder
    for someone who is not a minor).
    """
    require_writer(by)
    row = own_person(by, personne)
    made = _open(row, demandeur, identite, parole, by.poste)
    note(by, Acte.CREATION, GENRE, made.pk, {"demandeur": demandeur})
    return made


@atomic
def open_by_command(identifiant: UUID, demandeur: str) -> DemandeAcces | None:
    """Open the request about a person or a support, identity checked elsewhere; None when nobody is held.

    Raises BadAnswer as `open_request` does.
    """
    support = Accompagnement.objects.filter(pk=identifiant).values("personne")
    rows = Personne.objects.filter(effacee_le__isnull=True).select_related("service")
    row = rows.filter(pk=identifiant).first() or rows.filter(pk__in=support).first()
    if row is None:
        return None
    made = _open(row, demandeur, IdentiteVerifiee.AILLEURS, ParoleDuJeune.NON_DEMANDE)
    record(chaine=row.service_id, acte=Acte.CREATION, acteur=None, objet_genre=GENRE, objet=made.pk)
    return made


def _open(
    row: Personne, demandeur: str, identite: str, parole: str, poste: Poste | None = None
) -> DemandeAcces:
    member("demandeur", demandeur, Demandeur)
    member("parole", parole, ParoleDuJeune)
    if _verdict(demandeur, row.tranche_age, parole).issue == "interdit":
        raise BadAnswer("demandeur", "La personne n'est pas connue comme mineure : elle seule peut demander.")
    made, _ = DemandeAcces.objects.get_or_create(
        personne=row.pk,
        demandeur=demandeur,
        repondue_le=None,
        defaults={
            "service": row.service,
            "poste": poste,
            "identite": member("identite", identite, IdentiteVerifiee),
            "parole": parole,
            "le": clock.now(),
            "echeance": months_after(clock.today(), 1),
        },
    )
    return made


def _verdict(demandeur: str, tranche_age: str, parole: str) -> Verdict:
    """Ask the law who may read: the person always, a parent of a minor who agrees, else U-13."""
    own = demandeur == Demandeur.PERSONNE
    who = "personne_concernee" if own else "titulaire_autorite_parentale"
    case = {
        "id": "acces",
        "date": clock.today().isoformat(),
        "destinataire": {"fonction": who},
        "sujet": {"objet": "personne", "tranche_age": tranche_age},
        "contenu": {"nature": "vie_privee", "origine": "appris_en_fonction"},
        "cadre": "bilateral",
        "accord_personne": parole,
    }
    return decide(parse_case(case))


def requests_seen(acteur: Acteur) -> list[DemandeAcces]:
    """Return the officer the requests of the services that they answer for; others, their service's.

    Open ones first, the most urgent first; they name nobody. Raises NotVisible for any other role.
    """
    if acteur.role != Role.DPO and acteur.role not in READERS:
        raise NotVisible
    rows = (
        _of_officer(acteur)
        if acteur.role == Role.DPO
        else DemandeAcces.objects.filter(service=acteur.service)
    )
    rows = rows.defer("personne").select_related("service")
    return list(rows.order_by(F("repondue_le").asc(nulls_first=True), "echeance", "pk")[:100])


def requests_waiting(acteur: Acteur) -> list[date]:
    """Return the due days of the requests an officer has still to answer, the first first."""
    rows = _of_officer(acteur).filter(repondue_le__isnull=True)
    return list(rows.order_by("echeance").values_list("echeance", flat=True))


def supports_to_erase(acteur: Acteur) -> list[tuple[str, int]]:
    """Return the officer how many supports are due to be erased today, by service; none to anyone else."""
    return due_of(served_by(acteur), clock.today())


def _of_officer(acteur: Acteur) -> QuerySet[DemandeAcces]:
    return DemandeAcces.objects.filter(service__in=served_by(acteur))


@atomic
def read_request(by: Acteur | None, demande: UUID) -> Opened:
    """Return all that is held for an open request; `by` None is the command, on the machine itself.

    Raises NotVisible for who is not that service's officer, and once it is answered.
    """
    rows = DemandeAcces.objects.all() if by is None else _as_officer(by)
    row = rows.filter(pk=demande, repondue_le__isnull=True).select_related("service").first()
    if row is None or row.personne is None:
        raise NotVisible
    personne = Personne.objects.get(pk=row.personne)
    _trace(row, by, Acte.LECTURE)
    verdict = _verdict(row.demandeur, personne.tranche_age, row.parole)
    return Opened(
        demande=row,
        rubriques=held_about(personne),
        asked=Asked(row.demandeur, _wishes(personne), u13=verdict.issue == "a_trancher"),
        decided=_decided(row),
        verdict=verdict,
        orientation=_orientation(personne),
        personne=personne.pk,
    )


def _as_officer(by: Acteur) -> QuerySet[DemandeAcces]:
    if by.role != Role.DPO:
        raise NotVisible
    return _of_officer(by)


def _wishes(personne: Personne) -> frozenset[tuple[str, str]]:
    live = personne.confidences.filter(levee_le__isnull=True)
    return frozenset(live.values_list("lien", "objet"))


def _orientation(personne: Personne) -> UUID | None:
    support = Accompagnement.objects.filter(personne=personne).first()
    return support.orientation if support else None


def _decided(row: DemandeAcces) -> dict[str, Decided]:
    key = data_keys(Portee.PERSONNE, [row.personne]).get(row.personne) if row.personne else None
    return {
        one.cle: Decided(one.decision, tuple(readable(one, "mots_scelles", key).splitlines()))
        for one in row.reserves.all()
    }


@atomic
def decide_reserve(*, by: Acteur, demande: UUID, cle: str, decision: str, mots: Sequence[str] = ()) -> None:
    """Decide one passage, or the whole reading (`reserves.WHOLE`); `mots` are those to black out.

    Raises NotVisible, ReadOnly, BadAnswer (a passage that waits for nothing, no word to leave out).
    """
    row = _locked(by, demande)
    assert row.personne is not None
    words = [word.strip() for word in mots if word.strip()]
    member("decision", decision, DecisionReserve)
    if decision == DecisionReserve.CAVIARDER and (not words or cle == WHOLE):
        raise BadAnswer("mots", "Écrivez les mots à ne pas donner, séparés par des virgules.")
    reserve, _ = ReserveAcces.objects.get_or_create(
        demande=row,
        cle=cle,
        defaults={"personne": row.personne, "decision": decision, "le": clock.now(), "par": by.poste},
    )
    kept = "\n".join(words) if decision == DecisionReserve.CAVIARDER else ""
    reserve.decision, reserve.par, reserve.le = decision, by.poste, clock.now()
    reserve.mots_scelles = seal(reserve, "mots_scelles", kept)
    reserve.save()
    _trace(row, by, Acte.DECISION, {"decision": decision})


@atomic
def mark_answered(*, by: Acteur, demande: UUID, attendent: int) -> None:
    """Close the request: the answer was given, the officer reads nothing of it any more.

    `attendent` is how many passages still wait. Raises NotVisible, ReadOnly, NotNow (some wait).
    """
    row = _locked(by, demande)
    if attendent:
        raise NotNow("Il reste des passages à trancher avant de répondre.")
    row.repondue_le = clock.now()
    row.save(update_fields=["repondue_le"])
    _trace(row, by, Acte.CLOTURE)


def _locked(by: Acteur, demande: UUID) -> DemandeAcces:
    rows = _as_officer(by).filter(pk=demande, repondue_le__isnull=True, personne__isnull=False)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise NotVisible
    if by.lecture_seule:
        raise ReadOnly
    return row


@atomic
def trace_answer(by: Acteur | None, opened: Opened, genre: str) -> None:
    """Write that the answer was made as a file (`genre`: pdf or json)."""
    _trace(opened.demande, by, Acte.EXPORT, {"genre": genre})


def _trace(row: DemandeAcces, by: Acteur | None, acte: Acte, detail: dict[str, object] | None = None) -> None:
    """Write on the chain of the service that holds what is read."""
    who = by.professionnel_id if by else None
    record(chaine=row.service_id, acte=acte, acteur=who, objet_genre=GENRE, objet=row.pk, detail=detail)
