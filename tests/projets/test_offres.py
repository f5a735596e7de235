"""What a bailleur offers by its link, and who stands behind a project."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.main_courante.models import Guichet
from maillage.projets import actions, offres, queries
from maillage.projets.models import OffreChantier, Projet
from maillage.projets.offres import OffreData
from tests.cast import Cast
from tests.door import acteur
from tests.projects_made import data_of, proposed, under_way


@pytest.fixture
def guichet(cast: Cast) -> Guichet:
    """A bailleur's desk that looks after Hall 4."""
    made = Guichet.objects.create(service=cast.alm, nom="Bailleur inventé", courriel="b@demo.invalid")
    made.lieux.add(cast.hall)
    return made


def offered(cast: Cast, guichet: Guichet, **changed: Any) -> OffreChantier:
    data = OffreData(
        id=new_id(),
        lieu=cast.hall.pk,
        travail="Repeindre le hall",
        debut=clock.today() + timedelta(days=10),
        jeunes=4,
        budget_centimes=150_050,
    )
    return offres.offer_by_link(guichet=guichet, data=replace(data, **changed))


def test_the_same_form_offers_once(cast: Cast, guichet: Guichet) -> None:
    key = new_id()
    first, second = offered(cast, guichet, id=key), offered(cast, guichet, id=key)
    assert (first.pk, second.pk, OffreChantier.objects.count()) == (key, key, 1)
    other = Guichet.objects.create(service=cast.alm, nom="Un autre", courriel="c@demo.invalid")
    other.lieux.add(cast.hall)
    with pytest.raises(NotNow, match="déjà servi"):
        offered(cast, other, id=key)


@pytest.mark.parametrize(
    ("changed", "champ"),
    [
        ({"travail": " "}, "travail"),
        ({"travail": "x" * 301}, "travail"),
        ({"jeunes": 0}, "jeunes"),
        ({"jeunes": 31}, "jeunes"),
        ({"lieu": new_id()}, "lieu"),
    ],
)
def test_a_bad_offer_leaves_nothing(
    cast: Cast, guichet: Guichet, changed: dict[str, Any], champ: str
) -> None:
    with pytest.raises(BadAnswer) as refused:
        offered(cast, guichet, **changed)
    assert (refused.value.champ, OffreChantier.objects.count()) == (champ, 0)


@pytest.mark.parametrize("days", [-1, 367])
def test_its_first_day_is_to_come_within_a_year(cast: Cast, guichet: Guichet, days: int) -> None:
    with pytest.raises(BadAnswer, match="à venir"):
        offered(cast, guichet, debut=clock.today() + timedelta(days=days))


def test_ten_wait_at_most(cast: Cast, guichet: Guichet) -> None:
    for _ in range(10):
        offered(cast, guichet)
    with pytest.raises(NotNow, match="Dix offres"):
        offered(cast, guichet)


def test_taken_it_is_a_project_and_its_money_is_foreseen(cast: Cast, guichet: Guichet) -> None:
    made = offered(cast, guichet)
    by = acteur(cast.samira)
    assert [one.pk for one in offres.offers_waiting(by, cast.ici)] == [made.pk]
    row = offres.take_offer(by=by, partenariat=cast.ici, offre=made.pk, data=data_of(cast))
    (line,) = row.lignes.all()
    assert (line.poste, line.libelle, line.prevu_centimes, line.realise_centimes) == (
        "financement",
        "Bailleur inventé",
        150_050,
        0,
    )
    assert offres.offers_waiting(by, cast.ici) == []
    (told,) = offres.offers_by_link(guichet)
    assert (told.reponse, told.projet, told.repondue_par) == ("prise", row, cast.relais)
    with pytest.raises(NotNow, match="déjà répondu"):
        offres.take_offer(by=by, partenariat=cast.ici, offre=made.pk, data=data_of(cast))


def test_another_kind_of_project_does_not_take_it(cast: Cast, guichet: Guichet) -> None:
    made = offered(cast, guichet)
    with pytest.raises(BadAnswer, match="chantier éducatif"):
        offres.take_offer(
            by=acteur(cast.karim), partenariat=cast.ici, offre=made.pk, data=data_of(cast, genre="jeu")
        )
    assert (Projet.objects.count(), OffreChantier.objects.get().reponse) == (0, "")


def test_declined_the_bailleur_reads_it_and_nobody_else_sees_it(cast: Cast, guichet: Guichet) -> None:
    made = offered(cast, guichet)
    south = acteur(cast.educatrice_sud)
    for act in (
        lambda: offres.offers_waiting(south, cast.ici),
        lambda: offres.decline_offer(by=south, partenariat=cast.ici, offre=made.pk),
        lambda: offres.decline_offer(by=south, partenariat=cast.ailleurs, offre=made.pk),
        lambda: offres.decline_offer(by=acteur(cast.karim), partenariat=cast.ici, offre=new_id()),
    ):
        with pytest.raises(NotYours):
            act()
    with pytest.raises(CannotWrite):
        offres.decline_offer(by=acteur(cast.lecteur), partenariat=cast.ici, offre=made.pk)
    assert offres.offers_waiting(south, cast.ailleurs) == []
    offres.decline_offer(by=acteur(cast.karim), partenariat=cast.ici, offre=made.pk)
    assert [one.reponse for one in offres.offers_by_link(guichet)] == ["pas_pour_nous"]


def test_a_supporter_brings_money_to_the_cent_and_other_things(cast: Cast) -> None:
    row, by = under_way(cast), acteur(cast.karim)
    given = {"by": by, "projet": row.pk, "genre": "mecene", "apport": "", "le": clock.today()}
    actions.add_supporter(**given, nom="Fondation inventée", prevu=50_000, realise=49_999)
    actions.add_supporter(
        **given | {"genre": "parrain", "apport": "Prête ses échafaudages"}, nom="Un club", prevu=0, realise=0
    )
    read = queries.project_of(by, row.pk)
    money = queries.account(list(read.lignes.all()), [])
    assert [(one.nom, one.get_genre_display()) for one in read.soutiens.all()] == [
        ("Fondation inventée", "Mécène"),
        ("Un club", "Parrain du projet"),
    ]
    assert (money.recettes_prevues, money.recettes, money.solde) == (50_000, 49_999, 49_999)


@pytest.mark.parametrize(
    ("changed", "champ"),
    [
        ({"genre": "ami"}, "genre"),
        ({"nom": " "}, "nom"),
        ({"apport": " "}, "apport"),
        ({"apport": "x" * 201}, "apport"),
    ],
)
def test_a_supporter_has_a_name_and_brings_something(cast: Cast, changed: dict[str, str], champ: str) -> None:
    row = proposed(cast)
    given = {"genre": "parrain", "nom": "Un club", "apport": "Du temps"} | changed
    with pytest.raises(BadAnswer) as refused:
        actions.add_supporter(
            by=acteur(cast.karim), projet=row.pk, prevu=0, realise=0, le=clock.today(), **given
        )
    assert (refused.value.champ, row.soutiens.count()) == (champ, 0)
