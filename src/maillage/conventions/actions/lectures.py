"""Writes of the partnership: a reading of an open question is proposed, signed three times, adopted.

Never retroactive: it holds from the day of the last signature at the earliest, until its term.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.enums import Camp, EtatProposition
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.conventions.models import LectureAdoptee, Partenariat, PropositionLecture, SignatureLecture
from maillage.conventions.queries import READINGS, camp_of, lectures
from maillage.law.catalogue import questions

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

REASON_MAX = 600
LONGEST = timedelta(days=3 * 366)


@atomic
def propose_reading(
    *,
    by: Acteur,
    partenariat: Partenariat,
    question: str,
    valeur: str,
    debut: date,
    fin: date,
    motif: str = "",
) -> PropositionLecture:
    """Propose a reading and sign it for one's own side.

    Raises NotYours (not a direction nor the DPO here, or no such question), CannotWrite, BadAnswer,
    NotNow (one is already waiting, is already in force, or begins later).
    """
    camp = _signatory(by, partenariat)
    if question not in {one.code for one in questions() if one.a_lecture}:
        raise NotYours
    Partenariat.objects.select_for_update().get(pk=partenariat.pk)
    _check_answers(valeur, debut, fin, motif)
    _check_moment(partenariat, question, valeur)
    row = PropositionLecture.objects.create(
        partenariat=partenariat,
        question=question,
        valeur=valeur,
        motif=motif.strip(),
        debut=debut,
        fin=fin,
        proposee_le=clock.now(),
        proposee_par=by.poste,
    )
    _note(by, Acte.CREATION, row)
    return _sign(by, camp, row)


@atomic
def sign_reading(*, by: Acteur, proposition: UUID) -> PropositionLecture:
    """Sign for one's side; the third signature adopts. Signing twice changes nothing.

    Raises NotYours, CannotWrite, NotNow (set aside, its term is past, one person for two sides).
    """
    row = _locked(by, proposition)
    camp = _signatory(by, row.partenariat)
    if row.signatures.filter(camp=camp).exists():
        return row
    _require_open(row)
    if row.fin <= clock.today():
        raise NotNow("Le terme de cette proposition est passé : proposez-en une autre.")
    if row.signatures.filter(poste__professionnel=by.professionnel_id).exists():
        raise NotNow("Vous avez déjà signé : une même personne ne signe pas pour deux.")
    return _sign(by, camp, row)


@atomic
def set_aside_reading(*, by: Acteur, proposition: UUID) -> PropositionLecture:
    """Set a proposal aside: any of the three may, until the last signature.

    Raises NotYours, CannotWrite, NotNow (adopted already).
    """
    row = _locked(by, proposition)
    _signatory(by, row.partenariat)
    if row.etat == EtatProposition.ECARTEE:
        return row
    _require_open(row)
    row.etat, row.close_le = EtatProposition.ECARTEE, clock.now()
    row.save(update_fields=["etat", "close_le"])
    _note(by, Acte.CLOTURE, row)
    return row


def _signatory(by: Acteur, partenariat: Partenariat) -> Camp:
    camp = camp_of(by, partenariat)
    if camp is None:
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas de signer.")
    return camp


def _locked(by: Acteur, proposition: UUID) -> PropositionLecture:
    row = (
        PropositionLecture.objects.select_for_update(of=("self",))
        .select_related("partenariat")
        .filter(pk=proposition, partenariat__in=by.partenariat_ids)
        .first()
    )
    if row is None:
        raise NotYours
    return row


def _require_open(row: PropositionLecture) -> None:
    if row.etat != EtatProposition.OUVERTE:
        raise NotNow(f"Cette proposition est déjà {row.get_etat_display().lower()}.")


def _check_answers(valeur: str, debut: date, fin: date, motif: str) -> None:
    if valeur not in READINGS:
        raise BadAnswer("valeur", "Choisissez une des deux lectures.")
    if debut < clock.today():
        raise BadAnswer(
            "debut", "Une lecture ne vaut jamais pour le passé : choisissez aujourd'hui ou après."
        )
    if fin <= debut:
        raise BadAnswer("fin", "Le terme vient après le premier jour.")
    if fin - debut > LONGEST:
        raise BadAnswer("fin", "Trois ans au plus : une lecture se rediscute.")
    if len(motif.strip()) > REASON_MAX:
        raise BadAnswer("motif", f"C'est trop long : {REASON_MAX} caractères au plus.")


def _check_moment(partenariat: Partenariat, question: str, valeur: str) -> None:
    same = {"partenariat": partenariat, "question": question}
    if PropositionLecture.objects.filter(**same, etat=EtatProposition.OUVERTE).exists():
        raise NotNow("Une proposition attend déjà des signatures sur cette question.")
    coming = LectureAdoptee.objects.filter(**same, debut__gt=clock.today()).order_by("debut").first()
    if coming is not None:
        raise NotNow(f"Une lecture est déjà adoptée, à partir du {coming.debut:%d/%m/%Y}.")
    current = lectures(partenariat, clock.today()).get(question, "prudente")
    adopted = LectureAdoptee.objects.filter(**same).exists()
    if valeur == current == "prudente" and not adopted:
        raise BadAnswer("valeur", "La lecture prudente vaut déjà, sans rien signer.")


def _sign(by: Acteur, camp: Camp, row: PropositionLecture) -> PropositionLecture:
    SignatureLecture.objects.create(proposition=row, camp=camp, poste=by.poste, le=clock.now())
    _note(by, Acte.MODIFICATION, row)
    if row.signatures.count() == len(Camp):
        _adopt(by, row)
    return row


def _adopt(by: Acteur, row: PropositionLecture) -> None:
    """Put the reading in force from today at the earliest; the one before ends the day before."""
    debut = max(row.debut, clock.today())
    before = LectureAdoptee.objects.filter(partenariat=row.partenariat, question=row.question)
    version = before.count() + 1
    for old in before.filter(debut__lt=debut):
        if old.fin is None or old.fin >= debut:
            old.fin = debut - timedelta(days=1)
            old.save(update_fields=["fin"])
    signatures = row.signatures.select_related("poste__professionnel", "poste__service").order_by("le", "pk")
    row.lecture = LectureAdoptee.objects.create(
        partenariat=row.partenariat,
        question=row.question,
        valeur=row.valeur,
        signataires=[_signed(signature) for signature in signatures],
        preuve=f"Annexe de lecture {row.question}, version {version}, signée le {clock.today():%d/%m/%Y}",
        debut=debut,
        fin=row.fin,
        version=version,
    )
    row.etat, row.close_le = EtatProposition.ADOPTEE, clock.now()
    row.save(update_fields=["lecture", "etat", "close_le"])
    _note(by, Acte.DECISION, row)


def _signed(signature: SignatureLecture) -> str:
    poste, day = signature.poste, signature.le.astimezone(clock.PARIS)
    who = f"{poste.professionnel}, {poste.service.nom_court}"
    return f"{signature.get_camp_display()} : {who}, le {day:%d/%m/%Y}"


def _note(by: Acteur, acte: Acte, row: PropositionLecture) -> None:
    record(
        chaine=by.service.pk,
        acte=acte,
        acteur=by.professionnel_id,
        objet_genre="lecture",
        objet=row.pk,
        detail={"question": row.question, "valeur": row.valeur},
    )
