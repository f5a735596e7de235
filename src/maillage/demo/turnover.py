"""Someone leaves La Rochelle on the 30th, someone begins on the 1st: the demo's turnover, invented."""

from calendar import monthrange
from datetime import date, timedelta
from random import Random

from maillage.comptes.enums import EtatCompte
from maillage.demo import staff
from maillage.demo.accounts import Login, login
from maillage.demo.partnerships import Installed
from maillage.directory.enums import Contrat, Role
from maillage.directory.models import Poste, Service
from maillage.orientations.models import Orientation

TITLE = "Médiateur·rice adulte-relais"
CARRIED = 3
# Fewer days than that before the 30th, and the one who leaves leaves a month later.
NOTICE = timedelta(days=5)


def last_day(today: date) -> date:
    """Return the next 30th (February: its last day) that leaves some days to pass things on."""
    found = _thirtieth(today.year, today.month)
    if found - today >= NOTICE:
        return found
    after = today.replace(day=1) + timedelta(days=31)
    return _thirtieth(after.year, after.month)


def first_day(last: date) -> date:
    """Return the first of the month that follows a last day."""
    return (last.replace(day=1) + timedelta(days=31)).replace(day=1)


def staff_turnover(installed: Installed, rng: Random, today: date) -> list[Login]:
    """Create the post that ends and the post that begins, and their accounts: active, and invited."""
    service, city = installed.mediation[0], installed.city
    legal, end = staff.LEGAL_OF_SERVICE[service.code], last_day(today)
    posts = [
        staff.add_post(service, Role.MEDIATEUR, TITLE, legal, rng, today),
        staff.add_post(service, Role.MEDIATEUR, TITLE, legal, rng, today),
    ]
    wanted = (
        ("ines", "Inès", posts[0].debut, end, EtatCompte.ACTIF),
        ("tom", "Tom", first_day(end), first_day(end) + timedelta(days=3 * 365), EtatCompte.INVITE),
    )
    logins = []
    for post, (name, prenom, debut, fin, state) in zip(posts, wanted, strict=True):
        post.professionnel.prenom = prenom
        post.professionnel.save(update_fields=["prenom"])
        post.contrat, post.debut, post.fin = Contrat.ADULTE_RELAIS, debut, fin
        if state == EtatCompte.INVITE:
            post.module_valide_le = None
        post.save()
        logins.append(login(f"{name}.{city.code}", post, city.code, city.insee, state))
    return logins


def give_orientations(service: Service) -> int:
    """Let the one who leaves carry a few orientations that are still open; return how many."""
    leaving = Poste.objects.get(service=service, intitule__startswith=TITLE, module_valide_le__isnull=False)
    waiting = Orientation.objects.filter(
        service_emetteur=service,
        envoyee_le__isnull=False,
        retiree_le__isnull=True,
        sujet__isnull=False,
    ).order_by("-envoyee_le", "pk")
    chosen = list(waiting.values_list("pk", flat=True)[:CARRIED])
    return Orientation.objects.filter(pk__in=chosen).update(porteur=leaving)


def _thirtieth(year: int, month: int) -> date:
    return date(year, month, min(30, monthrange(year, month)[1]))
