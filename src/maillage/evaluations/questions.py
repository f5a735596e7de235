"""The six prerequisites of the study (section 9), and the three questions put to those around."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.evaluations.enums import Entourage

MARKS = {"1": "Pas encore", "2": "Un peu", "3": "Plutôt", "4": "Tout à fait"}


@dataclass(frozen=True)
class Prerequis:
    """One prerequisite, restated: its letter in section 9, its name, what to ask oneself."""

    lettre: str
    nom: str
    question: str


PREREQUIS = (
    Prerequis(
        "a", "La commande publique", "Ce que la ville, le département et les bailleurs attendent est clair."
    ),
    Prerequis("b", "La volonté des directions", "Les deux directions veulent ce travail, et cela se voit."),
    Prerequis("c", "Se connaître", "Chaque métier sait ce que fait l'autre, et ce qu'il ne fait pas."),
    Prerequis("d", "Le cadre des échanges", "On sait ensemble ce qui peut se dire, et il en revient."),
    Prerequis("e", "Ce qui est écrit", "Ce que nous avons convenu est écrit, connu, et sert."),
    Prerequis("f", "La confiance", "On s'appelle sans attendre une réunion, et ce qui est confié est gardé."),
)
LETTERS = tuple(one.lettre for one in PREREQUIS)

_STRUCTURE = (
    ("qui", "Vous savez qui appeler, et pour quoi."),
    ("reponse", "Quand vous signalez un lieu, quelqu'un y va et vous le dit."),
    ("utile", "Leur travail à deux change quelque chose ici."),
)
THREE = {
    Entourage.BAILLEUR: _STRUCTURE,
    Entourage.COLLEGE: (
        ("qui", "Vous savez qui appeler, et pour quoi."),
        ("reponse", "Quand vous orientez un élève vers eux, il est rencontré."),
        ("utile", "Leur travail à deux change quelque chose aux abords du collège."),
    ),
    Entourage.JEUNES: (
        ("qui", "Tu sais qui sont les médiateurs et qui sont les éducs."),
        ("reponse", "Quand tu leur parles, ils t'écoutent et ils gardent pour eux."),
        ("utile", "Ça change quelque chose ici qu'ils soient là."),
    ),
    Entourage.PARENTS: (
        ("qui", "Vous savez qui sont les médiateurs et qui sont les éducateurs."),
        ("reponse", "On vous demande votre avis quand il s'agit de votre enfant."),
        ("utile", "Leur présence change quelque chose dans le quartier."),
    ),
}
