"""Reciprocity: both directions, each thing apart, others' figures from five up, never by agent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from maillage.base import clock
from maillage.directory.models import Service
from maillage.main_courante.models import MessageDeLieu
from maillage.web.months import month_of
from tests.cast import Cast, Membre

SignedIn = Callable[[Membre], Client]
PAGE = "/reciprocite/"
MINE, OTHERS = "Avec votre service", "Entre les autres services"


def _say(cast: Cast, sender: Membre, receiver: Service, times: int, when: datetime | None = None) -> None:
    for _ in range(times):
        MessageDeLieu.objects.create(
            partenariat=cast.ici,
            service_emetteur=sender.service,
            service_destinataire=receiver,
            poste=sender.poste,
            lieu=cast.hall,
            creneau="nuit",
            effectif="5_9",
            categorie="regroupement",
            envoye_le=when or clock.now(),
        )


def _messages(page: object, group: str) -> dict[str, str]:
    groups = {one.titre: one for one in page.context["groups"]}  # type: ignore[attr-defined]
    return {row[0]: row[1] for row in groups[group].tables[0].rows}


def test_my_flows_are_exact_and_apart(cast: Cast, signed_in: SignedIn) -> None:
    _say(cast, cast.karim, cast.relais, 3)
    _say(cast, cast.samira, cast.alm, 1)
    page = signed_in(cast.karim).get(PAGE)
    assert _messages(page, MINE) == {"ALM vers Le Relais": "3", "Le Relais vers ALM": "1"}


@pytest.mark.parametrize(("sent", "shown"), [(4, "moins de 5"), (5, "5")])
def test_others_are_shown_from_five_up(cast: Cast, signed_in: SignedIn, sent: int, shown: str) -> None:
    _say(cast, cast.membres["nuit"], cast.relais, sent)
    page = signed_in(cast.karim).get(PAGE)
    assert _messages(page, OTHERS)["La Nuit vers Le Relais"] == shown


def test_a_month_is_a_calendar_month_in_paris(cast: Cast, signed_in: SignedIn) -> None:
    first = clock.today().replace(day=1)
    midnight = datetime(first.year, first.month, 1, tzinfo=clock.PARIS)
    _say(cast, cast.karim, cast.relais, 1, midnight)
    _say(cast, cast.karim, cast.relais, 2, midnight - timedelta(seconds=1))
    karim = signed_in(cast.karim)
    before = (first - timedelta(days=1)).strftime("%Y-%m")
    found = [_messages(karim.get(f"{PAGE}{query}"), MINE) for query in ("", f"?mois={before}")]
    assert [month["ALM vers Le Relais"] for month in found] == ["1", "2"]


def test_the_first_month_of_the_calendar_is_no_failure(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.karim).get(PAGE, {"mois": "0001-01"})
    assert (page.status_code, page.context["month"]) == (200, clock.today().replace(day=1))


def test_inner_decisions_are_the_receiver_s(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(cast.karim).get(PAGE).context["own"] is None
    assert signed_in(cast.samira).get(PAGE).context["own"].recues == 0


def test_no_professional_is_named(cast: Cast, signed_in: SignedIn) -> None:
    _say(cast, cast.karim, cast.relais, 6)
    text = signed_in(cast.cheffe_relais).get(PAGE).content.decode()
    assert [name for name in ("Karim", "Nadia", "Samira") if name in text] == []


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "abc", "9999-12", "٢٠٢٦-٠١", "0001-01", "1999-12"])
def test_an_absurd_month_is_the_present_one(db: None, text: str) -> None:
    assert month_of(text) == clock.today().replace(day=1)


def test_the_litany(cast: Cast, signed_in: SignedIn) -> None:
    karim = signed_in(cast.karim)
    assert karim.get(f"{PAGE}?partenariat=ici").status_code == 200
    assert karim.get(f"{PAGE}?partenariat=ailleurs").status_code == 404
    assert karim.get(f"{PAGE}?partenariat=rien").status_code == 404
    assert karim.post(PAGE).status_code == 405
    assert signed_in(cast.maire).get(PAGE).status_code == 404
    assert signed_in(cast.coordination).get(PAGE).status_code == 200
    assert Client().get(PAGE).status_code == 302
