"""The received page offers only the answers that the convention leaves to this post, and says why."""

from __future__ import annotations

import html
from uuid import UUID

import pytest
from django.test import Client

from maillage.orientations.models import Reception
from tests.cast import Cast
from tests.door import add_clause

pytestmark = pytest.mark.django_db
WHY = "La clause « Clause travail.reponse_par » laisse cette réponse à la cheffe ou au chef de service."


def _page(client: Client, sent: UUID) -> str:
    return html.unescape(client.get(f"/orientations/{sent}/").content.decode())


def _offers(page: str) -> tuple[bool, bool, bool]:
    return "Je prends" in page, "<summary>Décliner" in page, WHY in page


def test_the_page_offers_what_the_clause_leaves(cast: Cast, samira: Client, sent: UUID) -> None:
    assert _offers(_page(samira, sent)) == (True, True, False)
    clause = add_clause(cast.ici, "travail.reponse_par", "decline_chef")
    assert _offers(_page(samira, sent)) == (True, False, True)
    clause.valeur = "chef"
    clause.save()
    assert _offers(_page(samira, sent)) == (False, False, True)


def test_a_post_that_may_not_decline_is_told_why(cast: Cast, samira: Client, sent: UUID) -> None:
    add_clause(cast.ici, "travail.reponse_par", "decline_chef")
    answer = samira.post(f"/orientations/{sent}/decliner/", {"decliner-motif": "autre"})
    assert (answer.status_code, WHY in html.unescape(answer.content.decode())) == (403, True)
    assert Reception.objects.get().etat == "a_voir"
