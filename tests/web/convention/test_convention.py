"""The convention's screens: a clause is written, tried, voted, signed; charters open the exchanges."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.base import clock
from maillage.conventions.actions import publish_charter
from maillage.conventions.enums import GenreCharte
from maillage.conventions.models import Charte, ClauseProposee, Convention
from maillage.conventions.queries import facts
from maillage.web.convention.forms import ClauseForm
from tests.cast import Cast, Membre
from tests.door import acteur, prepare, send

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]
PAGE = "/convention/ici/"


def _text(client: Client, url: str = PAGE) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return html.unescape(answer.content.decode())


def _typed(**changed: str) -> dict[str, str]:
    said = {"titre": "Se dire la suite", "texte": "On se répond.", "etablit": "clause_retour=True"}
    return said | {"metier": "", "origine": "pratique", "source": ""} | changed


def _dates() -> dict[str, str]:
    today = clock.today()
    return {
        "debut": str(today),
        "revue_le": str(today + timedelta(182)),
        "fin": str(today + timedelta(365)),
    }


def _clause(client: Client) -> ClauseProposee:
    client.post(f"{PAGE}ouvrir/")
    assert client.post(f"{PAGE}proposer/", _typed()).status_code == 302
    return ClauseProposee.objects.latest("proposee_le")


def _charter(cast: Cast) -> Charte:
    return publish_charter(
        by=acteur(cast.direction_alm),
        partenariat=cast.ici,
        genre=GenreCharte.CONFIDENTIALITE,
        texte="Le nécessaire, rien d'autre.",
        debut=clock.today(),
    )


def test_a_clause_goes_from_the_workshop_to_its_effect(cast: Cast, signed_in: SignedIn) -> None:
    clause = _clause(signed_in(cast.karim))
    voter = f"/convention/clauses/{clause.pk}/voter/"
    for who in (cast.karim, cast.samira):
        assert signed_in(who).post(voter, {"redaction": "1", "pour": "oui"}).status_code == 302
    assert "les deux métiers sont d'accord" in _text(signed_in(cast.nadia))
    assert signed_in(cast.direction_alm).post(f"{PAGE}arreter/", _dates()).status_code == 302
    early = {"le": str(clock.today() - timedelta(1))}
    refused = signed_in(cast.direction_alm).post(f"{PAGE}signer/", early)
    assert (refused.status_code, facts(cast.ici, clock.today())) == (422, [])
    assert "On ne signe pas avant que le texte existe" in html.unescape(refused.content.decode())
    for who in (cast.direction_alm, cast.direction_relais):
        answer = signed_in(who).post(f"{PAGE}signer/", {"le": str(clock.today())})
        assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert [one.fait for one in facts(cast.ici, clock.today())] == ["clause_retour"]
    page = _text(signed_in(cast.lecteur))
    assert [">Se dire la suite<" in page, "la forme écrite reste « informel »" in page] == [True, True]


def test_members_read_it_and_nobody_else(cast: Cast, signed_in: SignedIn, client: Client) -> None:
    clause = _clause(signed_in(cast.karim))
    for who in ("nadia", "samira", "direction_alm", "dpo", "coordination", "lecteur"):
        assert signed_in(cast.membres[who]).get(PAGE).status_code == 200
    for who in ("maire", "mediateur_sud", "direction_sud"):
        assert signed_in(cast.membres[who]).get(PAGE).status_code == 404
        assert signed_in(cast.membres[who]).get(f"/convention/clauses/{clause.pk}/").status_code == 404
    assert signed_in(cast.nadia).get(f"/convention/clauses/{clause.pk}/").status_code == 200
    assert signed_in(cast.nadia).get(f"/convention/clauses/{uuid4()}/").status_code == 404
    assert signed_in(cast.nadia).post(PAGE).status_code == 405
    assert client.get(PAGE).status_code == 302


def test_who_writes(cast: Cast, signed_in: SignedIn) -> None:
    clause, charter = _clause(signed_in(cast.karim)), _charter(cast)
    acts = [f"/convention/clauses/{clause.pk}/{act}/" for act in ("voter", "retirer", "modifier")]
    urls = [*acts, f"{PAGE}ouvrir/", f"{PAGE}proposer/", f"/convention/chartes/{charter.pk}/signer/"]
    given = _typed(redaction="1", pour="oui")
    for url in urls:
        assert signed_in(cast.lecteur).post(url, given).status_code == 403, url
        assert signed_in(cast.coordination).post(url, given).status_code == 404, url
        assert signed_in(cast.karim).get(url).status_code == 405, url
    for url in urls[:3]:
        assert signed_in(cast.mediateur_sud).post(url, given).status_code == 404, url
        missing = url.replace(str(clause.pk), str(uuid4()))
        assert signed_in(cast.karim).post(missing, given).status_code == 404
    for act in ("arreter", "signer"):
        assert signed_in(cast.karim).post(f"{PAGE}{act}/", _dates()).status_code == 404
        assert signed_in(cast.direction_sud).post(f"{PAGE}{act}/", _dates()).status_code == 404
        assert signed_in(cast.direction_alm).get(f"{PAGE}{act}/").status_code == 405
    assert (clause.votes.count(), charter.signatures.count()) == (0, 0)


def test_a_bad_clause_comes_back_with_what_was_typed(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.karim)
    _clause(client)
    bad: list[dict[str, str]] = [
        {"etablit": "forme_partenariat=convention"},
        {"etablit": "part_action_sociale=mission_ecrite"},
        {"origine": "ville"},
        {"titre": " "},
    ]
    for changed in bad:
        answer = client.post(f"{PAGE}proposer/", _typed(**{"texte": "À garder"} | changed))
        assert (answer.status_code, "À garder" in answer.content.decode()) == (422, True), changed
    assert ClauseProposee.objects.count() == 1


def test_a_stale_amendment_keeps_both_texts(cast: Cast, signed_in: SignedIn) -> None:
    clause = _clause(signed_in(cast.karim))
    url = f"/convention/clauses/{clause.pk}/modifier/"
    first = _typed(redaction="1", texte="Sous huit jours.")
    assert signed_in(cast.samira).post(url, first).status_code == 302
    late = signed_in(cast.karim).post(url, _typed(redaction="1", texte="Sous un mois."))
    page = html.unescape(late.content.decode())
    assert (late.status_code, "Sous huit jours." in page, "Sous un mois." in page) == (409, True, True)
    assert 'name="redaction" value="2"' in page
    clause.refresh_from_db()
    assert clause.redaction == 2


def test_the_page_asks_as_many_queries_for_one_clause_as_for_three(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.karim)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            _clause(client)
        client.get(PAGE)
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(PAGE)
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_beyond_eight_clauses_the_page_warns(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.karim)
    for _ in range(8):
        _clause(client)
    assert "trop détaillée" not in _text(client)
    _clause(client)
    assert "9 clauses : au-delà de huit" in _text(client)


def test_before_signing_one_exchanges_nothing_about_a_person(cast: Cast, signed_in: SignedIn) -> None:
    sent, draft, charter = send(cast), prepare(cast), _charter(cast)
    answer = signed_in(cast.samira).get(f"/orientations/{sent.pk}/")
    assert (answer.status_code, "signature des chartes" in html.unescape(answer.content.decode())) == (
        409,
        True,
    )
    page = _text(signed_in(cast.samira), "/orientations/?liste=recues")
    assert ("signature des chartes" in page, str(sent.pk) in page) == (True, False)
    assert "à signer" in _text(signed_in(cast.samira))
    sign = f"/convention/chartes/{charter.pk}/signer/"
    assert signed_in(cast.samira).post(sign).status_code == 302
    assert signed_in(cast.samira).get(f"/orientations/{sent.pk}/").status_code == 200
    assert "signature des chartes" not in _text(signed_in(cast.samira), "/orientations/?liste=recues")
    assert draft.envoyee_le is None


def test_the_choices_are_only_what_a_clause_may_establish() -> None:
    field: Any = ClauseForm().fields["etablit"]
    nothing, (_, rules), (_, told) = field.choices
    assert (nothing[0], [value for value, _ in rules]) == (
        "",
        [
            *(f"travail.delai_reponse={days}" for days in (7, 10, 14, 21, 28)),
            *(f"travail.delai_cloture={days}" for days in (28, 42, 56, 84)),
            *(f"travail.rythme_reunion={weeks}" for weeks in (1, 2, 4, 6, 8, 12)),
            *(f"travail.reponse_par={who}" for who in ("equipe", "decline_chef", "chef")),
        ],
    )
    assert {value.partition("=")[0] for value, _ in told} == {
        "part_protection_enfance",
        "part_action_sociale",
        "clause_retour",
        "decision_autorite",
        "information_rgpd",
        "regles_groupe",
    }
    assert Convention.objects.count() == 0


def _page_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_a_conflict_gives_back_every_answer_typed(cast: Cast, signed_in: SignedIn) -> None:
    clause = _clause(signed_in(cast.karim))
    director = signed_in(cast.direction_alm)
    refused = director.post(f"{PAGE}arreter/", _dates())
    page = _page_of(refused)
    assert (refused.status_code, "il n'y a rien à signer" in page) == (409, True)
    assert [one for one in _dates().values() if f'value="{one}"' not in page] == []
    for who in (cast.karim, cast.samira):
        signed_in(who).post(f"/convention/clauses/{clause.pk}/voter/", {"redaction": "1", "pour": "oui"})
    director.post(f"{PAGE}arreter/", _dates())
    late = signed_in(cast.samira).post(f"{PAGE}proposer/", _typed(texte="Trop tard, mais écrit."))
    page = _page_of(late)
    assert (late.status_code, "est arrêté" in page, "Trop tard, mais écrit." in page) == (409, True, True)
    assert ClauseProposee.objects.count() == 1


def test_without_a_workshop_what_is_proposed_comes_back(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.karim).post(f"{PAGE}proposer/", _typed(texte="Écrite trop tôt."))
    page = _page_of(answer)
    assert (answer.status_code, "Aucun atelier n'est ouvert" in page) == (409, True)
    assert ("Écrite trop tôt." in page, Convention.objects.count()) == (True, 0)


def test_a_clause_that_says_nothing_true_is_refused_with_its_words(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.karim)
    client.post(f"{PAGE}ouvrir/")
    for etablit, said in (
        ("travail.rythme_reunion=0", "va de 1 à 26 semaines, jamais zéro."),
        ("fondements_secret=profession", "Une clause ne crée ni ne lève le secret : seule la loi le fait"),
        ("accord_personne=donne", "Une clause n'accorde rien à la place de la personne."),
        ("notoriete=oui", "ni la notoriété, ni la confiance, ni le diplôme n'autorisent."),
    ):
        answer = client.post(f"{PAGE}proposer/", _typed(etablit=etablit, texte="Mes mots."))
        page = _page_of(answer)
        assert (answer.status_code, "Mes mots." in page, said in page) == (422, True, True)
    assert ClauseProposee.objects.count() == 0


def test_a_text_that_waits_is_set_aside_on_its_page(cast: Cast, signed_in: SignedIn) -> None:
    clause = _clause(signed_in(cast.karim))
    for who in (cast.karim, cast.samira):
        signed_in(who).post(f"/convention/clauses/{clause.pk}/voter/", {"redaction": "1", "pour": "oui"})
    director = signed_in(cast.direction_alm)
    director.post(f"{PAGE}arreter/", _dates())
    assert "Rouvrir l'atelier" in _text(director)
    for member, status in ((cast.karim, 404), (cast.direction_sud, 404), (cast.direction_relais, 302)):
        assert signed_in(member).post(f"{PAGE}rouvrir/").status_code == status
    assert "L'atelier, version 2" in _text(signed_in(cast.samira))
    assert (director.post(f"{PAGE}rouvrir/").status_code, director.get(f"{PAGE}rouvrir/").status_code) == (
        409,
        405,
    )


def test_two_versions_differ_by_what_they_establish_too(cast: Cast, signed_in: SignedIn) -> None:
    for days in ("14", "10"):
        said = _typed(titre="Se répondre", texte="Vite.", etablit=f"travail.delai_reponse={days}")
        karim = signed_in(cast.karim)
        karim.post(f"{PAGE}ouvrir/")
        for old in ClauseProposee.objects.filter(convention__etat="atelier"):
            karim.post(f"/convention/clauses/{old.pk}/retirer/")
        karim.post(f"{PAGE}proposer/", said)
        clause = ClauseProposee.objects.latest("proposee_le")
        for who in (cast.karim, cast.samira):
            signed_in(who).post(f"/convention/clauses/{clause.pk}/voter/", {"redaction": "1", "pour": "oui"})
        when = clock.today() + timedelta(0 if days == "14" else 5)
        dates = _dates() | {"debut": str(when)}
        assert signed_in(cast.direction_alm).post(f"{PAGE}arreter/", dates).status_code == 302
        for who in (cast.direction_alm, cast.direction_relais):
            signed_in(who).post(f"{PAGE}signer/", {"le": str(clock.today())})
    shown = _text(signed_in(cast.samira))
    assert "Modifiée : Se répondre" in shown
    for days in ("14", "10"):
        assert f"Vite. (réponse attendue à une orientation : sous {days} jours)" in shown
