"""Requests about a place, as the team reads them and as those who asked read the answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.enums import Place
from maillage.conventions.models import Partenariat, Participation
from maillage.directory.enums import Metier
from maillage.directory.models import Lieu, Service
from maillage.directory.queries import active_on, lieux_of
from maillage.main_courante.enums import Liste
from maillage.main_courante.models import DemandeDeLieu, Guichet
from maillage.main_courante.queries.feuille import PlaceFigures, figures_from_json
from maillage.main_courante.queries.listes import listes_of_many
from maillage.main_courante.vocabulaire import Listes

PAGE = 50
STILL_ASKED = timedelta(days=30)
FRESH = timedelta(days=14)


@dataclass(frozen=True)
class Asked:
    """One request: who asked what about which place, and what the team answered."""

    id: UUID
    lieu: Lieu
    motif: str
    creneau: str
    service: str
    demandeur: str
    demandee_le: datetime
    reponse: str
    reponse_libelle: str
    repondue_le: datetime | None
    chiffres: PlaceFigures | None
    consigne_faite: bool

    @property
    def attend(self) -> bool:
        """Tell a request that still calls for an answer: it grows old in thirty days."""
        return not self.reponse and clock.now() - self.demandee_le <= STILL_ASKED


def teams_to_ask(acteur: Acteur) -> list[tuple[Partenariat | None, Service]]:
    """Return the mediation teams one may ask about a place: one's own, else those of the partnerships.

    Prevention teams are not asked: a mandate by place from a town hall is none of their trade (CASF
    L. 121-2 and the free agreement of the young people).
    """
    if acteur.service.metier == Metier.MEDIATION_SOCIALE:
        return [(None, acteur.service)]
    rows = (
        Participation.objects.filter(
            active_on(clock.today()),
            partenariat__in=acteur.partenariat_ids,
            place=Place.MEMBRE,
            service__metier=Metier.MEDIATION_SOCIALE,
        )
        .select_related("partenariat", "service")
        .order_by("service__nom_court", "partenariat__nom", "pk")
    )
    found = {row.service_id: (row.partenariat, row.service) for row in rows}
    return list(found.values())


def places_to_ask(teams: Iterable[tuple[Partenariat | None, Service]]) -> list[Lieu]:
    """Return the places of these teams, once each, by quartier and name."""
    places = {place.pk: place for _, team in teams for place in lieux_of(team)}
    return sorted(places.values(), key=lambda place: (place.territoire.nom, place.nom, str(place.pk)))


def desk_places(guichet: Guichet) -> QuerySet[Lieu]:
    """Return the places a desk's link opens: those it looks after by name, as long as the service goes there.

    Never a kind of places: two bailleurs of one quartier each have halls, and read their own only.
    """
    return lieux_of(guichet.service).filter(pk__in=guichet.lieux.values("pk"))


@transaction.atomic
def demandes_received(acteur: Acteur) -> list[Asked]:
    """Return what the service was asked, unanswered first, then newest; one ledger line."""
    lines = _lines(_within(acteur.partenariat_ids).filter(service=acteur.service))
    _trace(acteur)
    return sorted(lines, key=lambda line: not line.attend)


@transaction.atomic
def demandes_asked(acteur: Acteur) -> list[Asked]:
    """Return what the reader's service asked, newest first; one ledger line."""
    lines = _lines(_within(acteur.partenariat_ids).filter(demandeur=acteur.service))
    _trace(acteur)
    return lines


def demandes_by_link(guichet: Guichet) -> list[Asked]:
    """Return what a desk asked by its link, newest first."""
    return _lines(DemandeDeLieu.objects.filter(guichet=guichet))


def demande_of(acteur: Acteur, identifiant: UUID) -> DemandeDeLieu | None:
    """Return a request addressed to my service, None when absent or another's."""
    return _within(acteur.partenariat_ids).filter(pk=identifiant, service=acteur.service).first()


def demandes_waiting(service: Service, partenariats: Collection[UUID]) -> int:
    """Count the requests a service, member of these partnerships, has still to answer."""
    recent = clock.now() - STILL_ASKED
    return _within(partenariats).filter(service=service, reponse="", demandee_le__gte=recent).count()


def answers_received(acteur: Acteur) -> int:
    """Count the answers of two weeks to what the reader's service asked."""
    fresh = clock.now() - FRESH
    return _within(acteur.partenariat_ids).filter(demandeur=acteur.service, repondue_le__gte=fresh).count()


def _within(partenariats: Collection[UUID]) -> QuerySet[DemandeDeLieu]:
    """Return what was asked inside one service, by a desk's link, or in these partnerships."""
    here = Q(partenariat__isnull=True) | Q(partenariat__in=partenariats)
    return DemandeDeLieu.objects.filter(here)


def _asker(row: DemandeDeLieu) -> str:
    return str(row.guichet if row.guichet_id else row.demandeur)


def _lines(rows: QuerySet[DemandeDeLieu]) -> list[Asked]:
    found = rows.select_related("lieu__territoire", "service", "demandeur", "guichet", "consigne").order_by(
        "-demandee_le", "-pk"
    )[:PAGE]
    words = listes_of_many([row.service for row in found])
    return [_line(row, words[row.service_id]) for row in found]


def _line(row: DemandeDeLieu, words: Listes) -> Asked:
    return Asked(
        id=row.pk,
        lieu=row.lieu,
        motif=row.get_motif_display(),
        creneau=words.label(Liste.CRENEAU, row.creneau) if row.creneau else "",
        service=str(row.service),
        demandeur=_asker(row),
        demandee_le=row.demandee_le,
        reponse=row.reponse,
        reponse_libelle=row.get_reponse_display() if row.reponse else "",
        repondue_le=row.repondue_le,
        chiffres=figures_from_json(row.chiffres) if row.chiffres else None,
        consigne_faite=row.consigne is not None and row.consigne.levee_le is not None,
    )


def _trace(acteur: Acteur) -> None:
    record(chaine=acteur.service.pk, acte=Acte.LISTE, acteur=acteur.professionnel_id, objet_genre="demande")
