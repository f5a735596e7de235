"""What one types in the directory: a dispositif of one's own service."""

from __future__ import annotations

from django import forms


class DispositifForm(forms.Form):
    """What a service runs, for which ages."""

    nom = forms.CharField(label="Le nom du dispositif", max_length=80)
    age_min = forms.IntegerField(label="Dès quel âge", min_value=0, max_value=120)
    age_max = forms.IntegerField(label="Jusqu'à quel âge", min_value=0, max_value=120)
    presentation = forms.CharField(
        label="Ce qu'on y fait", max_length=300, required=False, help_text="Jamais une personne."
    )
