"""The coordonnateur of L. 121-6-2: an act in steps, what it opens while it lasts, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F
from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import data_keys
from maillage.base.enums import Portee
from maillage.base.seals import holds, sign
from maillage.base.wall import HouseWork, house_work
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import services_in
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.directory.queries import Source, active_on
from maillage.dossiers.models import Personne
from maillage.sharing.access import genuinely_opened, opened_to, person_of, require_writer
from maillage.sharing.answers import member
from maillage.sharing.enums import FinOuverture, PorteeOuverture, SaisineDesignation, SujetCoordination
from maillage.sharing.errors import BadAnswer, NotNow, NotVisible, ReadOnly, Stale
from maillage.sharing.ledger import note
from maillage.sharing.models import Designation, Ouverture, PersonneDesignee
from maillage.sharing.openings import midnight, open_access
from maillage.sharing.persons.accompagnements import accompagnement_of
from maillage.sharing.reading import readable
from maillage.sharing.views import Fact

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from maillage.comptes.acteur import Acteur

BASE = "CASF-L121-6-2-al2"
STEPS = {"accord": "accord_autorite_le", "consultation": "consultation_le"}


@dataclass(frozen=True)
class Coordinated:
    """One person whom the act covers, as the coordonnateur may read them."""

    personne: UUID
    appellation: str
    tranche_age: str
    service: str


@dataclass(frozen=True)
class CoordinatedFamily:
    """What one act in force lets its coordonnateur see."""

    reference: str
    sujets: Sequence[str]
    debut: date
    fin: date
    personnes: Sequence[Coordinated]


def _signed_values(row: Designation) -> list[object]:
    """Return what the seal binds: whom the act designates, about whom, on what, between which days."""
    persons = sorted(str(pk) for pk in row.perimetre.values_list("personne", flat=True))
    return [
        row.pk,
        row.partenariat_id,
        row.coordonnateur_id,
        row.debut,
        row.fin,
        sorted(row.sujets),
        persons,
    ]


def is_genuine(row: Designation) -> bool:
    """Tell whether a signed act is the one that was signed here (S-20)."""
    return holds(row.sceau, "designation", _signed_values(row))


def designations_of(by: Acteur) -> list[Designation]:
    """Return the acts that my town hall prepares or signed, newest first. Raises NotVisible."""
    _require_mayor(by)
    rows = Designation.objects.filter(service=by.service, partenariat__in=by.partenariat_ids)
    rows = rows.select_related("coordonnateur__professionnel")
    return list(rows.order_by("-saisie_le", "-pk")[:100])


def designation_of(by: Acteur, identifiant: UUID) -> Designation:
    """Return one act of my town hall; it names no person it covers. Raises NotVisible."""
    found = next((row for row in designations_of(by) if row.pk == identifiant), None)
    if found is None:
        raise NotVisible
    return found


def preparing(by: Acteur) -> list[Designation]:
    """Return the acts of my partnerships not signed yet, whose scope a service may still fill."""
    rows = Designation.objects.filter(partenariat__in=by.partenariat_ids, signee_le__isnull=True)
    rows = rows.select_related("coordonnateur__professionnel")
    return list(rows.filter(finie_le__isnull=True).order_by("saisie_le", "pk")[:20])


def candidates(by: Acteur) -> list[Poste]:
    """Return the posts that may be designated today in my partnerships."""
    rows = Poste.objects.filter(
        active_on(clock.today()),
        role=Role.COORDONNATEUR,
        service__in=services_in(by.partenariat_ids, clock.today()),
    )
    return list(rows.distinct().select_related("professionnel").order_by("professionnel__nom", "pk"))


@atomic
def open_designation(
    *, by: Acteur, partenariat: Partenariat, coordonnateur: Poste, saisine: str, sujets: Sequence[str]
) -> Designation:
    """Begin an act: who asked, whom it would designate, on which subjects. Nothing opens.

    Raises NotVisible (not the mayor, another partnership), ReadOnly, BadAnswer.
    """
    _require_mayor(by, writing=True)
    if partenariat.pk not in by.partenariat_ids:
        raise NotVisible
    if coordonnateur not in candidates(by):
        raise BadAnswer("coordonnateur", "Choisissez un coordonnateur en poste aujourd'hui.")
    if not sujets:
        raise BadAnswer("sujets", "Choisissez au moins un sujet.")
    row = Designation.objects.create(
        partenariat=partenariat,
        service=by.service,
        coordonnateur=coordonnateur,
        saisine=member("saisine", saisine, SaisineDesignation),
        saisie_le=clock.today(),
        sujets=[member("sujets", one, SujetCoordination) for one in sujets],
    )
    note(by, Acte.CREATION, "designation", row.pk, {"saisine": saisine})
    return row


@atomic
def note_step(*, by: Acteur, designation: UUID, step: str, version: int) -> None:
    """Date today the authority's agreement («accord») or the department's opinion («consultation»).

    The agreement comes first. Raises NotVisible, ReadOnly, NotNow, Stale, BadAnswer.
    """
    row = _draft(by, designation)
    if step not in STEPS:
        raise BadAnswer("etape", "Choisissez une réponse de la liste.")
    if step == "consultation" and row.accord_autorite_le is None:
        raise NotNow("L'autorité dont relève le coordonnateur doit d'abord être d'accord.")
    _update(row, version, {STEPS[step]: clock.today()})
    note(by, Acte.DECISION, "designation", row.pk, {"etape": step})


@atomic
def enter_scope(*, by: Acteur, designation: UUID, accompagnement: UUID) -> None:
    """Put one person of my service in the scope of an act not signed yet; nobody comes along.

    Raises NotVisible (another service's support, an act of another partnership), ReadOnly, NotNow.
    """
    require_writer(by)
    support = accompagnement_of(by, accompagnement)
    row = (
        Designation.objects.select_for_update()
        .filter(pk=designation, partenariat__in=by.partenariat_ids)
        .first()
    )
    if row is None:
        raise NotVisible
    _require_unsigned(row)
    row.perimetre.get_or_create(personne=support.personne_id, defaults={"service": by.service})
    note(by, Acte.PARTAGE, "designation", row.pk, {"etape": "perimetre"})


@atomic
def sign_designation(*, by: Acteur, designation: UUID, debut: date, fin: date, version: int) -> None:
    """Sign: from `debut` to `fin`, both counted, the scope opens to the coordonnateur and to nobody else.

    Raises NotVisible, ReadOnly, Stale, BadAnswer (dates), NotNow (a step or the scope is missing).
    """
    row = _draft(by, designation)
    if row.accord_autorite_le is None or row.consultation_le is None:
        raise NotNow("Il manque l'accord de l'autorité ou la consultation du département.")
    covered = list(row.perimetre.values_list("personne", flat=True))
    if not covered:
        raise NotNow("Aucun service n'a encore inscrit de personne dans cet acte.")
    if debut < clock.today():
        raise BadAnswer("debut", "L'acte ne peut pas prendre effet avant aujourd'hui.")
    if fin < debut:
        raise BadAnswer("fin", "L'acte finit après avoir commencé.")
    signed = {"debut": debut, "fin": fin, "signee_le": clock.now(), "signataire": by.poste}
    _update(row, version, signed)
    Designation.objects.filter(pk=row.pk).update(sceau=sign("designation", _signed_values(row)))
    for personne in covered:
        _open(row, personne)
    note(by, Acte.OUVERTURE, "designation", row.pk, {"personnes": len(covered)})


@atomic
def end_designation(*, by: Acteur, designation: UUID, version: int) -> None:
    """End an act now: access ceases in the same transaction. Raises NotVisible, ReadOnly, Stale, NotNow."""
    row = _locked(by, designation)
    if row.finie_le is not None:
        raise NotNow("Cet acte est déjà fini.")
    _update(row, version, {"finie_le": clock.now()})
    _close(row)
    note(by, Acte.FERMETURE, "designation", row.pk)


@house_work(HouseWork.ENDING)
def _close(row: Designation) -> None:
    """End what the act opened, save what another act in force opens too."""
    covered, service = row.perimetre.values("personne"), row.coordonnateur.service
    openings = Ouverture.objects.filter(personne__in=covered, service=service, cause_fin="")
    openings = openings.filter(portee=PorteeOuverture.COORDINATION)
    openings.update(fin=clock.now(), cause_fin=FinOuverture.TERME)
    for other in _also_covered(row).select_related("designation__partenariat"):
        _open(other.designation, other.personne)


def _open(row: Designation, personne: UUID) -> None:
    """Let the coordonnateur's service see someone from the act's first day to its last."""
    assert row.debut is not None
    assert row.fin is not None
    open_access(
        personne=personne,
        service=row.coordonnateur.service,
        portee=PorteeOuverture.COORDINATION,
        base=BASE,
        partenariat=row.partenariat,
        debut=midnight(row.debut),
        fin=midnight(row.fin + timedelta(days=1)),
    )


def _also_covered(row: Designation) -> QuerySet[PersonneDesignee]:
    """Return who of this act another one still covers, today or on a day to come."""
    return PersonneDesignee.objects.filter(
        personne__in=row.perimetre.values("personne"),
        designation__in=_signed().filter(fin__gte=clock.today()).exclude(pk=row.pk),
        designation__coordonnateur__service=row.coordonnateur.service,
    )


def _signed() -> QuerySet[Designation]:
    return Designation.objects.filter(signee_le__isnull=False, finie_le__isnull=True)


def _in_force(on: date) -> QuerySet[Designation]:
    return _signed().filter(debut__lte=on, fin__gte=on)


def _held(by: Acteur) -> QuerySet[Designation]:
    """Return the acts in force today that designate this post, within its partnerships."""
    return _in_force(clock.today()).filter(coordonnateur=by.poste, partenariat__in=by.partenariat_ids)


def coordinated_families(acteur: Acteur) -> list[CoordinatedFamily]:
    """Return what the acts in force today let this coordonnateur see: names of use, age, who follows.

    An act whose seal does not hold gives nothing and leaves a refusal in the ledger. One line for
    the reading, in the same transaction. Raises NotVisible for any other role.
    """
    if acteur.role != Role.COORDONNATEUR:
        raise NotVisible
    with atomic():
        rows = _held(acteur).order_by("fin", "pk")
        genuine = []
        for row in rows.prefetch_related("perimetre"):
            if is_genuine(row):
                genuine.append(row)
            else:
                note(acteur, Acte.REFUS, "designation", row.pk, {"sceau": False})
        found = [_family(acteur, row) for row in genuine]
        note(acteur, Acte.LISTE, "designation", None, {"nombre": len(found)})
    return found


def _family(acteur: Acteur, row: Designation) -> CoordinatedFamily:
    covered = Personne.objects.filter(
        opened_to(acteur.service.pk, PorteeOuverture.COORDINATION, "pk"),
        pk__in=row.perimetre.values("personne"),
        effacee_le__isnull=True,
    ).select_related("service")
    persons = list(covered.order_by("creee_le", "pk"))
    seen = genuinely_opened(acteur, [one.pk for one in persons], PorteeOuverture.COORDINATION)
    persons = [one for one in persons if one.pk in seen]
    keys = data_keys(Portee.PERSONNE, [one.pk for one in persons])
    for one in persons:
        note(acteur, Acte.LECTURE, "personne", one.pk)
    assert row.debut is not None
    assert row.fin is not None
    return CoordinatedFamily(
        reference=str(row.pk)[:8],
        sujets=[str(SujetCoordination(code).label) for code in row.sujets],
        debut=row.debut,
        fin=row.fin,
        personnes=[
            Coordinated(
                one.pk,
                readable(one, "appellation_scellee", keys.get(one.pk)),
                one.tranche_age,
                one.service.nom_court,
            )
            for one in persons
        ],
    )


def subject_of(by: Acteur, personne: UUID) -> Personne:
    """Return someone this post may speak of: a coordonnateur, only those of a genuine act in force.

    Everyone else, whom their service may see. Raises NotVisible.
    """
    if by.role != Role.COORDONNATEUR:
        return person_of(by, personne)
    acts = _held(by).filter(perimetre__personne=personne)
    opened = Personne.objects.filter(
        opened_to(by.service.pk, PorteeOuverture.COORDINATION, "pk"), pk=personne, effacee_le__isnull=True
    ).first()
    seen = genuinely_opened(by, [personne], PorteeOuverture.COORDINATION)
    if opened is None or not seen or not any(is_genuine(act) for act in acts):
        raise NotVisible
    return opened


def speaks_of(by: Acteur, personne: UUID) -> None:
    """Check that this post may speak of someone now. Raises NotVisible."""
    subject_of(by, personne)


def designation_facts(personne: UUID, on: date) -> dict[str, Fact]:
    """Return `situation.coordonnateur` when an act in force that day covers this person."""
    for row in _in_force(on).filter(perimetre__personne=personne).order_by("pk"):
        if is_genuine(row):
            source = Source("designation", str(row.pk), f"Acte de désignation du {row.debut:%d/%m/%Y}")
            return {"situation.coordonnateur": Fact("designe_pour_ce_sujet", source)}
    return {}


def _require_mayor(by: Acteur, *, writing: bool = False) -> None:
    """Refuse everyone but the mayor, who alone designates. Raises NotVisible, ReadOnly."""
    if by.role != Role.MAIRE:
        raise NotVisible
    if writing and by.lecture_seule:
        raise ReadOnly


def _locked(by: Acteur, designation: UUID) -> Designation:
    _require_mayor(by, writing=True)
    rows = Designation.objects.select_for_update(of=("self",)).select_related("coordonnateur__service")
    row = rows.filter(pk=designation, service=by.service, partenariat__in=by.partenariat_ids).first()
    if row is None:
        raise NotVisible
    return row


def _draft(by: Acteur, designation: UUID) -> Designation:
    row = _locked(by, designation)
    _require_unsigned(row)
    return row


def _require_unsigned(row: Designation) -> None:
    if row.signee_le is not None or row.finie_le is not None:
        raise NotNow("Cet acte est signé ou fini : il ne change plus. Préparez-en un autre.")


def _update(row: Designation, version: int, changed: dict[str, object]) -> None:
    """Write by one conditional update, so that of two screens one wins. Raises Stale."""
    rows = Designation.objects.filter(pk=row.pk, version=version)
    if rows.update(version=F("version") + 1, **changed) != 1:
        raise Stale
    row.refresh_from_db()
