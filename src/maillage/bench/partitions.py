"""Whether dividing the largest tables by service and by time pays, on PostgreSQL.

The same rows in five layouts (`maillage.bench.layouts`): one table, a part a year, a part a month,
sixteen parts by service, both at once. The product's own queries run on each; medians, and ratios to
the single table. Needs DATABASE_URL: SQLite divides nothing. What was decided, and from what size to
look again: décision 13.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from hashlib import md5
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from maillage.bench.layouts import (
    ECHANGE,
    FIRST,
    LAYOUTS,
    LIGNE,
    MONTHS,
    NOTE,
    PLACES,
    Network,
    lay,
    month,
    pointing_at,
)
from maillage.bench.throwaway import on_either_database, run_there

NAME = "partitions"
# Notes, exchanges, lines of the ledger.
SIZES = ((100_000, 30_000, 30_000), (1_000_000, 300_000, 300_000))
SERVICES, TIMES, BATCHES, A_BATCH = 24, 9, 100, 3
PROGRAM = "from maillage.bench.partitions import measure; measure({size})"
SAID = {
    "page": "les notes d'un service, première page",
    "jour": "les notes d'un service, un jour",
    "note": "une note par son identifiant",
    "verrous": "verrous pris par cette lecture",
    "plan": "plan de cette lecture",
    "annee": "l'année d'un diagnostic",
    "personne": "les échanges d'une personne",
    "journal": "le journal d'un service, première page",
    "objet": "le journal d'une personne",
    "envoi": "un envoi de trois notes",
    "purge": "effacer un mois d'échanges",
    "retrait": "ôter la part de ce mois",
    "vacuum": "VACUUM des échanges après cela",
    "vacuum_notes": "VACUUM des notes après les envois",
    "octets": "place des trois tables",
}


def run(sizes: Sequence[tuple[int, int, int]] = SIZES) -> dict[str, Any]:
    """Return, for each size, each layout's figures (milliseconds) and what it no longer guarantees.

    Nothing without DATABASE_URL.
    """
    if not os.environ.get("DATABASE_URL"):
        return {"sizes": []}
    found = []
    for size in sizes:
        with on_either_database() as env:
            found.append(run_there(PROGRAM.format(size=size), env))
    return {"sizes": found}


def lines(result: Mapping[str, Any]) -> list[str]:
    """Say the figures in French: the single table's, and how many times as much the others take."""
    if not result["sizes"]:
        return ["Seulement sur PostgreSQL : donnez DATABASE_URL."]
    said = []
    for one in result["sizes"]:
        notes, exchanges, ledger = one["lignes"]
        said.append(f"{notes} notes, {exchanges} échanges, {ledger} lignes de journal :")
        said += [_compared(name, one["figures"]) for name in SAID]
        said += [f"  {layout} affaiblit : {', '.join(lost)}" for layout, lost in one["perdu"].items() if lost]
        said.append(f"  toutes perdent les clés étrangères : {', '.join(one['pointent'])}")
    return said


def _compared(name: str, figures: Mapping[str, Mapping[str, float]]) -> str:
    base = figures["telle"].get(name)
    others = []
    for layout in LAYOUTS[1:]:
        found = figures[layout].get(name)
        said = "–" if found is None else f"×{found / base:.2f}" if base else _said(name, found)
        others.append(f"{layout} {said}")
    return f"  {SAID[name]} : {'–' if base is None else _said(name, base)} ; {', '.join(others)}"


def _said(name: str, figure: float) -> str:
    if name == "octets":
        return f"{figure / 1e6:.0f} Mo"
    return f"{figure:.0f}" if name == "verrous" else f"{figure:.2f} ms"


def measure(size: tuple[int, int, int]) -> None:
    """Make each layout in turn and measure it, in a process whose settings are the throw-away ones."""
    import django

    django.setup()
    from django.db import connection

    from maillage.base.wall import declare_house

    # Not through the command, which would have said it: what fills and reads here is the measure itself.
    declare_house()
    counts = dict(zip((NOTE, ECHANGE, LIGNE), size, strict=True))
    network, lost = build_network(counts[LIGNE]), {}
    with connection.cursor() as cursor:
        for layout in LAYOUTS:
            told = lay(cursor, layout, network, counts)
            lost[layout] = sorted({name for names in told.values() for name in names})
            cursor.execute(f"VACUUM {', '.join(f'{layout}.{table}' for table in counts)}")
        trials = [Trial(cursor, layout, network, counts) for layout in LAYOUTS]
        figures = _figures(trials)
        pointing = [name for table in counts for name in pointing_at(cursor, table)]
    print(json.dumps({"lignes": size, "figures": figures, "perdu": lost, "pointent": pointing}))  # noqa: T201


def _figures(trials: Sequence[Trial]) -> dict[str, dict[str, float]]:
    """Return each layout's figures; they take turns, so that a busy moment of the machine is everyone's."""
    found: dict[str, dict[str, float]] = {one.layout: {} for one in trials}
    for name in trials[0].reads():
        acts = {one.layout: one.reads()[name] for one in trials}
        spent = _in_turn(trials, TIMES, lambda one, turn: _once(lambda: acts[one.layout](turn)))  # noqa: B023
        for layout, figure in spent.items():
            found[layout][name] = figure
    planned = _in_turn(trials, TIMES, lambda one, _turn: one.planning())
    sent = _in_turn(trials, BATCHES, lambda one, turn: _once(lambda: one.send(turn)))
    for one in trials:
        one.use()
        found[one.layout] |= {
            "plan": planned[one.layout],
            "verrous": one.locks(),
            "octets": one.size(),
            "envoi": sent[one.layout],
            "vacuum_notes": one.vacuum(NOTE),
            **one.purge(),
        }
    return found


def _in_turn(trials: Sequence[Trial], times: int, act: Callable[[Trial, int], float]) -> dict[str, float]:
    """Return each layout's median over `times` rounds, the first round let alone."""
    spent: dict[str, list[float]] = {one.layout: [] for one in trials}
    for turn in range(times + 1):
        for one in trials:
            one.use()
            spent[one.layout].append(act(one, turn))
    return {layout: median(each[1:]) for layout, each in spent.items()}


@dataclass
class Trial:
    """One layout under the product's own queries."""

    cursor: Any
    layout: str
    network: Network
    counts: Mapping[str, int]

    def use(self) -> None:
        """Let the product's queries read this layout."""
        self.cursor.execute(f"SET search_path TO {self.layout}, public")

    def reads(self) -> dict[str, Callable[[int], object]]:
        """Return what is read, by name; each round reads another service, note or person."""
        from maillage.audit.models import Ligne
        from maillage.audit.queries import Filtre, read_chain
        from maillage.diagnostics.counting import month_counts
        from maillage.main_courante.models import Note
        from maillage.main_courante.queries.notes import current_notes, notes_of_service

        year = [month(MONTHS - 12 + rank) for rank in range(12)]
        return {
            "page": lambda turn: notes_of_service(self._acteur(turn)),
            "jour": lambda turn: list(current_notes(self._acteur(turn), year[-1].replace(day=turn + 1))),
            "note": lambda turn: Note.objects.filter(pk=self._key("n", NOTE, turn)).exists(),
            "annee": lambda turn: [month_counts(self.network.partenariat, one) for one in year],
            "personne": self._exchanges,
            "journal": lambda turn: read_chain(self._acteur(turn).service.pk, Filtre()),
            "objet": lambda turn: list(
                Ligne.objects.filter(objet__in=[self._key("p", ECHANGE, turn).hex], acte="lecture")
            ),
        }

    def planning(self) -> float:
        """Return the milliseconds that reading one note is planned for."""
        self.cursor.execute(f"EXPLAIN (SUMMARY, FORMAT JSON) {self._one_note()}")
        found = self.cursor.fetchone()[0]
        return float((json.loads(found) if isinstance(found, str) else found)[0]["Planning Time"])

    def locks(self) -> float:
        """Return how many locks reading one note takes."""
        from django.db import transaction

        with transaction.atomic():
            self.cursor.execute(self._one_note())
            self.cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()")
            return float(self.cursor.fetchone()[0])

    def size(self) -> float:
        """Return the bytes of the three tables and of their indexes."""
        self.cursor.execute(
            "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relkind = 'r'",
            [self.layout],
        )
        return float(self.cursor.fetchone()[0])

    def send(self, turn: int) -> None:
        """Write a batch as a telephone does: one transaction, identifiers looked for before."""
        from django.db import transaction

        from maillage.main_courante.models import Note

        moment = datetime.combine(month(MONTHS), time(20), UTC)
        poste = self.network.postes[0]
        with transaction.atomic():
            Note.objects.in_bulk([uuid4() for _ in range(A_BATCH)])
            for rank in range(A_BATCH):
                Note(
                    service_id=poste.service_id,
                    poste=poste,
                    lieu_id=self.network.lieux[0],
                    jour=moment.date(),
                    observee_le=moment,
                    recue_le=moment,
                    texte_scelle=b"",
                    appareil="mesure",
                    compteur=turn * A_BATCH + rank,
                ).save(force_insert=True)

    def purge(self) -> dict[str, float]:
        """Delete the oldest month of exchanges as the product does; take the next one away whole."""
        from maillage.sharing.retention import drop_old_exchanges

        found = {"purge": _once(lambda: drop_old_exchanges(month(MONTHS + 1)))}
        found["vacuum"] = self.vacuum(ECHANGE)
        if self.layout in {"mois", "deux"}:
            found["retrait"] = _once(lambda: self.cursor.execute(f"DROP TABLE {ECHANGE}_1"))
        return found

    def vacuum(self, table: str) -> float:
        """Return the milliseconds of the tidying that follows what was written or deleted."""
        return _once(lambda: self.cursor.execute(f"VACUUM (ANALYZE) {table}"))

    def _exchanges(self, turn: int) -> list[Any]:
        """Read a person's exchanges as the sheet does."""
        from django.db.models import Q

        from maillage.sharing.models import Echange

        service = self._acteur(turn).service
        mine = Q(service_emetteur=service) | Q(service_destinataire=service, statut="transmis")
        rows = Echange.objects.filter(mine, sujet=self._key("p", ECHANGE, turn))
        told = rows.select_related("service_emetteur", "service_destinataire")
        return list(told.order_by("-le", "pk"))

    def _acteur(self, turn: int) -> Any:
        from maillage.comptes.acteur import Acteur

        poste, mine = self.network.postes[turn], frozenset({self.network.partenariat.pk})
        me = poste.professionnel_id
        return Acteur(me, me, poste, self.network.services[turn], poste.role, mine, lecture_seule=False)

    def _one_note(self) -> str:
        return f"SELECT 1 FROM {NOTE} WHERE id = '{self._key('n', NOTE, 1)}'"  # noqa: S608

    def _key(self, letter: str, table: str, turn: int) -> UUID:
        rank = (turn + 1) * self.counts[table] // (3 * TIMES + 6)
        return UUID(md5(f"{letter}{rank}".encode(), usedforsecurity=False).hexdigest())


def _once(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return 1000 * (perf_counter() - start)


def build_network(lines_of_ledger: int) -> Network:
    """Write `SERVICES` services and what their rows name, two of them in the partnership that counts."""
    from maillage.audit.models import Chaine
    from maillage.conventions.models import Partenariat, Participation
    from maillage.directory.enums import GenreLieu, GenreTerritoire, Metier, Role
    from maillage.directory.models import Lieu, Poste, Professionnel, Service, Structure, Territoire

    partenariat = Partenariat.objects.create(code="mesure", nom="Mesure", invente=True)
    structure = Structure.objects.create(nom="Mesure")
    ground = Territoire.objects.create(genre=GenreTerritoire.SECTEUR, code="mesure", nom="Mesure")
    partenariat.territoires.add(ground)
    person = Professionnel.objects.create(prenom="M", nom="M", invente=True)
    services, postes, lieux = [], [], list[UUID]()
    for rank in range(SERVICES):
        metier = (Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE)[rank % 2]
        name = f"Mesure {rank}"
        service = Service.objects.create(
            code=f"mesure-{rank}", structure=structure, metier=metier, nom=name, nom_court=name
        )
        services.append(service)
        postes.append(
            Poste.objects.create(
                professionnel=person, service=service, role=Role.MEDIATEUR, intitule="Mesure", debut=FIRST
            )
        )
        places = [
            Lieu(territoire=ground, nom=f"{name}.{one}", genre=GenreLieu.SQUARE) for one in range(PLACES)
        ]
        lieux += [one.pk for one in Lieu.objects.bulk_create(places)]
        if rank < 2:
            Participation.objects.create(partenariat=partenariat, service=service, debut=FIRST)
        Chaine.objects.create(id=service.pk, dernier_rang=lines_of_ledger)
    return Network(partenariat, services, postes, lieux)
