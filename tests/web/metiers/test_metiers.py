"""The trades on screen: read by both, written by one; the kit; shadowing days."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from maillage.base import clock
from maillage.equipes.models import JourneeObservation, PageMetier
from maillage.sharing import persons
from tests.cast import Cast, Membre
from tests.door import acteur

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]
LIST, TRADE, DAYS = "/metiers/", "/metiers/ici/mediation_sociale/", "/metiers/journees/"
TYPED = {"version": "0", "fait": "Nous marchons.", "ne_peut_pas": "Dire un nom.", "doit": "Répondre."}


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def asked(cast: Cast) -> dict[str, str]:
    day = clock.today() + timedelta(days=3)
    return {
        "partenariat": "ici",
        "autre": str(cast.relais.pk),
        "sens": "eux",
        "jour": day.isoformat(),
        "moment": "nuit",
        "nombre": "1",
    }


def test_both_trades_are_read_by_both(cast: Cast, signed_in: SignedIn) -> None:
    for who in ("karim", "samira", "direction_relais", "coordination", "dpo"):
        page = text(signed_in(cast.membres[who]), LIST)
        assert page.count("Ce que nous devons") == 2
        assert "Écrire notre page" not in page
    assert text(signed_in(cast.cheffe_alm), LIST).count("Écrire notre page") == 1


def test_the_head_writes_and_the_other_trade_reads(cast: Cast, signed_in: SignedIn) -> None:
    head = signed_in(cast.cheffe_alm)
    assert "à deux et à pied" in text(head, f"{TRADE}ecrire/")
    assert head.post(f"{TRADE}ecrire/", TYPED).status_code == 302
    page = text(signed_in(cast.samira), TRADE)
    assert ["Nous marchons." in page, "Version 1, écrite par ALM" in page] == [True, True]
    assert "Le texte proposé pour commencer" in page
    assert "Changer notre page" in text(head, TRADE)


def test_what_was_typed_stays_when_refused(cast: Cast, signed_in: SignedIn) -> None:
    head = signed_in(cast.cheffe_alm)
    answer = head.post(f"{TRADE}ecrire/", TYPED | {"fait": "x" * 161})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert ["Une ligne est trop longue" in page, "x" * 161 in page] == [True, True]
    assert head.post(f"{TRADE}ecrire/", TYPED | {"doit": ""}).status_code == 422
    assert head.post(f"{TRADE}ecrire/", TYPED | {"version": "7"}).status_code == 409
    assert PageMetier.objects.count() == 0


def test_the_writer_is_told_what_to_reread(cast: Cast, signed_in: SignedIn) -> None:
    head = signed_in(cast.cheffe_alm)
    head.post(f"{TRADE}ecrire/", TYPED | {"fait": "Nous suivons Kevin, né le 3 mars 2009."})
    assert "À relire avant que d'autres ne lisent" in text(head, TRADE)
    assert "À relire" not in text(signed_in(cast.samira), TRADE)


def test_who_may_not_write_and_what_does_not_exist(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(cast.cheffe_relais).get(f"{TRADE}ecrire/").status_code == 404
    assert signed_in(cast.cheffe_relais).post(f"{TRADE}ecrire/", TYPED).status_code == 404
    for who in ("karim", "direction_alm", "maire"):
        assert signed_in(cast.membres[who]).post(f"{TRADE}ecrire/", TYPED).status_code == 404
    head = signed_in(cast.cheffe_alm)
    for address in ("/metiers/ailleurs/mediation_sociale/", "/metiers/ici/bailleur/", "/metiers/ici/rien/"):
        assert head.get(address).status_code == 404
    assert signed_in(cast.maire).get(LIST).status_code == 404
    assert signed_in(cast.direction_sud).get(TRADE).status_code == 404
    assert head.post(TRADE).status_code == 405


def test_the_kit_is_given_to_those_who_meet(cast: Cast, signed_in: SignedIn) -> None:
    for who in ("karim", "samira", "cheffe_relais", "coordination"):
        answer = signed_in(cast.membres[who]).get("/metiers/ici/fiche-2.pdf")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert answer["Content-Disposition"] == 'attachment; filename="quinze-minutes-2.pdf"'
    assert signed_in(cast.dpo).get("/metiers/ici/fiche-1.pdf").status_code == 404
    karim = signed_in(cast.karim)
    for address in ("/metiers/ici/fiche-0.pdf", "/metiers/ailleurs/fiche-1.pdf"):
        assert karim.get(address).status_code == 404


def test_a_day_is_proposed_answered_and_done(cast: Cast, signed_in: SignedIn) -> None:
    ours, theirs = signed_in(cast.cheffe_alm), signed_in(cast.cheffe_relais)
    assert ours.post(DAYS, asked(cast)).status_code == 302
    row = JourneeObservation.objects.get()
    assert "Nous allons chez Le Relais" in text(signed_in(cast.karim), DAYS)
    assert "journée d'observation proposée" in text(theirs, "/")
    assert "Accepter" in text(theirs, DAYS)
    assert "Accepter" not in text(ours, DAYS)
    assert ours.post(f"{DAYS}{row.pk}/accepter/").status_code == 409
    assert theirs.post(f"{DAYS}{row.pk}/accepter/").status_code == 302
    assert ours.post(f"{DAYS}{row.pk}/faite/").status_code == 409
    JourneeObservation.objects.update(jour=clock.today())
    assert "Elle a eu lieu" in text(ours, DAYS)
    assert ours.post(f"{DAYS}{row.pk}/faite/").status_code == 302
    assert JourneeObservation.objects.get().etat == "faite"


def test_who_watches_sees_no_person(cast: Cast, signed_in: SignedIn) -> None:
    """An accepted day opens no page of the other team's persons to anyone of the guest's."""
    signed_in(cast.cheffe_alm).post(DAYS, asked(cast))
    row = JourneeObservation.objects.get()
    signed_in(cast.cheffe_relais).post(f"{DAYS}{row.pk}/accepter/")
    JourneeObservation.objects.update(jour=clock.today())
    made = persons.open_accompagnement(
        by=acteur(cast.samira), pseudonyme="Brume", tranche_age="15_17", origine="rue"
    )
    address = f"/accompagnements/{made.accompagnement}/"
    assert signed_in(cast.samira).get(address).status_code == 200
    for who in ("karim", "nadia", "cheffe_alm"):
        client = signed_in(cast.membres[who])
        assert client.get(address).status_code == 404
        assert "Brume" not in text(client, DAYS)


def test_bad_days_are_said(cast: Cast, signed_in: SignedIn) -> None:
    head = signed_in(cast.cheffe_alm)
    past = (clock.today() - timedelta(days=1)).isoformat()
    for changed, said in (
        ({"jour": past}, "Ce jour est passé"),
        ({"jour": "demain"}, "Choisissez un jour du calendrier."),
        ({"sens": ""}, "Dites qui reçoit."),
        ({"nombre": "9"}, "Une à trois personnes"),
        ({"autre": str(uuid4())}, "Choisissez une équipe de l'autre métier"),
    ):
        answer = head.post(DAYS, asked(cast) | changed)
        assert answer.status_code == 422
        assert said in html.unescape(answer.content.decode())
    assert JourneeObservation.objects.count() == 0


def test_days_of_others_wrong_verbs_and_readers(cast: Cast, signed_in: SignedIn) -> None:
    head = signed_in(cast.cheffe_alm)
    head.post(DAYS, asked(cast))
    row = JourneeObservation.objects.get()
    assert head.post(f"{DAYS}{row.pk}/supprimer/").status_code == 404
    assert head.post(f"{DAYS}{uuid4()}/annuler/").status_code == 404
    assert head.get(f"{DAYS}{row.pk}/annuler/").status_code == 405
    for who in ("karim", "samira", "direction_relais"):
        assert signed_in(cast.membres[who]).post(f"{DAYS}{row.pk}/annuler/").status_code == 403
    for who in ("dpo", "coordination", "maire"):
        assert signed_in(cast.membres[who]).get(DAYS).status_code == 404
    assert signed_in(cast.direction_sud).get(f"{DAYS}?partenariat=ici").status_code == 404
    assert JourneeObservation.objects.get().etat == "proposee"
