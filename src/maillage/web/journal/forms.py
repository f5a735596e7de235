"""The filter of the ledger's page."""

import re
from datetime import date
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from maillage.audit.enums import Acte
from maillage.audit.queries import Filtre
from maillage.directory.models import Service

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
# Outside, a day has no midnight that both Paris and UTC can write.
YEARS = [
    MinValueValidator(date(2000, 1, 1), "Choisissez une date à partir de l'an 2000."),
    MaxValueValidator(date(2199, 12, 31), "Choisissez une date avant l'an 2200."),
]
HEXADECIMAL = re.compile(r"[0-9a-f]{32}")


class FiltreForm(forms.Form):
    """Which lines to read: one service, dates, an act, a pseudonym. Everything may stay empty."""

    service = forms.ChoiceField(label="Service", required=False)
    du = forms.DateField(label="Du", required=False, widget=DATE, validators=YEARS)
    au = forms.DateField(label="Au", required=False, widget=DATE, validators=YEARS)
    acte = forms.ChoiceField(label="Acte", required=False, choices=[("", "Tous"), *Acte.choices])
    pseudonyme = forms.CharField(label="Pseudonyme", required=False, max_length=64)
    avant = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())

    def __init__(self, *args: object, services: list[Service], **kwargs: object) -> None:
        """Offer the services whose ledger this person reads, and no other."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(service.pk), service.nom_court) for service in services]
        self.services = services

    def clean_pseudonyme(self) -> str:
        """Accept the 32 signs of a pseudonym, spaces around left out."""
        given = str(self.cleaned_data["pseudonyme"]).strip().lower()
        if given and not HEXADECIMAL.fullmatch(given):
            raise forms.ValidationError("Un pseudonyme a 32 signes, de 0 à 9 et de a à f.")
        return given

    def clean(self) -> dict[str, object]:
        """Refuse an end before its beginning."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("du") and cleaned.get("au") and cleaned["au"] < cleaned["du"]:
            self.add_error("au", "La fin est avant le début.")
        return cleaned

    def chosen(self) -> UUID:
        """Return the service whose chain is read: the one asked for, else the first."""
        return UUID(self.cleaned_data["service"] or str(self.services[0].pk))

    def filtre(self) -> Filtre:
        """Return the filter of a valid form."""
        data = self.cleaned_data
        return Filtre(data["du"], data["au"], data["acte"], data["pseudonyme"], data["avant"])
