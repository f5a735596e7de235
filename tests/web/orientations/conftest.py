"""What the composer's tests start from: an evening's answers, and a partnership that agreed a way back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client

from maillage.conventions.models import Clause, LectureAdoptee
from maillage.orientations.models import Orientation
from tests.cast import SINCE, Cast, Membre

SignedIn = Callable[[Membre], Client]


@pytest.fixture
def karim(cast: Cast, signed_in: SignedIn) -> Client:
    """The mediator who orients."""
    return signed_in(cast.karim)


@pytest.fixture
def samira(cast: Cast, signed_in: SignedIn) -> Client:
    """The educator who receives."""
    return signed_in(cast.samira)


@pytest.fixture
def way_back(cast: Cast) -> None:
    """The partnership adopts U-10 and a return clause."""
    LectureAdoptee.objects.create(
        partenariat=cast.ici, question="U-10", valeur="rapport", preuve="Annexe inventée", debut=SINCE
    )
    Clause.objects.create(
        partenariat=cast.ici,
        titre="Retour vers qui a orienté",
        fait="clause_retour",
        valeur=True,
        preuve="Convention inventée, article 7",
        debut=SINCE,
    )


def answers(cast: Cast, **changed: object) -> dict[str, object]:
    """Return what Karim types for Yanis, everything said and agreed to."""
    return {
        "cle": str(uuid4()),
        "version": "0",
        "vers": f"{cast.ici.pk}:{cast.relais.pk}",
        "appellation": "Yanis",
        "contact": "Hall 4, vers minuit",
        "lieu": str(cast.hall.pk),
        "tranche_age": "15_17",
        "besoin": "Parler à quelqu'un",
        "accord": "donne",
        "information": "on",
        "accord_parent": "donne",
        "lien": "mere",
        "accord_retour": "non_demande",
        "accord_parent_retour": "non_demande",
        "necessaire": ["contact", "age", "besoin"],
        "action": "envoyer",
        **changed,
    }


@pytest.fixture
def sent(cast: Cast, karim: Client) -> UUID:
    """An orientation of Karim, sent to Le Relais."""
    page = karim.post("/orientations/nouvelle/", answers(cast))
    assert page.status_code == 302, page.content.decode()
    orientation = Orientation.objects.get()
    assert orientation.envoyee_le is not None
    return orientation.pk
