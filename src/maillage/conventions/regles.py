"""The rules of work in force in a partnership: what a clause writes, else what the partnership had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from maillage.conventions.models import Clause, Partenariat
from maillage.conventions.travail import (
    DELAI_CLOTURE,
    DELAI_REPONSE,
    EQUIPE,
    PREFIX,
    REGLES,
    REPONSE_PAR,
    RYTHME,
)
from maillage.directory.queries import active_on


@dataclass(frozen=True)
class Regles:
    """The rules of work of one partnership on one day; `sources` names the clause that writes each."""

    delai_reponse_jours: int
    delai_cloture_jours: int
    rythme_reunion_semaines: int
    reponse_par: str
    sources: Mapping[str, Clause]

    def source(self, code: str) -> Clause | None:
        """Return the clause that writes this rule, None when none does."""
        return self.sources.get(code)


@dataclass(frozen=True)
class RegleLine:
    """One rule as a screen shows it: its value in French, and the clause that writes it or None."""

    dit: str
    valeur: str
    clause: Clause | None


def regles(partenariat: Partenariat, on: date) -> Regles:
    """Return the rules that hold that day; of two clauses on one rule, the latest begun wins."""
    rows = Clause.objects.filter(active_on(on), partenariat=partenariat, fait__startswith=PREFIX)
    sources = {row.fait: row for row in rows.order_by("debut", "pk")}

    def value(code: str, default: int | str) -> int | str:
        return sources[code].valeur if code in sources else default

    return Regles(
        delai_reponse_jours=int(value(DELAI_REPONSE, partenariat.delai_reponse_jours)),
        delai_cloture_jours=int(value(DELAI_CLOTURE, partenariat.delai_cloture_jours)),
        rythme_reunion_semaines=int(value(RYTHME, partenariat.rythme_reunion_semaines)),
        reponse_par=str(value(REPONSE_PAR, EQUIPE)),
        sources=sources,
    )


def regle_lines(partenariat: Partenariat, on: date) -> list[RegleLine]:
    """Return every rule of work with its value of that day, in French."""
    found = regles(partenariat, on)
    values = {
        RYTHME: found.rythme_reunion_semaines,
        DELAI_REPONSE: found.delai_reponse_jours,
        DELAI_CLOTURE: found.delai_cloture_jours,
        REPONSE_PAR: found.reponse_par,
    }
    return [
        RegleLine(REGLES[code].dit, REGLES[code].say(value), found.source(code))
        for code, value in values.items()
    ]


def too_short(partenariat: Partenariat, since: date) -> tuple[int, int] | None:
    """Return the first (answer, closing) delays in days of which the answer comes too late, None without.

    Reads the delays that `partenariat` carries, saved or not, under each clause in force from `since` on.
    """
    written = Clause.objects.filter(
        partenariat=partenariat, fait__in=(DELAI_REPONSE, DELAI_CLOTURE), debut__gt=since
    )
    for day in [since, *written.order_by("debut").values_list("debut", flat=True)]:
        found = regles(partenariat, day)
        if found.delai_reponse_jours >= found.delai_cloture_jours:
            return found.delai_reponse_jours, found.delai_cloture_jours
    return None


def longest_closing(partenariat: Partenariat, since: date, until: date) -> int:
    """Return the greatest number of days after which an orientation sent in this time closed."""
    rows = Clause.objects.filter(partenariat=partenariat, fait=DELAI_CLOTURE, debut__lte=until)
    days = [row.valeur for row in rows if row.fin is None or row.fin >= since]
    return int(max([partenariat.delai_cloture_jours, *days]))
