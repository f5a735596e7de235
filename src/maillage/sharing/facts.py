"""Collects the facts of a case, each with its source; what nothing establishes stays unknown.

A sender declares four things only: how they know it, that it is strictly necessary, whether the
person is there, whether the person can be recognised. Everything else is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from maillage.conventions import queries as conventions
from maillage.conventions.faits import BY_CLAUSE
from maillage.conventions.models import Partenariat
from maillage.directory.models import Poste, Service
from maillage.directory.queries import PARTS, PostFacts, Source, post_facts, service_facts
from maillage.sharing.designations import designation_facts
from maillage.sharing.person_facts import person_facts
from maillage.sharing.views import Fact, Gathered, Value

DECLARABLE = frozenset(
    {
        "contenu.origine",
        "contenu.strictement_necessaire",
        "contenu.identification",
        "personne_presente",
    }
)
SIDES = ("emetteur", "destinataire")


def gather(
    *,
    emetteur: Poste,
    destinataire: Service,
    partenariat: Partenariat,
    personne: UUID | None,
    objet: str,
    nature: str,
    finalite: str,
    cadre: str,
    on: date,
    declared: Mapping[str, Value],
    established: Mapping[str, Fact] | None = None,
    portee: str = "orientation",
    temoins: Iterable[UUID] = (),
    representant: Poste | None = None,
) -> Gathered:
    """Return the wire case of this exchange and the source of each of its facts.

    `established` holds what the room above knows as plain values; `portee` is the scope of the
    accords that count, also those heard about the persons of `temoins` (the same human being, as
    the other service knows them); `representant` is the one post addressed, when it is not the
    whole service. Raises ValueError for a fact that nobody may declare.
    """
    facts = _of_exchange(objet, nature, finalite, cadre)
    facts.update(_of_side("emetteur", post_facts(emetteur, on)))
    received = service_facts(destinataire, on) if representant is None else post_facts(representant, on)
    facts.update(_of_side("destinataire", received))
    sides = {"emetteur": emetteur.service_id, "destinataire": destinataire.pk}
    for clause in conventions.facts(partenariat, on):
        _apply_clause(facts, clause, sides)
    facts["forme_partenariat"] = _forme(partenariat, on)
    if personne is not None:
        facts.update(person_facts(personne, portee=portee, on=on, temoins=temoins, **sides))
        facts.update(designation_facts(personne, on))
    facts.update(established or {})
    facts.update(_declared(declared, emetteur))
    return _assemble(facts, partenariat, on)


def _assemble(facts: Mapping[str, Fact], partenariat: Partenariat, on: date) -> Gathered:
    """Nest the facts as the wire does, and join the readings that the partnership adopted."""
    lectures = conventions.lectures_rows(partenariat, on)
    adopted = {question: row.valeur for question, row in sorted(lectures.items())}
    cas = {"date": on.isoformat(), **_nest(facts), "lecture": adopted}
    sources = {path: fact.source for path, fact in facts.items()}
    for question, row in lectures.items():
        sources[f"lecture.{question}"] = Source("lecture", str(row.pk), row.preuve)
    return Gathered(cas, sources, adopted)


def _of_exchange(objet: str, nature: str, finalite: str, cadre: str) -> dict[str, Fact]:
    source = Source("echange", "", "Ce que cet échange est")
    fixed: dict[str, Value] = {
        "sujet.objet": objet,
        "contenu.nature": nature,
        "contenu.identification": "directe",
        "finalite": finalite,
        "cadre": cadre,
        "enregistrement": "journal_seul",
    }
    return {path: Fact(value, source) for path, value in fixed.items()}


def _of_side(side: str, known: PostFacts) -> dict[str, Fact]:
    return {f"{side}.{name}": Fact(value, known.sources[name]) for name, value in known.facts.items()}


def _forme(partenariat: Partenariat, on: date) -> Fact:
    row = conventions.forme_row(partenariat, on)
    if row is None:
        return Fact("informel", Source("forme", str(partenariat.pk), "Aucune forme écrite ce jour"))
    return Fact(row.forme, Source("forme", str(row.pk), row.preuve))


def _apply_clause(
    facts: dict[str, Fact], clause: conventions.EstablishedFact, services: Mapping[str, UUID]
) -> None:
    """Add what the clause establishes; a part already stronger is not weakened."""
    name = clause.fait.removeprefix("emetteur.").removeprefix("destinataire.")
    # Python takes 1 for True; the law's vocabulary does not.
    if clause.valeur not in BY_CLAUSE.get(name, ()) or type(clause.valeur) is int:
        return
    fact = Fact(clause.valeur, Source("clause", str(clause.clause_id), f"{clause.titre} – {clause.preuve}"))
    if name not in PARTS:
        if clause.service_id in (None, services["emetteur"]):
            facts[name] = fact
        return
    for side in SIDES:
        if clause.service_id != services[side]:
            continue
        path, order = f"{side}.{name}", PARTS[name]
        known = facts.get(path)
        if known is None or order.index(str(known.valeur)) < order.index(str(clause.valeur)):
            facts[path] = fact


def _declared(declared: Mapping[str, Value], emetteur: Poste) -> dict[str, Fact]:
    refused = sorted(set(declared) - DECLARABLE)
    if refused:
        raise ValueError(f"nobody may declare {', '.join(refused)}")
    source = Source("declare", str(emetteur.pk), f"Déclaré par {emetteur.intitule}")
    return {path: Fact(value, source) for path, value in declared.items() if value != ""}


def _nest(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Return the facts as the wire nests them: `sujet.objet` becomes {"sujet": {"objet": …}}."""
    cas: dict[str, Any] = {}
    for path, fact in facts.items():
        head, _, tail = path.partition(".")
        if tail:
            cas.setdefault(head, {})[tail] = fact.valeur
        else:
            cas[head] = fact.valeur
    return cas
