"""Rules of work that a clause may write: delays, rhythm of meetings, who answers.

They organise and change no answer of the law: no rule of `law` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maillage.conventions.errors import BadAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX: Final = "travail."
DELAI_REPONSE, DELAI_CLOTURE = f"{PREFIX}delai_reponse", f"{PREFIX}delai_cloture"
RYTHME, REPONSE_PAR = f"{PREFIX}rythme_reunion", f"{PREFIX}reponse_par"
EQUIPE, DECLINE_CHEF, CHEF = "equipe", "decline_chef", "chef"
WHO: Final[Mapping[str, str]] = {
    EQUIPE: "toute l'équipe qui la reçoit",
    DECLINE_CHEF: "toute l'équipe la prend, la cheffe ou le chef de service la décline",
    CHEF: "la cheffe ou le chef de service, qui passe ensuite le relais dans l'équipe",
}


@dataclass(frozen=True)
class RegleTravail:
    """One rule of work: its name, the values a screen offers, what it changes and what it leaves alone.

    `bornes` are the least and the greatest number allowed; None when the values are words. `unite` is
    said of one and of several, in `phrase`.
    """

    code: str
    dit: str
    offertes: tuple[int | str, ...]
    change: str
    garde: str
    phrase: str = "{}"
    unite: tuple[str, str] = ("", "")
    bornes: tuple[int, int] | None = None

    def say(self, valeur: object) -> str:
        """Return a value in French, « sous 14 jours » for instance."""
        if self.bornes is None:
            return WHO.get(str(valeur), str(valeur))
        return self.phrase.format(f"{valeur} {self.unite[valeur != 1]}")

    def check(self, valeur: object) -> None:
        """Refuse an absurd value. Raises BadAnswer with one sentence."""
        if self.bornes is None:
            if valeur not in self.offertes:
                raise BadAnswer("valeur", "Choisissez qui répond dans la liste.")
            return
        low, high = self.bornes
        # Python takes True for 1; a delay does not.
        if not isinstance(valeur, int) or isinstance(valeur, bool) or not low <= valeur <= high:
            raise BadAnswer(
                "valeur", f"« {self.dit} » va de {low} à {high} {self.unite[1]}, jamais {_shown(valeur)}."
            )


REGLES: Final[Mapping[str, RegleTravail]] = {
    one.code: one
    for one in (
        RegleTravail(
            DELAI_REPONSE,
            "Réponse attendue à une orientation",
            (7, 10, 14, 21, 28),
            "Passé ce délai, le rappel part au service qui a reçu, et l'ordre du jour de la réunion le dit.",
            "Les orientations déjà parties gardent leur date. Qui a orienté lit « reçue », puis « close », "
            "comme avant.",
            "sous {}",
            ("jour", "jours"),
            (1, 90),
        ),
        RegleTravail(
            DELAI_CLOTURE,
            "Clôture d'une orientation",
            (28, 42, 56, 84),
            "Une orientation envoyée dès ce jour se ferme à cette date ; ce qu'elle disait du jeune s'efface "
            "alors.",
            "Cette date est la même pour toutes : elle ne dit rien de ce qui s'est passé.",
            "{} après l'envoi",
            ("jour", "jours"),
            (7, 180),
        ),
        RegleTravail(
            RYTHME,
            "Réunion du partenariat",
            (1, 2, 4, 6, 8, 12),
            "La réunion se convoque à ce rythme au plus tard ; un report et un retard se voient.",
            "Se parler entre-temps ne demande aucune réunion, et rien ne s'en note.",
            "au plus tard toutes les {}",
            ("semaine", "semaines"),
            (1, 26),
        ),
        RegleTravail(
            REPONSE_PAR,
            "Qui répond à une orientation",
            tuple(WHO),
            "L'écran n'offre de répondre qu'à qui la clause le demande, et dit pourquoi.",
            "Qui a orienté n'apprend pas plus qu'avant qui a répondu, ni quoi.",
        ),
    )
}


def is_work(fait: str) -> bool:
    """Say whether what a clause establishes is a rule of work, and not a fact of the law."""
    return fait.startswith(PREFIX)


def check_work(fait: str, valeur: object, metier: str) -> None:
    """Refuse a rule of work that is unknown, absurd, or of one trade alone. Raises BadAnswer."""
    if fait not in REGLES:
        raise BadAnswer("fait", f"« {fait[:60]} » n'est pas une règle de travail connue.")
    if metier:
        raise BadAnswer("metier", "Une règle de travail vaut pour tout le partenariat, pas pour un métier.")
    REGLES[fait].check(valeur)


def _shown(valeur: object) -> str:
    return (
        {0: "zéro", None: "rien"}.get(valeur, str(valeur)) if isinstance(valeur, int | None) else str(valeur)
    )
