"""Answering the barometer so that nobody, ever, can tell who answered what.

An answer is added to its trade's sums and nothing else is kept: no row of its own, no hour, no ledger
line, no session. That someone took part is a keyed digest, erased when the wave closes.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from hashlib import sha256

from django.db import IntegrityError, transaction

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import ensure_key
from maillage.base.enums import Portee
from maillage.comptes.acteur import Acteur
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.enquetes.errors import AlreadyAnswered, EnqueteError
from maillage.enquetes.models import Depouillement, FeuilleCollective, Marque, Vague
from maillage.enquetes.queries import SMALLEST, half_year, is_counted_here, may_answer, may_steer, people_in
from maillage.enquetes.questions import ANSWERS, QUESTIONS
from maillage.sharing.errors import NotVisible, ReadOnly


@transaction.atomic
def open_wave(*, by: Acteur, partenariat: Partenariat) -> Vague:
    """Open the half-year's wave. Raises NotVisible, ReadOnly, or AlreadyAnswered when it was opened."""
    _steering(by, partenariat)
    semestre = half_year(clock.today())
    wave, made = Vague.objects.get_or_create(partenariat=partenariat, semestre=semestre)
    if not made:
        raise AlreadyAnswered("Ce semestre a déjà eu son baromètre.")
    ensure_key(Portee.PARTENARIAT, partenariat.pk)
    for metier in {service.metier for service in members(partenariat)}:
        for whose in (partenariat, None):
            Depouillement.objects.get_or_create(semestre=semestre, partenariat=whose, metier=metier)
    _trace(by, Acte.OUVERTURE, wave)
    return wave


@transaction.atomic
def answer(*, by: Acteur, wave: Vague, answers: Mapping[str, str]) -> None:
    """Add one person's ten answers to the sums; nothing else is kept, and nothing is written in the ledger.

    Raises NotVisible for who is not asked, EnqueteError when an answer is missing, AlreadyAnswered.
    """
    if wave.partenariat_id not in by.partenariat_ids or not may_answer(by, wave.partenariat):
        raise NotVisible
    if by.lecture_seule:
        raise ReadOnly
    kept = _checked(answers)
    if not Vague.objects.select_for_update().filter(pk=wave.pk, ouverte=True).exists():
        raise AlreadyAnswered("Ce baromètre est fermé.")
    _mark(by, wave)
    metier = by.service.metier
    here = wave.partenariat if is_counted_here(wave.partenariat, metier) else None
    sums = Depouillement.objects.select_for_update().get(
        semestre=wave.semestre, partenariat=here, metier=metier
    )
    for question, value in kept.items():
        counts = sums.comptes.setdefault(question, dict.fromkeys(ANSWERS, 0))
        counts[value] += 1
    sums.save(update_fields=["comptes"])


@transaction.atomic
def answer_together(*, by: Acteur, wave: Vague, answers: Mapping[str, str]) -> FeuilleCollective:
    """Write the one sheet of a team too small to be counted. Raises as `answer`, or when it is not small."""
    _steering(by, wave.partenariat)
    if is_counted_here(wave.partenariat, by.service.metier):
        raise EnqueteError("Votre équipe est assez grande : chacun y répond pour soi.")
    if not Vague.objects.select_for_update().filter(pk=wave.pk, ouverte=True).exists():
        raise AlreadyAnswered("Ce baromètre est fermé.")
    sheet, _ = FeuilleCollective.objects.update_or_create(
        vague=wave, service=by.service, defaults={"reponses": _checked(answers)}
    )
    _trace(by, Acte.MODIFICATION, wave)
    return sheet


@transaction.atomic
def close_wave(*, by: Acteur, wave: Vague) -> None:
    """Close a wave for good: its sums can be read, and who took part is erased."""
    _steering(by, wave.partenariat)
    if not Vague.objects.filter(pk=wave.pk, ouverte=True).update(ouverte=False):
        raise AlreadyAnswered("Ce baromètre est déjà fermé.")
    wave.marques.all().delete()
    for sums in Depouillement.objects.filter(semestre=wave.semestre, partenariat=wave.partenariat):
        if people_in(sums) < SMALLEST:
            # Too few to be read is too few to be kept.
            sums.comptes = {}
            sums.save(update_fields=["comptes"])
    _trace(by, Acte.CLOTURE, wave)


def has_answered(by: Acteur, wave: Vague) -> bool:
    """Say whether this person already took part in an open wave."""
    return Marque.objects.filter(pk=_digest(by, wave)).exists()


def _checked(answers: Mapping[str, str]) -> dict[str, str]:
    missing = [one for one in QUESTIONS if answers.get(one.cle) not in ANSWERS]
    if missing:
        raise EnqueteError(f"Il manque {len(missing)} réponse{'s' if len(missing) > 1 else ''} sur dix.")
    return {one.cle: answers[one.cle] for one in QUESTIONS}


def _mark(by: Acteur, wave: Vague) -> None:
    try:
        with transaction.atomic():
            Marque.objects.create(empreinte=_digest(by, wave), vague=wave)
    except IntegrityError:
        raise AlreadyAnswered("Vous avez déjà répondu : une réponse donnée ne se retrouve plus.") from None


def _digest(by: Acteur, wave: Vague) -> str:
    key = ensure_key(Portee.PARTENARIAT, wave.partenariat_id)
    return hmac.new(key, f"{wave.pk}:{by.professionnel_id}".encode(), sha256).hexdigest()


def _steering(by: Acteur, partenariat: Partenariat) -> None:
    if partenariat.pk not in by.partenariat_ids or by.service not in members(partenariat):
        raise NotVisible
    if not may_steer(by, partenariat):
        raise ReadOnly


def _trace(by: Acteur, acte: Acte, wave: Vague) -> None:
    record(
        chaine=by.service.pk,
        acte=acte,
        acteur=by.professionnel_id,
        objet_genre="barometre",
        objet=str(wave.pk),
    )
