"""A right written beside the product has no effect, and is told; what the product writes keeps its seal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from maillage.audit.enums import Acte
from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.base.seals import unsealed
from maillage.comptes.queries import active_post, active_posts
from maillage.conventions.models import Participation
from maillage.conventions.queries import partenariat_ids
from maillage.directory.enums import Role
from maillage.directory.models import Delegation, Poste
from maillage.directory.queries import mandate
from maillage.operations.doctor import examine
from maillage.operations.seals import tell_unsealed
from maillage.sharing import persons
from maillage.sharing.access import person_of
from maillage.sharing.enums import FinOuverture
from maillage.sharing.errors import NotVisible
from maillage.sharing.models import Ouverture
from maillage.sharing.openings import close_access, open_access
from maillage.sharing.queries import read_accompagnement, read_oriented
from tests.cast import SINCE, Cast
from tests.door import acteur, prepare

pytestmark = [pytest.mark.requirement("S-20"), pytest.mark.django_db]


def by_hand(table: str, column: str, value: object, key: object) -> None:
    """Write in the database as another program would."""
    pk = key.hex if connection.vendor == "sqlite" and hasattr(key, "hex") else key
    written = value.hex if connection.vendor == "sqlite" and hasattr(value, "hex") else value
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [written, pk])
        assert cursor.rowcount == 1


def test_everything_the_product_wrote_is_genuine(cast: Cast) -> None:
    prepare(cast)
    assert unsealed() == {}
    assert Poste.objects.count() > 10


@pytest.mark.parametrize(
    ("column", "value"),
    [("role", "chef_de_service"), ("fin", date(2099, 1, 1)), ("debut", date(2019, 1, 1))],
)
def test_a_post_changed_by_hand_gives_nothing(cast: Cast, column: str, value: object) -> None:
    post = cast.karim.poste
    by_hand("directory_poste", column, value, post.pk)
    assert active_post(cast.karim.compte, clock.now()) is None
    assert active_post(cast.nadia.compte, clock.now()) is not None
    assert unsealed() == {Poste: [post]}


def test_saving_or_updating_does_not_mend_what_was_forged(cast: Cast) -> None:
    post = cast.karim.poste
    by_hand("directory_poste", "role", str(Role.DPO), post.pk)
    Poste.objects.filter(pk=post.pk).update(lecture_seule=True)
    loaded = Poste.objects.get(pk=post.pk)
    loaded.fin = date(2098, 1, 1)
    loaded.save()
    assert active_posts(cast.karim.compte, clock.now()) == []


def test_what_the_product_changes_stays_genuine(cast: Cast) -> None:
    post = Poste.objects.get(pk=cast.karim.poste.pk)
    post.fin = date(2098, 1, 1)
    post.save(update_fields=["fin"])
    Poste.objects.filter(service=cast.alm).update(lecture_seule=True)
    cast.alm.postes.update(module_valide_le=SINCE)
    assert unsealed() == {}


def test_a_row_without_identifier_yet_is_sealed_with_the_one_it_gets(cast: Cast) -> None:
    copy = Poste.objects.get(pk=cast.karim.poste.pk)
    copy.pk = None
    copy._state.adding = True
    copy.save()
    assert Poste.objects.get(pk=copy.pk).genuine


def test_a_partnership_joined_by_hand_is_not_joined(cast: Cast) -> None:
    row = Participation.objects.get(service=cast.mediation_sud)
    by_hand("conventions_participation", "partenariat_id", cast.ici.pk, row.pk)
    assert partenariat_ids(cast.mediation_sud.pk, clock.today()) == frozenset()
    assert partenariat_ids(cast.alm.pk, clock.today()) == {cast.ici.pk}


def test_a_delegation_written_by_hand_represents_nobody(cast: Cast) -> None:
    deputy = cast.coordination.poste
    Poste.objects.filter(pk=deputy.pk).update(fonction="adjoint_delegue")
    deputy.refresh_from_db()
    order = Delegation.objects.create(poste=deputy, texte="L2122-18", acte="2026-1", debut=SINCE)
    assert mandate(deputy, clock.today()) is not None
    by_hand("directory_delegation", "acte", "2026-2", order.pk)
    assert mandate(deputy, clock.today()) is None


def test_an_opening_written_by_hand_opens_no_sheet(cast: Cast) -> None:
    personne = prepare(cast).sujet
    assert personne is not None
    other = open_access(personne=personne, service=cast.relais, portee="orientation", base="essai")
    samira = acteur(cast.samira)
    assert person_of(samira, personne).pk == personne
    assert read_oriented(samira, personne).appellation == "Yanis"
    close_access(personne=personne, cause=FinOuverture.RETRAIT, services=[cast.relais])
    assert Ouverture.objects.get(pk=other.pk).genuine
    by_hand("sharing_ouverture", "cause_fin", "", other.pk)
    by_hand("sharing_ouverture", "fin", None, other.pk)
    with pytest.raises(NotVisible):
        person_of(samira, personne)
    assert (read_oriented(samira, personne).effacee, read_oriented(samira, personne).appellation) == (
        True,
        "",
    )


def test_a_closed_support_reopened_by_hand_stays_closed_to_its_own_service(cast: Cast) -> None:
    samira = acteur(cast.samira)
    young, sister = (
        persons.open_accompagnement(by=samira, pseudonyme=name, tranche_age="15_17", origine="famille")
        for name in ("Aîné", "Cadette")
    )
    persons.join_family(by=samira, accompagnement=young.accompagnement, avec=sister.accompagnement)
    row = Ouverture.objects.get(personne=sister.personne, portee="accompagnement")
    assert len(persons.relatives(samira, young.accompagnement)) == 1
    close_access(personne=sister.personne, cause=FinOuverture.RETRAIT)
    by_hand("sharing_ouverture", "cause_fin", "", row.pk)
    by_hand("sharing_ouverture", "fin", None, row.pk)
    with pytest.raises(NotVisible):
        read_accompagnement(samira, sister.accompagnement)
    assert persons.relatives(samira, young.accompagnement) == []
    assert read_accompagnement(samira, young.accompagnement).pseudonyme == "Aîné"


def test_it_is_told_to_the_officer_and_to_who_runs_the_machine(cast: Cast) -> None:
    assert tell_unsealed() == 0
    by_hand("directory_poste", "role", str(Role.DIRECTION), cast.karim.poste.pk)
    assert tell_unsealed() == 1
    line = Ligne.objects.get(acte=Acte.SCEAU)
    assert (line.chaine_id, line.objet_genre, line.le.date()) == (cast.alm.pk, "poste", clock.now().date())
    (finding,) = [one for one in examine() if one.nom == "sceaux"]
    assert "poste (1)" in finding.phrase
    assert clock.now() - line.le < timedelta(minutes=1)
