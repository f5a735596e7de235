"""Writing in the ledger: chained, pseudonymous, in the caller's transaction."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from pytest_django import DjangoAssertNumQueries

from maillage.audit import PLATEFORME
from maillage.audit.actions import Entree, lock_chains, record, record_many, sign_heads
from maillage.audit.enums import Acte
from maillage.audit.format import GENESIS, digest
from maillage.audit.models import Chaine, Ligne, TeteSignee
from maillage.audit.pseudonyms import ForbiddenDetail, pseudonym
from maillage.audit.records import line_of
from maillage.base import clock

pytestmark = pytest.mark.django_db


def test_first_line_starts_a_chain_and_the_next_follows_it(service_a: UUID) -> None:
    acteur, objet = uuid4(), uuid4()
    first = record(chaine=service_a, acte=Acte.LECTURE, acteur=acteur, objet_genre="note", objet=objet)
    second = record(chaine=service_a, acte=Acte.CREATION, acteur=None)

    assert (first.rang, first.precedent) == (1, GENESIS)
    assert (first.acteur, first.objet) == (pseudonym(acteur), pseudonym(objet))
    assert (second.rang, second.precedent, second.acteur, second.objet) == (2, first.empreinte, "systeme", "")
    head = Chaine.objects.get(id=service_a)
    assert (head.dernier_rang, head.derniere_empreinte) == (2, second.empreinte)


def test_what_the_database_gives_back_has_the_same_digest(service_a: UUID) -> None:
    detail = {"é": ["a", 1, True, None], "b": {"z": 2, "a": -1}, "vide": []}
    record(chaine=service_a, acte=Acte.LISTE, acteur=uuid4(), detail=detail)
    ligne = Ligne.objects.get(chaine=service_a)
    assert ligne.detail == detail
    assert digest(line_of(ligne)) == ligne.empreinte


def test_chains_are_independent(service_a: UUID, service_b: UUID) -> None:
    record(chaine=service_a, acte=Acte.LECTURE, acteur=None)
    other = record(chaine=service_b, acte=Acte.LECTURE, acteur=None)
    plateforme = record(chaine=PLATEFORME, acte=Acte.CONNEXION_REFUSEE, acteur=None)
    assert (other.rang, plateforme.rang) == (1, 1)


@pytest.mark.requirement("S-24")
def test_identifiers_inside_the_detail_become_pseudonyms(service_a: UUID) -> None:
    personne, autre = uuid4(), uuid4()
    ligne = record(
        chaine=service_a,
        acte=Acte.PARTAGE,
        acteur=None,
        detail={"personne": personne, "vu": [str(autre)], "texte": f"x {autre} y", "pages": {3, 1}},
    )
    assert ligne.detail == {
        "personne": pseudonym(personne),
        "vu": [pseudonym(autre)],
        "texte": f"x {pseudonym(autre)} y",
        "pages": [1, 3],
    }
    assert str(autre) not in str(ligne.detail)


@pytest.mark.requirement("S-24")
@pytest.mark.parametrize("value", ["x" * 121, "deux\nlignes", "nul\0", 1.5, object(), b"octets"])
def test_content_is_refused_and_nothing_is_written(service_a: UUID, value: object) -> None:
    with pytest.raises(ForbiddenDetail):
        record(chaine=service_a, acte=Acte.CREATION, acteur=None, detail={"quoi": value})
    assert Ligne.objects.count() == 0


def test_an_act_outside_the_list_is_refused(service_a: UUID) -> None:
    with pytest.raises(ValueError):
        record(chaine=service_a, acte="espionnage", acteur=None)  # type: ignore[arg-type]


@pytest.mark.requirement("S-21")
def test_the_line_goes_with_what_it_records(service_a: UUID) -> None:
    with transaction.atomic():
        record(chaine=service_a, acte=Acte.CREATION, acteur=None)
        transaction.set_rollback(True)
    assert (Ligne.objects.count(), Chaine.objects.filter(dernier_rang__gt=0).count()) == (0, 0)


@pytest.mark.requirement("S-21")
@pytest.mark.django_db(transaction=True)
def test_no_line_outside_a_transaction(service_a: UUID) -> None:
    with pytest.raises(TransactionManagementError):
        record(chaine=service_a, acte=Acte.CREATION, acteur=None)
    with pytest.raises(TransactionManagementError):
        lock_chains([service_a])
    assert Chaine.objects.count() == 0


def test_many_lines_make_the_same_chain_as_one_by_one(service_a: UUID, service_b: UUID) -> None:
    day = datetime(2026, 3, 2, 10, tzinfo=clock.PARIS)
    entries = [Entree(Acte.LECTURE, None, "note", f"objet-{n}", {"n": n}, le=day) for n in range(5)]
    together = record_many(service_a, entries)
    for entry in entries:
        record_many(service_b, [entry])
    assert [ligne.rang for ligne in together] == [1, 2, 3, 4, 5]
    assert record_many(service_a, []) == []
    separate = Ligne.objects.filter(chaine=service_b).order_by("rang")
    assert [(x.rang, x.objet, x.detail) for x in together] == [(x.rang, x.objet, x.detail) for x in separate]
    assert Chaine.objects.get(id=service_a).dernier_rang == Chaine.objects.get(id=service_b).dernier_rang


@pytest.mark.requirement("S-23")
def test_the_head_of_each_day_is_signed_when_the_next_day_begins(service_a: UUID) -> None:
    days = [(2, 22), (2, 23), (3, 1), (3, 2), (5, 9)]
    entries = [
        Entree(Acte.LECTURE, None, le=datetime(2026, 3, d, h, 30, tzinfo=clock.PARIS)) for d, h in days
    ]
    record_many(service_a, entries)
    assert list(TeteSignee.objects.order_by("rang").values_list("rang", flat=True)) == [2, 4]


def test_a_head_is_signed_once(service_a: UUID, service_b: UUID) -> None:
    record(chaine=service_a, acte=Acte.LECTURE, acteur=None)
    record(chaine=service_b, acte=Acte.LECTURE, acteur=None)
    assert [tete.chaine_id for tete in sign_heads(chaines=[service_a])] == [service_a]
    assert sorted(tete.chaine_id for tete in sign_heads()) == [service_a, service_b]
    assert TeteSignee.objects.count() == 2
    record(chaine=service_a, acte=Acte.LECTURE, acteur=None)
    sign_heads()
    assert sorted(TeteSignee.objects.filter(chaine=service_a).values_list("rang", flat=True)) == [1, 2]


def test_one_line_costs_three_queries(
    service_a: UUID, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    record(chaine=service_a, acte=Acte.LECTURE, acteur=None)
    with django_assert_num_queries(3):
        record(chaine=service_a, acte=Acte.LECTURE, acteur=None)
