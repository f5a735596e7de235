"""Statistics counted on a real standby that is paused, cut, promoted, stopped; a withdrawal never waits.

    python -m tests.campaign.standby FOLDER PORT PORT

The environment names the primary (DATABASE_URL) and the standby (MAILLAGE_REPLICA_URL), whose role is
made by the guide's own statements. JSON out: what a screen said at each step, and the doctor.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.campaign.clusters import Server
from tests.campaign.failover import product

GUIDE = Path(__file__).resolve().parents[2] / "docs/guides/une-replique-et-la-bascule.md"
ROLE = "chiffres"
OUTINGS = "SELECT count(*) FROM main_courante_sortie"


class City:
    """The product in this process, over two servers: a year told on screen, a support that is shared."""

    def __init__(self, primary: Server, standby: Server) -> None:
        """Write the cast, its evaluation, three outings; sign a director and a mediator in."""
        from maillage.base import clock
        from maillage.evaluations.models import Evaluation
        from maillage.pilotage.activite import _last_stop
        from maillage.sharing import persons
        from maillage.sharing.actions import open_access
        from maillage.sharing.enums import PorteeOuverture
        from tests.cast import build_cast
        from tests.door import acteur

        self.primary, self.standby, self.cast = primary, standby, build_cast()
        first = clock.today().replace(day=1)
        self.year = Evaluation.objects.create(
            partenariat=self.cast.ici,
            debut=first.replace(year=first.year - 1),
            fin=first - timedelta(days=1),
            ouverte_le=clock.now(),
        )
        self.day = _last_stop(clock.today())
        for _ in range(3):
            self.go_out()
        self.taken = persons.open_accompagnement(
            by=acteur(self.cast.samira), pseudonyme="Pseudo", tranche_age="15_17", origine="travail_de_rue"
        )
        open_access(
            personne=self.taken.personne,
            service=self.cast.alm,
            portee=PorteeOuverture.PROJET,
            base="adhesion",
        )
        self.director, self.mediator = (self._signed_in(one) for one in ("direction_alm", "karim"))

    def go_out(self) -> None:
        """Close one outing more, on the primary."""
        from tests.diagnostics.field import note, outing

        note(self.cast.karim, outing(self.cast.karim, self.day, [self.cast.hall]), self.cast.hall)

    def withdraw(self) -> None:
        """Note that the young person takes their adhésion back."""
        from maillage.sharing import persons
        from tests.door import acteur

        persons.record_adhesion(
            by=acteur(self.cast.samira),
            accompagnement=self.taken.accompagnement,
            donneur="jeune",
            etat="retiree",
        )

    def shown(self) -> dict[str, Any]:
        """Return both screens' outings, whether they say until when, and the withdrawals ALM is told of."""
        page = self.director.get(f"/evaluations/{self.year.pk}/")
        own = next(one for one in page.context["contenu"]["presence"] if one["service"] == "ALM")
        report = self.director.get("/activite/", {"annee": self.day.year})
        (alm,) = [one for one in report.context["found"].services if one.service == self.cast.alm]
        said = [bool(re.search(r"arrêtées à \d\d h \d\d\.", one.content.decode())) for one in (page, report)]
        told = self.mediator.get("/retraits/").context["owed"]
        return {"sorties": [own["sorties"], alm.sorties], "heure": said, "retraits": len(told)}

    def on_paper(self) -> int:
        """Return the outings of the document that leaves the house."""
        from maillage.evaluations.rapport import found

        kept = found(self.year).contenu
        assert "arrete_le" not in kept
        return int(next(one["sorties"] for one in kept["presence"] if one["service"] == "ALM"))

    def caught_up(self) -> None:
        """Wait until the standby has replayed all that the primary wrote."""
        (end,) = self.primary.execute("SELECT pg_current_wal_lsn()")[0]
        self.standby._until(self.standby, f"SELECT pg_last_wal_replay_lsn() >= '{end}'")

    def _signed_in(self, name: str) -> Any:
        from django.test import Client

        from maillage.web.acteur import open_session

        client = Client()
        client.force_login(self.cast.membres[name].compte)
        session = client.session
        open_session(session)
        session.save()
        return client


def doctor() -> str:
    """Return what `maillage doctor` says of the standby."""
    done = subprocess.run(
        [sys.executable, "-m", "maillage.cli", "doctor", "--json"], stdout=subprocess.PIPE, text=True
    )
    return next(one["phrase"] for one in json.loads(done.stdout) if one["nom"] == "réplique")


def refused(port: int) -> list[str]:
    """Return which reads PostgreSQL refuses the role of the figures, and what it counts unannounced."""
    import psycopg

    found = []
    with psycopg.connect(f"postgresql://{ROLE}@127.0.0.1:{port}/ville", autocommit=True) as opened:
        for asked in ("sharing_ouverture", "dossiers_adhesion", "sharing_transmissiondanger"):
            try:
                opened.execute(f"SELECT 1 FROM {asked}")  # type: ignore[call-overload]
            except psycopg.errors.InsufficientPrivilege:
                found.append(asked)
        try:
            opened.execute("SELECT texte_scelle FROM main_courante_note")
        except psycopg.errors.InsufficientPrivilege:
            found.append("texte")
        (count,) = opened.execute(OUTINGS).fetchone() or (None,)
    return [*found, str(count)]


def main(folder: Path, ports: tuple[int, int]) -> dict[str, Any]:
    """Make both servers and the city, then go through the steps."""
    primary, standby = (Server(folder / str(port), port) for port in ports)
    try:
        primary.create()
        primary.execute("CREATE ROLE ville LOGIN")
        primary.execute("CREATE DATABASE ville OWNER ville")
        product("init")
        lay_role(primary)
        standby.copy_from(primary)
        return steps(City(primary, standby))
    finally:
        primary.stop()
        standby.stop()


def lay_role(primary: Server) -> None:
    """Make the role of the figures as the guide says."""
    from django.db import connection

    said = GUIDE.read_text("utf-8")
    statements = re.findall(rf"^(?:CREATE ROLE {ROLE}|GRANT SELECT)[^;]+;$", said, re.MULTILINE)
    assert len(statements) == 3
    primary.execute(statements[0])
    with connection.cursor() as cursor:
        for statement in statements[1:]:
            cursor.execute(statement)


def steps(city: City) -> dict[str, Any]:
    """Say what is shown at each step."""
    from django.test.utils import setup_test_environment

    from maillage.operations import replica

    setup_test_environment()
    seen: dict[str, Any] = {}
    city.caught_up()
    seen["suit"] = city.shown()
    seen["docteur, suit"] = doctor()
    city.standby.execute("SELECT pg_wal_replay_pause()")
    city.go_out()
    city.withdraw()
    seen["en pause, dans la minute"] = city.shown()
    seen["papier"] = city.on_paper()
    bound, replica.BOUND = replica.BOUND, timedelta()
    seen["en pause, au-delà"] = city.shown()
    replica.BOUND = bound
    city.standby.execute("SELECT pg_wal_replay_resume()")
    city.caught_up()
    seen["reprise"] = city.shown()
    seen["refusé"] = refused(city.standby.port)
    city.standby.cut_line()
    city.go_out()
    time.sleep(0.1)
    (seen["se croit à jour"],) = city.standby.execute(
        "SELECT pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()"
    )[0]
    replica.BOUND = timedelta()
    seen["ligne coupée, au-delà"] = city.shown()
    replica.BOUND = bound
    city.standby.promote()
    seen["promue"] = city.shown()
    seen["docteur, promue"] = doctor()
    city.standby.stop()
    seen["arrêtée"] = city.shown()
    seen["docteur, arrêtée"] = doctor()
    return seen


if __name__ == "__main__":
    import django

    os.chdir(os.environ["MAILLAGE_FILES"])
    django.setup()
    from maillage.base.wall import declare_house

    declare_house()
    first, second = (int(given) for given in sys.argv[2:4])
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), (first, second)), ensure_ascii=False) + "\n")
