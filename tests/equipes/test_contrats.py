"""Contracts, qualifications, evidence and employers: facts and dates, and one sentence for what is wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.comptes.queries import active_posts
from maillage.directory.enums import Contrat
from maillage.directory.models import Poste, Structure
from maillage.equipes.actions import (
    add_employer,
    add_evidence,
    add_qualification,
    change_contract,
    retire_employer,
)
from maillage.equipes.contrats import certification, employers, ends_soon, posts
from maillage.equipes.enums import Exigence
from maillage.equipes.models import EmployeurPartenaire, PreuveNorme, Qualification
from maillage.main_courante.models import Sortie
from maillage.sharing.errors import BadAnswer, NotVisible, ReadOnly
from tests.arrivals_made import charter, convention
from tests.cast import SINCE, Cast, Membre
from tests.door import acteur

pytestmark = pytest.mark.django_db
SIRET = "42310040300025"


def ends(member: Membre, days: int) -> None:
    Poste.objects.filter(pk=member.poste.pk).update(fin=clock.today() + timedelta(days=days))


def employer(cast: Cast, siret: str = SIRET, nom: str = "Régie du Port", by: str = "cheffe_alm") -> object:
    return add_employer(
        by=acteur(cast.membres[by]), nom=nom, siret=siret, emplois="Gardien", telephone="199000000"
    )


def test_who_ends_within_three_months_comes_first(cast: Cast) -> None:
    ends(cast.karim, 92)
    ends(cast.nadia, 93)
    ends(cast.lecteur, 3)
    found = posts(acteur(cast.direction_alm))
    assert [one.professionnel.prenom for one in found[:3]] == ["Léo", "Karim", "Nadia"]
    assert [one.professionnel.prenom for one in ends_soon(found)] == ["Léo", "Karim"]
    assert "Inès" not in [one.professionnel.prenom for one in found]


def test_the_direction_writes_a_contract_and_its_end_closes_access(cast: Cast) -> None:
    today = clock.today()
    change_contract(
        by=acteur(cast.direction_alm), poste=cast.karim.poste.pk, contrat=Contrat.ADULTE_RELAIS, fin=today
    )
    cast.karim.poste.refresh_from_db()
    assert (cast.karim.poste.contrat, cast.karim.poste.fin) == ("adulte_relais", today)
    evening = clock.now().replace(hour=18, minute=0)
    assert active_posts(cast.karim.compte, evening) == []
    line = Ligne.objects.get(objet_genre="poste")
    assert line.detail == {"contrat": "adulte_relais", "fin": str(today)}


@pytest.mark.parametrize(
    ("contrat", "fin", "said"),
    [
        (
            Contrat.CDD,
            SINCE - timedelta(days=1),
            "Ce contrat finirait avant d'avoir commencé",
        ),
        (Contrat.ADULTE_RELAIS, None, "Un contrat « Adulte-relais » a une date de fin : donnez-la."),
        (Contrat.PERMANENT, date(2021, 1, 1), "Cette date est passée"),
    ],
)
def test_a_contract_that_makes_no_sense_changes_nothing(
    cast: Cast, contrat: Contrat, fin: date | None, said: str
) -> None:
    with pytest.raises(BadAnswer) as refused:
        change_contract(by=acteur(cast.direction_alm), poste=cast.karim.poste.pk, contrat=contrat, fin=fin)
    assert (refused.value.champ, str(refused.value).startswith(said)) == ("fin", True)
    cast.karim.poste.refresh_from_db()
    assert (cast.karim.poste.contrat, cast.karim.poste.fin) == ("permanent", None)
    assert not Ligne.objects.filter(objet_genre="poste").exists()


@pytest.mark.parametrize(
    ("who", "whose"),
    [
        ("cheffe_alm", "karim"),
        ("direction_alm", "direction_alm"),
        ("direction_alm", "samira"),
        ("direction_relais", "karim"),
        ("karim", "nadia"),
        ("dpo", "karim"),
    ],
)
def test_nobody_else_writes_a_contract(cast: Cast, who: str, whose: str) -> None:
    with pytest.raises(NotVisible):
        change_contract(
            by=acteur(cast.membres[who]),
            poste=cast.membres[whose].poste.pk,
            contrat=Contrat.CDD,
            fin=clock.today(),
        )


def test_a_qualification_is_written_once(cast: Cast) -> None:
    head = acteur(cast.cheffe_alm)
    for _ in range(2):
        add_qualification(
            by=head, poste=cast.karim.poste.pk, intitule="Titre", obtenue_le=SINCE, preuve="Copie, armoire 2"
        )
    assert str(Qualification.objects.get(professionnel=cast.karim.poste.professionnel)) == "Titre"
    tomorrow = clock.today() + timedelta(days=1)
    for obtained, until, field in ((tomorrow, None, "obtenue_le"), (SINCE, SINCE - timedelta(days=1), "fin")):
        with pytest.raises(BadAnswer) as refused:
            add_qualification(
                by=head,
                poste=cast.karim.poste.pk,
                intitule="Autre",
                obtenue_le=obtained,
                fin=until,
                preuve="x",
            )
        assert refused.value.champ == field
    with pytest.raises(NotVisible):
        add_qualification(by=head, poste=cast.samira.poste.pk, intitule="Titre", obtenue_le=SINCE, preuve="x")
    assert Qualification.objects.count() == 1


@pytest.mark.parametrize(
    ("siret", "said"),
    [
        ("4,231E+13", "SIRET « 4,231E+13 » abrégé par un tableur : remettez ses 14 chiffres."),
        ("42310040300026", "SIRET « 42310040300026 » : la clé de contrôle ne tombe pas juste."),
        ("4231004030002", "SIRET « 4231004030002 » : 14 chiffres attendus."),
    ],
)
def test_a_mangled_siret_is_one_sentence_and_nothing_is_kept(cast: Cast, siret: str, said: str) -> None:
    before = Structure.objects.count()
    with pytest.raises(BadAnswer) as refused:
        employer(cast, siret)
    assert (refused.value.champ, str(refused.value)) == ("siret", said)
    assert (EmployeurPartenaire.objects.count(), Structure.objects.count()) == (0, before)


def test_an_employer_is_known_by_its_siret_once(cast: Cast) -> None:
    employer(cast, "423 100 403 00025")
    with pytest.raises(BadAnswer, match="Régie du Port est déjà dans votre liste"):
        employer(cast, nom="REGIE DU PORT")
    employer(cast, nom="REGIE PORT", by="cheffe_relais")
    found = Structure.objects.get(siret=SIRET)
    assert (found.nom, found.variantes) == ("Régie du Port", ["REGIE PORT"])
    (mine,) = employers(acteur(cast.direction_alm))
    assert (str(mine), mine.telephone) == ("Régie du Port", "01 99 00 00 00")
    with pytest.raises(NotVisible):
        retire_employer(by=acteur(cast.cheffe_relais), employeur=mine.pk)
    retire_employer(by=acteur(cast.cheffe_alm), employeur=mine.pk)
    assert employers(acteur(cast.cheffe_alm)) == []
    employer(cast)
    with pytest.raises(BadAnswer) as refused:
        add_employer(by=acteur(cast.cheffe_alm), nom="X", siret=SIRET, emplois="y", telephone="12")
    assert refused.value.champ == "telephone"


def test_certification_says_facts_and_dates(cast: Cast) -> None:
    head, today = acteur(cast.cheffe_alm), clock.today()
    convention(cast.ici, cast.direction_alm, today - timedelta(days=30))
    charter(cast)
    for crew in ([cast.karim], [cast.karim, cast.nadia]):
        row = Sortie.objects.create(service=cast.alm, genre="tournee", jour=today, debut=clock.now())
        row.equipage.set([one.poste for one in crew])
    add_evidence(by=head, exigence=Exigence.ANALYSE, piece="Feuilles de présence", le=today)
    add_qualification(by=head, poste=cast.karim.poste.pk, intitule="Titre", obtenue_le=SINCE, preuve="x")
    found = {one.exigence: one for one in certification(head)}
    assert list(found) == list(Exigence)
    assert found[Exigence.EMPLOIS].faits == [
        "1 personnes sur 5 ont une qualification inscrite.",
        "5 postes sur 5 ont fait le module sur le droit du partenariat.",
        "Le dernier module est du 1er janvier 2020.",
    ]
    assert found[Exigence.PRINCIPES].faits[0].startswith("Partenariat ici : 0 postes sur 5 ont signé")
    assert found[Exigence.CADRE].faits == ["1 sorties sur 2 à deux ou plus, en douze mois."]
    assert found[Exigence.PARTENARIAT].faits[0].startswith("Partenariat ici : convention signée, du ")
    assert [str(one) for one in found[Exigence.ANALYSE].pieces] == ["Feuilles de présence"]
    assert (found[Exigence.ENGAGEMENT].faits, found[Exigence.VEILLE].faits) == ((), [])


def test_evidence_to_come_or_lapsing_before_its_date_is_refused(cast: Cast) -> None:
    head, today = acteur(cast.cheffe_alm), clock.today()
    for le, fin, field in (
        (today + timedelta(days=1), None, "le"),
        (today, today - timedelta(days=1), "fin"),
    ):
        with pytest.raises(BadAnswer) as refused:
            add_evidence(by=head, exigence=Exigence.ANALYSE, piece="x", le=le, fin=fin)
        assert refused.value.champ == field
    assert not PreuveNorme.objects.exists()


def test_only_heads_read_and_a_reader_writes_nothing(cast: Cast) -> None:
    for who in ("karim", "dpo", "coordination", "maire"):
        for read in (posts, employers, certification):
            with pytest.raises(NotVisible):
                read(acteur(cast.membres[who]))
    Poste.objects.filter(pk=cast.direction_alm.poste.pk).update(lecture_seule=True)
    cast.direction_alm.poste.refresh_from_db()
    reader = acteur(cast.direction_alm)
    with pytest.raises(ReadOnly):
        add_evidence(by=reader, exigence=Exigence.ANALYSE, piece="x", le=clock.today())
    with pytest.raises(ReadOnly):
        employer(cast, by="direction_alm")
    with pytest.raises(ReadOnly):
        change_contract(by=reader, poste=cast.karim.poste.pk, contrat=Contrat.CDD, fin=clock.today())


def test_the_lists_cost_the_same_with_one_row_and_three(cast: Cast) -> None:
    counts = []
    for names in (["karim"], ["nadia", "cheffe_alm"]):
        for name in names:
            add_qualification(
                by=acteur(cast.cheffe_alm),
                poste=cast.membres[name].poste.pk,
                intitule=name,
                obtenue_le=SINCE,
                preuve="x",
            )
        with CaptureQueriesContext(connection) as queries:
            for one in posts(acteur(cast.cheffe_alm)):
                list(one.professionnel.qualifications.all())
        counts.append(len(queries))
    assert counts[0] == counts[1]
