"""News of places: sent once, answered by the other team, inside the wall; cards counted by place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.main_courante.actions import MessageData, answer_message, give_contact, send_message
from maillage.main_courante.enums import Reponse
from maillage.main_courante.models import MessageDeLieu, ReponseMessage
from maillage.main_courante.queries import (
    Unanswered,
    contacts_by_place,
    destinataires,
    message_of,
    messages_received,
    messages_sent,
    night_report,
    unanswered,
)
from maillage.main_courante.saisie import Refused
from tests.cast import Cast, Membre

Acting = Callable[[Membre], Acteur]


def news(cast: Cast, **changed: Any) -> MessageData:
    return MessageData(
        **{
            "id": uuid4(),
            "destinataire": cast.relais.pk,
            "lieu": cast.hall.pk,
            "creneau": "nuit",
            "effectif": "5_9",
            "categorie": "regroupement",
            "texte": "canari-message",
            **changed,
        }
    )


def test_sent_once_answered_once_seen_by_both(cast: Cast, acting: Acting) -> None:
    nadia, samira, data = acting(cast.nadia), acting(cast.samira), news(cast)
    assert [send_message(by=nadia, data=data).statut for _ in range(2)] == ["cree", "deja"]
    assert (unanswered(nadia), unanswered(samira)) == (Unanswered(0, 1), Unanswered(1, 0))
    message = message_of(samira, data.id)
    assert message is not None
    for _ in range(2):
        answer_message(by=samira, message=message, reponse=Reponse.ON_PASSE)
    assert ReponseMessage.objects.count() == 1
    assert [line.reponse_libelle for line in messages_sent(nadia)] == ["On passe"]
    assert [(line.texte, line.recu) for line in messages_received(samira)] == [("canari-message", True)]
    assert (unanswered(nadia), unanswered(samira)) == (Unanswered(0, 0), Unanswered(0, 0))


def test_the_latest_answer_counts_and_earlier_ones_stay(cast: Cast, acting: Acting) -> None:
    nadia, samira, data = acting(cast.nadia), acting(cast.samira), news(cast)
    message = send_message(by=nadia, data=data).message
    for said in (Reponse.VU, Reponse.ON_PASSE):
        answer_message(by=samira, message=message, reponse=said)
    assert [line.reponse for line in messages_sent(nadia)] == ["on_passe"]
    assert ReponseMessage.objects.count() == 2


def test_the_same_identifier_for_another_message_is_told(cast: Cast, acting: Acting) -> None:
    nadia, data = acting(cast.nadia), news(cast)
    send_message(by=nadia, data=data)
    assert send_message(by=nadia, data=news(cast, id=data.id, effectif="1")).statut == "conflit"
    assert MessageDeLieu.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ("own", "Cette équipe n'est pas dans votre partenariat."),
        ("far", "Cette équipe n'est pas dans votre partenariat."),
        ("colleague", "Cette équipe n'est pas dans votre partenariat."),
        ("place", "Ce lieu n'est pas dans le territoire partagé avec cette équipe."),
        ("word", "« inconnu » n'est pas dans la liste « Motifs » de votre équipe."),
        ("long", "Le texte est trop long : 4001 caractères, 4000 au plus. Raccourcissez-le."),
    ],
)
def test_what_cannot_be_sent_is_said_and_leaves_nothing(
    cast: Cast, acting: Acting, changed: str, sentence: str
) -> None:
    wrong: dict[str, Any] = {
        "own": {"destinataire": cast.alm.pk},
        "far": {"destinataire": cast.prevention_sud.pk},
        "colleague": {"destinataire": cast.services["nuit"].pk},
        "place": {"lieu": cast.square_sud.pk},
        "word": {"categorie": "inconnu"},
        "long": {"texte": "a" * 4001},
    }
    with pytest.raises(Refused) as refusal:
        send_message(by=acting(cast.nadia), data=news(cast, **wrong[changed]))
    assert (str(refusal.value), MessageDeLieu.objects.count()) == (sentence, 0)


def test_nobody_else_reads_nor_answers(cast: Cast, acting: Acting) -> None:
    message = send_message(by=acting(cast.nadia), data=news(cast)).message
    for who in (cast.nuit, cast.educatrice_sud, cast.mediateur_sud):
        stranger = acting(who)
        assert message_of(stranger, message.pk) is None
        assert (messages_received(stranger), messages_sent(stranger)) == ([], [])
        assert unanswered(stranger) == Unanswered(0, 0)
    with pytest.raises(Refused):
        answer_message(by=acting(cast.nadia), message=message, reponse=Reponse.VU)


def test_leaving_the_partnership_closes_its_messages(cast: Cast, acting: Acting) -> None:
    send_message(by=acting(cast.nadia), data=news(cast))
    cast.ici.participations.filter(service=cast.relais).update(fin=clock.today() - timedelta(days=1))
    assert messages_received(acting(cast.samira)) == []


def test_the_trades_speak_to_each_other(cast: Cast, acting: Acting) -> None:
    assert [str(one.service) for one in destinataires(acting(cast.nadia))] == ["Le Relais"]
    assert [str(one.service) for one in destinataires(acting(cast.samira))] == ["ALM", "La Nuit"]


def test_a_card_is_counted_once_by_place_and_sends_nothing(cast: Cast, acting: Acting) -> None:
    karim, contact, today = acting(cast.karim), uuid4(), clock.today()
    said = [
        give_contact(by=karim, contact=one, lieu=cast.hall.pk, vers=cast.relais.pk)
        for one in (contact, contact, uuid4())
    ]
    assert said == [True, False, True]
    since = today - timedelta(days=2)
    assert [(row.lieu, row.vers, row.nombre) for row in contacts_by_place(karim, since, today)] == [
        ("Hall 4", "Le Relais", 2)
    ]
    assert contacts_by_place(acting(cast.samira), since, today) == []
    assert MessageDeLieu.objects.count() == 0


@pytest.mark.parametrize("team", ["nuit", "prevention_sud"])
def test_a_card_of_another_team_is_refused(cast: Cast, acting: Acting, team: str) -> None:
    with pytest.raises(Refused):
        give_contact(by=acting(cast.karim), contact=uuid4(), lieu=cast.hall.pk, vers=cast.services[team].pk)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_message_or_three(
    cast: Cast, acting: Acting, count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    nadia, samira = acting(cast.nadia), acting(cast.samira)
    for _ in range(count):
        send_message(by=nadia, data=news(cast))
    with django_assert_num_queries(11):
        assert len(messages_received(samira)) == count


def test_the_night_assembles_itself(cast: Cast, acting: Acting) -> None:
    nadia = acting(cast.nadia)
    send_message(by=nadia, data=news(cast))
    report = night_report(nadia, clock.today())
    assert (report.passages, report.sorties, report.vide) == (0, 0, report.messages == [])
