"""What the law lets a town do today, on three typical exchanges, and with which papers more.

The case is built from the answers alone, unknown answers staying unknown; the engine decides. Papers are
then tried in the smallest number until the engine permits: what is shown is what it answered, never a
promise.
"""

import copy
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any, Final

from maillage.etude.questionnaire import Reponses
from maillage.law.decision import decide
from maillage.law.verdict import Verdict
from maillage.law.wire import parse_case

_ENOUGH: Final = frozenset({"permis", "obligatoire"})
_MOST_PAPERS: Final = 4
_CONTRATS: Final[Mapping[str, Mapping[str, Any]]] = {
    "prive": {"emploi": "salarie_prive", "fondement_secret": []},
    "public": {"emploi": "agent_public", "fondement_secret": ["statut_agent_public"]},
}
_TITRES: Final = ("habilitation", "delegation", "transfert", "departement")
_EMPLOYEURS_PUBLICS: Final = ("commune", "intercommunalite", "departement")
_DESIGNATIONS: Final = {
    "par_famille": "designe_pour_ce_sujet",
    "permanente": "permanent_seulement",
    "aucune": "aucun",
}


@dataclass(frozen=True, slots=True)
class Papier:
    """A document that establishes facts: what to call it in a sentence, its price, and the facts it
    changes."""

    cle: str
    titre: str
    prix: str
    faits: Mapping[str, Any]
    lecture: Mapping[str, str]
    mediateur: Mapping[str, Any]
    educateur: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Echange:
    """A typical exchange told in everyday words, and its case for the engine."""

    cle: str
    titre: str
    recit: str
    cas: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Jugement:
    """What the engine answers for one hypothesis («si le médiateur est agent public»; empty when none is
    needed).

    `papiers` is the smallest set that makes the exchange possible, `ensuite` the verdict with them; both
    are empty when today's verdict suffices, and `ensuite` is None when no set of papers suffices.
    """

    hypothese: str
    aujourd_hui: Verdict
    papiers: tuple[Papier, ...]
    ensuite: Verdict | None

    @property
    def possible(self) -> bool:
        """Whether today's verdict already lets the exchange happen."""
        return self.aujourd_hui.issue in _ENOUGH


@dataclass(frozen=True, slots=True)
class EchangeJuge:
    """A typical exchange with its judgments, one per hypothesis left open; `pourquoi_plusieurs` says why."""

    echange: Echange
    jugements: tuple[Jugement, ...]
    pourquoi_plusieurs: str


def judge_all(reponses: Reponses, *, jour: date) -> tuple[EchangeJuge, ...]:
    """Judge the three exchanges as on `jour`."""
    return tuple(_judge(echange, reponses, jour) for echange in _read()[0])


def papers() -> tuple[Papier, ...]:
    """Every paper that may be tried, simplest first."""
    return _read()[1]


def _judge(echange: Echange, reponses: Reponses, jour: date) -> EchangeJuge:
    found = []
    for hypothese, contrat in _hypotheses(reponses):
        held = list(_held(reponses))
        cas = build_case(echange, reponses, contrat, held, jour)
        today = decide(parse_case(cas))
        added: tuple[Papier, ...] = ()
        then: Verdict | None = None
        if today.issue not in _ENOUGH:
            added, then = _least_papers(echange, reponses, contrat, held, jour)
        found.append(Jugement(hypothese, today, added, then))
    return _merged(echange, reponses, found)


def _merged(echange: Echange, reponses: Reponses, found: Sequence[Jugement]) -> EchangeJuge:
    first = found[0]
    if all((j.aujourd_hui.issue, j.papiers) == (first.aujourd_hui.issue, first.papiers) for j in found):
        return EchangeJuge(echange, (Jugement("", first.aujourd_hui, first.papiers, first.ensuite),), "")
    why = (
        "que vous ne connaissez pas encore" if not reponses.connue("contrat") else "et vous en avez plusieurs"
    )
    return EchangeJuge(echange, tuple(found), f"La réponse dépend du contrat des médiateurs, {why}.")


def _hypotheses(reponses: Reponses) -> Iterator[tuple[str, str]]:
    known = {"adulte_relais": "prive", "prive": "prive", "public": "public"}.get(reponses["contrat"])
    if known:
        yield "", known
        return
    yield "si le médiateur est en contrat de droit privé", "prive"
    yield "s'il est agent public", "public"


def _held(reponses: Reponses) -> Iterator[Papier]:
    """Papers that the answers show to be in force; silence is no paper."""
    engaged = reponses.parmi("ecrit", "convention", "acte") and reponses.parmi("signataires", "autorites")
    if engaged and reponses.parmi("retours", "convenu"):
        yield from (p for p in papers() if p.cle == "clause")


def _least_papers(
    echange: Echange, reponses: Reponses, contrat: str, held: Sequence[Papier], jour: date
) -> tuple[tuple[Papier, ...], Verdict | None]:
    missing = [p for p in papers() if p not in held]
    for size in range(1, _MOST_PAPERS + 1):
        for added in combinations(missing, size):
            cas = build_case(echange, reponses, contrat, [*held, *added], jour)
            verdict = decide(parse_case(cas), with_questions=False)
            if verdict.issue in _ENOUGH:
                return added, verdict
    return (), None


def build_case(
    echange: Echange, reponses: Reponses, contrat: str, held: Sequence[Papier], jour: date
) -> dict[str, Any]:
    """The wire case (`law` § 2) of one exchange in a town that answers so and holds these papers."""
    cas: dict[str, Any] = copy.deepcopy(dict(echange.cas))
    cas["id"] = f"etude-{echange.cle}"
    cas["date"] = jour.isoformat()
    people = {cas[end]["fonction"]: cas[end] for end in ("emetteur", "destinataire")}
    mediateur, educateur = people["mediateur"], people["educateur_prevention"]
    mediateur.update(_CONTRATS[contrat])
    educateur.update(_educateur(reponses))
    if reponses.connue("designation"):
        cas.setdefault("situation", {})["coordonnateur"] = _DESIGNATIONS[reponses["designation"]]
    for papier in held:
        mediateur.update(papier.mediateur)
        educateur.update(papier.educateur)
        cas.setdefault("lecture", {}).update(papier.lecture)
        for path, value in papier.faits.items():
            room, _, leaf = path.rpartition(".")
            (cas.setdefault(room, {}) if room else cas)[leaf] = value
    return cas


def _educateur(reponses: Reponses) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    employer = reponses["employeur_prevention"]
    if employer == "association":
        facts["emploi"] = "salarie_prive"
    elif employer in _EMPLOYEURS_PUBLICS:
        facts["emploi"] = "agent_public"
    if reponses.parmi("titre", *_TITRES):
        facts.update(fondement_secret=["mission_ase"], part_action_sociale="statutaire")
    elif reponses.parmi("titre", "aucun"):
        public = facts.get("emploi") == "agent_public"
        facts["fondement_secret"] = ["statut_agent_public"] if public else []
    return facts


@cache
def _read() -> tuple[tuple[Echange, ...], tuple[Papier, ...]]:
    text = (files("maillage.etude") / "contenu" / "echanges.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    return (
        tuple(Echange(r["cle"], r["titre"], r["recit"], r["cas"]) for r in rows["echanges"]),
        tuple(
            Papier(
                cle=r["cle"],
                titre=r["titre"],
                prix=r["prix"],
                faits=r.get("faits", {}),
                lecture=r.get("lecture", {}),
                mediateur=r.get("mediateur", {}),
                educateur=r.get("educateur", {}),
            )
            for r in rows["papiers"]
        ),
    )
