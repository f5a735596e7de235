"""The chain of a project on screen: what each trade sees, what a refusal keeps."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.conventions.enums import Place
from maillage.directory.models import Poste
from maillage.projets.models import Projet
from maillage.sharing import enrolments, persons
from tests.cast import SINCE, Cast, Membre
from tests.door import acteur
from tests.projects_made import decided, under_way

SignedIn = Callable[[Membre], Client]
POSTS = ("signer", "commencer", "seances", "budget", "inscrire", "retirer", "terminer", "abandonner")
FORM = {
    "partenariat": "ici",
    "titre": "Le kiosque",
    "genre": "chantier_educatif",
    "constat": "On s'y retrouve chaque soir.",
    "finalite": "Le repeindre",
}


def enrolled(cast: Cast, row: Projet, names: list[str]) -> None:
    for name in names:
        taken = persons.open_accompagnement(
            by=acteur(cast.samira), pseudonyme=name, tranche_age="15_17", origine="travail_de_rue"
        )
        persons.record_adhesion(
            by=acteur(cast.samira), accompagnement=taken.accompagnement, donneur="jeune", etat="acquise"
        )
        enrolments.enrol(by=acteur(cast.samira), accompagnement=taken.accompagnement, projet=row.pk)


def test_from_proposal_to_bilan(cast: Cast, signed_in: SignedIn) -> None:
    karim, samira = signed_in(cast.karim), signed_in(cast.samira)
    made = karim.post("/projets/nouveau/", FORM | {"lieu": str(cast.hall.pk)})
    page = made["Location"]
    assert "Il manque la signature de l'autre métier" in karim.get(page).content.decode()
    today = clock.today().isoformat()
    for client, act, data in (
        (samira, "signer", {}),
        (samira, "commencer", {"le": today}),
        (karim, "budget", {"poste": "recette", "libelle": "Barbecue", "realise": "243,45", "le": today}),
        (samira, "seances", {"le": today, "services": [str(cast.alm.pk)], "heures": "7,5", "taux": "9,37"}),
        (karim, "terminer", {"le": today, "bilan": "Repeint."}),
    ):
        assert client.post(f"{page}{act}/", data).status_code == 302
    text = karim.get(page).content.decode()
    assert ("Terminé" in text, "173,17\u202f€" in text) == (True, True)
    for kind in ("pdf", "docx"):
        assert karim.get(f"{page}bilan.{kind}").status_code == 200
    assert karim.get(f"{page}bilan.exe").status_code == 404


def test_only_the_prevention_service_sees_who(cast: Cast, signed_in: SignedIn) -> None:
    row = decided(cast)
    enrolled(cast, row, ["Rivière", "Colline"])
    address = f"/projets/{row.pk}/"
    ours = signed_in(cast.samira).get(address).content.decode()
    assert ("Rivière" in ours, "Colline" in ours) == (True, True)
    for member in (cast.karim, cast.cheffe_alm, cast.direction_relais, cast.coordination):
        theirs = signed_in(member).get(address).content.decode()
        assert ("Rivière" in theirs, "Colline" in theirs) == (False, False)
        assert "moins de cinq" in theirs


def test_from_five_the_number_shows(cast: Cast, signed_in: SignedIn) -> None:
    row = decided(cast)
    enrolled(cast, row, ["A", "B", "C", "D", "E"])
    assert "<dd>5</dd>" in signed_in(cast.karim).get(f"/projets/{row.pk}/").content.decode()


def test_what_was_typed_stays_when_it_is_refused(cast: Cast, signed_in: SignedIn) -> None:
    row = under_way(cast)
    answer = signed_in(cast.karim).post(
        f"/projets/{row.pk}/budget/", {"poste": "recette", "libelle": "Barbecue du 3", "le": "2026-01-01"}
    )
    assert answer.status_code == 422
    assert "Barbecue du 3" in answer.content.decode()
    refused = signed_in(cast.karim).post("/projets/nouveau/", FORM | {"lieu": str(cast.square_sud.pk)})
    assert (refused.status_code, "On s&#x27;y retrouve chaque soir." in refused.content.decode()) == (
        422,
        True,
    )


def test_the_list_has_one_query_count(cast: Cast, signed_in: SignedIn) -> None:
    client, counts = signed_in(cast.karim), []
    for number in (1, 2):
        for _ in range(number):
            decided(cast)
        with CaptureQueriesContext(connection) as seen:
            client.get("/projets/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("act", POSTS)
def test_the_litany_of_acts(cast: Cast, signed_in: SignedIn, act: str) -> None:
    row = under_way(cast)
    address = f"/projets/{row.pk}/{act}/"
    assert signed_in(cast.karim).get(address).status_code == 405
    assert signed_in(cast.educatrice_sud).post(address, {"accompagnement": str(new_id())}).status_code == 404
    assert signed_in(cast.lecteur).post(address).status_code == 403
    assert signed_in(cast.maire).post(address).status_code == 404
    gone = f"/projets/{new_id()}/{act}/"
    assert signed_in(cast.samira).post(gone, {"accompagnement": str(new_id())}).status_code in {404, 422}


def test_an_associated_town_hall_reads_and_does_not_write(cast: Cast, signed_in: SignedIn) -> None:
    row = under_way(cast)
    cast.ici.participations.create(service=cast.mairie, debut=SINCE, place=Place.ASSOCIE)
    Poste.objects.filter(pk=cast.maire.poste.pk).update(role="direction")
    town = signed_in(cast.maire)
    page = town.get(f"/projets/{row.pk}/")
    assert (page.status_code, page.context["writes"]) == (200, False)
    ended = town.post(f"/projets/{row.pk}/terminer/", {"le": str(clock.today()), "bilan": "Fini."})
    row.refresh_from_db()
    assert (ended.status_code, row.fin) == (403, None)


def test_the_litany_of_pages(cast: Cast, signed_in: SignedIn) -> None:
    row = under_way(cast)
    for address in ("/projets/", f"/projets/{row.pk}/", f"/projets/{row.pk}/bilan.docx"):
        assert signed_in(cast.bruno).get(address).status_code == 200
        assert signed_in(cast.coordination).get(address).status_code == 200
        assert signed_in(cast.maire).get(address).status_code == 404
        assert signed_in(cast.karim).post(address).status_code == 405
    assert signed_in(cast.educatrice_sud).get(f"/projets/{row.pk}/").status_code == 404
    assert signed_in(cast.karim).get("/projets/?partenariat=ailleurs").status_code == 404
    assert signed_in(cast.coordination).get("/projets/nouveau/").status_code == 404
