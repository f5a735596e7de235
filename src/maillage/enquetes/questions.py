"""The barometer's ten questions, in our words, after what the study saw (sections 4 and 9)."""

from __future__ import annotations

from dataclasses import dataclass

ANSWERS = {"1": "Pas du tout", "2": "Plutôt pas", "3": "Plutôt oui", "4": "Tout à fait"}


@dataclass(frozen=True)
class Question:
    """One question: its key, what people read, a short name for charts, the study's section."""

    cle: str
    texte: str
    court: str
    etude: str


QUESTIONS = (
    Question(
        "metier", "Je sais ce que fait l'autre métier, et ce qu'il ne fait pas.", "Connaître l'autre", "9c"
    ),
    Question("reconnu", "L'autre équipe reconnaît la valeur de mon travail.", "Être reconnu", "4"),
    Question("appeler", "Je sais qui appeler dans l'autre équipe, et j'ose le faire.", "Oser appeler", "9f"),
    Question("confiance", "Ce que je confie à l'autre équipe est bien gardé.", "Confiance", "9f"),
    Question(
        "retour",
        "Quand je dis quelque chose à l'autre équipe, il m'en revient quelque chose.",
        "Retours",
        "4",
    ),
    Question("droit", "Je sais ce que j'ai le droit de dire, et à qui.", "Cadre des échanges", "9d"),
    Question("direction", "Ma direction veut ce partenariat, et cela se voit.", "Directions", "9b"),
    Question(
        "commande", "Ce que les financeurs attendent de nous deux est clair.", "Commande publique", "9a"
    ),
    Question(
        "ecrit", "Ce que nous avons convenu est écrit, et nous nous en servons.", "Accords écrits", "9e"
    ),
    Question(
        "ensemble",
        "Nous faisons des choses ensemble dehors, pas seulement en réunion.",
        "Faire ensemble",
        "4",
    ),
)
