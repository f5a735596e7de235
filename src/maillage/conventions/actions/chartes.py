"""Writes of the charters: a direction publishes a text, each person signs for the post held."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max
from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.actions.atelier import note
from maillage.conventions.enums import GenreCharte
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.conventions.models import Charte, Partenariat, SignatureCharte
from maillage.conventions.queries import camp_of, charters, must_sign, on_the_way

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

TEXT_MAX = 12_000


@atomic
def publish_charter(
    *, by: Acteur, partenariat: Partenariat, genre: GenreCharte, texte: str, debut: date
) -> Charte:
    """Publish the next version of a charter; everyone signs it anew from `debut`.

    Raises NotYours (neither a direction nor the DPO), CannotWrite, BadAnswer, NotNow.
    """
    if camp_of(by, partenariat) is None:
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas de publier une charte.")
    if not texte.strip() or len(texte.strip()) > TEXT_MAX:
        raise BadAnswer("texte", f"Écrivez la charte, {TEXT_MAX} caractères au plus.")
    if debut < clock.today():
        raise BadAnswer("debut", "Une charte ne vaut jamais pour le passé : choisissez aujourd'hui ou après.")
    Partenariat.objects.select_for_update().get(pk=partenariat.pk)
    rows = Charte.objects.filter(partenariat=partenariat, genre=genre)
    if rows.filter(debut__gte=debut).exists():
        raise NotNow("Une version de cette charte commence déjà ce jour-là ou après.")
    latest = rows.aggregate(latest=Max("version"))["latest"] or 0
    row = Charte.objects.create(
        partenariat=partenariat, genre=genre, version=latest + 1, texte=texte.strip(), debut=debut
    )
    note(by, Acte.CREATION, "charte", row.pk, {"version": row.version})
    return row


@atomic
def sign_charter(*, by: Acteur, charte: UUID) -> SignatureCharte:
    """Sign a charter in force for one's post, today. Signing twice changes nothing.

    Raises NotYours, CannotWrite, NotNow (replaced, not yet in force, or a newcomer whose module waits).
    """
    row = (
        Charte.objects.select_related("partenariat")
        .filter(pk=charte, partenariat__in=by.partenariat_ids)
        .first()
    )
    if row is None or not must_sign(by.poste):
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas de signer.")
    if row not in charters(row.partenariat, clock.today()):
        raise NotNow("Ce texte n'est pas celui qui vaut aujourd'hui.")
    if on_the_way(by.poste, clock.today(), [row.partenariat_id]):
        raise NotNow("Finissez d'abord votre parcours d'arrivée jusqu'au module : la charte se signe après.")
    signature, created = SignatureCharte.objects.get_or_create(
        charte=row, poste=by.poste, defaults={"le": clock.today()}
    )
    if created:
        note(by, Acte.DECISION, "charte", row.pk, {"version": row.version})
    return signature
