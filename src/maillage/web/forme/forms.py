"""What one types about a form: which one, its proof and dates; a title's number and dates."""

from __future__ import annotations

from django import forms

from maillage.conventions.actions.formes import NUMBER_MAX, PROOF_MAX
from maillage.conventions.enums import Forme
from maillage.directory.enums import GenreTitre
from maillage.web.convention.forms import DATE


class FormeForm(forms.Form):
    """A form of partnership between two dates."""

    forme = forms.ChoiceField(label="La forme", choices=Forme.choices)
    preuve = forms.CharField(
        label="Ce qui la prouve",
        max_length=PROOF_MAX,
        help_text="L'acte ou l'usage, son numéro et sa date quand il en a un.",
    )
    debut = forms.DateField(label="À partir du", widget=DATE)
    fin = forms.DateField(
        label="Jusqu'au", widget=DATE, required=False, help_text="Vide quand aucun terme n'est écrit."
    )
    corrects = forms.IntegerField(widget=forms.HiddenInput, required=False)


class TitreForm(forms.Form):
    """A departmental title of the prevention service."""

    genre = forms.ChoiceField(label="Le titre", choices=GenreTitre.choices)
    numero = forms.CharField(label="Le numéro de l'acte", max_length=NUMBER_MAX)
    preuve = forms.CharField(
        label="L'acte", max_length=PROOF_MAX, help_text="Qui l'a pris, et quand : convention, arrêté."
    )
    debut = forms.DateField(label="À partir du", widget=DATE)
    fin = forms.DateField(label="Jusqu'au", widget=DATE, required=False)


class TermForm(forms.Form):
    """The last day of a title."""

    fin = forms.DateField(label="Dernier jour", widget=DATE)
