"""Chantiers éducatifs that a bailleur offers by its link: left without an account, answered by a team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.actions import lock_chains, record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import BadAnswer, NotNow, NotYours
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.directory.queries import lieux_of
from maillage.main_courante.models import Guichet
from maillage.main_courante.queries.demandes import desk_places
from maillage.projets.actions import ProjetData, add_line, propose_project, require_writer
from maillage.projets.enums import GenreProjet, PosteBudget, ReponseOffre
from maillage.projets.models import OffreChantier, Projet

WORK_MAX = 300
MOST_YOUNG = 30
OPEN_AT_MOST = 10
FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class OffreData:
    """What a bailleur offers: where, which work, from which day, for how many young people.

    `id` is drawn when the form opens, so that the same form sent twice offers once; money in cents.
    """

    id: UUID
    lieu: UUID
    travail: str
    debut: date
    jeunes: int
    budget_centimes: int = 0
    materiel_fourni: bool = False


@atomic
def offer_by_link(*, guichet: Guichet, data: OffreData) -> OffreChantier:
    """Keep what a bailleur offers by its link. Raises BadAnswer, NotNow (ten wait for an answer)."""
    lock_chains([guichet.service_id])
    known = OffreChantier.objects.filter(pk=data.id, guichet=guichet).first()
    if known is not None:
        return known
    if not desk_places(guichet).filter(pk=data.lieu).exists():
        raise BadAnswer("lieu", "Choisissez un lieu de la liste.")
    work = data.travail.strip()
    if not work or len(work) > WORK_MAX:
        raise BadAnswer("travail", f"Dites le travail à faire, en {WORK_MAX} caractères au plus.")
    if not clock.today() <= data.debut <= clock.today() + FARTHEST:
        raise BadAnswer("debut", "Donnez un premier jour à venir, d'ici un an.")
    if not 1 <= data.jeunes <= MOST_YOUNG:
        raise BadAnswer("jeunes", f"Entre un et {MOST_YOUNG} jeunes.")
    if OffreChantier.objects.filter(pk=data.id).exists():
        raise NotNow("Ce formulaire a déjà servi ; rechargez la page.")
    if OffreChantier.objects.filter(guichet=guichet, reponse="").count() >= OPEN_AT_MOST:
        raise NotNow("Dix offres attendent déjà une réponse ; appelez l'équipe.")
    made = OffreChantier.objects.create(
        id=data.id,
        guichet=guichet,
        lieu_id=data.lieu,
        travail=work,
        debut=data.debut,
        jeunes=data.jeunes,
        budget_centimes=data.budget_centimes,
        materiel_fourni=data.materiel_fourni,
        offerte_le=clock.now(),
    )
    record(chaine=guichet.service_id, acte=Acte.CREATION, acteur=None, objet_genre="offre", objet=made.pk)
    return made


@atomic
def take_offer(*, by: Acteur, partenariat: Partenariat, offre: UUID, data: ProjetData) -> Projet:
    """Propose the project that an offer becomes; what the bailleur gives is foreseen in the budget.

    Raises NotYours, CannotWrite, NotNow (answered meanwhile), BadAnswer.
    """
    row = _locked(by, partenariat, offre)
    if data.genre != GenreProjet.CHANTIER_EDUCATIF:
        raise BadAnswer("genre", "Ce que ce bailleur offre est un chantier éducatif.")
    made = propose_project(by=by, partenariat=partenariat, data=data)
    if row.budget_centimes:
        add_line(
            by=by,
            projet=made.pk,
            poste=PosteBudget.FINANCEMENT,
            libelle=str(row.guichet),
            prevu=row.budget_centimes,
            realise=0,
            le=clock.today(),
        )
    row.projet = made
    _answer(by, row, ReponseOffre.PRISE)
    return made


@atomic
def decline_offer(*, by: Acteur, partenariat: Partenariat, offre: UUID) -> OffreChantier:
    """Say that it is not for us. Raises NotYours, CannotWrite, NotNow (answered meanwhile)."""
    return _answer(by, _locked(by, partenariat, offre), ReponseOffre.PAS_POUR_NOUS)


def offers_waiting(acteur: Acteur, partenariat: Partenariat) -> list[OffreChantier]:
    """Return what bailleurs offer at the places of one of the reader's partnerships. Raises NotYours."""
    if partenariat.pk not in acteur.partenariat_ids:
        raise NotYours
    rows = OffreChantier.objects.filter(
        guichet__service__in=members(partenariat), lieu__in=lieux_of(partenariat), reponse=""
    )
    return list(rows.select_related("guichet", "lieu__territoire").order_by("debut", "pk"))


def offers_by_link(guichet: Guichet) -> list[OffreChantier]:
    """Return what a desk offered, newest first, with what became of it."""
    rows = OffreChantier.objects.filter(guichet=guichet)
    return list(rows.select_related("lieu__territoire", "projet").order_by("-offerte_le", "pk"))


def _locked(by: Acteur, partenariat: Partenariat, offre: UUID) -> OffreChantier:
    if partenariat.pk not in by.partenariat_ids:
        raise NotYours
    require_writer(by)
    row = (
        OffreChantier.objects.select_for_update(of=("self",))
        .select_related("guichet")
        .filter(pk=offre, guichet__service__in=members(partenariat), lieu__in=lieux_of(partenariat))
        .first()
    )
    if row is None:
        raise NotYours
    if row.reponse:
        raise NotNow("Une équipe a déjà répondu à cette offre.")
    return row


def _answer(by: Acteur, row: OffreChantier, reponse: ReponseOffre) -> OffreChantier:
    row.reponse, row.repondue_le, row.repondue_par = reponse, clock.now(), by.service
    row.save(update_fields=["reponse", "repondue_le", "repondue_par", "projet"])
    record(
        chaine=by.service.pk,
        acte=Acte.DECISION,
        acteur=by.professionnel_id,
        objet_genre="offre",
        objet=row.pk,
    )
    return row
