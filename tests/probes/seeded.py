"""What is asked for: one object of each kind, all in `ici`, made by the product's own acts."""

from __future__ import annotations

from collections.abc import Mapping

from tests.cast import Cast, Membre
from tests.probes.objects import Seeded
from tests.probes.seeded_service import acts_about, desks, field_work, meetings, oriented, supported
from tests.probes.seeded_shared import others, projects, texts


def seed(cast: Cast, people: Mapping[tuple[str, str], Membre]) -> Seeded:
    """Make one object of each kind."""
    made = Seeded(cast, people)
    made.real |= {
        "lieu": cast.hall.pk, "service": cast.services["nuit"].pk, "code_service": cast.services["nuit"].code,
        "territoire": cast.quartier.pk, "partenariat": cast.ici.code,
        "titre": cast.relais.titres.get().pk,
    }  # fmt: skip
    for fill in (field_work, desks, oriented, supported, acts_about, meetings, projects, texts, others):
        fill(made)
    return made
