"""`maillage law`: the catalogue of the law, one rule in French sentences, the proofs."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Sequence

from maillage.cli import CommandError
from maillage.law import VERSION, catalogue
from maillage.law.language import Effet, Regle
from maillage.law.verdict import cite_rule, say_date

WITHOUT_Z3 = "les preuves demandent z3-solver, une dépendance de développement."

EFFETS = {
    Effet.ECARTE: "met hors du droit des personnes",
    Effet.SITUE: "borne ce que le moteur juge",
    Effet.DONNE_ACCES: "donne accès à la personne",
    Effet.IMPOSE: "impose la transmission",
    Effet.INTERDIT: "interdit l'échange",
    Effet.AUTORISE: "autorise l'échange",
    Effet.PAR_DEFAUT: "répond à défaut de toute autre",
}
"""What a rule does, as one says it after « cette règle »."""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its three parts."""
    parser = subparsers.add_parser("law", help="le droit : articles, règles, preuves")
    parts = parser.add_subparsers(title="parties", metavar="PARTIE", required=True)
    parts.add_parser("articles", help="tous les textes et leurs règles").set_defaults(run=run_articles)
    proofs = parts.add_parser("check", help="prouver le droit, une phrase par ligne")
    proofs.add_argument("--fautes", action="store_true", help="montrer la faute plantée sous chaque phrase")
    proofs.set_defaults(run=run_check)
    parts.add_parser("journal", help="ce que chaque date a changé (Markdown)").set_defaults(run=run_journal)
    one = parts.add_parser("rule", help="une règle, en phrases")
    one.add_argument("id", metavar="ID", help="identifiant de la règle, par exemple CASF-L226-2-2")
    one.set_defaults(run=run_rule)


def run_articles(options: argparse.Namespace) -> int:
    """Print every text with the rules that rest on it."""
    print(f"Droit écrit dans Maillage, version {VERSION}")
    for article, regles in catalogue.articles():
        print(f"\n{article.cite[0].upper()}{article.cite[1:]}")
        for alinea in article.alineas:
            print(_indent(f"{alinea.numero}. {alinea.dit}", 4))
        for regle in regles:
            print(f"  → {regle.id} ({EFFETS[regle.effet]})")
    return 0


def run_rule(options: argparse.Namespace) -> int:
    """Print one rule; a wrong identifier is an error with the nearest ones."""
    try:
        regle = catalogue.rule(options.id)
    except KeyError:
        from difflib import get_close_matches

        close = get_close_matches(options.id.upper(), [r.id for r in catalogue.rules()], n=3, cutoff=0.3)
        near = f" Les plus proches : {', '.join(close)}." if close else ""
        raise CommandError(f"Aucune règle ne s'appelle « {options.id} ».{near}") from None
    print("\n".join(rule_lines(regle)))
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Prove every sentence of the law as it is written; 1 when one of them fails."""
    return check_law(catalogue.rules(), show_faults=options.fautes)


def run_journal(options: argparse.Namespace) -> int:
    """Print the journal of the law; raises CommandError without z3."""
    try:
        from maillage.law.proofs.journal import journal_lines
    except ImportError:
        raise CommandError(WITHOUT_Z3) from None
    for line in journal_lines(catalogue.rules()):
        print(line)
    return 0


def check_law(regles: Sequence[Regle], *, show_faults: bool = False) -> int:
    """Prove every sentence of a set of rules, printing one a line; 1 with the counter-example of each
    sentence that fails, or whose planted fault goes unseen. Raises CommandError without z3."""
    try:
        from maillage.law.proofs import SENTENCES, check
    except ImportError:
        raise CommandError(WITHOUT_Z3) from None
    failed = 0
    for sentence in SENTENCES:
        proved = check(sentence, regles)
        failed += not proved.holds
        print(f"{'prouvé' if proved.holds else 'FAUX  '}  {proved.dit}", flush=True)
        if proved.counter_example is not None:
            print(_indent(f"contre-exemple : {proved.counter_example}", 8))
        elif proved.planted is None:
            print(_indent("la faute plantée pour l'éprouver n'a pas été vue", 8))
        elif show_faults:
            print(_indent(f"faute plantée, vue : {proved.planted}", 8))
    print(f"{len(SENTENCES) - failed} phrases prouvées sur {len(SENTENCES)}, chacune éprouvée par une faute.")
    return 1 if failed else 0


def rule_lines(regle: Regle) -> list[str]:
    """One rule in French: text, sentence, conditions and ways out, duties, dates, confidence."""
    cite = cite_rule(regle)
    lines = [regle.id, f"{cite[0].upper()}{cite[1:]}", f"Cette règle {EFFETS[regle.effet]}.", "", regle.dit]
    if regle.si:
        lines += ["", "Conditions, toutes nécessaires :"]
    for condition in regle.si:
        lines.append(_indent(f"- {condition.dit}", 2))
        for voie in condition.voies:
            if voie.question:
                lines.append(f"    sinon, question ouverte {voie.question} : admettre {voie.manque}")
            else:
                lines.append(
                    f"    sinon, il manque {voie.manque} ({catalogue.label('leve_par', voie.leve_par)})"
                )
        if not condition.voies and not condition.chemin:
            lines.append("    sinon, la règle ne s'applique pas")
    if regle.obligations:
        lines += ["", "Qui s'en sert doit :"]
        lines += [f"  - {catalogue.label('obligation', o)}" for o in regle.obligations]
    return [*lines, "", *_provenance(regle)]


def _provenance(regle: Regle) -> list[str]:
    """The text itself, its dates, how surely it was read, what stays open."""
    lines = ["Le texte, dans nos mots :"]
    lines += [_indent(f"{a.numero}. {a.dit}", 2) for a in regle.selon.alineas]
    if regle.selon.lien:
        lines.append(f"  Texte officiel : {regle.selon.lien}")
    depuis = f"depuis le {say_date(regle.depuis)}" if regle.depuis else "de tout temps"
    lu = regle.lu
    state = f"état du {say_date(lu.le)}" if lu.le else "sans date"
    lines.append(
        f"En vigueur {depuis} ; dernière vérification : {state} ; confiance : {lu.marque.value}"
        + (f" ({lu.reserve})" if lu.reserve else "")
        + (" ; à vérifier sur Légifrance" if lu.a_verifier else "")
    )
    lines += [f"À partir du {say_date(e.depuis)} : {e.libelle}" for e in regle.etats if e.depuis]
    lines += [f"Question ouverte {q} : {catalogue.question(q).titre}" for q in regle.questions]
    return [*lines, *regle.notes]


def _indent(text: str, spaces: int) -> str:
    """A paragraph wrapped and indented for a terminal."""
    pad = " " * spaces
    return textwrap.fill(text, 100, initial_indent=pad, subsequent_indent=pad + "  ")
