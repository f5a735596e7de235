"""The proposal of a reading."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms

from maillage.conventions.actions import REASON_MAX

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
USUAL_TERM = timedelta(days=365)


class ProposalForm(forms.Form):
    """Which reading, from when until when, and why."""

    valeur = forms.ChoiceField(
        label="La lecture proposée",
        choices=[("rapport", "La lecture du rapport"), ("prudente", "La lecture prudente")],
        widget=forms.RadioSelect,
    )
    debut = forms.DateField(
        label="À partir du",
        widget=DATE,
        help_text="Jamais pour le passé. Si la dernière signature vient après, elle fait partir la lecture.",
    )
    fin = forms.DateField(label="Jusqu'au", widget=DATE, help_text="Un terme, pour en rediscuter.")
    motif = forms.CharField(
        label="Pourquoi",
        required=False,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce que les deux équipes en attendent ; jamais une personne.",
    )


def blank_form(current: str, on: date) -> ProposalForm:
    """Return the form as it opens: the other reading, from today, for a year."""
    other = "prudente" if current == "rapport" else "rapport"
    return ProposalForm(initial={"valeur": other, "debut": on, "fin": on + USUAL_TERM})
