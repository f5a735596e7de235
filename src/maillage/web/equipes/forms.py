"""The one question of a departure: who takes over?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from maillage.directory.models import Poste


class TakerForm(forms.Form):
    """Who takes over everything; the choices are the colleagues still in post afterwards."""

    preneur = forms.ChoiceField(
        label="Qui reprend ?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez qui reprend.",
            "invalid_choice": "Choisissez une personne de votre service, en poste après ce départ.",
        },
    )

    def __init__(self, *args: Any, posts: Sequence[Poste], **kwargs: Any) -> None:
        """Offer these posts."""
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), f"{one.professionnel}, {one.intitule}") for one in posts]
        self.fields["preneur"].choices = choices  # type: ignore[attr-defined]
