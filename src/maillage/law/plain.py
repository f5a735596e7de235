"""A verdict in the words of the screen: a title, a sentence, then what unfolds on demand."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.law.catalogue import banner, label, question
from maillage.law.codes import TITRES
from maillage.law.language import Effet
from maillage.law.verdict import Constat, Recit, Verdict, cite_rule


@dataclass(frozen=True, slots=True)
class PlainMissing:
    """One thing that lacks: in French, who can lift it (label and code), which fact, which question."""

    phrase: str
    qui: str
    leve_par: str
    chemin: str
    question: str | None


@dataclass(frozen=True, slots=True)
class PlainRule:
    """One rule cited, unfolded: its text, that text on the day, each condition in a sentence."""

    regle: str
    article: str
    lien: str
    dit: str
    etat_du_texte: str
    phrases: tuple[str, ...]
    banniere: str


@dataclass(frozen=True, slots=True)
class PlainVerdict:
    """What the verdict panel shows, from the plainest to the most precise.

    `ton` is the outcome's code (for the colour and icon), `manques` and `alternatives` what can be
    done, `obligations` what must be respected, `questions` couples (code, title), `details` the law.
    """

    ton: str
    titre: str
    phrase: str
    manques: tuple[PlainMissing, ...]
    obligations: tuple[str, ...]
    alternatives: tuple[tuple[str, str], ...]
    questions: tuple[tuple[str, str], ...]
    details: tuple[PlainRule, ...]
    banniere: str


def plain(verdict: Verdict) -> PlainVerdict:
    """Say a verdict plainly; reads nothing but the verdict."""
    details = tuple(_rule(c, verdict) for c in verdict.constats)
    return PlainVerdict(
        ton=verdict.issue,
        titre=_title(verdict),
        phrase=_phrase(verdict),
        manques=_missing(verdict),
        obligations=tuple(label("obligation", o) for o in verdict.obligations),
        alternatives=tuple((a, label("alternative", a)) for a in verdict.alternatives),
        questions=tuple((q, question(q).titre) for q in verdict.questions),
        details=details,
        banniere=next((d.banniere for d in details if d.banniere), ""),
    )


def _title(verdict: Verdict) -> str:
    """The panel's title; a duty without urgency does not say « sans délai »."""
    if verdict.issue == "obligatoire" and "O-SANS-DELAI" not in verdict.obligations:
        return "À transmettre"
    return TITRES[verdict.issue]


def _phrase(verdict: Verdict) -> str:
    """One sentence under the title."""
    first = verdict.constats[0].regle
    match verdict.issue:
        case "incomplet":
            return "Ce n'est pas encore possible ; voici ce qui le rendrait possible, et qui peut le faire."
        case "a_trancher" if first.effet is Effet.SITUE:
            return "La date de l'échange manque, ou elle est trop ancienne pour être jugée ici."
        case "a_trancher":
            return "Les textes laissent la question ouverte : elle revient à un responsable nommé."
        case "interdit" if first.effet is Effet.PAR_DEFAUT:
            return "Aucun texte n'impose ni ne permet de dire cela, à cette personne, dans ce but."
        case _:
            return first.dit


def _missing(verdict: Verdict) -> tuple[PlainMissing, ...]:
    """What lacks, each fact once, in the order of the rules."""
    seen: dict[tuple[str, str | None], PlainMissing] = {}
    for constat in verdict.constats:
        for _, voie in constat.manquants:
            said = voie.manque[0].upper() + voie.manque[1:]
            if voie.question is not None:
                said = f"Il faudrait admettre {voie.manque}"
            qui = label("leve_par", voie.leve_par)
            seen.setdefault(
                (voie.chemin, voie.question),
                PlainMissing(said, qui, voie.leve_par, voie.chemin, voie.question),
            )
    return tuple(seen.values())


def _rule(constat: Constat, verdict: Verdict) -> PlainRule:
    """One rule, unfolded."""
    regle = constat.regle
    recit = Recit(regle)
    _, etat, *phrases = recit.sentences(verdict.jour, constat.manquants)
    shown = banner(regle, verdict.jour) if verdict.jour is not None else ""
    return PlainRule(regle.id, cite_rule(regle), regle.selon.lien, regle.dit, etat, tuple(phrases), shown)
