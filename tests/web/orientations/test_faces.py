"""The two faces: what each service reads, what it does, and what never crosses to the other."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.base import clock
from maillage.orientations.actions import close_due
from maillage.orientations.enums import MotifDecline, Suite
from maillage.orientations.models import Orientation, Reception, Relais, Retour
from tests.cast import Cast
from tests.door import month_of
from tests.web.orientations.conftest import SignedIn, answers

TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b|\b[0-9a-f]{8}-[0-9a-f-]{27}\b")


BACK = {"accord-portee": "retour", "accord-forme": "orale"}


def _page(client: Client, orientation: UUID) -> str:
    return client.get(f"/orientations/{orientation}/").content.decode()


def _anonymous(text: str) -> str:
    """A page without what must differ between two orientations: identifiers and form tokens."""
    return TOKEN.sub("", text)


def _read_again(client: Client, orientation: UUID) -> str:
    """A page once its passing messages were shown."""
    _page(client, orientation)
    return _anonymous(_page(client, orientation))


def test_the_sender_reads_received_and_the_fixed_date(cast: Cast, karim: Client, sent: UUID) -> None:
    face = karim.get(f"/orientations/{sent}/").context["face"]
    assert (face.visible, face.personne.appellation, list(face.retours)) == ("recue", "Yanis", [])
    expected = clock.today() + timedelta(days=cast.ici.delai_cloture_jours)
    assert face.cloture_prevue_le == expected


def test_the_receiver_reads_what_was_said_and_only_its_own_forms(samira: Client, sent: UUID) -> None:
    page = samira.get(f"/orientations/{sent}/")
    assert page.templates[0].name == "orientations/recue.html"
    assert (page.context["face"].personne.besoin, page.context["waiting"]) == ("Parler à quelqu'un", True)


def test_one_takes_it_and_the_other_is_told_who(
    cast: Cast, samira: Client, signed_in: SignedIn, sent: UUID
) -> None:
    samira.post(f"/orientations/{sent}/prendre/")
    late = signed_in(cast.bruno).post(f"/orientations/{sent}/prendre/", follow=True)
    assert "Samira Essai l&#x27;a prise juste avant vous." in late.content.decode()
    assert Reception.objects.get(orientation=sent).referent == cast.samira.poste


def test_taking_twice_opens_one_accompagnement(samira: Client, sent: UUID) -> None:
    for _ in range(2):
        page = samira.post(f"/orientations/{sent}/prendre/", follow=True)
    assert page.status_code == 200
    lines = samira.get("/accompagnements/").context["lines"]
    assert [line["row"].pseudonyme for line in lines] == ["Yanis"]


@pytest.mark.parametrize("motif", MotifDecline.values)
def test_declined_with_a_coded_reason_inside_only(
    karim: Client, samira: Client, sent: UUID, motif: str
) -> None:
    before = _read_again(karim, sent)
    samira.post(f"/orientations/{sent}/decliner/", {"decliner-motif": motif})
    assert Reception.objects.get(orientation=sent).motif_decline == motif
    assert _read_again(karim, sent) == before


def test_followed_or_not_the_sender_reads_the_same(
    cast: Cast, karim: Client, samira: Client, sent: UUID
) -> None:
    karim.post("/orientations/nouvelle/", answers(cast))
    ignored = Orientation.objects.exclude(pk=sent).get().pk
    moment = Orientation.objects.get(pk=sent).envoyee_le
    Orientation.objects.update(creee_le=moment, envoyee_le=moment, recue_le=moment)
    samira.post(f"/orientations/{sent}/prendre/")
    for code in (Suite.RENCONTRE_FAITE, Suite.RELATION_ENGAGEE):
        samira.post(f"/orientations/{sent}/suite/", {"suite-code": code})
    assert _read_again(karim, sent) == _read_again(karim, ignored)
    listed = karim.get("/orientations/?liste=envoyees").context["lines"]
    assert len({(line.visible, line.retours, line.cloture_prevue_le, line.libelle) for line in listed}) == 1
    months = karim.get("/reciprocite/").context
    held = [
        row.tenus.value for row in month_of(cast, "karim", clock.today()) if row.emetteur == cast.relais
    ]  # towards ALM, towards La Nuit
    assert (months["own"], held) == (None, [0, 0])


def test_the_sender_s_page_never_reads_the_inner_tables(karim: Client, samira: Client, sent: UUID) -> None:
    samira.post(f"/orientations/{sent}/prendre/")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        karim.get(f"/orientations/{sent}/")
        karim.get("/orientations/?liste=envoyees")
    inner = ("orientations_reception", "orientations_suiteinterne", "orientations_relance")
    assert [query["sql"] for query in seen if any(table in query["sql"] for table in inner)] == []


def test_nothing_comes_back_without_the_reading(karim: Client, samira: Client, sent: UUID) -> None:
    samira.post(f"/orientations/{sent}/prendre/")
    page = samira.get(f"/orientations/{sent}/retour/")
    assert (page.context["panel"].verdict.issue, page.context["permitted"]) == ("incomplet", False)
    tried = samira.post(f"/orientations/{sent}/retour/", {"suite-code": Suite.RELATION_ENGAGEE}, follow=True)
    assert "rien n&#x27;est parti" in tried.content.decode()
    assert Retour.objects.count() == 0
    assert "Relation engagée" not in _page(karim, sent)


def test_it_comes_back_under_the_reading_the_clause_and_the_accords(
    way_back: None, karim: Client, samira: Client, sent: UUID
) -> None:
    samira.post(f"/orientations/{sent}/prendre/")
    page = samira.get(f"/orientations/{sent}/retour/")
    assert (page.context["panel"].verdict.issue, page.context["permitted"]) == ("incomplet", False)
    for giver, tie in (("jeune", ""), ("titulaire", "mere")):
        said = {"accord-donneur": giver, "accord-lien": tie, "accord-etat": "donne", **BACK}
        samira.post(f"/orientations/{sent}/retour/accord/", said)
    assert samira.get(f"/orientations/{sent}/retour/").context["permitted"]
    samira.post(f"/orientations/{sent}/retour/", {"suite-code": Suite.RELATION_ENGAGEE})
    face = karim.get(f"/orientations/{sent}/").context["face"]
    assert [retour.code for retour in face.retours] == [Suite.RELATION_ENGAGEE]
    assert "Relation engagée" in _page(karim, sent)


def test_a_refusal_shuts_the_way_back(way_back: None, samira: Client, sent: UUID) -> None:
    samira.post(f"/orientations/{sent}/prendre/")
    for giver, tie, word in (("titulaire", "mere", "donne"), ("jeune", "", "refuse")):
        said = {"accord-donneur": giver, "accord-lien": tie, "accord-etat": word, **BACK}
        samira.post(f"/orientations/{sent}/retour/accord/", said)
    samira.post(f"/orientations/{sent}/retour/", {"suite-code": Suite.RELATION_ENGAGEE})
    assert Retour.objects.count() == 0


def test_a_change_of_mind_stops_both_faces_at_once(karim: Client, samira: Client, sent: UUID) -> None:
    asked = karim.post(f"/orientations/{sent}/retirer/", {"donneur": "titulaire"})
    assert (asked.status_code, list(asked.context["form"].errors)) == (422, ["lien"])
    karim.post(f"/orientations/{sent}/retirer/", {"donneur": "jeune"})
    assert karim.get(f"/orientations/{sent}/").context["face"].visible == "close"
    assert [("Yanis" in _page(client, sent)) for client in (karim, samira)] == [False, False]
    assert "Yanis" not in samira.get("/orientations/?liste=recues").content.decode()


def test_closed_on_the_date_fixed_at_sending(karim: Client, samira: Client, sent: UUID) -> None:
    samira.post(f"/orientations/{sent}/prendre/")
    row = Orientation.objects.get(pk=sent)
    assert row.cloture_prevue_le is not None
    close_due(row.cloture_prevue_le)
    Orientation.objects.filter(pk=sent).update(cloture_prevue_le=clock.today())
    assert karim.get(f"/orientations/{sent}/").context["face"].visible == "close"
    late = samira.post(f"/orientations/{sent}/suite/", {"suite-code": Suite.RENCONTRE_FAITE})
    assert late.status_code in {302, 409}


def test_a_relais_is_agreed_with_the_accords_and_held_on_its_day(
    karim: Client, samira: Client, sent: UUID
) -> None:
    karim.post(f"/orientations/{sent}/relais/")
    samira.post(f"/orientations/{sent}/prendre/")
    address = f"/orientations/{sent}/relais/{Relais.objects.get().pk}/"
    assert "ALM propose un relais à trois" in _page(samira, sent)
    for day, sentence in (
        ("0001-01-01", "aujourd&#x27;hui ou plus tard"),
        ("31/02/2027", "jour du calendrier"),
    ):
        said = samira.post(address, {"etat": "convenu", "date_convenue": day}, follow=True)
        assert sentence in said.content.decode()
    agreed = {"etat": "convenu", "date_convenue": clock.today().isoformat()}
    assert "Il manque" in samira.post(address, agreed, follow=True).content.decode()
    assert Relais.objects.get().etat == "propose"
    for giver, tie in (("jeune", ""), ("titulaire", "mere")):
        said = {"accord-donneur": giver, "accord-lien": tie, "accord-etat": "donne"}
        samira.post(f"/orientations/{sent}/retour/accord/", {**said, **BACK, "accord-portee": "relais"})
    samira.post(address, agreed)
    assert Relais.objects.get().etat == "convenu"
    karim.post(address, {"etat": "tenu"})
    assert Relais.objects.get().etat == "tenu"
    samira.post(f"/orientations/{sent}/retour/", {"suite-code": Suite.RENCONTRE_FAITE})
    assert [retour.code for retour in karim.get(f"/orientations/{sent}/").context["face"].retours] == [
        Suite.RENCONTRE_FAITE
    ]


def test_a_withdrawal_asks_the_receiver_for_a_receipt(
    cast: Cast, karim: Client, samira: Client, signed_in: SignedIn, sent: UUID
) -> None:
    karim.post(f"/orientations/{sent}/retirer/", {"donneur": "jeune"})
    (task,) = samira.get(f"/orientations/{sent}/").context["tasks"]
    address = f"/orientations/{sent}/taches/{task['pk']}/"
    for stranger in (karim, signed_in(cast.educatrice_sud)):
        assert stranger.post(address).status_code == 404
    assert samira.post(address).status_code == 302
    assert samira.get(f"/orientations/{sent}/").context["tasks"] == []


def test_a_colleague_carries_it_after_a_departure(
    cast: Cast, karim: Client, samira: Client, sent: UUID
) -> None:
    address = f"/orientations/{sent}/porteur/"
    karim.post(address, {"porteur": str(cast.nadia.poste.pk)})
    assert karim.get(f"/orientations/{sent}/").context["face"].porteur == cast.nadia.poste
    for post in (cast.samira.poste, cast.partie.poste):
        assert karim.post(address, {"porteur": str(post.pk)}).status_code == 422
    assert samira.post(address, {"porteur": str(cast.samira.poste.pk)}).status_code == 404


LITANY = [
    ("", "get"),
    ("prendre/", "post"),
    ("decliner/", "post"),
    ("rediriger/", "post"),
    ("suite/", "post"),
    ("retour/", "get"),
    ("retour/accord/", "post"),
    ("retirer/", "get"),
    ("relais/", "post"),
    ("abandonner/", "post"),
    ("porteur/", "post"),
]


@pytest.mark.parametrize(("end", "method"), LITANY)
def test_the_litany(cast: Cast, signed_in: SignedIn, sent: UUID, end: str, method: str) -> None:
    address, nowhere = f"/orientations/{sent}/{end}", f"/orientations/{UUID(int=7)}/{end}"
    data = {"decliner-motif": "autre", "rediriger-motif": "autre_besoin", "suite-code": "rencontre_faite"}
    for stranger in (cast.mediateur_sud, cast.educatrice_sud, cast.nuit, cast.maire, cast.dpo):
        assert getattr(signed_in(stranger), method)(address, data).status_code == 404
    for member in (cast.karim, cast.samira):
        client = signed_in(member)
        assert getattr(client, method)(nowhere, data).status_code == 404
        assert client.delete(address).status_code == 405
    assert Reception.objects.get(orientation=sent).etat == "a_voir"


def test_a_post_that_only_reads_may_not_act(cast: Cast, signed_in: SignedIn, sent: UUID) -> None:
    reader = signed_in(cast.lecteur)
    assert reader.get(f"/orientations/{sent}/").status_code == 200
    acts = [("retirer/", {"donneur": "jeune"}), ("relais/", {})]
    assert [reader.post(f"/orientations/{sent}/{end}", data).status_code for end, data in acts] == [403, 403]
    assert Orientation.objects.get(pk=sent).retiree_le is None


@pytest.mark.parametrize("tab", ["envoyees", "recues"])
def test_lists_cost_the_same_whatever_their_length(
    cast: Cast, karim: Client, samira: Client, sent: UUID, tab: str
) -> None:
    reader = karim if tab == "envoyees" else samira
    costs = []
    reader.get("/orientations/")
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            reader.get(f"/orientations/?liste={tab}")
        costs.append(len(seen))
        for _ in range(2):
            karim.post("/orientations/nouvelle/", answers(cast))
    assert costs[0] == costs[1]
    assert len(reader.get(f"/orientations/?liste={tab}").context["lines"]) == 5


def test_a_list_that_does_not_exist(karim: Client) -> None:
    assert karim.get("/orientations/?liste=toutes").status_code == 404
    assert karim.get("/orientations/?depuis=-3").status_code == 200
