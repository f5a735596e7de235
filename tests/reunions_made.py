"""What the tests of meetings start from: a late orientation, news unanswered, a meeting, a decision."""

from __future__ import annotations

from datetime import date, timedelta

from maillage.base import clock
from maillage.base.encryption import seal
from maillage.main_courante.models import MessageDeLieu
from maillage.orientations.models import Orientation
from maillage.reunions.models import Decision, Reunion
from tests.cast import Cast
from tests.door import send


def late_orientation(cast: Cast) -> Orientation:
    """Return an orientation sent whose day of answer is past."""
    row = send(cast)
    Orientation.objects.filter(pk=row.pk).update(reponse_attendue_le=clock.today() - timedelta(days=3))
    row.refresh_from_db()
    return row


def unanswered(cast: Cast) -> MessageDeLieu:
    """Return news of a place that nobody answered, of three days ago."""
    return MessageDeLieu.objects.create(
        partenariat=cast.ici,
        service_emetteur=cast.alm,
        service_destinataire=cast.relais,
        poste=cast.karim.poste,
        lieu=cast.hall,
        creneau="soiree",
        effectif="5_10",
        categorie="regroupement",
        envoye_le=clock.now() - timedelta(days=3),
    )


def planned(cast: Cast, days: int = 7, **changed: object) -> Reunion:
    """Return a meeting planned in some days (negative: its hour is past)."""
    row = {
        "partenariat": cast.ici,
        "le": clock.now() + timedelta(days=days),
        "convoquee_par": cast.alm,
        "convoquee_le": clock.now(),
    }
    return Reunion.objects.create(**row | changed)


def held(cast: Cast, days: int = -1) -> Reunion:
    """Return a meeting held."""
    return planned(cast, days, etat="tenue")


def decided(cast: Cast, reunion: Reunion, texte: str, echeance: date) -> Decision:
    """Return a decision that Le Relais answers for."""
    made = Decision(
        partenariat=cast.ici,
        reunion=reunion,
        service=cast.relais,
        echeance=echeance,
        prise_le=clock.now(),
    )
    made.texte_scelle = seal(made, "texte_scelle", texte)
    made.save()
    return made
