"""Opening a request; deciding one passage."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.http import QueryDict

from maillage.directory.models import Service
from maillage.sharing.enums import DecisionReserve, Demandeur, IdentiteVerifiee, ParoleDuJeune

# Checking elsewhere is the officer's own, by the command.
SEEN = [(one.value, one.label) for one in (IdentiteVerifiee.CONNUE, IdentiteVerifiee.PIECE)]
# A decision on the whole has no words to leave out.
WHOLE_CHOICES = [(one.value, one.label) for one in (DecisionReserve.DONNER, DecisionReserve.MASQUER)]


class OpenForm(forms.Form):
    """Who asks, and how one is sure of it."""

    demandeur = forms.ChoiceField(label="Qui demande ?", choices=Demandeur.choices, widget=forms.RadioSelect)
    identite = forms.ChoiceField(label="Comment savez-vous que c'est elle ou lui ?", choices=SEEN,
                                 widget=forms.RadioSelect)  # fmt: skip
    parole = forms.ChoiceField(
        label="Si c'est un parent, qu'en dit le jeune ?",
        choices=ParoleDuJeune.choices,
        initial=ParoleDuJeune.NON_DEMANDE,
        widget=forms.RadioSelect,
    )


class DecisionForm(forms.Form):
    """What to do of one passage; each button of its form is a decision."""

    decision = forms.ChoiceField(choices=DecisionReserve.choices, widget=forms.HiddenInput)
    mots = forms.CharField(
        label="Mots à ne pas donner",
        help_text="Séparés par des virgules.",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def words(self) -> list[str]:
        """Return the words to black out."""
        return [word.strip() for word in self.cleaned_data["mots"].split(",") if word.strip()]


class WholeForm(forms.Form):
    """Whether a parent reads anything at all of a minor who came freely."""

    decision = forms.ChoiceField(
        label="Ce parent peut-il lire ?", choices=WHOLE_CHOICES, widget=forms.RadioSelect
    )


class OfficerForm(forms.Form):
    """Which service's officer answers for mine."""

    officier = forms.ChoiceField(label="Le délégué de quel service ?", widget=forms.RadioSelect)

    def __init__(self, data: QueryDict | None = None, *, services: Sequence[Service]) -> None:
        """Offer these services."""
        super().__init__(data)
        field = self.fields["officier"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.pk), str(one)) for one in services]

    def chosen(self) -> UUID:
        """Return the service chosen."""
        return UUID(self.cleaned_data["officier"])
