"""A newcomer observes and notes; the path done and the charters signed open what concerns a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.conventions import errors as conventions
from maillage.conventions.actions import sign_charter
from maillage.conventions.enums import GenreCharte
from maillage.conventions.queries import closed_to, on_the_way
from maillage.directory.models import Poste
from maillage.equipes.actions import read_card
from maillage.equipes.arrivee import arriving, parcours
from maillage.equipes.enums import Carte
from maillage.equipes.formation import answer_case
from maillage.equipes.formation import parcours as formation
from maillage.equipes.models import EtapeArrivee
from maillage.orientations.actions import accept_orientation, propose_relais, send_orientation
from maillage.orientations.models import Orientation
from maillage.orientations.queries import received_face, received_list
from maillage.sharing.errors import NotArrived, NotNow, NotVisible, ReadOnly
from tests.arrivals_made import charter, convention, newcomer
from tests.cast import Cast, Membre
from tests.door import acteur, adopt, prepare, send

pytestmark = pytest.mark.django_db


def learn(member: Membre) -> None:
    """Write the module on the post, as the last case of the training does."""
    Poste.objects.filter(pk=member.poste.pk).update(module_valide_le=clock.today())
    member.poste.refresh_from_db()


@pytest.fixture
def written(cast: Cast) -> Cast:
    """The partnership with a convention of thirty days, and an orientation that waits at Le Relais."""
    send(cast)
    convention(cast.ici, cast.direction_alm, clock.today() - timedelta(days=30))
    return cast


def test_before_the_end_nothing_about_a_person_is_exchanged(written: Cast) -> None:
    row, draft = Orientation.objects.get(), prepare(written)
    karim, samira = newcomer(written.karim), newcomer(written.samira)
    with pytest.raises(NotArrived):
        prepare(written)
    with pytest.raises(NotArrived):
        send_orientation(orientation=draft, by=acteur(karim), version=draft.version)
    with pytest.raises(NotArrived):
        propose_relais(orientation=row, by=acteur(karim))
    with pytest.raises(NotArrived):
        accept_orientation(orientation=row, by=acteur(samira))
    with pytest.raises(NotArrived):
        received_face(acteur(samira), row.pk)
    assert received_list(acteur(samira)) == []
    assert Ligne.objects.filter(acte="refus", objet_genre="orientation").count() == 1


def test_the_module_opens_it(written: Cast) -> None:
    row, samira = Orientation.objects.get(), newcomer(written.samira)
    path = parcours(acteur(samira), written.ici)
    assert (path.ferme, path.fini) == (True, False)
    learn(samira)
    path = parcours(acteur(samira), written.ici)
    assert (path.ferme, path.fini) == (False, False)
    accept_orientation(orientation=row, by=acteur(samira))


def test_cards_then_module_then_charter_each_opening_the_next(written: Cast) -> None:
    row, samira = charter(written), newcomer(written.samira)
    states = []
    for carte in Carte:
        states.append(parcours(acteur(samira), written.ici))
        read_card(by=acteur(samira), partenariat=written.ici, carte=carte)
    states.append(parcours(acteur(samira), written.ici))
    learn(samira)
    states.append(parcours(acteur(samira), written.ici))
    assert [[one.ouverte for one in state.etapes].index(True) for state in states] == [0, 1, 2, 3, 4, 5]
    nothing = "rien encore au sujet d'une personne."
    assert [one.apres.replace("\xa0", " ") for one in states[0].etapes] == [
        f"« Ce que les deux services ont écrit » s'ouvre ; {nothing}",
        f"« Comment le droit est lu ici » s'ouvre ; {nothing}",
        f"« D'un lieu, ou de quelqu'un » s'ouvre ; {nothing}",
        f"« Le module, sur des cas » s'ouvre ; {nothing}",
        f"la signature des chartes s'ouvre ; {nothing}",
        "l'échange au sujet d'une personne s'ouvre.",
    ]
    assert states[-1].ferme
    sign_charter(by=acteur(samira), charte=row.pk)
    path = parcours(acteur(samira), written.ici)
    assert (path.ferme, path.fini) == (False, True)


def test_what_a_step_opens_is_closed_before_it(written: Cast) -> None:
    """A later step is refused wherever it is tried from, and the screen offers no other."""
    row, samira = charter(written), newcomer(written.samira)
    me, case = acteur(samira), formation(acteur(samira), written.ici).pas[0].cas
    for carte in Carte:
        with pytest.raises(conventions.NotNow, match="Lisez d'abord les cartes"):
            answer_case(by=me, partenariat=written.ici, code=case.code, choix=case.issue)
        with pytest.raises(conventions.NotNow, match="jusqu'au module"):
            sign_charter(by=me, charte=row.pk)
        read_card(by=me, partenariat=written.ici, carte=carte)
    assert answer_case(by=me, partenariat=written.ici, code=case.code, choix=case.issue).juste
    with pytest.raises(conventions.NotNow, match="jusqu'au module"):
        sign_charter(by=me, charte=row.pk)
    assert not row.signatures.exists()
    assert closed_to(samira.poste, clock.today(), {written.ici.pk}) == {written.ici.pk}


def test_who_follows_no_path_signs_at_once_and_reads_at_will(written: Cast) -> None:
    rows, samira = [charter(written, one) for one in GenreCharte], acteur(written.samira)
    path = parcours(samira, written.ici)
    assert (path.suivi, path.ferme) == (False, True)
    assert [one.ouverte for one in path.etapes] == [True, False, False, False, False, True, True]
    assert [one.apres.replace("\xa0", " ") for one in path.etapes[3:]] == [
        "rien encore au sujet d'une personne."
    ] * 4
    sign_charter(by=samira, charte=rows[0].pk)
    assert parcours(samira, written.ici).etapes[5].apres == "l'échange au sujet d'une personne s'ouvre."
    sign_charter(by=samira, charte=rows[1].pk)
    path = parcours(samira, written.ici)
    assert (path.ferme, path.etapes[3].apres) == (False, "rien de plus, tout vous est déjà ouvert.")


def test_each_card_says_what_this_partnership_is(written: Cast) -> None:
    adopt(written.ici, "U-10")
    cards = {one.code: one.lignes for one in parcours(acteur(written.samira), written.ici).etapes}
    assert cards["equipes"][2].startswith("Le Relais accompagne, sans mandat")
    assert cards["convention"] == []
    assert [line.partition(" :")[0] for line in cards["lectures"]] != []
    bare = {
        one.code: one.lignes
        for one in parcours(acteur(written.membres["educatrice_sud"]), written.ailleurs).etapes
    }
    assert bare["convention"][0].startswith("Aucune convention n'est en vigueur")
    assert bare["lectures"][0].startswith("Aucune lecture n'est adoptée")


def test_one_card_after_another_once(written: Cast) -> None:
    samira = acteur(newcomer(written.samira))
    with pytest.raises(NotNow, match="Avec qui vous travaillez"):
        read_card(by=samira, partenariat=written.ici, carte=Carte.CONVENTION)
    for _ in range(2):
        read_card(by=samira, partenariat=written.ici, carte=Carte.EQUIPES)
    assert EtapeArrivee.objects.count() == 1
    assert Ligne.objects.filter(objet_genre="arrivee").count() == 1


@pytest.mark.parametrize(
    ("who", "refused"),
    [("mediateur_sud", NotVisible), ("maire", NotVisible), ("dpo", NotVisible), ("lecteur", ReadOnly)],
)
def test_who_follows_no_path(written: Cast, who: str, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        read_card(by=acteur(written.membres[who]), partenariat=written.ici, carte=Carte.EQUIPES)
    assert not EtapeArrivee.objects.exists()


def test_who_was_there_before_the_convention_is_no_newcomer(written: Cast) -> None:
    today = clock.today()
    assert on_the_way(newcomer(written.samira, 31).poste, today, {written.ici.pk}) == frozenset()
    assert on_the_way(newcomer(written.samira, 30).poste, today, {written.ici.pk}) == {written.ici.pk}


def test_a_second_version_frees_nobody_and_a_lapsed_one_closes_nothing(cast: Cast) -> None:
    today, samira = clock.today(), newcomer(cast.samira, 20)
    convention(cast.ici, cast.direction_alm, today - timedelta(days=30), today - timedelta(days=11))
    assert on_the_way(samira.poste, today, {cast.ici.pk}) == frozenset()
    convention(cast.ici, cast.direction_alm, today - timedelta(days=10))
    assert on_the_way(samira.poste, today, {cast.ici.pk}) == {cast.ici.pk}


def test_the_head_sees_states_of_posts_of_one_service(written: Cast) -> None:
    charter(written)
    newcomer(written.samira)
    newcomer(written.bruno, -12)
    found = arriving(acteur(written.cheffe_relais))
    # The head and the direction have the charter to sign too; the first day orders, never the progress.
    assert [(one.poste.professionnel.prenom, one.a_venir, one.module, one.chartes) for one in found] == [
        ("Claire", False, False, True),
        ("Dora", False, False, True),
        ("Samira", False, True, True),
        ("Bruno", True, True, True),
    ]


def test_who_arrives_costs_the_same_with_one_row_and_three(written: Cast) -> None:
    counts = []
    for coming in (["samira"], ["bruno", "direction_relais"]):
        for key in coming:
            newcomer(written.membres[key])
        with CaptureQueriesContext(connection) as queries:
            assert arriving(acteur(written.cheffe_relais)) != []
        counts.append(len(queries))
    assert counts[0] == counts[1]
