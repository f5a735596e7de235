"""Forms of an act: who would coordinate, on what, asked by whom; then its dates."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from maillage.sharing.enums import SaisineDesignation, SujetCoordination
from maillage.web.forms import CHOOSE

Choices = Iterable[tuple[str, str]]
BAD_DAY = {"invalid": "Donnez un jour du calendrier, par exemple le 12/03/2027."}


class OpenForm(forms.Form):
    """Nobody is named here: services put people in the scope themselves."""

    partenariat = forms.ChoiceField(label="Dans quel partenariat ?")
    coordonnateur = forms.ChoiceField(label="Qui serait désigné ?")
    saisine = forms.ChoiceField(
        label="Qui le demande ?", choices=SaisineDesignation.choices, widget=forms.RadioSelect
    )
    sujets = forms.MultipleChoiceField(
        label="Sur quels sujets ?", choices=SujetCoordination.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: object, partenariats: Choices = (), postes: Choices = (), **kwargs: object
    ) -> None:
        """Offer the town hall's partnerships and the posts that may be designated."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, choices in (("partenariat", partenariats), ("coordonnateur", [CHOOSE, *postes])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)


class StepForm(forms.Form):
    """One opinion received today."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    etape = forms.CharField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """The state of the act that the screen showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class SignForm(VersionForm):
    """From when until when, both days counted."""

    debut = forms.DateField(
        label="Du", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=BAD_DAY
    )
    fin = forms.DateField(
        label="Au", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=BAD_DAY
    )
