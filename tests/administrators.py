"""The two administrators of an installation, beside the cast."""

from __future__ import annotations

from typing import Any, NamedTuple

from maillage.comptes.acteur import Acteur
from maillage.comptes.installation import invite_administrators
from maillage.comptes.models import Compte
from maillage.directory.models import Poste, Service
from tests.cast import Membre
from tests.door import acteur


class Pair(NamedTuple):
    """Ada and Bob, who administrate."""

    ada: Membre
    bob: Membre

    @property
    def one(self) -> Acteur:
        """Return Ada acting."""
        return acteur(self.ada)

    @property
    def two(self) -> Acteur:
        """Return Bob acting."""
        return acteur(self.bob)


def build_pair() -> Pair:
    """Create the two administrators, their accounts open."""
    if not Compte.objects.exists():
        invite_administrators([("Ada", "Un"), ("Bob", "Deux")])
    else:
        _beside_others()
    Compte.objects.filter(identifiant__startswith="administration-").update(etat="actif")
    found = Compte.objects.filter(identifiant__startswith="administration-").order_by("identifiant")
    one, two = (Membre(compte, Poste.objects.get(professionnel=compte.professionnel)) for compte in found)
    return Pair(one, two)


def _beside_others() -> None:
    """Create them where accounts exist already, as `invite_administrators` never would."""
    from maillage.comptes import installation
    from maillage.directory.models import Structure

    service = Service.objects.create(
        code=installation.CODE,
        structure=Structure.objects.create(nom="Administration"),
        metier="institution",
        nom="Administration",
        nom_court="Administration",
    )
    for rank, name in enumerate((("Ada", "Un"), ("Bob", "Deux")), start=1):
        installation._invite(service, f"administration-{rank}", *name)


def said(refused: Any) -> tuple[str, str]:
    """Return the field and the sentence of a refused answer."""
    return refused.value.champ, str(refused.value)
