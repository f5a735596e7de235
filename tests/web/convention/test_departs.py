"""A field team starts a clause from a practice of the study, or from what another city gave."""

from __future__ import annotations

import html
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from maillage.base import clock
from maillage.conventions.models import ClauseProposee
from maillage.etude.clauses import textes_de_depart
from maillage.reseau.models import LotRecu
from tests.cast import Cast, Membre

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]
PAGE = "/convention/ici/"


def _text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return html.unescape(answer.content.decode())


def _given(code: str, city: str, title: str) -> None:
    told = {"partenariat": code, "ville": city, "forme": "convention", "habitants": None}
    more = {"quartiers": None, "postes": {}, "pratiques": [], "clauses": [{"titre": title, "texte": "Ici."}]}
    LotRecu.objects.create(
        id=uuid4(),
        cle_publique="k",
        partenariat=code,
        annee=2025,
        sequence=1,
        contenu=told | more,
        recu_le=clock.now(),
    )


def test_a_text_of_the_study_fills_the_form_with_what_it_writes(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.karim)
    closed = _text(client, f"{PAGE}departs/")
    assert ("Partir de ce texte" in closed, "Aucun atelier n'est ouvert" in closed) == (False, True)
    client.post(f"{PAGE}ouvrir/")
    shown = _text(client, f"{PAGE}departs/")
    assert [one.titre for one in textes_de_depart() if one.titre not in shown] == []
    form = client.get(f"{PAGE}?depart=etude-six-semaines").context["clause"]
    assert {name: form[name].value() for name in ("titre", "etablit", "origine", "source")} == {
        "titre": "Se voir toutes les six semaines",
        "etablit": "travail.rythme_reunion=6",
        "origine": "etude",
        "source": "La réunion des six semaines",
    }


def test_a_clause_of_another_city_starts_without_what_it_writes_there(
    cast: Cast, signed_in: SignedIn
) -> None:
    _given("loin", "Loinville", "Se croiser au marché")
    _given("ici", "Villeneuve", "La nôtre")
    client = signed_in(cast.samira)
    client.post(f"{PAGE}ouvrir/")
    shown = _text(client, f"{PAGE}departs/")
    assert ("Se croiser au marché" in shown, "La nôtre" in shown) == (True, False)
    form = client.get(f"{PAGE}?depart=ville-loin-1").context["clause"]
    typed = {name: form[name].value() for name in form.fields}
    assert typed == {
        "titre": "Se croiser au marché",
        "texte": "Ici.",
        "etablit": "",
        "metier": "",
        "origine": "ville",
        "source": "Loinville",
    }
    assert client.post(f"{PAGE}proposer/", typed).status_code == 302
    row = ClauseProposee.objects.get()
    assert (row.origine, row.source) == ("ville", "Loinville")


def test_who_may_not_see_the_starting_texts(cast: Cast, signed_in: SignedIn) -> None:
    cases = (
        (cast.bruno, "ici", 200),
        (cast.mediateur_sud, "ici", 404),
        (cast.maire, "ici", 404),
        (cast.karim, "nulle-part", 404),
    )
    for member, code, status in cases:
        assert signed_in(member).get(f"/convention/{code}/departs/").status_code == status, (member, code)
    client = signed_in(cast.karim)
    assert client.post(f"{PAGE}departs/").status_code == 405
    assert client.get(f"{PAGE}?depart=etude-rien").status_code == 404
    assert "Partir de ce texte" not in _text(signed_in(cast.lecteur), f"{PAGE}departs/")
