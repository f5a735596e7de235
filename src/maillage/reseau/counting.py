"""What a year of a partnership was, in numbers that reveal nobody."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.conventions.models import Partenariat, Participation
from maillage.conventions.queries import forme_row
from maillage.diagnostics.masking import PUBLISHED, masked, masked_split
from maillage.directory.enums import GenreTerritoire
from maillage.directory.models import Poste, Territoire
from maillage.directory.queries import active_on
from maillage.main_courante.models import MessageDeLieu
from maillage.projets.models import Projet
from maillage.reseau.bundle import TRADES
from maillage.reunions.enums import EtatReunion
from maillage.reunions.models import Reunion


def figures(partenariat: Partenariat, annee: int) -> dict[str, Any]:
    """Return the figures of a year under the keys of `bundle.FIGURES`, small numbers left out.

    Teams, posts, meetings and projects are counted as they are: they are what a partnership is, not
    what someone did. What was written about places is masked under eleven, answers too.
    """
    last = date(annee, 12, 31)
    first, following = (
        datetime.combine(date(year, 1, 1), time.min, tzinfo=clock.PARIS) for year in (annee, annee + 1)
    )
    sent = {trade: _sent(partenariat, trade, first, following) for trade in TRADES}
    row = forme_row(partenariat, last)
    return {
        "forme": row.forme if row else "",
        "habitants": _inhabitants(partenariat),
        "quartiers": partenariat.territoires.filter(genre=GenreTerritoire.QUARTIER).count(),
        "services": {trade: len(_services(partenariat, trade, last)) for trade in TRADES},
        "postes": {
            trade: Poste.objects.filter(
                active_on(last), service__in=_services(partenariat, trade, last)
            ).count()
            for trade in TRADES
        },
        "messages": {trade: masked(many, PUBLISHED).value for trade, (many, _) in sent.items()},
        "repondus": {
            trade: masked_split(answered, many, PUBLISHED).value for trade, (many, answered) in sent.items()
        },
        "reunions": Reunion.objects.filter(
            partenariat=partenariat, etat=EtatReunion.TENUE, le__gte=first, le__lt=following
        ).count(),
        "projets": Projet.objects.filter(partenariat=partenariat, fin__year=annee).count(),
    }


def _services(partenariat: Partenariat, trade: str, on: date) -> list[Any]:
    rows = Participation.objects.filter(active_on(on), partenariat=partenariat, service__metier=trade)
    return list(rows.values_list("service", flat=True))


def city_name(partenariat: Partenariat) -> str:
    """Return the commune's name, the partnership's own when it stands on several."""
    communes = _communes(partenariat)
    return communes[0].nom if len(communes) == 1 else partenariat.nom


def _communes(partenariat: Partenariat) -> list[Territoire]:
    """Return the communes of the ground, those its quartiers stand in when none is named."""
    ground = partenariat.territoires.all()
    rows = Territoire.objects.filter(genre=GenreTerritoire.COMMUNE)
    return list(rows.filter(pk__in=ground)) or list(rows.filter(inclus__in=ground).distinct())


def _inhabitants(partenariat: Partenariat) -> int | None:
    """Return the people of the communes the partnership stands on; None when one is not known."""
    known = [one.population for one in _communes(partenariat)]
    return None if not known or None in known else sum(one or 0 for one in known)


@house_work(HouseWork.COUNTING)
def _sent(partenariat: Partenariat, trade: str, first: datetime, following: datetime) -> tuple[int, int]:
    """Return how many place messages a trade sent to the other in the year, and how many were answered."""
    other = next(one for one in TRADES if one != trade)
    rows = MessageDeLieu.objects.filter(
        partenariat=partenariat,
        service_emetteur__metier=trade,
        service_destinataire__metier=other,
        envoye_le__gte=first,
        envoye_le__lt=following,
    )
    return rows.count(), rows.filter(reponses__isnull=False).distinct().count()
