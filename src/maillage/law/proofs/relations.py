"""The sentences that compare two cases, or two laws: what a change of facts can and cannot do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

import z3

from maillage.law.facts import FAIT_PAR_CHEMIN, FAITS, echange
from maillage.law.facts.jour import BORNES, DATE
from maillage.law.facts.lectures import QUESTIONS_A_LECTURE
from maillage.law.language import Effet, Formule, Genre, Regle, facts_of, read
from maillage.law.proofs.checking import (
    Proving,
    Regles,
    Sentence,
    adding,
    changing,
    demanding,
    told_pair,
    without,
)
from maillage.law.proofs.sentences import NOMINATIF, planted
from maillage.law.readings.proof import WIDTH, Ranks, World, exists, find_pair, free_ranks
from maillage.law.steps import ISSUES

OUVERT = ("permis", "obligatoire")
Changed = Callable[[Ranks], Ranks]
"""The ranks that a change replaces, from those of the first case."""


def pair(change: Changed, violation: Callable[[World, World], z3.BoolRef]) -> Proving:
    """Prove that a change never has this effect, whatever the case."""

    def prove(regles: Regles) -> str | None:
        here = World(regles, free_ranks())
        there = here.other(change(here.ranks))
        found = find_pair(here, there, violation(here, there))
        return None if found is None else told_pair(*found, regles)

    return prove


def any_value(*chemins: str) -> Changed:
    """These facts take any value at all."""
    return lambda ranks: {c: z3.BitVec(f"autre:{c}", WIDTH) for c in chemins}


def value(faits: Mapping[str, str]) -> Changed:
    """These facts take these values."""
    ranks = {c: z3.BitVecVal(FAIT_PAR_CHEMIN[c].rang(v), WIDTH) for c, v in faits.items()}
    return lambda _: ranks


def forgotten(ranks: Ranks) -> Ranks:
    """One fact, any of them but the readings, falls back to its default."""
    which = z3.BitVec("fait oublié", WIDTH)
    return {
        f.chemin: z3.If(which == i, z3.BitVecVal(f.rang_par_defaut, WIDTH), ranks[f.chemin])
        for i, f in enumerate(FAITS)
        if f.genre is not Genre.LECTURE
    }


def _still_permits(regle: str) -> Callable[[World, World], z3.BoolRef]:
    """This rule permits, and after the change nothing does."""
    return lambda a, b: z3.And(a.issue("permis"), a.cites(regle), z3.Not(b.issue("permis")))


def _duty_appears(a: World, b: World) -> z3.BoolRef:
    """A duty that did not exist appears."""
    return z3.And(z3.Not(a.issue("obligatoire")), b.issue("obligatoire"))


def _duty_vanishes(a: World, b: World) -> z3.BoolRef:
    """A duty disappears."""
    return _duty_appears(b, a)


def turning_at(regles: Iterable[Regle], borne: date) -> frozenset[str]:
    """The rules that start on this day, or one of whose conditions changes on it."""
    rank = BORNES.index(borne) + 1
    return frozenset(r.id for r in regles if r.depuis == borne or any(_tells(c.si, rank) for c in r.si))


def _tells(formule: Formule, rank: int) -> bool:
    """A formula accepts one of two neighbouring periods and not the other."""
    if DATE not in facts_of(formule):
        return False
    atoms: list[frozenset[int]] = []

    class Atoms:
        """A reading that only notes the sets of periods."""

        def fact(self, fait: object, rangs: frozenset[int]) -> None:
            if fait is DATE:
                atoms.append(rangs)

        def all_of(self, parts: object) -> None: ...
        def any_of(self, parts: object) -> None: ...
        def none_of(self, part: object) -> None: ...

    read(formule, Atoms())
    return any((rank in rangs) is not (rank - 1 in rangs) for rangs in atoms)


def _dates(regles: Regles) -> str | None:
    """A day changes a verdict although no rule that turns on it is in the law."""
    for rank, borne in enumerate(BORNES, start=1):
        names = turning_at(declared(regles), borne)
        others = tuple(r for r in regles if r.id not in names)
        prove = pair(
            lambda _, rank=rank: {"date": z3.BitVecVal(rank, WIDTH)},  # type: ignore[misc]
            lambda a, b, rank=rank: z3.And(  # type: ignore[misc]
                a.ranks["date"] == rank - 1, z3.Not(a.same_verdict(b))
            ),
        )
        found = prove(others)
        if found is not None:
            return f"au {borne:%d/%m/%Y}, {found}"
    return None


def declared(regles: Regles) -> Regles:
    """The rules that are declared; a planted one is not, so nothing explains what it changes."""
    return tuple(r for r in regles if r.id != "FAUTE")


def _idle_rule(regles: Regles) -> str | None:
    """A rule without which every case would end as it does."""
    ranks = free_ranks()
    here = World(regles, ranks)
    for regle in regles:
        there = World(without(regle.id)(regles), ranks)
        differs = [here.law.issues[i] != there.law.issues[i] for i in ISSUES]
        if not exists(here, z3.Or(differs)):
            return f"sans {regle.id}, aucune issue ne change"
    return None


def _idle_question(regles: Regles) -> str | None:
    """An open question whose two readings never give different verdicts."""
    for question in QUESTIONS_A_LECTURE:
        here = World(regles, free_ranks())
        there = here.other(value({f"lecture.{question}": "rapport"})(here.ranks))
        if not exists(here, z3.Not(here.same_verdict(there))):
            return f"la question {question} ne change aucun verdict"
    return None


_NO_DUTY = (
    ("L'accord de la personne", "accord_personne", "donne"),
    ("L'accord d'un titulaire de l'autorité parentale", "accord_titulaire", "donne"),
    ("Une clause de retour", "clause_retour", "true"),
    ("L'information de la personne sur ses données", "information_rgpd", "true"),
    ("L'attestation du strictement nécessaire", "contenu.strictement_necessaire", "true"),
)
_WORSE = (
    ("sujet.vulnerable", "CP-434-3"),
    ("situation.mauvais_traitements_connus", "CASF-L226-2-1"),
    ("situation.peril_imminent", "CASF-L226-2-1"),
    ("situation.aggravation", "CASF-L226-2-1"),
    ("situation.infraction_connue", "CASF-L226-2-1"),
    ("requisition_ecrite", "CP-223-6"),
    ("destinataire_auteur_ip", "CASF-L226-2-1"),
    ("situation.emetteur_seul", "CASF-L121-6-2-al1"),
)
_AGREEMENTS = ("accord_personne", "accord_titulaire")

RELATIONS = (
    Sentence(
        "La forme du partenariat ne change aucun verdict.",
        pair(any_value("forme_partenariat"), lambda a, b: z3.Not(a.same_verdict(b))),
        demanding("ORIENT-PRIVE", echange.FORME_PARTENARIAT.parmi("convention")),
    ),
    *(
        Sentence(
            f"Ni l'accord de la personne ni celui des parents ne décide du partage {nom}.",
            pair(any_value(*_AGREEMENTS), _still_permits(regle)),
            demanding(regle, echange.ACCORD_PERSONNE.hors("refuse")),
        )
        for regle, nom in (
            ("CASF-L226-2-2", "en protection de l'enfance (L. 226-2-2)"),
            ("CASF-L121-6-2-al5", "entre professionnels de l'action sociale (L. 121-6-2)"),
        )
    ),
    Sentence(
        "Oublier un fait n'aide jamais : aucun échange retenu ne devient permis ni obligatoire.",
        pair(forgotten, lambda a, b: z3.And(z3.Not(a.issue(*OUVERT)), b.issue(*OUVERT))),
        demanding("CASF-L226-3", echange.INFORMATION_RGPD.faux),
    ),
    *(
        Sentence(
            f"{nom} ne crée jamais d'obligation.",
            pair(value({chemin: valeur}), _duty_appears),
            adding(planted(Effet.IMPOSE, FAIT_PAR_CHEMIN[chemin].parmi(valeur), NOMINATIF)),
        )
        for nom, chemin, valeur in _NO_DUTY
    ),
    *(
        Sentence(
            f"« {FAIT_PAR_CHEMIN[chemin].libelle} » n'ôte jamais une obligation.",
            pair(value({chemin: "true"}), _duty_vanishes),
            demanding(regle, FAIT_PAR_CHEMIN[chemin].faux),
        )
        for chemin, regle in _WORSE
    ),
    Sentence(
        "Chaque date ne change que les règles qui commencent ou changent ce jour-là.",
        _dates,
        adding(replace(planted(Effet.AUTORISE, NOMINATIF, DATE.parmi(BORNES[3].isoformat())), depuis=None)),
    ),
    Sentence(
        "Chaque règle change l'issue d'au moins un cas.",
        _idle_rule,
        adding(
            planted(
                Effet.AUTORISE, NOMINATIF, echange.CADRE.parmi("bilateral"), echange.CADRE.hors("bilateral")
            )
        ),
    ),
    Sentence(
        "Chaque question ouverte change au moins un verdict.",
        _idle_question,
        changing("RETOUR-CONVENU", lambda r: replace(r, si=r.si[1:])),
    ),
)
