"""What is kept of a danger: whom it was passed on to. The family is asked about, never required."""

from __future__ import annotations

from uuid import uuid4

from django import forms

from maillage.sharing.enums import DestinataireDanger

FAMILY = [
    ("", "Je ne réponds pas"),
    ("faite", "Oui, elle le sait"),
    ("attente", "Pas encore"),
    ("dispense_interet_enfant", "Non : la prévenir mettrait l'enfant en danger"),
]
REASON_LENGTH = 500


class TransmissionForm(forms.Form):
    """Date and recipient only. `personne` comes from a sheet, never typed; `cle` makes a resend harmless."""

    cle = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    personne = forms.UUIDField(widget=forms.HiddenInput, required=False)
    destinataire = forms.ChoiceField(
        label="Qui avez-vous prévenu ?", choices=DestinataireDanger.choices, widget=forms.RadioSelect
    )
    famille = forms.ChoiceField(
        label="La famille sait-elle que vous transmettez ?",
        help_text="Vous pouvez ne pas répondre : cela ne retient rien.",
        choices=FAMILY,
        widget=forms.RadioSelect,
        required=False,
    )
    raison = forms.CharField(
        label="Si non, pourquoi ?",
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
