"""What one types: the three parts of a trade's page; a shadowing day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from maillage.directory.models import Service
from maillage.equipes.enums import Moment
from maillage.equipes.journees import AT_MOST
from maillage.equipes.metiers import LINE_MAX, LINES_MAX, PARTS, Page

HERE, THERE = "nous", "eux"


class TradeForm(forms.Form):
    """The three parts as lines, and the version read when the form opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        """Start from the page as it stands."""
        super().__init__(*args, **kwargs)
        self.initial = {"version": page.version, **{key: "\n".join(page.parties[key]) for key in PARTS}}
        for key, title in PARTS.items():
            self.fields[key] = forms.CharField(
                label=title,
                widget=forms.Textarea(attrs={"rows": 6}),
                help_text=f"Une idée par ligne, {LINES_MAX} au plus, {LINE_MAX} caractères chacune.",
                error_messages={"required": "Écrivez au moins une ligne."},
            )


class DayForm(forms.Form):
    """A shadowing day to propose to a team of the other trade."""

    autre = forms.ChoiceField(
        label="Avec quelle équipe",
        error_messages={"invalid_choice": "Choisissez une équipe de l'autre métier, dans ce partenariat."},
    )
    sens = forms.ChoiceField(
        label="Qui reçoit",
        choices=[(THERE, "Nous allons voir leur travail"), (HERE, "Ils viennent voir le nôtre")],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites qui reçoit."},
    )
    jour = forms.DateField(
        label="Le jour",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choisissez un jour.", "invalid": "Choisissez un jour du calendrier."},
    )
    moment = forms.ChoiceField(label="Le moment", choices=Moment.choices)
    nombre = forms.TypedChoiceField(
        label="Combien de collègues",
        coerce=int,
        choices=[(number, str(number)) for number in range(1, AT_MOST + 1)],
        error_messages={"invalid_choice": "Une à trois personnes : au-delà, on ne voit plus le travail."},
    )

    def __init__(self, *args: Any, services: Sequence[Service], **kwargs: Any) -> None:
        """Offer the teams of the other trade."""
        super().__init__(*args, **kwargs)
        self.fields["autre"].choices = [(str(one.pk), str(one)) for one in services]  # type: ignore[attr-defined]
