"""The forms of the network of cities: narrowing a comparison, receiving a file, giving a sheet."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from maillage.conventions.enums import Forme
from maillage.conventions.models import Clause
from maillage.reseau.bundle import TEXT, TITLE
from maillage.reseau.queries import MOYENS, TAILLES

ANY = [("", "Toutes")]


class NarrowForm(forms.Form):
    """Which cities to show; there is no other order than their names."""

    forme = forms.ChoiceField(label="Forme", required=False, choices=ANY + Forme.choices)
    taille = forms.ChoiceField(
        label="Taille", required=False, choices=ANY + [(key, band[0]) for key, band in TAILLES.items()]
    )
    moyens = forms.ChoiceField(
        label="Moyens",
        required=False,
        choices=[("", "Tous")] + [(key, band[0]) for key, band in MOYENS.items()],
    )


class FileForm(forms.Form):
    """A file received from a city."""

    fichier = forms.FileField(
        label="Le fichier reçu",
        help_text="Un lot, ou la carte d'une ville.",
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
    )


class PracticeForm(forms.Form):
    """A practice told to the other cities."""

    titre = forms.CharField(label="La pratique, en une ligne", max_length=TITLE)
    texte = forms.CharField(
        label="Comment vous faites",
        max_length=TEXT,
        help_text="Ce qu'une autre ville doit savoir pour l'essayer. Personne n'est nommé.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ClauseForm(forms.Form):
    """A clause in force to give."""

    clause = forms.ChoiceField(label="Une clause en vigueur")

    def __init__(self, clauses: Iterable[Clause], *args: object, **kwargs: object) -> None:
        """Offer the clauses in force that are not given yet."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["clause"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.pk), one.titre) for one in clauses]
