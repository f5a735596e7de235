"""Informing the mayor and the department: each paragraph of L. 121-6-2 says one thing, to its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.directory.actions import DirectoryRefused, record_delegation
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Poste, Professionnel, Service, Structure
from maillage.directory.queries import mandate
from maillage.sharing import informations as door
from maillage.sharing import persons
from maillage.sharing.dangers import (
    acknowledge_danger,
    record_danger,
    silent_transmissions,
    transmissions_announced,
)
from maillage.sharing.errors import BadAnswer, NotNow, NotVisible, ReadOnly, Withheld
from maillage.sharing.informations import Said
from maillage.sharing.models import Echange, Information, Tache
from tests.cast import SINCE, Cast, Membre
from tests.door import acteur
from tests.sharing.test_designations import prepared, sign, staffed

__all__ = ["staffed"]
NEED = {"difficultes": ["sociales"], "intervenants": ["prevention", "ccas"]}


def post(cast: Cast, service: Service, role: Role, fonction: str) -> Membre:
    """Add a post of an institution, with the account of whoever is free in the cast."""
    person = Professionnel.objects.create(prenom="Odile", nom=role.label, invente=True)
    poste = Poste.objects.create(
        professionnel=person, service=service, role=role, intitule=role.label, fonction=fonction,
        emploi="agent_public", debut=SINCE, preuve="Arrêté inventé",
    )  # fmt: skip
    return Membre(cast.dpo.compte, poste)


@pytest.fixture
def crip(staffed: Cast) -> Membre:
    """The department in the partnership, its deputy holding an order read by Le Relais."""
    structure = Structure.objects.create(nom="Département inventé")
    service = Service.objects.create(
        code="dep", structure=structure, metier=Metier.INSTITUTION, nom="CRIP", nom_court="CRIP",
        ville=staffed.alm.ville, invente=True,
    )  # fmt: skip
    staffed.ici.participations.create(service=service, debut=SINCE)
    member = post(staffed, service, Role.CRIP, "delegue_departement")
    record_delegation(by=staffed.cheffe_relais.poste, poste=member.poste, acte="2026-12", debut=SINCE)
    return member


@pytest.fixture
def young(staffed: Cast) -> UUID:
    """Someone of fifteen whom Le Relais supports."""
    taken = persons.open_accompagnement(
        by=acteur(staffed.samira), pseudonyme="Canari", tranche_age="15_17", origine="famille"
    )
    return taken.personne


def needed(cast: Cast, *to: Membre) -> Said:
    """The first paragraph, told to these."""
    posts = [one.poste.pk for one in to or (cast.maire,)]
    return Said("1", posts, NEED, aggravation=True)


def test_the_need_goes_to_both_and_says_codes_only(staffed: Cast, crip: Membre, young: UUID) -> None:
    sent = door.inform(by=acteur(staffed.samira), personne=young, said=needed(staffed, staffed.maire, crip))
    assert [(one.autorite, one.alinea, one.contenu) for one in sent] == [
        ("maire", "1", NEED),
        ("departement", "1", NEED),
    ]
    assert {one.lot for one in sent} == {sent[0].lot}
    assert [one.mandat for one in sent] == [
        "en personne",
        "par délégation, arrêté 2026-12 du 01/01/2020, CGCT L. 3221-3",
    ]
    verdicts = [(one.echange.issue, one.echange.verdict["fondements"]) for one in sent]
    assert verdicts == [("obligatoire", ["CASF-L121-6-2-al1"])] * 2
    assert [one.echange.poste_destinataire for one in sent] == [staffed.maire.poste, crip.poste]
    assert Echange.objects.count() == 2
    assert Tache.objects.count() == 0


def test_told_to_one_only_the_other_is_still_owed(staffed: Cast, crip: Membre, young: UUID) -> None:
    door.inform(by=acteur(staffed.samira), personne=young, said=needed(staffed))
    assert [(one.obligation, one.service) for one in Tache.objects.all()] == [
        ("O-MAIRE-ET-PCD", staffed.relais)
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"contenu": {**NEED, "recit": ["un mot libre"]}}, "alinea"),
        ({"contenu": {**NEED, "difficultes": ["il vole"]}}, "difficultes"),
        ({"contenu": {**NEED, "intervenants": ["ccas"]}}, "intervenants"),
        ({"contenu": {}}, "difficultes"),
        ({"destinataires": []}, "destinataires"),
        ({"alinea": "5"}, "alinea"),
    ],
)
def test_nothing_beyond_the_lists(staffed: Cast, young: UUID, changed: dict[str, object], field: str) -> None:
    said = replace(needed(staffed), **changed)  # type: ignore[arg-type]
    with pytest.raises(BadAnswer) as refused:
        door.inform(by=acteur(staffed.samira), personne=young, said=said)
    assert (refused.value.champ, Information.objects.count(), Echange.objects.count()) == (field, 0, 0)


def test_without_an_aggravation_noted_today_nothing_leaves(staffed: Cast, young: UUID) -> None:
    said = replace(needed(staffed), aggravation=False)
    with pytest.raises(Withheld):
        door.inform(by=acteur(staffed.samira), personne=young, said=said)
    assert [one.statut for one in Echange.objects.all()] != ["transmis"]
    assert (Information.objects.count(), Ligne.objects.filter(acte="refus").count()) == (0, 1)
    door.inform(by=acteur(staffed.samira), personne=young, said=needed(staffed))
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False), pytest.raises(Withheld):
        door.inform(by=acteur(staffed.samira), personne=young, said=said)


def test_a_deputy_without_an_order_in_force_receives_nothing(staffed: Cast, young: UUID) -> None:
    deputy = post(staffed, staffed.mairie, Role.ADJOINT_DELEGUE, "adjoint_delegue")
    said, chief = needed(staffed, deputy), staffed.cheffe_relais.poste
    with pytest.raises(BadAnswer):
        door.inform(by=acteur(staffed.samira), personne=young, said=said)
    today = clock.today()
    record_delegation(by=chief, poste=deputy.poste, acte="7", debut=SINCE, fin=today - timedelta(days=1))
    assert mandate(deputy.poste, today) is None
    record_delegation(by=chief, poste=deputy.poste, acte="8", debut=today)
    assert len(door.inform(by=acteur(staffed.samira), personne=young, said=said)) == 1
    with pytest.raises(DirectoryRefused):
        record_delegation(by=staffed.maire.poste, poste=deputy.poste, acte="9", debut=SINCE)
    with pytest.raises(DirectoryRefused):
        record_delegation(by=chief, poste=staffed.maire.poste, acte="9", debut=SINCE)


CONFIDED = {"competences": ["logement"], "sujets": ["logement"]}


def confided(cast: Cast, **changed: object) -> Said:
    """The sixth paragraph, as someone alone would say it."""
    base = Said(
        "6", [cast.maire.poste.pk], CONFIDED, aggravation=True, seul=True, necessaire=True,
        origine="appris_en_fonction",
    )  # fmt: skip
    return replace(base, **changed)  # type: ignore[arg-type]


def test_only_who_is_alone_or_designated_confides(staffed: Cast, young: UUID) -> None:
    samira = acteur(staffed.samira)
    for changed in ({"seul": False}, {"necessaire": False}, {"origine": "recu_echange_protege"}):
        with pytest.raises(Withheld):
            door.inform(by=samira, personne=young, said=confided(staffed, **changed))
        door.subject_of(samira, young).constats.all().delete()
    (sent,) = door.inform(by=samira, personne=young, said=confided(staffed))
    assert (sent.echange.issue, sent.contenu) == ("permis", CONFIDED)


def test_the_designated_coordonnateur_confides_in_scope_only(staffed: Cast, young: UUID) -> None:
    row = prepared(staffed)
    coordonnateur, said = acteur(staffed.direction_alm), confided(staffed, aggravation=False, seul=False)
    Poste.objects.filter(pk=staffed.direction_alm.poste.pk).update(
        fonction="coordonnateur", fondements_secret=["coordonnateur"], part_action_sociale="statutaire"
    )
    staffed.direction_alm.poste.refresh_from_db()
    (covered,) = row.perimetre.values_list("personne", flat=True)
    with pytest.raises(NotVisible):
        door.inform(by=coordonnateur, personne=covered, said=said)
    sign(staffed, row, debut=clock.today())
    assert len(door.inform(by=coordonnateur, personne=covered, said=said)) == 1
    with pytest.raises(NotVisible):
        door.inform(by=coordonnateur, personne=young, said=said)


def test_the_mayor_learns_the_fact_alone_and_after_the_department(
    staffed: Cast, crip: Membre, young: UUID
) -> None:
    samira = acteur(staffed.samira)
    fact = Said("7", [staffed.maire.poste.pk], {}, aggravation=True, seul=True)
    with pytest.raises(NotNow):
        door.inform(by=samira, personne=young, said=fact)
    record_danger(by=samira, destinataire="119", personne=young)
    with pytest.raises(NotNow):
        door.inform(by=samira, personne=young, said=fact)
    record_danger(by=samira, destinataire="crip", personne=young)
    (sent,) = door.inform(by=samira, personne=young, said=fact)
    assert (sent.contenu, sent.echange.verdict["fondements"]) == ({}, ["CASF-L121-6-2-al7"])
    with pytest.raises(BadAnswer):
        door.inform(by=samira, personne=young, said=replace(fact, destinataires=[crip.poste.pk]))


def test_only_the_post_addressed_reads_and_acknowledges(staffed: Cast, crip: Membre, young: UUID) -> None:
    mayor, samira = acteur(staffed.maire), acteur(staffed.samira)
    (sent,) = door.inform(by=samira, personne=young, said=needed(staffed))
    other = acteur(post(staffed, staffed.mairie, Role.ADJOINT_DELEGUE, "adjoint_delegue"))
    assert [len(door.informations_received(one)) for one in (mayor, other, acteur(crip))] == [1, 0, 0]
    assert [door.informations_waiting(one) for one in (mayor, other)] == [1, 0]
    for stranger in (other, acteur(crip), samira):
        with pytest.raises(NotVisible):
            door.acknowledge_information(by=stranger, information=sent.pk)
    with pytest.raises(ReadOnly):
        door.acknowledge_information(by=replace(mayor, lecture_seule=True), information=sent.pk)
    for _ in range(2):
        door.acknowledge_information(by=mayor, information=sent.pk)
    assert (door.informations_waiting(mayor), Ligne.objects.filter(objet_genre="information").count()) == (
        0,
        1 + 1 + 3,
    )
    for stranger in (staffed.educatrice_sud, staffed.dpo):
        with pytest.raises(NotVisible):
            door.inform(by=acteur(stranger), personne=young, said=needed(staffed))
    with pytest.raises(NotVisible):
        door.informations_sent(mayor)
    with pytest.raises(NotVisible):
        door.informations_received(samira)


def test_the_department_acknowledges_what_is_announced_about_nobody(
    staffed: Cast, crip: Membre, young: UUID
) -> None:
    samira, department = acteur(staffed.samira), acteur(crip)
    sent = record_danger(by=samira, destinataire="crip", personne=young)
    record_danger(by=samira, destinataire="119", personne=young)
    record_danger(by=acteur(staffed.mediateur_sud), destinataire="crip")
    assert [(one.id, one.personne) for one in transmissions_announced(department)] == [(sent.pk, None)]
    later = clock.now() + timedelta(hours=25)
    with time_machine.travel(later, tick=False):
        assert [silent_transmissions(one) for one in (samira, acteur(staffed.karim))] == [1, 0]
        acknowledge_danger(by=department, transmission=sent.pk)
        assert silent_transmissions(samira) == 0
