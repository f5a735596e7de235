"""The one question of a case: what does the law answer?"""

from __future__ import annotations

from django import forms

# The five outcomes as one would say them to a colleague.
CHOICES = [
    ("obligatoire", "À transmettre : un texte l'impose"),
    ("permis", "Vous pouvez : un texte le permet, ou rien ne le défend"),
    ("incomplet", "Il manque quelque chose, et quelqu'un peut l'apporter"),
    ("a_trancher", "À décider ensemble : les textes laissent la question ouverte"),
    ("interdit", "Pas sous cette forme"),
]


class AnswerForm(forms.Form):
    """The five outcomes in the words of every screen, none chosen beforehand."""

    choix = forms.ChoiceField(
        label="À votre avis, que répond le droit ?",
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une des cinq réponses.",
            "invalid_choice": "Choisissez une des cinq réponses.",
        },
    )
