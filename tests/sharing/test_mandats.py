"""Who is officer for whom: their own service, and those that named them, both having agreed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.conventions.models import Participation
from maillage.directory.models import Poste
from maillage.sharing.demandes import mandats
from maillage.sharing.errors import BadAnswer, NotNow, NotVisible, ReadOnly
from maillage.sharing.models import MandatDelegue
from tests.cast import Cast, name_officer
from tests.door import acteur

pytestmark = pytest.mark.requirement("S-12")


@pytest.fixture
def unnamed(cast: Cast) -> Cast:
    """The cast before any service named an officer."""
    MandatDelegue.objects.all().delete()
    return cast


def served(cast: Cast) -> list[str]:
    """Return the services of which ALM's officer answers."""
    return [one.nom_court for one in mandats.served_by(acteur(cast.dpo))]


def test_the_same_partnership_gives_an_officer_nothing(unnamed: Cast) -> None:
    assert served(unnamed) == ["ALM"]
    assert mandats.served_by(acteur(unnamed.direction_relais)) == []


def test_two_people_then_either_ends_it(unnamed: Cast) -> None:
    dora, paule = acteur(unnamed.direction_relais), acteur(unnamed.dpo)
    assert mandats.candidates(dora) == [unnamed.alm]
    row = mandats.propose_mandate(by=dora, officier=unnamed.alm.pk)
    assert served(unnamed) == ["ALM"]
    with pytest.raises(NotVisible):
        mandats.accept_mandate(by=dora, mandat=row.pk)
    mandats.accept_mandate(by=paule, mandat=row.pk)
    assert served(unnamed) == ["ALM", "Le Relais"]
    with pytest.raises(NotNow):
        mandats.accept_mandate(by=paule, mandat=row.pk)
    with pytest.raises(NotNow):
        mandats.propose_mandate(by=dora, officier=unnamed.alm.pk)
    mandats.end_mandate(by=dora, mandat=row.pk)
    assert served(unnamed) == ["ALM"]
    kept = Ligne.objects.filter(chaine=unnamed.relais.pk, objet_genre="mandat_delegue").order_by("rang")
    assert [one.acte for one in kept] == ["creation", "ouverture", "fermeture"]


def test_the_officer_may_decline(unnamed: Cast) -> None:
    row = mandats.propose_mandate(by=acteur(unnamed.direction_relais), officier=unnamed.alm.pk)
    mandats.end_mandate(by=acteur(unnamed.dpo), mandat=row.pk)
    with pytest.raises(NotVisible):
        mandats.accept_mandate(by=acteur(unnamed.dpo), mandat=row.pk)


@pytest.mark.requirement("S-20")
def test_a_mandate_written_in_the_database_gives_nothing(unnamed: Cast) -> None:
    row = name_officer(unnamed.relais, unnamed.dpo.poste)
    assert served(unnamed) == ["ALM", "Le Relais"]
    MandatDelegue.objects.filter(pk=row.pk).update(service=unnamed.services["nuit"])
    assert served(unnamed) == ["ALM"]
    MandatDelegue.objects.filter(pk=row.pk).update(
        service=unnamed.relais, accepte_le=clock.now() - timedelta(days=1)
    )
    assert served(unnamed) == ["ALM"]


def test_it_holds_only_within_a_partnership(unnamed: Cast) -> None:
    name_officer(unnamed.relais, unnamed.dpo.poste)
    Participation.objects.filter(service=unnamed.relais).update(fin=clock.today() - timedelta(days=1))
    assert served(unnamed) == ["ALM"]


def test_nobody_else_names_and_nobody_elsewhere_is_named(unnamed: Cast) -> None:
    for who in ("samira", "cheffe_relais", "dpo", "coordination"):
        with pytest.raises(NotVisible):
            mandats.propose_mandate(by=acteur(unnamed.membres[who]), officier=unnamed.alm.pk)
    with pytest.raises(BadAnswer):
        mandats.propose_mandate(by=acteur(unnamed.direction_sud), officier=unnamed.alm.pk)
    with pytest.raises(BadAnswer):
        mandats.propose_mandate(by=acteur(unnamed.direction_alm), officier=unnamed.alm.pk)
    Poste.objects.filter(pk=unnamed.direction_relais.poste.pk).update(lecture_seule=True)
    unnamed.direction_relais.poste.refresh_from_db()
    with pytest.raises(ReadOnly):
        mandats.propose_mandate(by=acteur(unnamed.direction_relais), officier=unnamed.alm.pk)
