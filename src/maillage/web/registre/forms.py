"""One passage of the officer's papers."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from maillage.pilotage.dpo.mots import LONGEST


class WordForm(forms.Form):
    """The officer's words; its prefix is the passage, so that each label reaches its own field."""

    texte = forms.CharField(
        label="Votre texte", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )

    @classmethod
    def of(cls, key: str, label: str, words: Mapping[str, str]) -> WordForm:
        """Return the form of a passage, with what was written."""
        form = cls(prefix=key, initial={"texte": words.get(key, "")})
        form.fields["texte"].label = label
        return form
