"""The second wall: PostgreSQL itself lets pass only the rows of the services told to it (S-11)."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models
from django.db.models import Q
from django.db.transaction import atomic

from maillage.base import clock, wall
from maillage.base.identifiers import new_id
from maillage.conventions.queries import partenariat_ids
from maillage.dossiers.models import Famille
from maillage.main_courante.models import EnveloppeDeposee, MessageDeLieu, ReponseMessage, Sortie
from maillage.operations.policies import CHECKS, RULES, passed_by, wanting
from maillage.orientations.models import Orientation, Reception, Relance, Retour, SuiteInterne
from maillage.sharing.models import DemandeAcces, Ouverture, ReserveAcces
from tests.cast import Cast
from tests.probes.probe import Prober
from tests.probes.test_probes import prober
from tests.walls import on_postgresql, within

__all__ = ["prober"]
pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S-11")]

WALLED = ("dossiers", "sharing", "orientations")
# Tables that name a service and hold nobody who is followed: the accounts' side, the ground, what is asked
# and repaired at a place, what a partnership writes for itself.
UNWALLED = set(
    """
    administration_assistance comptes_telephone conventions_clause conventions_participation
    coordination_rappelservice diagnostics_recit directory_dispositif directory_effectif
    directory_financement directory_indisponibilite directory_noteetude directory_poste
    directory_service_territoires directory_titre enquetes_feuillecollective
    equipes_employeurpartenaire equipes_journeeobservation equipes_preuvenorme evaluations_avis
    evaluations_signatureevaluation main_courante_adresseavis main_courante_avisdujour
    main_courante_compterendu main_courante_consigne main_courante_contactdonne
    main_courante_demandedelieu main_courante_guichet main_courante_signalement
    main_courante_vocabulaire projets_offrechantier projets_photo projets_projet
    projets_seance_services projets_signatureconstat reunions_compterendureunion
    reunions_comptesgroupe reunions_decision reunions_disponibilite reunions_fluxagenda
    reunions_presence reunions_reunion reunions_suividecision
    """.split()
)


def may(service: UUID, partenariats: frozenset[UUID]) -> dict[str, Q]:
    """Say, from the models alone, which rows a service may reach through the wall."""
    opened = Ouverture.objects.filter(service=service).values("personne")
    mine = Q(service=service)
    sides = Q(service_emetteur=service) | Q(service_destinataire=service)
    said = Q(echange__service_emetteur=service) | Q(echange__service_destinataire=service)
    person = Q(personne__service=service) | Q(personne__in=opened)
    support = Q(accompagnement__service=service) | Q(accompagnement__personne__in=opened)
    act = Q(service=service) | Q(partenariat__in=partenariats)
    sent = Q(orientation__service_emetteur=service) | Q(orientation__service_destinataire=service)
    return {
        "dossiers.Famille": mine,
        "dossiers.Personne": mine | Q(pk__in=opened),
        "dossiers.Accompagnement": mine | Q(personne__in=opened),
        **dict.fromkeys(
            [f"dossiers.{one}" for one in "Titulaire Accord InformationPrealable Confidence".split()], person
        ),
        **dict.fromkeys(["dossiers.NoticeRGPD", "dossiers.Constat"], person),
        **dict.fromkeys(
            [f"dossiers.{one}" for one in "Reference Adhesion RencontreFamille Inscription".split()], support
        ),
        "sharing.Echange": sides,
        "sharing.Ouverture": mine | said,
        "sharing.Tache": mine | Q(demandeur=service) | said,
        "sharing.Designation": act,
        "sharing.PersonneDesignee": mine
        | Q(designation__service=service)
        | Q(designation__partenariat__in=partenariats),
        "sharing.Information": mine | said,
        **dict.fromkeys([f"sharing.{one}" for one in ("Carte", "DemandeAcces", "TransmissionDanger")], mine),
        "sharing.MandatDelegue": mine | Q(officier=service),
        "sharing.ReserveAcces": Q(demande__service=service),
        "orientations.Orientation": sides,
        "orientations.Reception": mine,
        "orientations.SuiteInterne": Q(reception__service=service),
        **dict.fromkeys([f"orientations.{one}" for one in ("Retour", "Relais", "Relance")], sent),
        **dict.fromkeys(
            [f"main_courante.{one}" for one in "Note NoteEnConflit EnveloppeDeposee Sortie".split()], mine
        ),
        **dict.fromkeys(
            ["main_courante.Sortie_equipage", "main_courante.Sortie_lieux"], Q(sortie__service=service)
        ),
        "main_courante.MessageDeLieu": sides,
        "main_courante.ReponseMessage": Q(message__service_emetteur=service)
        | Q(message__service_destinataire=service),
    }


@pytest.fixture
def world(prober: Prober) -> Prober:
    """One object of each kind, and a row in every walled table."""
    made, cast = prober.seeded, prober.seeded.cast
    taken = Orientation.objects.get(pk=made.real["orientation"])
    asked = DemandeAcces.objects.get(pk=made.real["demande_acces"])
    now, samira = clock.now(), made.people["relais", "educateur"].poste
    Famille.objects.create(service=cast.relais)
    Relance.objects.create(orientation=taken, le=clock.today())
    SuiteInterne.objects.create(
        reception=Reception.objects.get(orientation=taken), code="contact", poste=samira, le=now
    )
    Retour.objects.create(
        orientation=taken,
        code="contact",
        echange=taken.echange,
        ouverture=Ouverture.objects.all()[0].pk,
        le=now,
    )
    message = MessageDeLieu.objects.get(pk=made.real["message"])
    ReponseMessage.objects.create(message=message, poste=samira, reponse="vu", le=now)
    Sortie.objects.all()[0].lieux.add(cast.hall)
    EnveloppeDeposee.objects.create(
        id=new_id(), service=cast.alm, poste=cast.karim.poste, ouverture=new_id(), cle="k", enveloppe=b"x",
        deposee_le=now,
    )  # fmt: skip
    ReserveAcces.objects.create(
        demande=asked, personne=asked.personne, cle="x", decision="donner", le=now, par=samira
    )
    return prober


def walled() -> list[type[models.Model]]:
    """Return the models of the tables that have a policy."""
    known = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return [known[table] for table in RULES]


def read(model: type[models.Model]) -> set[Any]:
    """Read every identifier of a table, by raw SQL and without a condition."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {model._meta.db_table}")
        return {row[0] for row in cursor.fetchall()}


def test_every_table_that_names_a_service_has_its_policy_or_its_reason() -> None:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        found = {
            table
            for table in tables
            if table.startswith(tuple(f"{one}_" for one in WALLED))
            or "directory_service"
            in {other for _, other in connection.introspection.get_relations(cursor, table).values()}
        }
    assert found - set(RULES) == UNWALLED
    assert set(RULES) <= tables


@on_postgresql
def test_the_suite_itself_runs_behind_the_wall() -> None:
    assert passed_by(connection) == ""
    assert wanting(connection) == []


@on_postgresql
def test_each_service_reads_its_rows_and_no_other(world: Prober) -> None:
    for model in walled():
        assert read(model), f"no row of {model._meta.label} to hide"
    for service in world.services.values():
        known = may(service.pk, partenariat_ids(service.pk, clock.today()))
        for model in walled():
            wanted = set(model._base_manager.filter(known[model._meta.label]).values_list("pk", flat=True))
            with within(service):
                assert read(model) == wanted, f"{service} {model._meta.label}"


@on_postgresql
def test_another_partnership_reads_writes_and_takes_nothing(world: Prober) -> None:
    stranger = world.services["mediation_sud"]
    for model in walled():
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT to_jsonb(one) FROM {table} AS one LIMIT 1")
            copied = cursor.fetchone()[0]
        with within(stranger), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET id = id")
            assert cursor.rowcount == 0, table
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount == 0, table
            with pytest.raises(DatabaseError, match="row-level security"), atomic():
                cursor.execute(
                    f"INSERT INTO {table} SELECT (jsonb_populate_record(null::{table}, %s::jsonb)).*",
                    [copied if isinstance(copied, str) else json.dumps(copied)],
                )


@on_postgresql
def test_no_row_of_mine_becomes_anothers(world: Prober) -> None:
    stranger = world.services["mediation_sud"].pk
    for model in walled():
        if known_by_service_alone(model):
            owner = model._base_manager.all()[0].service  # type: ignore[attr-defined]
            with within(owner), pytest.raises(DatabaseError, match="row-level security"), atomic():
                model._base_manager.filter(service=owner).update(service=stranger)


def known_by_service_alone(model: type[models.Model]) -> bool:
    """Say whether a row is written by its own service only."""
    return CHECKS.get(model._meta.db_table, RULES[model._meta.db_table]) == RULES["sharing_carte"]


@on_postgresql
def test_nobody_reads_anything(world: Prober) -> None:
    with wall.acting():
        assert {model._meta.label: read(model) for model in walled()} == {
            model._meta.label: set() for model in walled()
        }


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_connection_to_which_nothing_was_said_reads_nothing(cast: Cast) -> None:
    Famille.objects.create(service=cast.relais)
    params = {
        name: value for name, value in connection.get_connection_params().items() if name in psycopg_names()
    }
    with psycopg.connect(**params) as bare:
        assert bare.execute("SELECT count(*) FROM dossiers_famille").fetchone() == (0,)
        bare.execute("SELECT set_config('maillage.maison', 'oui', false)")
        assert bare.execute("SELECT count(*) FROM dossiers_famille").fetchone() == (1,)


def psycopg_names() -> set[str]:
    """Return what a bare connection needs of Django's parameters."""
    return {"dbname", "user", "password", "host", "port"}
