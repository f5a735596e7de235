"""The diagnosis: counted once, corrected for presence, written and signed by two, published for good."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from maillage.audit.models import Ligne
from maillage.conventions.enums import Place
from maillage.conventions.models import Participation
from maillage.diagnostics.actions import open_diagnostic, plan_walk, publish, report_walk, write_part
from maillage.diagnostics.counting import month_counts
from maillage.diagnostics.errors import DiagnosticError, NotYet
from maillage.diagnostics.figures import BOTH_TENSE, TRADES, Ground, agreement, figures_of
from maillage.diagnostics.masking import PUBLISHED
from maillage.diagnostics.models import Diagnostic, Edition, MoisArrete
from maillage.diagnostics.queries import diagnostics_of, editions_of, ground_of, parts, read_edition, seal_of
from maillage.directory.models import Lieu, Poste, Territoire
from maillage.main_courante.models import Note, Sortie
from maillage.sharing.errors import NotVisible, ReadOnly
from tests.cast import SINCE, Cast, Membre
from tests.diagnostics.field import AUGUST, JUNE, note, outing, season
from tests.door import acteur

MEDIATION, PREVENTION = TRADES


def summer(cast: Cast, titre: str = "L'été") -> Diagnostic:
    return open_diagnostic(
        by=acteur(cast.cheffe_alm), partenariat=cast.ici, titre=titre, debut=JUNE, fin=AUGUST
    )


def sign(diagnostic: Diagnostic, *members: Membre) -> None:
    for member in members:
        write_part(
            by=acteur(member),
            diagnostic=diagnostic,
            texte="Nous avons vu.",
            divergence="",
            version=1,
            sign=True,
        )


def signed(cast: Cast) -> Diagnostic:
    diagnostic = summer(cast)
    sign(diagnostic, cast.cheffe_alm, cast.cheffe_relais)
    night = cast.membres["nuit"]
    Poste.objects.filter(pk=night.poste.pk).update(role="chef_de_service")
    night.poste.refresh_from_db()
    sign(diagnostic, night)
    return diagnostic


def test_writing_twice_as_much_fools_the_count_and_not_the_rate(cast: Cast) -> None:
    first = season(cast, Random(1))
    months = {month: month_counts(cast.ici, month) for month in (JUNE, date(2026, 7, 1), AUGUST)}
    raw = {
        str(p.pk): sum(m[MEDIATION]["notes"]["lieu"].get(str(p.pk), 0) for m in months.values())
        for p in first
    }
    before = figures_of(Ground({str(p.pk): p for p in first}, months), 5)
    Note.objects.all().delete()
    Sortie.objects.all().delete()
    season(cast, Random(1), writing=2)
    again = {month: month_counts(cast.ici, month) for month in months}
    doubled = {
        str(p.pk): sum(m[MEDIATION]["notes"]["lieu"].get(str(p.pk), 0) for m in again.values()) for p in first
    }
    after = figures_of(Ground({str(p.pk): p for p in first}, again), 5)
    assert doubled == {place: 2 * many for place, many in raw.items()}
    rates = [[place[MEDIATION]["part"] for place in found["lieux"]] for found in (before, after)]
    assert rates[0] == rates[1]
    assert [rate is not None for rate in rates[0]].count(True) >= 2


def test_more_rounds_are_not_more_trouble(cast: Cast) -> None:
    """Adoption grows: outings and notes double together; the count doubles, the share does not."""
    shares = []
    for days in (30, 60):
        for day in range(days):
            sortie = outing(cast.karim, date(2026, 6, 1 + day % 30), [cast.hall])
            if day % 2:
                note(cast.karim, sortie, cast.hall)
        counted = month_counts(cast.ici, JUNE)[MEDIATION]["passages"][str(cast.hall.pk)]
        shares.append(counted[1] / counted[0])
    assert shares == [0.5, 0.5]


def test_a_correction_counts_once_and_a_withdrawal_not_at_all(cast: Cast) -> None:
    sortie = outing(cast.karim, JUNE, [cast.hall])
    first = note(cast.karim, sortie, cast.hall)
    note(cast.karim, sortie, cast.hall, corrige=first, ambiance="ras")
    gone = note(cast.karim, sortie, cast.hall)
    note(cast.karim, sortie, cast.hall, corrige=gone, annule=True)
    counts = month_counts(cast.ici, JUNE)[MEDIATION]
    assert (counts["notes"]["lieu"], counts["notes"]["ambiance"], counts["passages"]) == (
        {str(cast.hall.pk): 1}, {"ras": 1}, {str(cast.hall.pk): [1, 0]}
    )  # fmt: skip


def test_a_place_elsewhere_is_not_counted_here(cast: Cast) -> None:
    sortie = outing(cast.karim, JUNE, [cast.square_sud])
    note(cast.karim, sortie, cast.square_sud)
    assert month_counts(cast.ici, JUNE)[MEDIATION]["notes"]["lieu"] == {}


def test_where_the_trades_agree_and_where_not(cast: Cast) -> None:
    season(cast, Random(1))
    places = {place["nom"]: place["accord"] for place in summer(cast).figures["lieux"]}
    assert places["Hall 4"] == BOTH_TENSE
    assert places["Kiosque"] == "tensions pour la médiation seule"
    assert places["Parking"] == ""
    assert agreement({MEDIATION: 10, PREVENTION: 10}) == "calme pour les deux métiers"


def test_an_empty_cell_says_why(cast: Cast) -> None:
    season(cast, Random(1))
    figures = summer(cast).figures
    parking = next(place for place in figures["lieux"] if place["nom"] == "Parking")
    assert parking[MEDIATION]["pourquoi"] == "moins de 5"
    assert figures["metiers"][MEDIATION]["rondes"] is True


def test_moments_read_in_the_order_of_the_day(cast: Cast) -> None:
    for day, creneau in enumerate(("nuit_profonde", "soiree", "apres_midi", "nuit"), start=1):
        sortie = outing(cast.karim, date(2026, 6, day), [cast.hall])
        note(cast.karim, sortie, cast.hall, creneau=creneau)
    moments = summer(cast).figures["metiers"][MEDIATION]["tables"]["creneau"]
    assert [one["cle"] for one in moments] == ["apres_midi", "soiree", "nuit", "nuit_profonde"]


def test_no_round_is_not_calm(cast: Cast) -> None:
    for day in range(1, 20):
        outing(cast.karim, date(2026, 6, day), [cast.hall])
    hall = next(place for place in summer(cast).figures["lieux"] if place["nom"] == "Hall 4")
    assert (hall[MEDIATION]["part"], hall[PREVENTION]["part"], hall[PREVENTION]["pourquoi"]) == (
        0, None, "pas de ronde"
    )  # fmt: skip


def test_a_month_once_counted_does_not_move(cast: Cast) -> None:
    season(cast, Random(1))
    diagnostic = signed(cast)
    first = publish(by=acteur(cast.cheffe_alm), diagnostic=diagnostic).contenu["figures"]
    late = outing(cast.karim, JUNE, [cast.hall])
    for _ in range(20):
        note(cast.karim, late, cast.hall)
    second = publish(by=acteur(cast.cheffe_alm), diagnostic=diagnostic)
    assert (second.numero, second.contenu["figures"]) == (2, first)
    assert MoisArrete.objects.count() == 3


def test_a_ground_drawn_again_moves_no_published_figure(cast: Cast) -> None:
    """A place that changed quartier would tell its count, by difference of two editions."""
    places = season(cast, Random(1))
    diagnostic = signed(cast)
    first = publish(by=acteur(cast.cheffe_alm), diagnostic=diagnostic).contenu["figures"]
    other = Territoire.objects.create(genre=cast.quartier.genre, code="QP99009", nom="Autre")
    cast.ici.territoires.add(other)
    Lieu.objects.filter(pk=places[0].pk).update(territoire=other)
    second = publish(by=acteur(cast.cheffe_alm), diagnostic=diagnostic).contenu["figures"]
    assert second == first
    assert first["seuil"] == PUBLISHED


@pytest.mark.parametrize(
    ("debut", "fin"), [(JUNE, date(2026, 9, 1)), (AUGUST, AUGUST), (date(2026, 5, 1), JUNE), (JUNE, AUGUST)]
)
def test_two_diagnoses_never_overlap(cast: Cast, debut: date, fin: date) -> None:
    summer(cast)
    with pytest.raises(NotYet, match="comparés"):
        open_diagnostic(by=acteur(cast.cheffe_alm), partenariat=cast.ici, titre="Autre", debut=debut, fin=fin)


@pytest.mark.parametrize(
    ("titre", "debut", "fin"),
    [("", JUNE, AUGUST), ("Été", AUGUST, JUNE), ("Été", JUNE, date(2099, 1, 1)), ("Été", SINCE, AUGUST)],
)
def test_an_absurd_period_is_refused(cast: Cast, titre: str, debut: date, fin: date) -> None:
    with pytest.raises(DiagnosticError):
        open_diagnostic(by=acteur(cast.cheffe_alm), partenariat=cast.ici, titre=titre, debut=debut, fin=fin)
    assert MoisArrete.objects.count() == 0


def test_who_may_write(cast: Cast) -> None:
    for member, error in ((cast.karim, ReadOnly), (cast.direction_sud, NotVisible), (cast.maire, NotVisible)):
        with pytest.raises(error):
            open_diagnostic(by=acteur(member), partenariat=cast.ici, titre="Été", debut=JUNE, fin=AUGUST)


def test_each_service_signs_its_part(cast: Cast) -> None:
    diagnostic = summer(cast)
    sign(diagnostic, cast.cheffe_alm)
    with pytest.raises(NotYet, match="La Nuit, Le Relais"):
        publish(by=acteur(cast.cheffe_alm), diagnostic=diagnostic)
    with pytest.raises(NotYet, match="entre-temps"):
        write_part(
            by=acteur(cast.direction_alm),
            diagnostic=diagnostic,
            texte="x",
            divergence="",
            version=1,
            sign=False,
        )
    write_part(
        by=acteur(cast.direction_alm),
        diagnostic=diagnostic,
        texte="Reprise",
        divergence="",
        version=2,
        sign=False,
    )
    assert [part["signe_le"] for part in parts(diagnostic)] == [None, None, None]


def test_a_name_is_not_written_in_the_story(cast: Cast) -> None:
    diagnostic = summer(cast)
    with pytest.raises(DiagnosticError, match="reconnaître"):
        write_part(
            by=acteur(cast.cheffe_alm),
            diagnostic=diagnostic,
            texte="Le jeune Yanis Belkacem est là tous les soirs.",
            divergence="",
            version=1,
            sign=False,
        )


def test_an_edition_keeps_divergences_and_its_seal(cast: Cast) -> None:
    season(cast, Random(1))
    edition = publish(by=acteur(cast.cheffe_alm), diagnostic=signed(cast))
    stored = Edition.objects.get()
    assert (stored.empreinte, len(stored.contenu["recits"])) == (seal_of(edition.contenu), 3)
    assert "masques" not in stored.contenu["figures"]


@pytest.mark.requirement("S-15")
def test_the_mayor_reads_the_edition_and_nothing_else(cast: Cast) -> None:
    Participation.objects.create(
        partenariat=cast.ici, service=cast.maire.service, place=Place.ASSOCIE, debut=SINCE
    )
    edition = publish(by=acteur(cast.cheffe_alm), diagnostic=signed(cast))
    assert diagnostics_of(acteur(cast.maire)) == []
    assert [row.pk for row in editions_of(acteur(cast.maire))] == [edition.pk]
    lines = Ligne.objects.count()
    assert read_edition(acteur(cast.maire), edition.pk) == edition
    assert Ligne.objects.count() == lines + 1
    assert read_edition(acteur(cast.direction_sud), edition.pk) is None


def test_a_walk_is_prepared_and_told(cast: Cast) -> None:
    by = acteur(cast.cheffe_alm)
    marche = plan_walk(by=by, partenariat=cast.ici, titre="Tour", jour=JUNE, lieux=[cast.hall.pk])
    point = marche.points.get()
    report_walk(by=by, marche=marche, constats={point.pk: "Le banc est cassé."})
    with pytest.raises(DiagnosticError):
        plan_walk(by=by, partenariat=cast.ici, titre="Tour", jour=JUNE, lieux=[cast.square_sud.pk])


def test_ground_holds_the_counted_months(cast: Cast) -> None:
    assert list(ground_of(summer(cast)).months) == [JUNE, date(2026, 7, 1), AUGUST]
