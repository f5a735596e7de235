"""Who tells the database for whom it answers, when, and how a wall that was harmed is seen (S-11)."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, connection
from django.db.transaction import atomic
from django.http import HttpRequest, HttpResponse
from django.test import Client

from maillage.base import clock, wall
from maillage.base.wall import HOUSE, NOBODY, HouseWork, house_work
from maillage.operations import doctor
from maillage.operations.doctor import Etat
from maillage.operations.policies import check_policies, install, wanting
from maillage.orientations.models import Orientation
from maillage.sharing.models import MandatDelegue
from maillage.web.acteur import ActeurMiddleware
from tests.cast import Cast, Membre
from tests.evidence.results import ROOT
from tests.walls import on_postgresql, settings_now, within

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S-11")]


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
