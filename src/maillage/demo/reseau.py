"""The network of cities in the demo: each city tells a year, invented, and some give a sheet."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from maillage.base import clock
from maillage.comptes.acteur import Acteur, build_acteur
from maillage.comptes.models import Compte
from maillage.conventions.models import Clause, Partenariat
from maillage.conventions.queries import members, partenariat_ids
from maillage.diagnostics.masking import PUBLISHED, masked, masked_split
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.directory.queries import active_on
from maillage.reseau.actions import content_of, receive, share_clause, share_practice, sheets_of
from maillage.reseau.bundle import TRADES, seal, unseal
from maillage.reseau.cards import learn, write_card
from maillage.reseau.counting import figures
from maillage.reseau.models import LotPublie

# Practices the study tells of these cities (sections 6a, 7 and 8a), in words of the demo.
GIVEN = {
    "larochelle": (
        "Le relais à trois",
        "Quand le jeune le veut, médiateur et éducateur le voient une fois ensemble. Ce qui peut être dit "
        "l'est devant lui, et nulle part ailleurs.",
    ),
    "limoges": (
        "La cour d'école ouverte l'été",
        "Un après-midi par semaine, trois métiers dans la même cour : du sport, du coloriage, et l'on parle "
        "des gestes dangereux. Il faut la clé de la cour, et quelqu'un qui la rende.",
    ),
    "orleans": (
        "Une coordination qui tient",
        "Une personne convoque, relance et garde les contacts. Elle ne connaît aucun nom de jeune : c'est ce "
        "qui permet à tous de lui parler.",
    ),
}
GIVES_A_CLAUSE = "larochelle"


def write_network(partenariats: list[Partenariat], rng: Random, today: date) -> None:
    """Write the sheets given, the bundle of last year of each city, and receive them all."""
    learn(write_card(), confirmed=True)
    for partenariat in partenariats:
        _give(partenariat, today)
        lot = LotPublie(partenariat=partenariat, annee=today.year - 1, sequence=1, publie_le=clock.now())
        told = figures(partenariat, lot.annee) | _invented(rng)
        lot.fichier = seal(content_of(lot, told, sheets_of(partenariat)))
        lot.save()
        receive(unseal(lot.fichier))


def _invented(rng: Random) -> dict[str, Any]:
    """Return what the demo's year is too short to count: it does not go back before last winter."""
    sent = {trade: rng.choice((8, 40, 90, 160, 310)) for trade in TRADES}
    answered = {trade: many * rng.randrange(50, 90) // 100 for trade, many in sent.items()}
    return {
        "messages": {trade: masked(many, PUBLISHED).value for trade, many in sent.items()},
        "repondus": {
            trade: masked_split(answered[trade], many, PUBLISHED).value for trade, many in sent.items()
        },
        "reunions": rng.randrange(3, 10),
        "projets": rng.randrange(0, 5),
    }


def _give(partenariat: Partenariat, today: date) -> None:
    if partenariat.code not in GIVEN:
        return
    by, (titre, texte) = _direction(partenariat, today), GIVEN[partenariat.code]
    share_practice(by=by, partenariat=partenariat, titre=titre, texte=texte)
    clause = Clause.objects.filter(active_on(today), partenariat=partenariat).order_by("titre").first()
    if partenariat.code == GIVES_A_CLAUSE and clause is not None:
        share_clause(by=by, partenariat=partenariat, clause=clause.pk)


def _direction(partenariat: Partenariat, today: date) -> Acteur:
    poste = (
        Poste.objects.filter(
            active_on(today), service__in=members(partenariat), role=Role.DIRECTION, lecture_seule=False
        )
        .select_related("service", "professionnel")
        .order_by("service__code", "pk")[0]
    )
    return build_acteur(Compte(), poste, partenariat_ids(poste.service_id, today))
