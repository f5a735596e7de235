"""What a written clause may establish (law, section 11), and why it may not establish the rest."""

from __future__ import annotations

from maillage.conventions.errors import BadAnswer
from maillage.conventions.travail import REGLES, check_work, is_work
from maillage.directory.enums import Metier
from maillage.directory.queries import PARTS
from maillage.law import catalogue

# Never a secret, an accord nor a situation: only the law, the person or an authority makes those.
BY_CLAUSE: dict[str, tuple[str | bool, ...]] = {
    **PARTS,
    "clause_retour": (True, False),
    "decision_autorite": (True, False),
    "information_rgpd": (True, False),
    "regles_groupe": ("aucune", "adoptees", "adoptees_signees_par_tous"),
}
WHY_NOT = {
    "forme_partenariat": "La forme du partenariat n'autorise rien : écrivez le fait qu'elle établirait.",
    "fondements_secret": "Une clause ne crée ni ne lève le secret : seule la loi le fait (CP 226-14).",
    "accord_personne": "Une clause n'accorde rien à la place de la personne.",
    "accord_titulaire_ap": "Une clause n'accorde rien à la place d'un parent.",
    "lecture": "Une lecture du droit s'adopte à trois signatures, dans l'annexe, jamais par une clause.",
}
REFUSED_INPUTS = frozenset({"notoriete", "confiance", "diplome", "co_localisation", "employeur"})


def check_fact(fait: str, valeur: str | bool | int | None, metier: str) -> None:
    """Refuse a clause that contradicts the law, or an absurd rule of work. An empty `fait` passes.

    Raises BadAnswer with one sentence that says why.
    """
    if not fait:
        if valeur not in (None, "") or metier:
            raise BadAnswer("fait", "Dites d'abord quel fait cette clause établit, ou laissez tout vide.")
        return
    if is_work(fait):
        check_work(fait, valeur, metier)
        return
    if fait not in BY_CLAUSE:
        raise BadAnswer("fait", _why_not(fait))
    if not isinstance(valeur, str | bool) or valeur not in BY_CLAUSE[fait]:
        raise BadAnswer("valeur", "Cette valeur n'est pas de celles que le fait peut prendre.")
    if metier not in ("", Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE):
        raise BadAnswer("metier", "Le métier est la médiation sociale ou la prévention spécialisée.")
    if fait in PARTS and not metier:
        raise BadAnswer("metier", "Dites de quel métier cette clause écrit la mission.")


def say_fact(fait: str, valeur: str | bool | int | None) -> str:
    """Return the fact a clause establishes and its value in French; empty when it establishes none."""
    if not fait or valeur is None:
        return ""
    if fait in REGLES:
        return f"{REGLES[fait].dit} : {REGLES[fait].say(valeur)}"
    assert isinstance(valeur, str | bool)
    for path in (fait, f"emetteur.{fait}"):
        try:
            fact, value = catalogue.fact_label(path), catalogue.value_label(path, valeur)
        except (KeyError, ValueError):
            continue
        fact = fact.removesuffix(" de l'émetteur")
        return f"{fact} : {value}"
    return f"{fait} : {valeur}"


def _why_not(fait: str) -> str:
    name = fait.removeprefix("emetteur.").removeprefix("destinataire.")
    if name in WHY_NOT:
        return WHY_NOT[name]
    if name in REFUSED_INPUTS:
        return "Le droit ne lit pas ce fait : ni la notoriété, ni la confiance, ni le diplôme n'autorisent."
    try:
        said = catalogue.fact_label(fait)
    except KeyError:
        return f"« {fait[:60]} » n'est pas un fait que le droit connaît."
    return f"Aucune clause ne peut établir « {said} » : c'est un acte, la loi ou la personne qui l'établit."
