"""Forms of the study: the comparison's filters, the twelve questions, the code that keeps them."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.etude.enums import Acteur, FormeDeduite, Nature, Theme, Ville
from maillage.etude.items import SECTIONS
from maillage.etude.questionnaire import NSP, CodeError, Reponses, decode, questions, validate

TRIS = (
    ("rapport", "l'ordre du rapport"),
    ("nom", "le nom"),
    ("population", "la population"),
    ("prevention", "l'effectif de prévention"),
    ("mediation", "l'effectif de médiation"),
    ("anciennete", "l'ancienneté de la médiation"),
)
TAILLES = (
    ("petite", "moins de 20 000 habitants"),
    ("moyenne", "de 20 000 à 100 000"),
    ("grande", "de 100 000 à 200 000"),
    ("tres_grande", "plus de 200 000"),
)
FINANCEURS = (
    ("ville", "la ville"),
    ("intercommunalite", "l'intercommunalité"),
    ("departement", "le département"),
    ("region", "la région"),
    ("etat", "l'État"),
    ("bailleurs", "les bailleurs"),
)
ALL = ("", "toutes")
_FORMS = (FormeDeduite.INFORMEL, FormeDeduite.CONVENTION, FormeDeduite.PILOTAGE_UNIQUE)
_CHOOSE_ERROR = {"invalid_choice": "Ce choix n'existe pas : prenez-en un dans la liste."}


class ComparisonForm(forms.Form):
    """Sort and filter the six cities; everything is optional."""

    forme = forms.ChoiceField(
        label="Forme",
        required=False,
        choices=[ALL, *((f.value, f.libelle) for f in _FORMS)],
        error_messages=_CHOOSE_ERROR,
    )
    taille = forms.ChoiceField(
        label="Taille", required=False, choices=[ALL, *TAILLES], error_messages=_CHOOSE_ERROR
    )
    financeur = forms.ChoiceField(
        label="Payée par", required=False, choices=[("", "tous"), *FINANCEURS], error_messages=_CHOOSE_ERROR
    )
    tri = forms.ChoiceField(label="Ranger selon", required=False, choices=TRIS, error_messages=_CHOOSE_ERROR)


class ItemsForm(forms.Form):
    """Look for statements of the report."""

    q = forms.CharField(label="Mot", required=False, max_length=80)
    section = forms.ChoiceField(
        label="Section",
        required=False,
        choices=[ALL, *((key, f"{key} · {title}") for key, title in SECTIONS.items())],
        error_messages=_CHOOSE_ERROR,
    )
    nature = forms.ChoiceField(
        label="Nature",
        required=False,
        choices=[ALL, *((n.value, n.libelle) for n in Nature)],
        error_messages=_CHOOSE_ERROR,
    )
    theme = forms.ChoiceField(
        label="Thème",
        required=False,
        choices=[("", "tous"), *((t.value, t.libelle) for t in Theme)],
        error_messages=_CHOOSE_ERROR,
    )
    acteur = forms.ChoiceField(
        label="Qui",
        required=False,
        choices=[("", "tous"), *((a.value, a.libelle) for a in Acteur)],
        error_messages=_CHOOSE_ERROR,
    )
    ville = forms.ChoiceField(
        label="Ville",
        required=False,
        choices=[ALL, *((v.value, v.libelle) for v in Ville)],
        error_messages=_CHOOSE_ERROR,
    )


class QuestionsForm(forms.Form):
    """The twelve questions; a question left blank is «je ne sais pas»."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build one field per question."""
        super().__init__(*args, **kwargs)
        for asked in questions():
            self.fields[asked.cle] = forms.ChoiceField(
                label=asked.intitule,
                help_text=asked.pourquoi,
                required=False,
                choices=[*((o.cle, o.libelle) for o in asked.options), (NSP, "Je ne sais pas")],
                widget=forms.RadioSelect,
                error_messages={
                    "invalid_choice": "Cette réponse n'existe pas : prenez-en une dans la liste."
                },
            )

    def clean(self) -> dict[str, Any]:
        """Refuse an empty sheet: there would be nothing to answer."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(q.cle) for q in questions()):
            raise forms.ValidationError("Répondez à une question au moins, même par « je ne sais pas ».")
        return cleaned

    def answers(self) -> Reponses:
        """The answers of a valid form."""
        return validate({key: str(value) for key, value in self.cleaned_data.items()})


class CodeForm(forms.Form):
    """The code that keeps the answers."""

    code = forms.CharField(
        label="Votre code",
        max_length=64,
        help_text="Il commence par M1. Majuscules, tirets et espaces n'importent pas.",
        error_messages={
            "required": "Collez un code, ou répondez aux questions.",
            "max_length": "Ce code est trop long : il compte quinze signes.",
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> Reponses:
        """Read the answers kept in the code."""
        try:
            return decode(str(self.cleaned_data["code"]))
        except CodeError as error:
            raise forms.ValidationError(str(error)) from error


class TakeAwayForm(CodeForm):
    """The code and the kind of document to take away."""

    format = forms.ChoiceField(choices=[("docx", "DOCX"), ("pdf", "PDF")])
