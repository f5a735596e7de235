"""Telling the mayor that the State is asked about a pupil's absences."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

REFERRED = "J'ai saisi l'autorité de l'État des absences de cet élève"
NOT_REFERRED = {"required": "Le texte n'oblige qu'une fois l'autorité de l'État saisie."}


class AbsencesForm(forms.Form):
    """The fact and whom to tell; no field names a pupil."""

    saisie = forms.BooleanField(label=REFERRED, error_messages=NOT_REFERRED)
    destinataires = forms.MultipleChoiceField(label="À qui ?", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, posts: Iterable[tuple[str, str]], **kwargs: object) -> None:
        """Offer `posts`: (identifier, who and by which mandate)."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["destinataires"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(posts)
