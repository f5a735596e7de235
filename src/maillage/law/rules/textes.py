"""Les textes : comment un article se cite, se lie au texte officiel, se reformule alinéa par alinéa."""

from datetime import date
from urllib.parse import quote_plus

from maillage.law.language import Alinea, Article, Etat

CODES = {
    "CASF": "du code de l'action sociale et des familles",
    "CP": "du code pénal",
    "CPP": "du code de procédure pénale",
    "CSI": "du code de la sécurité intérieure",
    "CGCT": "du code général des collectivités territoriales",
    "CGFP": "du code général de la fonction publique",
    "C. éduc.": "du code de l'éducation",
    "C. civ.": "du code civil",
    "RGPD": "du règlement général sur la protection des données",
    "LIL": "de la loi informatique et libertés",
}


def lien_officiel(cite: str) -> str:
    """Adresse d'une recherche de ce texte sur Légifrance ; aucun identifiant n'est deviné."""
    return "https://www.legifrance.gouv.fr/search/all?tab_selection=all&searchField=ALL&query=" + quote_plus(
        cite
    )


def article(
    code: str,
    numero: str,
    *alineas: tuple[str, str],
    historique: tuple[Etat, ...] = (),
) -> Article:
    """Un article de code : ses alinéas sont des couples (numéro, reformulation)."""
    cite = f"article {numero} {CODES[code]}"
    parts = tuple(Alinea(n, dit) for n, dit in alineas)
    return Article(code, numero, parts, historique, lien_officiel(cite), cite)


def doctrine(titre: str, *alineas: tuple[str, str], lien: str = "") -> Article:
    """Un texte qui n'est pas un article de code : norme, charte, circulaire, délibération."""
    parts = tuple(Alinea(n, dit) for n, dit in alineas)
    return Article("doctrine", titre, parts, (), lien, titre)


def etat(depuis: date | None, libelle: str) -> Etat:
    """Un état du texte : à partir de quel jour il se nomme ou se lit ainsi."""
    return Etat(depuis, libelle)
