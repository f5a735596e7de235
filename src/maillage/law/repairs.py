"""What is missing, exactly: the smallest sets of facts that would open an exchange, and what may be
done instead. Nothing is proposed that the law itself has not just admitted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from maillage.law.alternatives import ALTERNATIVES
from maillage.law.case import Case, Valeur
from maillage.law.codes import LEVE_PAR
from maillage.law.decision import LAW, Law
from maillage.law.facts import FAIT_PAR_CHEMIN
from maillage.law.language import Genre
from maillage.law.steps import OBLIGENT
from maillage.law.verdict import Verdict

LARGEST = 10
"""Facts among which sets are searched; no incomplete verdict of this law lacks more."""


@dataclass(frozen=True)
class Preuve:
    """What makes a repairable fact true: its value, the document or act that proves it, the screen.

    `ecran` is a key that the web maps to a page: `echange` (the form itself), `accord`,
    `information`, `poste`, `designation`, `convention`, `groupe`.
    """

    valeurs: tuple[Valeur, ...]
    document: str
    ecran: str


_CONCOURS = Preuve(
    ("concours_documente",), "un protocole, une habilitation ou une demande du département", "poste"
)
_LISTE = Preuve((True,), "la liste nominative, datée, de qui tient le groupe ou le fichier", "designation")

PREUVES: Mapping[str, Preuve] = {
    "accord_personne": Preuve(("donne",), "l'accord consigné : portée, date, révocable", "accord"),
    "accord_titulaire": Preuve(
        ("donne",), "l'accord du titulaire consigné : portée, date, révocable", "accord"
    ),
    "personne_presente": Preuve((True,), "un rendez-vous à trois où la personne parle elle-même", "echange"),
    "contenu.strictement_necessaire": Preuve(
        (True,), "l'attestation de l'émetteur, élément par élément", "echange"
    ),
    "information_rgpd": Preuve((True,), "la notice remise ou dite à la personne, datée", "information"),
    "information_prealable": Preuve(
        ("faite",), "la date à laquelle parents et enfant ont été informés", "information"
    ),
    "decision_autorite": Preuve(
        (True,), "la décision signée de l'autorité d'emploi, ou la convention qui le dit", "convention"
    ),
    "clause_retour": Preuve((True,), "la clause de retour d'une convention signée", "convention"),
    "regles_groupe": Preuve(
        ("adoptees_signees_par_tous",), "le règlement du groupe, signé par chaque présent", "groupe"
    ),
    "situation.coordonnateur": Preuve(
        ("designe_pour_ce_sujet",), "l'acte du maire qui désigne le coordonnateur", "designation"
    ),
    "emetteur.designe_nominativement": _LISTE,
    "destinataire.designe_nominativement": _LISTE,
    "emetteur.part_protection_enfance": _CONCOURS,
    "destinataire.part_protection_enfance": _CONCOURS,
}


@dataclass(frozen=True, slots=True)
class Repair:
    """One fact to establish: its value, who can, by which document, on which screen."""

    chemin: str
    valeur: Valeur
    leve_par: str
    qui: str
    document: str
    ecran: str


@dataclass(frozen=True, slots=True)
class RepairSet:
    """A smallest set of facts that opens the exchange, and the outcome it then has."""

    repairs: tuple[Repair, ...]
    issue: str
    fondements: tuple[str, ...]

    @property
    def cost(self) -> tuple[int, int, tuple[str, ...]]:
        """What it asks of the person and the family first, then how many facts in all."""
        asked = sum(r.leve_par in ("personne", "titulaire_autorite_parentale") for r in self.repairs)
        return asked, len(self.repairs), tuple(r.chemin for r in self.repairs)


@dataclass(frozen=True, slots=True)
class Instead:
    """Another way that the law admits: what it changes to the case, and the outcome it then has."""

    code: str
    libelle: str
    faits: Mapping[str, Valeur]
    issue: str


def repairs(case: Case, verdict: Verdict, *, law: Law = LAW) -> tuple[RepairSet, ...]:
    """Every smallest set of missing facts that would open an incomplete exchange, cheapest first.

    « Smallest » means that no part of it is enough; each set was decided by the law. Empty for
    another outcome than `incomplet`. An unknown fact is tried with each of its values.
    """
    if verdict.issue != "incomplet":
        return ()
    leve_par = {path: who for m in verdict.manques for path, who in m.leve_par.items()}
    found: list[RepairSet] = []
    enough: list[frozenset[str]] = []
    for size in range(1, min(len(leve_par), LARGEST) + 1):
        for paths in combinations(leve_par, size):
            if any(e <= set(paths) for e in enough):
                continue
            opened = _opened(case, paths, law)
            if opened is not None:
                enough.append(frozenset(paths))
                faits, issue, fondements = opened
                items = tuple(_repair(path, faits[path], leve_par[path]) for path in paths)
                found.append(RepairSet(items, issue, fondements))
    return tuple(sorted(found, key=lambda s: s.cost))


def instead(case: Case, verdict: Verdict, *, law: Law = LAW) -> tuple[Instead, ...]:
    """The other ways of a withheld exchange that the law admits, once tried: the offered codes less
    those that would be held back too, with what each changes to the case."""
    tried = (
        _try(case, a.code, a.libelle, a.essais, law) for a in ALTERNATIVES if a.code in verdict.alternatives
    )
    return tuple(way for way in tried if way is not None)


def _try(
    case: Case, code: str, libelle: str, essais: tuple[Mapping[str, Valeur], ...], law: Law
) -> Instead | None:
    """The first variant that the law admits: at once if one can be, else once completed."""
    best: Instead | None = None
    for faits in essais:
        issue, _ = law.issue(case.avec(faits))
        if issue in OBLIGENT:
            return Instead(code, libelle, faits, issue)
        if issue == "incomplet" and best is None:
            best = Instead(code, libelle, faits, issue)
    return best


def _opened(
    case: Case, paths: tuple[str, ...], law: Law
) -> tuple[dict[str, Valeur], str, tuple[str, ...]] | None:
    """Values of these facts under which the exchange opens, with its outcome and grounds."""
    for values in product(*(tuple(_values(p)) for p in paths)):
        faits = dict(zip(paths, values, strict=True))
        issue, fondements = law.issue(case.avec(faits))
        if issue in OBLIGENT:
            return faits, issue, fondements
    return None


def _values(chemin: str) -> Iterator[Valeur]:
    """The values that repair a fact: the one that a document proves, or any when it is unknown."""
    preuve = PREUVES.get(chemin)
    if preuve is not None:
        yield from preuve.valeurs
        return
    fait = FAIT_PAR_CHEMIN[chemin]
    if fait.genre is Genre.ENSEMBLE:
        yield ()
        yield from ((v,) for v in fait.valeurs)
    elif fait.genre is Genre.ENUMERATION:
        yield from (v for v in fait.valeurs if v != fait.defaut)


def _repair(chemin: str, valeur: Valeur, leve_par: str) -> Repair:
    """One fact of a set, with what to show."""
    preuve = PREUVES.get(chemin)
    document = preuve.document if preuve else f"{FAIT_PAR_CHEMIN[chemin].libelle}, à préciser"
    ecran = preuve.ecran if preuve else "echange"
    return Repair(chemin, valeur, leve_par, LEVE_PAR[leve_par], document, ecran)
