"""The pages of posts and contracts: for those who answer for a team, each sentence beside its field."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.test import Client

from maillage.base import clock
from maillage.directory.models import Poste, PosteAdulteRelais, Structure
from maillage.equipes.models import EmployeurPartenaire, PreuveNorme, Qualification
from tests.cast import Cast, Membre

SignedIn = Callable[[Membre], Client]
TEAM, EMPLOYERS, NORM, STATE = (
    "/equipe/",
    "/equipe/employeurs/",
    "/equipe/certification/",
    "/equipe/adultes-relais/",
)
EMPLOYER = {"nom": "Régie du Port", "siret": "42310040300025", "emplois": "Gardien"}


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def post_page(member: Membre) -> str:
    return f"{TEAM}postes/{member.poste.pk}/"


def test_a_contract_is_written_and_shown_among_the_ends(cast: Cast, signed_in: SignedIn) -> None:
    direction, page = signed_in(cast.direction_alm), post_page(cast.karim)
    assert "Aucun contrat ne finit" in text_of(direction, TEAM)
    day = clock.today() + timedelta(days=30)
    done = direction.post(page, {"contrat": "adulte_relais", "fin": day.isoformat()})
    assert (done.status_code, done.headers["Location"]) == (302, page)
    assert Poste.objects.get(pk=cast.karim.poste.pk).fin == day
    shown = text_of(direction, TEAM).partition('id="fins"')[2].partition("</section>")[0]
    assert (shown.count("Karim"), shown.count("Adulte-relais")) == (1, 1)
    assert "1 contrat se termine d'ici trois mois" in text_of(direction, "/")
    assert "1 contrat se termine d'ici trois mois" in text_of(signed_in(cast.cheffe_alm), "/")


def test_what_is_wrong_is_said_once_and_nothing_is_kept(cast: Cast, signed_in: SignedIn) -> None:
    direction = signed_in(cast.direction_alm)
    page = post_page(cast.karim)
    titled, piece = {"intitule": "T", "preuve": "x"}, {"piece": "P", "le": "2020-02-02"}
    for address, typed, said in (
        (page, {"contrat": "cdd", "fin": "2019-12-31"}, "Ce contrat finirait avant d'avoir commencé"),
        (page, {"contrat": "cdd", "fin": "31/31/2019"}, "Donnez une date : jour, mois, année."),
        (page, {"contrat": "cdd", "fin": ""}, "a une date de fin : donnez-la."),
        (f"{page}qualifications/", titled | {"obtenue_le": "2999-01-01"}, "pas encore venue"),
        (f"{page}qualifications/", {"obtenue_le": "2020-01-01"} | {"preuve": "x"}, "Donnez le nom"),
        (EMPLOYERS, EMPLOYER | {"siret": "4,23E+13"}, "abrégé par un tableur : remettez ses 14 chiffres."),
        (EMPLOYERS, EMPLOYER | {"siret": "123"}, "14 chiffres attendus."),
        (
            NORM,
            {"exigence": "cadre", "piece": "P", "le": "2020-02-02", "fin": "2020-02-01"},
            "La fin est avant",
        ),
        (NORM, piece | {"exigence": "x"}, "n’en fait pas partie"),
    ):
        answer = direction.post(address, typed)
        assert answer.status_code == 422
        assert html.unescape(answer.content.decode()).count(said) == 1, (address, typed)
    assert Poste.objects.get(pk=cast.karim.poste.pk).contrat == "permanent"
    for kept in (Qualification, PreuveNorme, EmployeurPartenaire):
        assert kept.objects.count() == 0


def test_evidence_employers_and_the_document(cast: Cast, signed_in: SignedIn) -> None:
    head = signed_in(cast.cheffe_alm)
    assert head.post(EMPLOYERS, EMPLOYER).headers["Location"] == EMPLOYERS
    assert "Régie du Port" in text_of(head, TEAM)
    sent = {"exigence": "analyse", "piece": "Feuilles, classeur 4", "le": "2024-02-02"}
    assert head.post(NORM, sent).headers["Location"] == NORM
    assert "Pièce du 2\N{NO-BREAK SPACE}février 2024 : Feuilles, classeur 4" in text_of(head, NORM)
    made = head.get("/equipe/certification.pdf")
    assert (made.status_code, made.headers["Content-Type"], made.content[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    kept = EmployeurPartenaire.objects.get()
    assert head.post(f"{EMPLOYERS}{kept.pk}/retirer/").status_code == 302
    assert "Aucun employeur" in text_of(head, EMPLOYERS)


def test_the_state_s_file_is_read_by_heads(cast: Cast, signed_in: SignedIn) -> None:
    head = signed_in(cast.cheffe_alm)
    assert "Le fichier n'est pas encore là" in text_of(head, STATE)
    Structure.objects.filter(pk=cast.alm.structure_id).update(siret="42310040300025")
    PosteAdulteRelais.objects.create(
        annee=2020,
        numero="01720R000100",
        employeur=cast.alm.structure,
        montant_centimes=1_987_506,
        departement="17",
    )
    assert text_of(head, STATE).count("19\N{NARROW NO-BREAK SPACE}875,06\N{NO-BREAK SPACE}€") == 2


def test_the_litany(cast: Cast, signed_in: SignedIn) -> None:
    direction, head = signed_in(cast.direction_alm), signed_in(cast.cheffe_alm)
    page, pages = post_page(cast.karim), (TEAM, EMPLOYERS, NORM, STATE)
    for client in (direction, head):
        assert [client.get(one).status_code for one in (*pages, page)] == [200] * 5
    assert "Noter le contrat" in text_of(direction, page)
    assert "Noter le contrat" not in text_of(head, page)
    assert "Personne ne change son propre contrat." in text_of(direction, post_page(cast.direction_alm))
    assert head.post(page, {"contrat": "permanent"}).status_code == 403
    assert direction.post(post_page(cast.direction_alm), {"contrat": "permanent"}).status_code == 404
    other = signed_in(cast.direction_relais)
    assert [other.get(page).status_code, other.post(page, {}).status_code] == [404, 404]
    assert other.post(f"{page}qualifications/", {}).status_code == 404
    for who in (cast.karim, cast.dpo, cast.coordination, cast.maire):
        found = [signed_in(who).get(one).status_code for one in (*pages, page, "/equipe/certification.pdf")]
        assert found == [404] * 6
    assert [direction.get(f"{TEAM}postes/{one}/").status_code for one in (uuid4(), "x")] == [404, 404]
    assert direction.post(f"{EMPLOYERS}{uuid4()}/retirer/").status_code == 404
    assert [direction.post(TEAM).status_code, direction.put(page).status_code] == [405, 405]
    assert direction.get(f"{page}qualifications/").status_code == 405
    Poste.objects.filter(pk=cast.cheffe_alm.poste.pk).update(lecture_seule=True)
    reader = signed_in(cast.cheffe_alm)
    assert [reader.get(EMPLOYERS).status_code, reader.post(EMPLOYERS, EMPLOYER).status_code] == [200, 403]
