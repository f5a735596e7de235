"""How long one explained verdict takes, with and without its open questions; Cedar beside it."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter_ns
from typing import Any

from maillage.bench.cases import sample_cases
from maillage.law.case import Case, value_of
from maillage.law.decision import decide
from maillage.law.facts import FAITS
from maillage.law.language import Fait, Genre

NAME = "decide"
PROMISED_US, PROMISED_WITH_QUESTIONS_US = 100, 300
CASES = 3000


def run() -> dict[str, Any]:
    """Microseconds (median, p99) and verdicts a second, on one core; Cedar only where installed."""
    cases = sample_cases(CASES)
    result: dict[str, Any] = {
        "cases": CASES,
        "explained": _timed(lambda case: decide(case, with_questions=False), cases),
        "with_questions": _timed(decide, cases),
    }
    cedar = _cedar()
    if cedar is not None:
        requests = [_request(case) for case in cases]
        result["cedar"] = _timed(cedar, requests) | {"attributes": len(FAITS)}
    return result


def lines(result: Mapping[str, Any]) -> list[str]:
    """The figures in French beside what was promised."""
    out = [
        _line("Un verdict expliqué", result["explained"], PROMISED_US),
        _line("Avec ses questions ouvertes", result["with_questions"], PROMISED_WITH_QUESTIONS_US),
    ]
    cedar = result.get("cedar")
    if cedar is None:
        return [*out, "cedarpy n'est pas installé : pas de comparaison."]
    ratio = result["explained"]["per_second"] / cedar["per_second"]
    out.append(
        f"cedarpy, une politique de {cedar['attributes']} attributs, déjà analysée : médiane "
        f"{cedar['median_us']:.0f} µs, {cedar['per_second']:.0f} décisions/s ; "
        f"un verdict expliqué est {ratio:.1f} fois plus rapide."
    )
    return out


def _line(what: str, figures: Mapping[str, float], promised: int) -> str:
    """One measurement in one sentence."""
    kept = "tenu" if figures["median_us"] <= promised else "non tenu"
    return (
        f"{what} : médiane {figures['median_us']:.0f} µs (promis {promised}, {kept}), "
        f"p99 {figures['p99_us']:.0f} µs, {figures['per_second']:.0f} par seconde."
    )


def _timed(act: Callable[[Any], object], inputs: Sequence[object]) -> dict[str, float]:
    """Run once to warm up, then time each call."""
    for item in inputs[:200]:
        act(item)
    spent = []
    for item in inputs:
        start = perf_counter_ns()
        act(item)
        spent.append(perf_counter_ns() - start)
    spent.sort()
    return {
        "median_us": statistics.median(spent) / 1000,
        "p99_us": spent[int(len(spent) * 0.99)] / 1000,
        "per_second": len(spent) / (sum(spent) / 1e9),
    }


def _cedar() -> Callable[[Any], object] | None:
    """Decide a request with Cedar: one policy that reads as many attributes as a case has."""
    try:
        import cedarpy
    except ImportError:
        return None
    tests = " && ".join(_clause(fait) for fait in FAITS)
    text = f"permit(principal, action, resource) when {{ {tests} }};"
    policies = cedarpy.PolicySet.from_str(text)
    entities = cedarpy.Entities.from_json_str("[]")
    return lambda request: cedarpy.is_authorized(request, policies, entities)


def _name(fait: Fait) -> str:
    """A path as a Cedar attribute."""
    return fait.chemin.replace(".", "_").replace("-", "_")


def _code(fait: Fait, rang: int) -> str:
    """A value as Cedar reads it: text, unknown included."""
    return "inconnu" if rang == fait.inconnu else str(value_of(fait, rang))


def _clause(fait: Fait) -> str:
    """The attribute is one of its values: every attribute is read, none stops the policy."""
    if fait.genre is Genre.ENSEMBLE:
        return f'context.{_name(fait)} != "jamais"'
    listed = ", ".join(f'"{_code(fait, r)}"' for r in range(fait.inconnu + 1))
    return f"[{listed}].contains(context.{_name(fait)})"


def _request(case: Case) -> dict[str, object]:
    """The case as a Cedar request, its facts as the context."""
    facts = zip(FAITS, case.rangs, strict=True)
    return {
        "principal": 'Poste::"emetteur"',
        "action": 'Action::"transmettre"',
        "resource": 'Personne::"sujet"',
        "context": {_name(f): _code(f, r) for f, r in facts},
    }
