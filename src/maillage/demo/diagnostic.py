"""The summer's diagnosis: published at La Rochelle, being written at Limoges (study, section 6a)."""

from __future__ import annotations

from datetime import date

from maillage.comptes.acteur import Acteur, build_acteur
from maillage.comptes.models import Compte
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members, partenariat_ids
from maillage.diagnostics.actions import open_diagnostic, plan_walk, publish, write_part
from maillage.diagnostics.counting import places_of
from maillage.diagnostics.models import Diagnostic
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Poste, Service
from maillage.directory.queries import active_on

SEEN = {
    Metier.MEDIATION_SOCIALE: (
        "Le soir, les regroupements se tiennent aux mêmes endroits qu'au printemps, plus tard et plus "
        "nombreux. Le dialogue suffit presque toujours.",
        "Les halls nous semblent plus tendus qu'ils ne le paraissent aux éducateurs, qui y passent plus tôt.",
    ),
    Metier.PREVENTION_SPECIALISEE: (
        "Les jeunes rencontrés dehors demandent surtout un lieu où se tenir, et de quoi occuper l'été.",
        "Ce que la médiation note comme tension est souvent, à l'heure où nous passons, une attente.",
    ),
}


def write_diagnosis(partenariat: Partenariat, today: date, *, published: bool) -> Diagnostic:
    """Open the last whole summer; publish it, or leave it with one service's signature."""
    year = today.year if today.month > 8 else today.year - 1
    teams = members(partenariat)
    writers = {service.pk: _head(service, today) for service in teams}
    first = writers[teams[0].pk]
    diagnostic = open_diagnostic(
        by=first,
        partenariat=partenariat,
        titre=f"L'été {year} vu par les deux métiers",
        debut=date(year, 6, 1),
        fin=date(year, 8, 1),
    )
    for service in teams if published else teams[:1]:
        texte, divergence = SEEN[Metier(service.metier)]
        write_part(
            by=writers[service.pk],
            diagnostic=diagnostic,
            texte=texte,
            divergence=divergence,
            version=1,
            sign=True,
        )
    if published:
        publish(by=first, diagnostic=diagnostic)
    else:
        stops = [lieu.pk for lieu in places_of(partenariat).order_by("nom")[:4]]
        plan_walk(by=first, partenariat=partenariat, titre="Diagnostic en marchant", jour=today, lieux=stops)
    return diagnostic


def _head(service: Service, today: date) -> Acteur:
    """Return the service's head, or its direction, as a request would carry them."""
    posts = Poste.objects.filter(
        active_on(today),
        service=service,
        role__in=(Role.DIRECTION, Role.CHEF_DE_SERVICE),
        lecture_seule=False,
    ).select_related("service", "professionnel")
    poste = posts.order_by("role", "pk")[0]
    return build_acteur(Compte(), poste, partenariat_ids(service.pk, today))
