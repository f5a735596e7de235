"""Server time and query count of each main screen, signed in as those who use it.

Runs against a demo (`--data DIR`, else MAILLAGE_DATA, else var/demo), through every middleware,
in one process. Promise: p95 of any screen ≤ 150 ms (design, section 8).
"""

import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NAME = "pages"
NEEDS_INSTALLATION = True
ROUNDS = 40
PROMISE_P95_MS = 150


@dataclass(frozen=True)
class Screen:
    """A screen, who opens it (a username of accounts.json), and its address."""

    label: str
    who: str
    path: str


def run() -> dict[str, Any]:
    """Open each screen ROUNDS times; return p50 and p95 in milliseconds and the queries of one visit."""
    from django.conf import settings
    from django.core.exceptions import ObjectDoesNotExist

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    # A sheet opened forty times in a row makes its reader wait on purpose: that is not server time.
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.endswith("PaceMiddleware")]
    known = {entry["username"] for entry in _accounts(settings.MAILLAGE_DATA_DIR)}
    measured = {}
    try:
        for screen in _screens():
            if screen.who in known:
                measured[f"{screen.label} ({screen.who})"] = _measure(screen)
    except ObjectDoesNotExist as error:
        raise SystemExit("bench pages : cette installation n'est pas la démonstration.") from error
    return {"tours": ROUNDS, "ecrans": measured}


def lines(result: Mapping[str, Any]) -> list[str]:
    """Say the figures, slowest screen first."""
    rows = sorted(result["ecrans"].items(), key=lambda item: -item[1]["p95_ms"])
    said = [
        f"{label} : p50 {row['p50_ms']} ms, p95 {row['p95_ms']} ms, {row['requetes']} requêtes SQL"
        for label, row in rows
    ]
    slow = [label for label, row in rows if row["p95_ms"] > PROMISE_P95_MS]
    said.append(
        f"promesse p95 ≤ {PROMISE_P95_MS} ms : {'tenue' if not slow else 'non tenue par ' + ', '.join(slow)}"
    )
    return said


def _accounts(folder: Any) -> list[dict[str, Any]]:
    return list(json.loads((folder / "accounts.json").read_text(encoding="utf-8")))


def _screens() -> Iterator[Screen]:
    from maillage.main_courante.models import Note
    from maillage.orientations.models import Orientation

    service = "alpms-larochelle"
    sent = Orientation.objects.filter(service_emetteur__code=service, envoyee_le__isnull=False)
    latest = sent.order_by("-envoyee_le").values_list("pk", flat=True)[0]
    note = Note.objects.filter(service__code=service).order_by("-observee_le")[0]
    yield Screen("l'étude", "mediateur.larochelle", "/etude/")
    for who in ("mediateur.larochelle", "educateur.larochelle", "direction-mediation.larochelle"):
        yield Screen("Aujourd'hui", who, "/")
    for label, path in (
        ("Noter", "/noter/"),
        ("Nos notes", "/notes/"),
        ("Une note", f"/notes/{note.pk}/"),
        ("La nuit", f"/nuit/{note.jour}/"),
        ("Dire à l'autre équipe", "/dire/"),
        ("Nouvelles des lieux", "/messages/"),
        ("Préparer une orientation", "/orientations/nouvelle/"),
        ("Orientations", "/orientations/"),
        ("Une orientation envoyée", f"/orientations/{latest}/"),
        ("Annuaire", "/annuaire/"),
        ("Danger", "/danger/"),
    ):
        yield Screen(label, "mediateur.larochelle", path)
    yield Screen("Orientations", "educateur.larochelle", "/orientations/")
    yield Screen("Une orientation reçue", "educateur.larochelle", f"/orientations/{latest}/")
    yield Screen("Accompagnements", "educateur.larochelle", "/accompagnements/")
    yield Screen("Le partenariat", "direction-mediation.larochelle", "/partenariat/larochelle/")
    yield Screen("Réciprocité", "direction-mediation.larochelle", "/reciprocite/")
    yield Screen("Le droit", "educateur.larochelle", "/droit/")
    yield Screen("Le journal", "dpo.larochelle", "/journal/")


def _measure(screen: Screen) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _signed_in(screen.who)
    visit: Callable[[], Any] = lambda: client.get(screen.path)  # noqa: E731
    answer = visit()
    if answer.status_code != 200:
        raise SystemExit(f"bench pages : {screen.path} répond {answer.status_code} à {screen.who}.")
    with CaptureQueriesContext(connection) as queries:
        visit()
    # Counted now: the next visit empties the connection's record.
    count = len(queries)
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        visit()
        times.append((time.perf_counter() - start) * 1000)
    cuts = statistics.quantiles(times, n=20)
    return {
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(cuts[18], 1),
        "requetes": count,
    }


def _signed_in(username: str) -> Any:
    from django.test import Client

    from maillage.comptes.models import Compte
    from maillage.web.acteur import open_session

    client = Client()
    client.force_login(Compte.objects.get(identifiant=username))
    session = client.session
    open_session(session)
    session.save()
    return client
