"""Public orders set beside what is done: orders without activity, activity without orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from maillage.diagnostics.masking import PUBLISHED
from maillage.directory.enums import Metier
from maillage.directory.queries import quartier_of
from maillage.evaluations.faits import Periode
from maillage.evaluations.models import Commande
from maillage.pilotage.registres import OTHER, register_of, registers
from maillage.projets.enums import GenreProjet
from maillage.projets.queries import projects_between

TRADES = (Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE)
# What was done is told in sizes, not in numbers: another period's number would not meet it.
SIZES = ((1000, "plus de mille notes"), (100, "plus de cent notes"), (PUBLISHED, "des dizaines de notes"))
LITTLE, NOTHING = f"moins de {PUBLISHED} notes", "rien d'écrit"
# What each trade's register holds when no quartier is asked for.
Counts = Counter[tuple[str, str, UUID | None]]


@dataclass(frozen=True)
class Suivi:
    """An order in force that year, and the size of what was done."""

    commande: Commande
    fait: str


@dataclass(frozen=True)
class SansCommande:
    """A register in which a trade works and nobody asked for it in writing."""

    metier: str
    registre: str
    fait: str


@dataclass(frozen=True)
class Regard:
    """Orders and activity, side by side."""

    suivis: Sequence[Suivi]
    sans_commande: Sequence[SansCommande]

    @property
    def sans_activite(self) -> list[Commande]:
        """Return the orders for which nothing was written."""
        return [one.commande for one in self.suivis if one.fait == NOTHING]


def orders_of(periode: Periode) -> list[Commande]:
    """Return the orders in force on some day of the year."""
    lasting = Q(fin=None) | Q(fin__gte=periode.debut)
    rows = Commande.objects.filter(lasting, partenariat=periode.partenariat, debut__lte=periode.fin)
    return list(rows.select_related("territoire"))


def beside(periode: Periode) -> Regard:
    """Set the orders of a year beside its activity."""
    orders, counts = orders_of(periode), _activity(periode)
    followed = [Suivi(one, size_of(counts[one.metier, one.registre, one.territoire_id])) for one in orders]
    asked = {(one.metier, one.registre) for one in orders}
    unasked = [
        SansCommande(metier.label, label, size_of(counts[metier.value, code, None]))
        for metier in TRADES
        for code, label in registers(metier)
        if code != OTHER and (metier.value, code) not in asked and counts[metier.value, code, None]
    ]
    return Regard(followed, unasked)


def label_of(metier: str, registre: str) -> str:
    """Name a register of a trade."""
    return dict(registers(metier)).get(registre, registre)


def size_of(many: int) -> str:
    """Say a number of notes as a size."""
    if not many:
        return NOTHING
    return next((said for least, said in SIZES if many >= least), LITTLE)


def _activity(periode: Periode) -> Counts:
    """Count notes and projects by trade, register and quartier (None: everywhere)."""
    trades = {one.pk: one.metier for one in periode.services}
    quartiers = quartier_of(lieu for _, _, lieu in periode.notes)
    counts: Counts = Counter()
    for (service, categorie, lieu), found in periode.notes.items():
        key, many = (trades[service], register_of(trades[service], categorie)), found.notes
        counts[(*key, quartiers[lieu].pk)] += many
        counts[(*key, None)] += many
    for row in projects_between(periode.partenariat, periode.debut, periode.fin):
        chantier = row.genre == GenreProjet.CHANTIER_EDUCATIF
        for metier, code in (
            (Metier.MEDIATION_SOCIALE, "projets"),
            (Metier.PREVENTION_SPECIALISEE, "chantier_educatif" if chantier else "action_collective"),
        ):
            counts[metier.value, code, row.lieu.territoire_id] += 1
            counts[metier.value, code, None] += 1
    return counts
