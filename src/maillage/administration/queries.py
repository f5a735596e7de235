"""Reads of the administration: how far an installation is, who works there, what waits, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from maillage.administration.enums import EtatDemande, Objet
from maillage.administration.models import Changement, Demande
from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.comptes.enums import EtatCompte
from maillage.comptes.installation import CODE
from maillage.comptes.models import Compte
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import TRADES
from maillage.directory.enums import GenreTerritoire, Role
from maillage.directory.models import Lieu, Poste, Service, Territoire
from maillage.directory.queries import active_on
from maillage.main_courante.models import Note

HISTORY = 100
# A long list is read one service, or one territory, at a time.
SHOWN = 60


@dataclass(frozen=True)
class Progress:
    """How far an installation is from its first note; each number is one step's."""

    communes: int
    quartiers: int
    services: int
    metiers: bool
    lieux: int
    partenariats: int
    postes: int
    attend: int
    comptes: int
    notes: bool

    @property
    def done(self) -> tuple[bool, ...]:
        """Say, step by step, what is done: ground, services, places, partnership, posts, note."""
        return (
            self.communes > 0,
            self.metiers,
            self.lieux > 0,
            self.partenariats > 0,
            self.postes > 0 and self.attend == 0,
            self.notes,
        )

    @property
    def complete(self) -> bool:
        """Say whether the installation has come to its first note."""
        return all(self.done)


def progress() -> Progress:
    """Return how far the installation is. Of notes, only whether there is one."""
    grounds = Territoire.objects.values_list("genre", flat=True)
    services = services_of_city()
    return Progress(
        communes=sum(genre == GenreTerritoire.COMMUNE for genre in grounds),
        quartiers=sum(genre in {GenreTerritoire.QUARTIER, GenreTerritoire.SECTEUR} for genre in grounds),
        services=len(services),
        metiers={service.metier for service in services} >= TRADES,
        lieux=Lieu.objects.filter(actif=True).count(),
        partenariats=Partenariat.objects.count(),
        postes=Poste.objects.filter(active_on(clock.today())).exclude(service__code=CODE).count(),
        attend=waiting().count(),
        comptes=Compte.objects.filter(etat=EtatCompte.ACTIF).count(),
        notes=_noted(),
    )


@house_work(HouseWork.COUNTING)
def _noted() -> bool:
    return Note.objects.exists()


def services_of_city() -> list[Service]:
    """Return every service but the administration's own, by trade then name."""
    return list(
        Service.objects.exclude(code=CODE)
        .select_related("structure", "ville")
        .order_by("metier", "nom_court", "pk")
    )


def grounds() -> list[tuple[Territoire, list[Territoire]]]:
    """Return each commune with its quartiers and sectors, by name."""
    communes = list(Territoire.objects.filter(genre=GenreTerritoire.COMMUNE).order_by("nom", "pk"))
    inside: dict[UUID | None, list[Territoire]] = {commune.pk: [] for commune in communes}
    for row in Territoire.objects.filter(parent__in=communes).order_by("nom", "pk"):
        inside[row.parent_id].append(row)
    return [(commune, inside[commune.pk]) for commune in communes]


def places(territoire: UUID | None = None) -> list[Lieu]:
    """Return the places, put aside or not, of one territory or of all, by territory then name."""
    rows = Lieu.objects.select_related("territoire").order_by("territoire__nom", "nom", "pk")
    return list(rows[:SHOWN] if territoire is None else rows.filter(territoire=territoire))


@dataclass(frozen=True)
class PostLine:
    """A post of today or to come, with the account of whoever holds it (None: never invited)."""

    poste: Poste
    compte: Compte | None


def post_lines(service: Service | None = None) -> list[PostLine]:
    """Return the posts held or to come, of one service or the first of all, by service then name."""
    rows = (
        Poste.objects.filter(active_on(clock.today()) | Q(debut__gt=clock.today()))
        .select_related("professionnel", "service")
        .order_by(
            "service__metier", "service__nom_court", "professionnel__nom", "professionnel__prenom", "pk"
        )
    )
    posts = list(rows[:SHOWN] if service is None else rows.filter(service=service))
    comptes = {
        compte.professionnel_id: compte
        for compte in Compte.objects.filter(professionnel__in={poste.professionnel_id for poste in posts})
    }
    return [PostLine(poste, comptes.get(poste.professionnel_id)) for poste in posts]


def administrators_able() -> int:
    """Return how many administrators can come in today: under two, nothing can be confirmed."""
    posts = Poste.objects.filter(active_on(clock.today()), role=Role.ADMINISTRATEUR, lecture_seule=False)
    return (
        Compte.objects.filter(etat=EtatCompte.ACTIF, professionnel__postes__in=posts.values("pk"))
        .distinct()
        .count()
    )


def waiting() -> QuerySet[Demande]:
    """Return what waits for a second administrator, oldest first."""
    return (
        Demande.objects.filter(etat=EtatDemande.ATTEND)
        .select_related("demandee_par__professionnel")
        .order_by("demandee_le", "pk")
    )


def history(objet: str = "", reference: UUID | str = "") -> Sequence[Changement]:
    """Return the latest changes, newest first: all, of one kind, or of one thing."""
    rows = Changement.objects.select_related("par__professionnel", "avec__professionnel")
    if objet in Objet.values:
        rows = rows.filter(objet=objet)
    if reference:
        rows = rows.filter(reference=str(reference))
    return list(rows.order_by("-le", "-pk")[:HISTORY])
