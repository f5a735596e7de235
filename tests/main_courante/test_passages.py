"""Where to pass tonight and what past rounds brought: each place against its own habit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from maillage.base import clock
from maillage.base.clock import PARIS
from maillage.comptes.acteur import Acteur
from maillage.main_courante.actions import MessageData, answer_message, send_message
from maillage.main_courante.enums import Reponse
from maillage.main_courante.models import Note
from maillage.main_courante.queries.passages import fruits, unusual_places
from tests.cast import Cast, Membre

Acting = Callable[[Membre], Acteur]
TODAY = date(2026, 3, 12)


def noted(cast: Cast, count: int, back: int, **changed: str) -> None:
    """Write `count` notes at the hall, `back` days before today."""
    moment = datetime(2026, 3, 12, 22, tzinfo=PARIS) - timedelta(days=back)
    Note.objects.bulk_create(
        Note(
            service=changed.get("service", cast.alm),
            poste=cast.nadia.poste,
            lieu=cast.hall,
            jour=TODAY - timedelta(days=back),
            creneau=changed.get("creneau", "nuit"),
            categorie=changed.get("categorie", "regroupement"),
            ambiance=changed.get("ambiance", "tensions"),
            effectif="5_9",
            observee_le=moment,
            recue_le=moment,
        )
        for _ in range(count)
    )


@pytest.mark.parametrize(
    ("recent", "before", "said"),
    [
        (12, 16, ["12 notes en 3 semaines, 4 d'ordinaire, nuit"]),
        (5, 0, ["5 notes en 3 semaines, presque aucune d'ordinaire, nuit"]),
        (4, 0, []),
        (8, 17, []),
        (2, 20, ["Plus calme : 2 notes en 3 semaines, 5 d'ordinaire, nuit"]),
        (3, 20, []),
        (0, 20, ["Plus calme : aucune note en 3 semaines, 5 d'ordinaire, nuit"]),
        (0, 19, []),
        (5, 12, []),
    ],
)
def test_a_place_stands_out_by_its_own_habit(
    cast: Cast, acting: Acting, recent: int, before: int, said: list[str]
) -> None:
    noted(cast, recent, 20)
    noted(cast, before, 21)
    assert [one.pourquoi for one in unusual_places(acting(cast.nadia), TODAY, "nuit")] == said


def test_other_slots_calm_passages_and_other_teams_do_not_count(cast: Cast, acting: Acting) -> None:
    noted(cast, 9, 1, creneau="matin")
    noted(cast, 9, 1, categorie="rien_a_signaler")
    noted(cast, 9, 106)
    nadia = acting(cast.nadia)
    assert unusual_places(nadia, TODAY, "nuit") == []
    assert [one.pourquoi for one in unusual_places(nadia, TODAY)] == [
        "9 notes en 3 semaines, presque aucune d'ordinaire"
    ]
    assert unusual_places(acting(cast.nuit), TODAY) == []


def test_a_team_that_went_and_a_place_that_calmed_are_told(
    cast: Cast, acting: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 12, 19, 30, tzinfo=PARIS))
    nadia, samira = acting(cast.nadia), acting(cast.samira)
    for answer in (Reponse.ON_PASSE, Reponse.VU):
        news = MessageData(uuid4(), cast.relais.pk, cast.hall.pk, "nuit", "5_9", "regroupement")
        message = send_message(by=nadia, data=news).message
        answer_message(by=samira, message=message, reponse=answer)
    noted(cast, 6, 30)
    noted(cast, 3, 5)
    assert [one.phrase for one in fruits(nadia)] == [
        "Hall 4 : plus calme, 3 tensions notées contre 6 les trois semaines d'avant.",
        "Hall 4 : Le Relais a répondu « on passe ».",
    ]
    assert fruits(acting(cast.nuit)) == []
    assert fruits(samira) == []
