"""A season in the field for the tests: outings, what they noted, corrections."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from maillage.base.clock import PARIS
from maillage.base.identifiers import new_id
from maillage.directory.models import Lieu
from maillage.main_courante.models import Note, Sortie
from tests.cast import Cast, Membre

JUNE, AUGUST = date(2026, 6, 1), date(2026, 8, 1)


def outing(member: Membre, day: date, places: list[Lieu]) -> Sortie:
    """Go out for the evening, and say where."""
    start = datetime.combine(day, time(20), PARIS)
    sortie = Sortie.objects.create(
        service=member.service, genre="tournee", jour=day, debut=start, fin=start + timedelta(hours=4)
    )
    sortie.lieux.set(places)
    return sortie


def note(member: Membre, sortie: Sortie, lieu: Lieu, **said: object) -> Note:
    """Write a note of an outing; tense unless said otherwise."""
    values: dict[str, object] = {
        "creneau": "nuit",
        "categorie": "regroupement",
        "ambiance": "tensions",
        "effectif": "5_9",
        "publics": ["16_21"],
        "suites": ["dialogue_engage"],
    }
    return Note.objects.create(
        **(values | said),
        id=new_id(),
        service=member.service,
        poste=member.poste,
        sortie=sortie,
        lieu=lieu,
        jour=sortie.jour,
        observee_le=sortie.debut,
        recue_le=sortie.debut,
        empreinte="",
    )


def season(cast: Cast, rng: Random, *, writing: int = 1, days: int = 92) -> list[Lieu]:
    """Three summer months of both trades at four places; each thing seen is written `writing` times."""
    places = [
        Lieu.objects.get_or_create(territoire=cast.quartier, nom=name, defaults={"genre": "square"})[0]
        for name in ("Hall 4", "Kiosque", "Parking", "Berge")
    ]
    for member, tense in ((cast.karim, (0.6, 0.5, 0.04, 0.1)), (cast.samira, (0.5, 0.1, 0.04, 0.1))):
        for back in range(days):
            sortie = outing(member, JUNE + timedelta(days=back), places)
            for place, odds in zip(places, tense, strict=True):
                if rng.random() < odds:
                    for _ in range(writing):
                        note(member, sortie, place)
    return places
