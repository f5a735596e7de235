"""One notice a day, at the opening hour, and nothing in it but figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from smtplib import SMTPException
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from maillage.base import clock
from maillage.base.clock import PARIS
from maillage.comptes.acteur import Acteur
from maillage.main_courante.actions import MessageData, answer_message, send_message
from maillage.main_courante.actions import avis as room
from maillage.main_courante.actions.avis import Sent, send_notices, set_mailbox
from maillage.main_courante.actions.consignes import ConsigneData, leave_consigne, transmit_report
from maillage.main_courante.enums import Reponse
from maillage.main_courante.gestes import Geste
from maillage.main_courante.models import AdresseAvis, AvisDuJour
from tests.cast import Cast, Membre

Acting = Callable[[Membre], Acteur]
SITE = "https://maillage.exemple"


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(moment).replace(tzinfo=PARIS))


def news(cast: Cast, acting: Acting) -> Any:
    data = MessageData(uuid4(), cast.relais.pk, cast.hall.pk, "nuit", "5_9", "regroupement", "canari-message")
    return send_message(by=acting(cast.nadia), data=data).message


def test_once_a_day_at_the_opening_hour(cast: Cast, acting: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2026-03-10T23:00")
    for _ in range(2):
        news(cast, acting)
    relais = cast.relais
    relais.heure_ouverture = time(9, 30)
    relais.save()
    set_mailbox(by=acting(cast.cheffe_relais), courriel="relais@exemple.fr")
    at(monkeypatch, "2026-03-11T09:29")
    assert send_notices(site=SITE) == Sent(0, 0, 0)
    at(monkeypatch, "2026-03-11T09:30")
    assert [send_notices(site=SITE) for _ in range(2)] == [Sent(1, 0, 0), Sent(0, 0, 0)]
    (sent,) = mail.outbox
    assert sent.to == ["relais@exemple.fr"]
    assert sent.body == (
        "Bonjour,\n\nVous avez 2 nouvelles de lieux à répondre.\n\n"
        "Pour les lire : https://maillage.exemple/\n"
    )
    for secret in ("canari", "Hall", "Nadia", "ALM"):
        assert secret not in sent.message().as_string()


def test_nothing_waiting_sends_nothing_and_a_late_message_waits_for_tomorrow(
    cast: Cast, acting: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_mailbox(by=acting(cast.cheffe_relais), courriel="relais@exemple.fr")
    at(monkeypatch, "2026-03-11T09:00")
    assert send_notices(site=SITE) == Sent(0, 1, 0)
    message = news(cast, acting)
    at(monkeypatch, "2026-03-11T15:00")
    assert send_notices(site=SITE) == Sent(0, 0, 0)
    answer_message(by=acting(cast.samira), message=message, reponse=Reponse.VU)
    at(monkeypatch, "2026-03-12T09:00")
    assert send_notices(site=SITE) == Sent(0, 1, 0)
    assert mail.outbox == []


def test_consignes_and_reports_are_counted(
    cast: Cast, acting: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-03-11T03:00")
    nadia = acting(cast.nadia)
    set_mailbox(by=acting(cast.cheffe_alm), courriel="alm@exemple.fr")
    leave_consigne(by=nadia, data=ConsigneData(uuid4(), cast.hall.pk, Geste.SAVOIR, texte="canari"))
    transmit_report(by=nadia, jour=date(2026, 3, 10))
    at(monkeypatch, "2026-03-11T10:00")
    send_notices(site=SITE)
    at(monkeypatch, "2026-03-12T10:00")
    send_notices(site=SITE)
    lines = [[line for line in sent.body.splitlines() if "avez" in line] for sent in mail.outbox]
    assert lines == [
        ["Vous avez 1 consigne en cours.", "Vous avez 1 nouveau compte rendu."],
        ["Vous avez 1 consigne en cours."],
    ]


def test_a_mail_that_cannot_leave_is_tried_again(
    cast: Cast, acting: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-03-11T10:00")
    news(cast, acting)
    set_mailbox(by=acting(cast.cheffe_relais), courriel="relais@exemple.fr")

    def refuse(*args: Any) -> None:
        raise SMTPException

    with monkeypatch.context() as broken:
        broken.setattr(room, "send_mail", refuse)
        assert send_notices(site=SITE) == Sent(0, 0, 1)
    assert AvisDuJour.objects.count() == 0
    assert send_notices(site=SITE) == Sent(1, 0, 0)


def test_without_an_address_no_mail(cast: Cast, acting: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2026-03-11T10:00")
    news(cast, acting)
    for address in ("relais@exemple.fr", ""):
        set_mailbox(by=acting(cast.cheffe_relais), courriel=address)
    assert AdresseAvis.objects.count() == 0
    assert send_notices(site=SITE) == Sent(0, 0, 0)
