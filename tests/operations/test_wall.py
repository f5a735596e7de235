"""The second wall: PostgreSQL itself lets pass only the rows of the services told to it (S-11)."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Thread
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.apps import apps
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, IntegrityError, connection, models
from django.db.models import Q
from django.db.transaction import atomic
from django.http import HttpRequest, HttpResponse
from django.test import Client

from maillage.base import clock, wall
from maillage.base.identifiers import new_id
from maillage.base.wall import HOUSE, NOBODY, HouseWork, house_work
from maillage.conventions.queries import partenariat_ids
from maillage.directory.models import Service
from maillage.dossiers.models import Famille
from maillage.main_courante.models import EnveloppeDeposee, MessageDeLieu, ReponseMessage, Sortie
from maillage.operations import doctor
from maillage.operations.doctor import Etat
from maillage.operations.policies import CHECKS, RULES, check_policies, install, passed_by, wanting
from maillage.orientations.models import Orientation, Reception, Relance, Retour, SuiteInterne
from maillage.sharing.models import DemandeAcces, MandatDelegue, Ouverture, ReserveAcces
from maillage.web.acteur import ActeurMiddleware
from tests.cast import Cast, Membre
from tests.evidence.results import ROOT
from tests.probes.probe import Prober
from tests.probes.test_probes import prober

__all__ = ["prober"]
pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S-11")]
on_postgresql = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite keeps no policy")

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


def within(service: Service) -> Any:
    """Act as a service does today."""
    return wall.acting([service.pk], partenariat_ids(service.pk, clock.today()))


def settings_now() -> tuple[str, str, str]:
    """Read the three settings back from the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting(%s, true), current_setting(%s, true), current_setting(%s, true)",
            [wall.SERVICES, wall.PARTENARIATS, wall.MAISON],
        )
        first, second, third = (value or "" for value in cursor.fetchone())
    return first, second, third


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


@pytest.fixture
def seen() -> list[tuple[str, str, str]]:
    """What the database had been told at each request."""
    return []


@pytest.fixture
def middleware(seen: list[tuple[str, str, str]]) -> ActeurMiddleware:
    """The layer that tells it, above a page that looks."""

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(settings_now())
        if request.path == "/panne":
            raise RuntimeError
        return HttpResponse()

    return ActeurMiddleware(page)


def request_of(member: Membre | None, signed_in: Callable[[Membre], Client], path: str = "/") -> HttpRequest:
    """Make the request that this member's browser would send."""
    request = HttpRequest()
    request.path = path
    request.session = signed_in(member).session if member else SessionStore()
    request.user = member.compte if member else AnonymousUser()
    return request


@on_postgresql
def test_a_request_says_whose_it_is_and_gives_the_connection_back(
    cast: Cast,
    signed_in: Callable[[Membre], Client],
    middleware: ActeurMiddleware,
    seen: list[tuple[str, str, str]],
) -> None:
    before = settings_now()
    middleware(request_of(cast.samira, signed_in))
    middleware(request_of(None, signed_in))
    with pytest.raises(RuntimeError):
        middleware(request_of(cast.mediateur_sud, signed_in, "/panne"))
    assert seen == [
        (str(cast.relais.pk), str(cast.ici.pk), ""),
        ("", "", ""),
        (str(cast.mediation_sud.pk), str(cast.ailleurs.pk), ""),
    ]
    assert settings_now() == before == ("", "", "oui")


@on_postgresql
def test_an_officer_answers_for_the_services_that_named_them(
    cast: Cast,
    signed_in: Callable[[Membre], Client],
    middleware: ActeurMiddleware,
    seen: list[tuple[str, str, str]],
) -> None:
    middleware(request_of(cast.dpo, signed_in))
    MandatDelegue.objects.update(fini_le=clock.now())
    middleware(request_of(cast.dpo, signed_in))
    theirs = sorted(str(cast.services[key].pk) for key in ("alm", "nuit", "relais"))
    assert seen == [
        (",".join(theirs), str(cast.ici.pk), ""),
        (str(cast.alm.pk), str(cast.ici.pk), ""),
    ]


@on_postgresql
def test_house_work_ends_with_its_block_whatever_happens(cast: Cast) -> None:
    with within(cast.alm):
        before = settings_now()
        with house_work(HouseWork.CARD):
            assert settings_now() == ("", "", "oui")
        assert settings_now() == before
        # A transaction that failed answers nothing more: its end undoes what was said in it.
        with pytest.raises(IntegrityError), atomic(), house_work(HouseWork.CARD):
            Orientation.objects.create(
                partenariat=cast.ici,
                service_emetteur=cast.alm,
                service_destinataire=cast.alm,
                poste_emetteur=cast.karim.poste,
                porteur=cast.karim.poste,
                creee_le=clock.now(),
            )
        assert settings_now() == before


@pytest.fixture
def _serving(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that serves: nothing is said to its connections."""
    monkeypatch.setattr(wall._Process, "told", NOBODY)


@on_postgresql
@pytest.mark.usefixtures("_serving")
def test_another_thread_begins_with_nothing(cast: Cast) -> None:
    found: list[object] = []

    def look() -> None:
        found.extend([wall.told(), settings_now()])
        with wall.acting([cast.alm.pk]):
            connection.close()
            found.append(settings_now())
        found.append(settings_now())
        connection.close()

    with house_work(HouseWork.CARD):
        thread = Thread(target=look)
        thread.start()
        thread.join()
    # A connection that opens again in the middle of a request is told again.
    assert found == [NOBODY, ("", "", ""), (str(cast.alm.pk), "", ""), ("", "", "")]


@on_postgresql
@pytest.mark.parametrize(
    "harm",
    [
        "DROP POLICY mur ON sharing_echange",
        "ALTER TABLE sharing_echange DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE sharing_echange NO FORCE ROW LEVEL SECURITY",
        "CREATE POLICY autre ON sharing_echange USING (true)",
        "COMMENT ON POLICY mur ON sharing_echange IS 'une autre version'",
    ],
)
def test_a_wall_that_was_harmed_is_seen_and_laid_again(harm: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(harm)
    assert wanting(connection) == ["sharing_echange"]
    assert [one.msg for one in check_policies(databases=["default"])] == [
        "Le mur entre services manque dans la base : sharing_echange."
    ]
    assert (doctor._wall().etat, doctor._wall().remede) == (Etat.MAL, "maillage init remet le mur.")
    install(connection)
    assert wanting(connection) == []
    assert doctor._wall().etat == Etat.BIEN


def test_the_doctor_names_a_role_that_passes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "passed_by", lambda _: "postgres")
    monkeypatch.setattr(doctor.connection, "vendor", "postgresql", raising=False)
    monkeypatch.setattr(doctor, "wanting", lambda _: [])
    found = doctor._wall()
    assert found.etat == Etat.MAL
    assert (
        found.phrase == "Le rôle « postgres » passe à travers le mur : PostgreSQL ne sépare pas les services."
    )


def test_house_work_is_done_for_declared_reasons_only() -> None:
    written = (ROOT / "docs/decisions/0010-un-second-mur-dans-postgresql.md").read_text("utf-8")
    listed = [line[2:].rstrip(" ;.") for line in written.splitlines() if line.startswith("- ")]
    assert listed[-len(HouseWork) :] == [one.value for one in HouseWork]
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert [one.name for one in HouseWork if f"house_work(HouseWork.{one.name})" not in sources] == []


def test_a_command_works_for_the_house_and_a_server_does_not(settings: LazySettings) -> None:
    # The suite declared itself, as `maillage.cli.django_setup` does; the server's own entry does not.
    assert wall.told() == HOUSE
    served = (ROOT / "src/maillage/config/wsgi.py").read_text("utf-8")
    assert "declare_house" not in served
