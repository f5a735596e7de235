"""What the tests of persons and orientations start from: acteurs, answers, clauses, an orientation sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from maillage.base import clock
from maillage.comptes.acteur import Acteur, build_acteur
from maillage.conventions.models import Clause, LectureAdoptee, Partenariat
from maillage.conventions.queries import partenariat_ids
from maillage.diagnostics.counting import next_month
from maillage.directory.models import Service
from maillage.orientations.actions import prepare_orientation, send_orientation
from maillage.orientations.faces import Answers
from maillage.orientations.models import Orientation
from maillage.pilotage.reciprocite import Sens, flows
from maillage.pilotage.rejeu import finished_year
from maillage.sharing.models import Echange
from tests.cast import SINCE, Cast, Membre

YANIS = Answers(
    appellation="Yanis",
    contact="Hall 4, le soir",
    besoin="Parler à quelqu'un",
    tranche_age="15_17",
    accord="donne",
    accords_titulaires={"mere": "donne"},
    notice=True,
    origine="dit_personne_presente",
    necessaire=True,
)
WITH_RETURN = replace(YANIS, accord_retour="donne", accords_retour_titulaires={"mere": "donne"})


def acteur(member: Membre) -> Acteur:
    """Return the person as a request would carry them today."""
    return build_acteur(member.compte, member.poste, partenariat_ids(member.service.pk, clock.today()))


def put_in_a_finished_quarter() -> None:
    """Date every exchange of the last quarter that is over: a screen replays no other."""
    Echange.objects.update(le=datetime.combine(finished_year()[1], time(12), clock.PARIS))


def add_clause(partenariat: Partenariat, fait: str, valeur: Any, service: Service | None = None) -> Clause:
    """Write a clause in force since the cast began."""
    return Clause.objects.create(
        partenariat=partenariat,
        service=service,
        titre=f"Clause {fait}",
        fait=fait,
        valeur=valeur,
        preuve="Convention inventée",
        debut=SINCE,
    )


def adopt(partenariat: Partenariat, question: str, since: date = SINCE) -> LectureAdoptee:
    """Adopt the report's reading of an open question."""
    return LectureAdoptee.objects.create(
        partenariat=partenariat, question=question, valeur="rapport", preuve="Annexe inventée", debut=since
    )


def prepare(cast: Cast, answers: Answers = YANIS, by: str = "karim") -> Orientation:
    """Keep a draft from ALM to Le Relais."""
    return prepare_orientation(
        by=acteur(cast.membres[by]), partenariat=cast.ici, destinataire=cast.relais, answers=answers
    )


def send(cast: Cast, answers: Answers = YANIS) -> Orientation:
    """Prepare and send an orientation from ALM to Le Relais."""
    draft = prepare(cast, answers)
    return send_orientation(orientation=draft, by=acteur(cast.karim), version=draft.version)


def month_of(cast: Cast, who: str, day: date) -> list[Sens]:
    """Return the flows of a day's month as one of the cast reads them."""
    first = day.replace(day=1)
    last = next_month(first) - timedelta(days=1)
    return flows(acteur(cast.membres[who]), cast.ici, first, last)


def told(cast: Cast, who: str, day: date) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    """Return, by direction, the orientations sent and the returns held that one of the cast reads."""
    return {
        (str(row.emetteur), str(row.destinataire)): (row.orientations.envoyes.value, row.tenus.value)
        for row in month_of(cast, who, day)
    }
