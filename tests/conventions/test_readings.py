"""A reading is adopted by three signatures, for days to come, and leaves the past as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.actions import propose_reading, set_aside_reading, sign_reading
from maillage.conventions.annexe import annex
from maillage.conventions.enums import Camp
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.conventions.models import LectureAdoptee, PropositionLecture
from maillage.conventions.queries import adoption_history, camp_of, lectures, open_propositions
from maillage.documents.content import Bullets, Heading, Paragraph, Table
from maillage.documents.docx import render_document
from maillage.sharing.models import Echange
from tests.cast import Cast
from tests.door import acteur, add_clause, adopt, prepare, send

pytestmark = pytest.mark.django_db


def _propose(
    cast: Cast, by: Acteur | None = None, question: str = "U-10", valeur: str = "rapport", **given: date | str
) -> PropositionLecture:
    today = clock.today()
    asked = {"debut": today, "fin": today + timedelta(days=365), "motif": "Essayer un an"} | given
    return propose_reading(
        by=by or acteur(cast.direction_alm),
        partenariat=cast.ici,
        question=question,
        valeur=valeur,
        **asked,  # type: ignore[arg-type]
    )


def _adopt(cast: Cast, **given: date | str) -> LectureAdoptee:
    row = _propose(cast, **given)  # type: ignore[arg-type]
    for who in (cast.direction_relais, cast.dpo):
        row = sign_reading(by=acteur(who), proposition=row.pk)
    assert row.lecture is not None
    return row.lecture


def test_each_of_the_three_signs_for_its_side_and_nobody_else(cast: Cast) -> None:
    sides = {key: camp_of(acteur(member), cast.ici) for key, member in cast.membres.items()}
    assert {key: camp for key, camp in sides.items() if camp} == {
        "direction_alm": Camp.MEDIATION,
        "direction_relais": Camp.PREVENTION,
        "dpo": Camp.DPO,
    }
    for who in ("nadia", "samira", "cheffe_alm", "coordination", "maire", "direction_sud"):
        with pytest.raises(NotYours):
            _propose(cast, acteur(cast.membres[who]))
    with pytest.raises(CannotWrite):
        _propose(cast, replace(acteur(cast.direction_alm), lecture_seule=True))
    assert PropositionLecture.objects.count() == 0


def test_a_reading_holds_from_the_third_signature(cast: Cast) -> None:
    today = clock.today()
    row = _propose(cast)
    assert lectures(cast.ici, today) == {}
    row = sign_reading(by=acteur(cast.dpo), proposition=row.pk)
    assert (lectures(cast.ici, today), row.etat) == ({}, "ouverte")
    assert list(open_propositions(cast.ici)) == ["U-10"]
    row = sign_reading(by=acteur(cast.direction_relais), proposition=row.pk)
    assert (row.etat, lectures(cast.ici, today)) == ("adoptee", {"U-10": "rapport"})
    assert (lectures(cast.ailleurs, today), open_propositions(cast.ici)) == ({}, {})
    assert row.lecture is not None
    adopted = row.lecture
    assert (adopted.debut, adopted.fin, adopted.version) == (today, today + timedelta(days=365), 1)
    assert adopted.preuve == f"Annexe de lecture U-10, version 1, signée le {today:%d/%m/%Y}"
    assert adopted.signataires == [
        f"Direction de la médiation sociale : Denis Essai, ALM, le {today:%d/%m/%Y}",
        f"Délégué·e à la protection des données : Paule Essai, ALM, le {today:%d/%m/%Y}",
        f"Direction de la prévention spécialisée : Dora Essai, Le Relais, le {today:%d/%m/%Y}",
    ]
    assert lectures(cast.ici, today + timedelta(days=366)) == {}


def test_every_signature_leaves_its_line(cast: Cast) -> None:
    _adopt(cast)
    written = Ligne.objects.filter(objet_genre="lecture").order_by("le", "chaine", "rang")
    assert sorted(line.acte for line in written) == [
        "creation", "decision", "modification", "modification", "modification",
    ]  # fmt: skip
    assert all(line.detail == {"question": "U-10", "valeur": "rapport"} for line in written)


def test_a_past_exchange_keeps_its_verdict_and_the_next_cites_the_reading(cast: Cast) -> None:
    add_clause(cast.ici, "clause_retour", True)
    send(cast)
    before = Echange.objects.get()
    adopted = _adopt(cast)
    send(cast)
    old, new = Echange.objects.order_by("le")
    assert (old.cas, old.verdict, old.lectures) == (before.cas, before.verdict, {})
    assert (new.lectures, new.cas["lecture"]) == ({"U-10": "rapport"}, {"U-10": "rapport"})
    assert new.sources["lecture.U-10"] == {
        "genre": "lecture", "id": str(adopted.pk), "libelle": adopted.preuve,
    }  # fmt: skip


def test_a_reading_is_never_retroactive_even_signed_late(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadAnswer, match="jamais pour le passé"):
        _propose(cast, debut=clock.today() - timedelta(days=1))
    row = _propose(cast)
    later = clock.now() + timedelta(days=10)
    monkeypatch.setattr(clock, "now", lambda: later)
    sign_reading(by=acteur(cast.dpo), proposition=row.pk)
    row = sign_reading(by=acteur(cast.direction_relais), proposition=row.pk)
    assert row.lecture is not None
    assert row.lecture.debut == clock.today() == row.debut + timedelta(days=10)


def test_the_reading_before_ends_the_day_before(cast: Cast) -> None:
    first = adopt(cast.ici, "U-10", clock.today() - timedelta(days=40))
    back = _adopt(cast, valeur="prudente")
    first.refresh_from_db()
    assert (first.fin, back.version) == (clock.today() - timedelta(days=1), 2)
    assert lectures(cast.ici, clock.today()) == {}
    assert lectures(cast.ici, clock.today() - timedelta(days=1)) == {"U-10": "rapport"}
    assert adoption_history(cast.ici, "U-10") == [back, first]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"valeur": "autre"}, "une des deux lectures"),
        ({"valeur": "prudente"}, "vaut déjà"),
        ({"fin": date(2020, 1, 1)}, "Le terme vient après"),
        ({"fin": date(2099, 1, 1)}, "Trois ans au plus"),
        ({"motif": "x" * 601}, "trop long"),
    ],
)
def test_absurd_answers_are_refused(cast: Cast, given: dict[str, date | str], said: str) -> None:
    with pytest.raises(BadAnswer, match=said):
        _propose(cast, **given)  # type: ignore[arg-type]


def test_only_questions_with_two_readings_one_at_a_time(cast: Cast) -> None:
    for question in ("U-8", "U-99"):
        with pytest.raises(NotYours):
            _propose(cast, question=question)
    _propose(cast)
    with pytest.raises(NotNow, match="attend déjà"), transaction.atomic():
        _propose(cast, acteur(cast.dpo))
    _propose(cast, question="U-1")
    assert sorted(open_propositions(cast.ici)) == ["U-1", "U-10"]


def test_a_reading_yet_to_begin_bars_another(cast: Cast) -> None:
    _adopt(cast, debut=clock.today() + timedelta(days=30))
    with pytest.raises(NotNow, match="déjà adoptée, à partir du"):
        _propose(cast)


def test_a_proposal_set_aside_cannot_be_signed_and_an_adopted_one_stays(cast: Cast) -> None:
    row = _propose(cast)
    for _ in range(2):
        assert set_aside_reading(by=acteur(cast.dpo), proposition=row.pk).etat == "ecartee"
    with pytest.raises(NotNow, match="déjà écartée"):
        sign_reading(by=acteur(cast.direction_relais), proposition=row.pk)
    assert LectureAdoptee.objects.count() == 0
    adopted = _adopt(cast)
    with pytest.raises(NotNow, match="déjà adoptée"):
        set_aside_reading(by=acteur(cast.dpo), proposition=PropositionLecture.objects.get(lecture=adopted).pk)


def test_a_side_signs_once_and_one_person_for_one_side(cast: Cast) -> None:
    row = _propose(cast)
    assert sign_reading(by=acteur(cast.direction_alm), proposition=row.pk).signatures.count() == 1
    cast.direction_relais.poste.professionnel = cast.direction_alm.poste.professionnel
    cast.direction_relais.poste.save()
    with pytest.raises(NotNow, match="ne signe pas pour deux"):
        sign_reading(by=acteur(cast.direction_relais), proposition=row.pk)
    for who in (cast.nadia, cast.direction_sud):
        with pytest.raises(NotYours):
            sign_reading(by=acteur(who), proposition=row.pk)


def test_a_late_proposal_is_not_signed_past_its_term(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = _propose(cast)
    later = clock.now() + timedelta(days=365)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(NotNow, match="terme de cette proposition est passé"):
        sign_reading(by=acteur(cast.dpo), proposition=row.pk)


def test_the_annex_says_what_was_chosen_by_whom_and_until_when(cast: Cast) -> None:
    empty = annex(cast.ici, clock.today())
    assert [one.text for one in empty.blocks if isinstance(one, Paragraph) and one.strong] == [
        "Aucune lecture n'est adoptée : partout, la lecture prudente vaut."
    ]
    row = _adopt(cast)
    made = annex(cast.ici, clock.today(), mention="Données inventées")
    heading, table, _, signed = made.blocks[1:]
    assert isinstance(heading, Heading)
    assert heading.text.startswith("U-10. L'accord de la personne")
    assert isinstance(table, Table)
    assert isinstance(signed, Bullets)
    assert table.rows[0][1].startswith("Lecture du rapport de 2017 : Oui, un retour borné")
    assert table.rows[6] == ("Version", f"1, {row.preuve}")
    assert list(signed.items) == row.signataires
    assert render_document(made)[:2] == b"PK"


def test_a_draft_begun_before_is_judged_by_the_reading_of_its_sending(cast: Cast) -> None:
    draft = prepare(cast)
    assert draft.envoyee_le is None
    _adopt(cast)
    send(cast)
    assert Echange.objects.get().lectures == {"U-10": "rapport"}
