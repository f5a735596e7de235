"""What the tests of arrivals start from: a convention signed, a charter published, a newcomer."""

from __future__ import annotations

from datetime import date, timedelta

from maillage.base import clock
from maillage.conventions.actions import publish_charter
from maillage.conventions.enums import EtatConvention, GenreCharte
from maillage.conventions.models import Charte, Convention, Partenariat
from maillage.directory.models import Poste
from tests.cast import Cast, Membre
from tests.door import acteur


def convention(partenariat: Partenariat, by: Membre, since: date, until: date | None = None) -> Convention:
    """Sign a convention without clauses, in force between these days."""
    last = until or since + timedelta(days=900)
    return Convention.objects.create(
        partenariat=partenariat,
        version=partenariat.conventions.count() + 1,
        etat=EtatConvention.SIGNEE,
        ouverte_le=clock.now(),
        ouverte_par=by.poste,
        texte_du=since,
        debut=since,
        fin=last,
        revue_le=last,
    )


def newcomer(member: Membre, days: int = 0) -> Membre:
    """Let the post have begun `days` ago, its path still to follow."""
    begun = clock.today() - timedelta(days=days)
    Poste.objects.filter(pk=member.poste.pk).update(debut=begun, module_valide_le=None)
    member.poste.refresh_from_db()
    return member


def charter(cast: Cast, genre: GenreCharte = GenreCharte.DEONTOLOGIE) -> Charte:
    """Publish a charter, in force today."""
    return publish_charter(
        by=acteur(cast.direction_alm),
        partenariat=cast.ici,
        genre=genre,
        texte="Nous ne disons que le nécessaire.",
        debut=clock.today(),
    )
