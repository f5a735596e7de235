"""What the tests of the network start from: a city's bundle, sealed, and its key believed."""

from __future__ import annotations

from typing import Any

from maillage.audit import signing
from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.reseau.actions import receive
from maillage.reseau.bundle import seal, unseal
from maillage.reseau.models import LotRecu, VilleConnue


def content(**changes: object) -> dict[str, Any]:
    """Return what Villeneuve tells of 2025, changed as asked."""
    made = {
        "format": "maillage.lot",
        "version": 2,
        "id": str(new_id()),
        "sequence": 1,
        "ville": "Villeneuve",
        "partenariat": "villeneuve",
        "annee": 2025,
        "forme": "convention",
        "habitants": 60000,
        "quartiers": 3,
        "invente": True,
        "services": {"mediation_sociale": 2, "prevention_specialisee": 1},
        "postes": {"mediation_sociale": 14, "prevention_specialisee": 8},
        "messages": {"mediation_sociale": 40, "prevention_specialisee": None},
        "repondus": {"mediation_sociale": 25, "prevention_specialisee": None},
        "reunions": 8,
        "projets": 2,
        "pratiques": [],
        "clauses": [],
    }
    return made | changes


def welcome(code: str = "villeneuve", *, confirmed: bool = True) -> VilleConnue:
    """Know the key that these bundles are signed with as this city's."""
    now = clock.now()
    return VilleConnue.objects.create(
        partenariat=code,
        nom=code.capitalize(),
        cle_publique=signing.public_key(),
        ajoutee_le=now,
        confirmee_le=now if confirmed else None,
    )


def take(**changes: object) -> LotRecu:
    """Receive this bundle."""
    return receive(unseal(seal(content(**changes))))
