"""From the workshop to the version in force: the text is settled, both directions sign, facts hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.actions.atelier import lock_convention, note, open_workshop
from maillage.conventions.enums import EtatConvention
from maillage.conventions.errors import BadAnswer, NotNow, NotYours
from maillage.conventions.faits import say_fact
from maillage.conventions.models import (
    Clause,
    ClauseProposee,
    Convention,
    Partenariat,
    RedactionClause,
    SignatureConvention,
)
from maillage.conventions.queries import SIGNING_CAMPS, camp_of, carried, members, wordings
from maillage.conventions.travail import DELAI_CLOTURE, DELAI_REPONSE
from maillage.directory.models import Service

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

LONGEST = timedelta(days=5 * 366)


@atomic
def settle_text(*, by: Acteur, convention: UUID, debut: date, fin: date, revue_le: date) -> Convention:
    """Settle the text today: clauses that both trades carry stay, the others are withdrawn.

    Raises NotYours (not a direction), CannotWrite, NotNow (settled already, no clause carried), BadAnswer.
    """
    row = lock_convention(by, convention)
    if camp_of(by, row.partenariat) not in SIGNING_CAMPS:
        raise NotYours
    if row.etat != EtatConvention.ATELIER:
        raise NotNow("Le texte de cette version est déjà arrêté.")
    _check_dates(debut, fin, revue_le)
    _check_alone(row, debut)
    kept = [clause.pk for clause in carried(row)]
    if not kept:
        raise NotNow("Aucune clause n'a l'accord des deux métiers : il n'y a rien à signer.")
    _check_together(row.partenariat, [text for pk, text in wordings(row).items() if pk in kept])
    row.clauses.filter(retiree_le=None).exclude(pk__in=kept).update(retiree_le=clock.now())
    row.etat, row.texte_du = EtatConvention.ARRETEE, clock.today()
    row.debut, row.fin, row.revue_le = debut, fin, revue_le
    row.save(update_fields=["etat", "texte_du", "debut", "fin", "revue_le"])
    note(by, Acte.MODIFICATION, "convention", row.pk, {"version": row.version})
    return row


@atomic
def reopen_text(*, by: Acteur, convention: UUID) -> Convention:
    """Set aside a text that waits for signatures, and bring its clauses back to a new workshop.

    Raises NotYours (not a direction), CannotWrite, NotNow (in force, or not settled).
    """
    row = lock_convention(by, convention)
    if camp_of(by, row.partenariat) not in SIGNING_CAMPS:
        raise NotYours
    if row.etat != EtatConvention.ARRETEE:
        raise NotNow("Seul un texte qui attend des signatures se rouvre.")
    row.etat = EtatConvention.ECARTEE
    row.save(update_fields=["etat"])
    note(by, Acte.CLOTURE, "convention", row.pk, {"version": row.version})
    return open_workshop(by=by, partenariat=row.partenariat)


@atomic
def sign_convention(*, by: Acteur, convention: UUID, le: date) -> Convention:
    """Sign for one's trade on the day `le`; the second signature puts the version in force.

    Signing twice changes nothing. Raises NotYours, CannotWrite, NotNow, BadAnswer (a day before the
    text, or to come).
    """
    row = lock_convention(by, convention)
    camp = camp_of(by, row.partenariat)
    if camp is None or camp not in SIGNING_CAMPS:
        raise NotYours
    if row.signatures.filter(camp=camp).exists():
        return row
    if row.etat != EtatConvention.ARRETEE or row.texte_du is None:
        raise NotNow("Le texte n'est pas arrêté : on ne signe qu'un texte qui ne change plus.")
    if le < row.texte_du:
        raise BadAnswer(
            "le", f"On ne signe pas avant que le texte existe : il est du {row.texte_du:%d/%m/%Y}."
        )
    if le > clock.today():
        raise BadAnswer("le", "On ne signe pas à une date à venir.")
    SignatureConvention.objects.create(convention=row, camp=camp, poste=by.poste, le=le)
    note(by, Acte.MODIFICATION, "convention", row.pk, {"version": row.version})
    if row.signatures.count() == len(SIGNING_CAMPS):
        _put_in_force(by, row)
    return row


def _check_dates(debut: date, fin: date, revue_le: date) -> None:
    if debut < clock.today():
        raise BadAnswer(
            "debut", "Une convention ne vaut jamais pour le passé : choisissez aujourd'hui ou après."
        )
    if fin <= debut:
        raise BadAnswer("fin", "Le terme vient après le premier jour.")
    if fin - debut > LONGEST:
        raise BadAnswer("fin", "Cinq ans au plus : une convention se rediscute.")
    if not debut < revue_le <= fin:
        raise BadAnswer("revue_le", "La revue vient après le premier jour, et au plus tard au terme.")


def _check_alone(row: Convention, debut: date) -> None:
    """Refuse a first day on which, or before which, a signed version already begins."""
    signed = Convention.objects.filter(partenariat=row.partenariat, etat=EtatConvention.SIGNEE)
    last = signed.filter(debut__gte=debut).order_by("-debut").first()
    if last is not None:
        raise BadAnswer(
            "debut",
            f"La version {last.version}, signée, commence le {last.debut:%d/%m/%Y} : choisissez un jour "
            "d'après, deux versions ne valent pas le même jour.",
        )


def _check_together(partenariat: Partenariat, texts: list[RedactionClause]) -> None:
    """Refuse clauses that contradict one another, or a delay longer than the orientation lives."""
    said: dict[tuple[str, str], RedactionClause] = {}
    for text in texts:
        if not text.fait:
            continue
        other = said.setdefault((text.fait, text.metier), text)
        if other.valeur != text.valeur:
            first, second = say_fact(text.fait, other.valeur), say_fact(text.fait, text.valeur)
            raise NotNow(
                f"« {other.titre} » et « {text.titre} » se contredisent ({first} ; {second}) : "
                "gardez l'une des deux."
            )
    days: dict[str, Any] = {
        fait: one.valeur for (fait, _), one in said.items() if fait in (DELAI_REPONSE, DELAI_CLOTURE)
    }
    answer = days.get(DELAI_REPONSE, partenariat.delai_reponse_jours)
    closing = days.get(DELAI_CLOTURE, partenariat.delai_cloture_jours)
    if days and answer >= closing:
        raise NotNow(
            f"Une réponse attendue sous {answer} jours vient trop tard : l'orientation se ferme après "
            f"{closing} jours."
        )


def _put_in_force(by: Acteur, row: Convention) -> None:
    """Put the version in force from today at the earliest; the one before ends the day before."""
    partenariat = Partenariat.objects.select_for_update().get(pk=row.partenariat_id)
    # The partnership's own delays may have changed since the text was settled.
    _check_together(partenariat, list(wordings(row).values()))
    assert row.debut is not None
    assert row.fin is not None
    debut = max(row.debut, clock.today())
    if row.fin <= debut:
        raise NotNow("Le terme de ce texte est passé : rouvrez un atelier.")
    signed = Convention.objects.filter(partenariat=row.partenariat, etat=EtatConvention.SIGNEE)
    if signed.filter(debut__gte=debut).exists():
        raise NotNow(
            "Une version déjà signée commence ce jour-là ou après : deux ne valent pas le même jour."
        )
    eve = debut - timedelta(days=1)
    for old in signed.filter(fin__gte=debut):
        Clause.objects.filter(proposee__convention=old, fin__gte=debut, debut__lt=debut).update(fin=eve)
        old.fin = eve
        old.save(update_fields=["fin"])
    row.debut, row.etat = debut, EtatConvention.SIGNEE
    row.save(update_fields=["debut", "etat"])
    texts = wordings(row)
    for clause in row.clauses.filter(retiree_le=None).order_by("proposee_le", "pk"):
        _establish(row, clause, texts[clause.pk])
    note(by, Acte.DECISION, "convention", row.pk, {"version": row.version})


def _establish(row: Convention, clause: ClauseProposee, text: RedactionClause) -> None:
    """Write the facts of one clause: one row per service of the trade named, one for the partnership."""
    if not text.fait:
        return
    assert row.debut is not None
    services: list[Service | None] = [None]
    if text.metier:
        services = [one for one in members(row.partenariat, row.debut) if one.metier == text.metier]
    for service in services:
        Clause.objects.create(
            partenariat=row.partenariat,
            service=service,
            proposee=clause,
            titre=text.titre,
            texte=text.texte,
            fait=text.fait,
            valeur=text.valeur,
            preuve=f"Convention, version {row.version}, signée le {clock.today():%d/%m/%Y}",
            debut=row.debut,
            fin=row.fin,
            revue_le=row.revue_le,
            invente=row.invente,
        )
