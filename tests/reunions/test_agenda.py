"""The agenda: all that is overdue, nothing by agent, no name, no small number of orientations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from maillage.base import clock
from maillage.conventions.models import Charte, SignatureCharte
from maillage.main_courante.models import MessageDeLieu
from maillage.orientations.actions import withdraw
from maillage.orientations.models import Orientation
from maillage.projets.models import Projet
from maillage.reunions.agenda import agenda, nominative
from maillage.reunions.models import Decision, Reunion
from maillage.reunions.queries import decision_lines
from tests.arrivals_made import charter, convention, newcomer
from tests.cast import SINCE, Cast
from tests.door import acteur, add_clause, send
from tests.projects_made import decided as decided_project
from tests.projects_made import proposed, under_way
from tests.reunions_made import decided, held, late_orientation, unanswered

pytestmark = pytest.mark.django_db


def _one_of_each(cast: Cast) -> Reunion:
    late_orientation(cast)
    unanswered(cast)
    charter = Charte.objects.create(
        partenariat=cast.ici, genre="deontologie", version=1, texte="Charte", debut=SINCE
    )
    for member in cast.membres.values():
        if member is not cast.bruno:
            SignatureCharte.objects.create(charte=charter, poste=member.poste, le=clock.today())
    clause = add_clause(cast.ici, "clause_retour", True)
    clause.fin = clock.today() + timedelta(days=30)
    clause.save()
    reunion = held(cast)
    decided(cast, reunion, "Repeindre le hall", clock.today() - timedelta(days=1))
    _projects(cast)
    return reunion


def _projects(cast: Cast) -> None:
    """One project in each state, the ended and the given up included."""
    proposed(cast, titre="Le goûter", genre="evenement")
    decided_project(cast, titre="Le ciné", genre="cine_debat")
    under_way(cast)
    over = under_way(cast, titre="Fini")
    Projet.objects.filter(pk=over.pk).update(fin=clock.today())
    given_up = proposed(cast, titre="Laissé")
    Projet.objects.filter(pk=given_up.pk).update(abandonne_le=clock.now())


def _expected(cast: Cast, first: str) -> list[tuple[str, str]]:
    yesterday = clock.today() - timedelta(days=1)
    end = clock.today() + timedelta(days=30)
    sent = MessageDeLieu.objects.get().envoye_le.astimezone(clock.PARIS)
    return [
        ("retard", first),
        (
            "retard",
            f"1 nouvelle d'un lieu attend Le Relais (de ALM), la plus ancienne du {sent:%d/%m/%Y}",
        ),
        ("projet", "Le goûter, Hall 4 : proposé"),
        ("projet", "Le ciné, Hall 4 : décidé à deux"),
        ("projet", "Le kiosque, Hall 4 : en cours"),
        ("charte", "Le Relais : 1 charte reste à signer"),
        ("decision", f"Repeindre le hall (Le Relais, pour le {yesterday:%d/%m/%Y})"),
        ("clause", f"« Clause clause_retour » prend fin le {end:%d/%m/%Y}"),
    ]


def test_everything_overdue_is_there_exactly(cast: Cast) -> None:
    _one_of_each(cast)
    masked = "Orientations sans réponse de Le Relais, délai passé : moins de cinq, zéro compris"
    exact = "1 orientation attend la réponse de Le Relais, délai passé"
    today = clock.today()
    for reader, first in ((cast.samira, exact), (cast.karim, masked), (cast.coordination, masked)):
        points = agenda(cast.ici, today, acteur(reader))
        assert [(one.genre, one.phrase) for one in points] == _expected(cast, first)
    assert [(one.genre, one.phrase) for one in agenda(cast.ici, today)] == _expected(cast, masked)


def test_a_guest_hears_of_no_person_and_no_decision(cast: Cast) -> None:
    _one_of_each(cast)
    genres = [point.genre for point in agenda(cast.ici, clock.today(), guest=True)]
    assert genres == ["retard", "projet", "projet", "projet", "charte", "clause"]
    said = " ".join(point.phrase for point in agenda(cast.ici, clock.today(), guest=True))
    assert [word in said for word in ("Yanis", "Orientation", "Karim", "Nadia")] == [False] * 4


def test_a_guest_hears_of_projects_by_their_kind(cast: Cast) -> None:
    """A title is typed freely: a landlord reads what is done and where."""
    _projects(cast)
    said = [one.phrase for one in agenda(cast.ici, clock.today(), guest=True) if one.genre == "projet"]
    assert said == [
        "Fête ou événement de quartier, Hall 4 : proposé",
        "Débat, ciné-débat, Hall 4 : décidé à deux",
        "Chantier éducatif, Hall 4 : en cours",
    ]
    assert [one for one in agenda(cast.ailleurs, clock.today()) if one.genre == "projet"] == []


def test_the_sender_cannot_tell_an_answer_from_silence(cast: Cast) -> None:
    """The line for the others is the same with none late and with one late."""
    masked = agenda(cast.ici, clock.today(), acteur(cast.karim))
    late_orientation(cast)
    assert agenda(cast.ici, clock.today(), acteur(cast.karim)) == masked


def test_from_five_up_the_number_shows(cast: Cast) -> None:
    for _ in range(5):
        late_orientation(cast)
    points = agenda(cast.ici, clock.today(), acteur(cast.karim))
    assert points[0].phrase == "Orientations sans réponse de Le Relais, délai passé : 5"


def test_names_are_for_both_services_and_go_with_a_withdrawal(cast: Cast) -> None:
    orientation = late_orientation(cast)
    due = f"Yanis : ALM vers Le Relais, réponse attendue le {orientation.reponse_attendue_le:%d/%m/%Y}"
    assert nominative(cast.ici, acteur(cast.karim)) == [due]
    assert nominative(cast.ici, acteur(cast.cheffe_relais)) == [due]
    for other in (cast.nuit, cast.coordination, cast.direction_alm, cast.dpo, cast.educatrice_sud):
        assert nominative(cast.ici, acteur(other)) == []
    withdraw(orientation=orientation, by=acteur(cast.karim), donneur="jeune")
    assert nominative(cast.ici, acteur(cast.karim)) == []
    assert nominative(cast.ici, acteur(cast.cheffe_relais)) == []


def test_a_newcomer_hears_no_name_before_the_end_of_the_path(cast: Cast) -> None:
    late_orientation(cast)
    convention(cast.ici, cast.direction_alm, clock.today() - timedelta(days=30))
    karim = newcomer(cast.karim)
    assert (nominative(cast.ici, acteur(karim)), len(nominative(cast.ici, acteur(cast.samira)))) == ([], 1)
    charter(cast)
    assert nominative(cast.ici, acteur(cast.samira)) == []


def test_an_awaited_adhesion_never_enters(cast: Cast) -> None:
    """An orientation in time, its adhésion still sought: nothing to say."""
    before = agenda(cast.ici, clock.today(), acteur(cast.samira))
    send(cast)
    assert agenda(cast.ici, clock.today(), acteur(cast.samira)) == before
    assert Orientation.objects.count() == 1


def test_a_decision_leaves_when_done_and_another_partnership_sees_none(cast: Cast) -> None:
    reunion = held(cast)
    made = decided(cast, reunion, "Repeindre le hall", date(2020, 1, 1))
    assert [line.en_retard for line in decision_lines([made])] == [True]
    assert agenda(cast.ailleurs, clock.today()) == agenda(cast.ailleurs, clock.today(), guest=True) + [
        point for point in agenda(cast.ailleurs, clock.today()) if point.genre == "retard"
    ]
    Decision.objects.update(etat="faite")
    assert [point.genre for point in agenda(cast.ici, clock.today())] == ["retard"]
