"""A month at the desks of Orléans' shared houses, and the hours of its parents relais; all invented."""

from datetime import date, time, timedelta
from random import Random

from maillage.conventions.models import Partenariat
from maillage.coordination.accueil import houses_of
from maillage.coordination.enums import MomentAccueil, MotifAccueil
from maillage.coordination.models import PassageAccueil, Vacation
from maillage.directory.enums import Role
from maillage.directory.models import Poste, Service

DAYS = 30
SATURDAY = 5
# How many come in a half-day, at most, for each motive; in the evening the desk is closed.
COME = {
    MotifAccueil.RENSEIGNEMENT: 6,
    MotifAccueil.DEMARCHE: 4,
    MotifAccueil.MEDIATION: 3,
    MotifAccueil.EDUCATEURS: 3,
    MotifAccueil.ATELIER: 5,
    MotifAccueil.AUTRE: 1,
}
OPEN = (MomentAccueil.MATIN, MomentAccueil.APRES_MIDI)
RELAYS = 12


def write_desks(partenariat: Partenariat, rng: Random, today: date) -> int:
    """Count a month of visits to each house, open days only, today's morning included; return the lines."""
    days = [today - timedelta(days=back) for back in range(DAYS)]
    rows = [
        PassageAccueil(
            partenariat=partenariat, maison=house, jour=day, moment=moment, motif=motive, nombre=count
        )
        for house in houses_of(partenariat)
        for day in days
        if day.weekday() < SATURDAY
        for moment in (OPEN[:1] if day == today else OPEN)
        for motive, most in COME.items()
        if (count := rng.randint(0, most))
    ]
    PassageAccueil.objects.bulk_create(rows)
    return len(rows)


def write_hours(service: Service, rng: Random, today: date) -> int:
    """Write a month of school gates for the first parents relais of a service; return the lines."""
    posts = Poste.objects.filter(service=service, role=Role.PARENT_RELAIS)
    named = posts.order_by("professionnel__nom", "professionnel__prenom", "pk")
    chosen = [
        *named.filter(professionnel__compte__isnull=False),
        *named.filter(professionnel__compte__isnull=True)[:RELAYS],
    ]
    rows = [
        Vacation(poste=post, jour=today - timedelta(days=back), debut=time(16), fin=time(18, 30))
        for post in chosen
        for back in range(1, DAYS)
        if (today - timedelta(days=back)).weekday() < SATURDAY and rng.random() < 0.3
    ]
    Vacation.objects.bulk_create(rows)
    return len(rows)
