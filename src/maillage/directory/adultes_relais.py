"""Reads of the State's adulte-relais posts: exact totals by year and département."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum

from maillage.directory.models import PosteAdulteRelais, Structure

NARROW = "\N{NARROW NO-BREAK SPACE}"
SIREN = 9


@dataclass(frozen=True)
class Totaux:
    """What one département received one year; `employeurs` counts SIRET, `postes` distinct numbers."""

    annee: int
    departement: str
    lignes: int
    postes: int
    montant_centimes: int
    employeurs: int

    def as_json(self) -> Mapping[str, object]:
        """Return plain data, the amount in euros."""
        return {
            "annee": self.annee,
            "departement": self.departement,
            "lignes": self.lignes,
            "postes_distincts": self.postes,
            "montant": self.montant_centimes / 100,
            "employeurs": self.employeurs,
        }


def totaux(*, annees: Sequence[int] | None = None) -> Sequence[Totaux]:
    """Return the totals of these years (None: all), by year then département."""
    rows = PosteAdulteRelais.objects.all()
    if annees is not None:
        rows = rows.filter(annee__in=annees)
    found = (
        rows.values("annee", "departement")
        .annotate(
            lignes=Count("pk"),
            postes=Count("numero", distinct=True),
            montant_centimes=Sum("montant_centimes"),
            employeurs=Count("employeur", distinct=True),
        )
        .order_by("annee", "departement")
    )
    return [Totaux(**row) for row in found]


def posts_of(structure: Structure) -> Sequence[tuple[int, int, int]]:
    """Return (year, posts, euro cents) of a legal person, all its SIRET together; empty without a SIRET."""
    if not structure.siret:
        return []
    rows = PosteAdulteRelais.objects.filter(employeur__siret__startswith=structure.siret[:SIREN])
    found = (
        rows.values("annee")
        .annotate(postes=Count("numero", distinct=True), montant=Sum("montant_centimes"))
        .order_by("annee")
    )
    return [(row["annee"], row["postes"], row["montant"]) for row in found]


def say_euros(centimes: int) -> str:
    """Write an amount as French does: « 5 783 642,46 € »."""
    whole, cents = divmod(centimes, 100)
    return f"{whole:_}".replace("_", NARROW) + f",{cents:02d}\N{NO-BREAK SPACE}€"
