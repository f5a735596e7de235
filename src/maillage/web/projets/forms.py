"""The forms of projects; money is typed in euros and kept in cents."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from maillage.directory.models import Lieu, Service
from maillage.projets.actions import BILAN_MAX, LIMITS, ProjetData
from maillage.projets.enums import GenreProjet, PosteBudget

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST = Decimal("1000000")
AREA = forms.Textarea(attrs={"rows": 3})


class Euros(forms.DecimalField):
    """An amount typed with a comma or a point; `cents` of the form turns it into cents."""

    def __init__(self, **kwargs: Any) -> None:
        """Ask for at most two decimals, never a negative amount."""
        super().__init__(
            required=False, min_value=Decimal(0), max_value=MOST, decimal_places=2, localize=True, **kwargs
        )
        self.error_messages["invalid"] = "Écrivez un montant en euros, par exemple 45,50."


def cents(amount: Decimal | None) -> int:
    """Return an amount in cents; none is zero."""
    return int((amount or Decimal(0)) * 100)


class ProposeForm(forms.Form):
    """What is proposed; the place and the kind are checked by the room that writes."""

    titre = forms.CharField(label="Titre", max_length=LIMITS["titre"])
    genre = forms.ChoiceField(label="Quelle sorte de projet", choices=GenreProjet.choices)
    lieu = forms.ChoiceField(label="Où")
    constat = forms.CharField(
        label="Le constat partagé",
        max_length=LIMITS["constat"],
        widget=AREA,
        help_text="Ce que les deux équipes voient de ce lieu. Personne n'est nommé.",
    )
    finalite = forms.CharField(label="À quoi il sert", max_length=LIMITS["finalite"], widget=AREA)
    commanditaire = forms.CharField(
        label="Pour qui", required=False, max_length=LIMITS["commanditaire"], help_text="Bailleur, commune…"
    )
    partenaires = forms.CharField(label="Avec qui", required=False, max_length=LIMITS["partenaires"])
    materiel = forms.CharField(label="Le matériel", required=False, max_length=LIMITS["materiel"])

    def __init__(self, lieux: Iterable[Lieu], *args: Any, **kwargs: Any) -> None:
        """Offer the places of the partnership."""
        super().__init__(*args, **kwargs)
        lieu = self.fields["lieu"]
        assert isinstance(lieu, forms.ChoiceField)
        lieu.choices = [(str(one.pk), f"{one}, {one.territoire}") for one in lieux]

    def data_of(self) -> ProjetData:
        """Return the project as the room takes it; call once valid."""
        return ProjetData(**{**self.cleaned_data, "lieu": UUID(self.cleaned_data["lieu"])})


class DayForm(forms.Form):
    """One day."""

    le = forms.DateField(label="Le premier jour", widget=DATE)


class SessionForm(forms.Form):
    """One day of the project."""

    le = forms.DateField(label="Le jour", widget=DATE)
    services = forms.MultipleChoiceField(label="Équipes présentes", widget=forms.CheckboxSelectMultiple)
    heures = forms.DecimalField(
        label="Heures payées",
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(999),
        decimal_places=2,
        localize=True,
        help_text="Pour un chantier éducatif : tous les jeunes ensemble. 7,5 veut dire 7 h 30.",
    )
    taux = Euros(label="Taux horaire, en euros")

    def __init__(self, services: Iterable[Service], *args: Any, **kwargs: Any) -> None:
        """Offer the services of the partnership."""
        super().__init__(*args, **kwargs)
        field = self.fields["services"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(one.pk), str(one)) for one in services]

    @property
    def minutes(self) -> int:
        """Return the paid minutes; call once valid."""
        return int((self.cleaned_data["heures"] or Decimal(0)) * 60)


class LineForm(forms.Form):
    """Money foreseen or moved."""

    poste = forms.ChoiceField(label="Quoi", choices=PosteBudget.choices)
    libelle = forms.CharField(label="De quoi s'agit-il", max_length=LIMITS["titre"])
    prevu = Euros(label="Prévu, en euros")
    realise = Euros(label="Réalisé, en euros")
    le = forms.DateField(label="Le jour", widget=DATE)


class FinishForm(forms.Form):
    """The last day, and what came of it."""

    le = forms.DateField(label="Le dernier jour", widget=DATE)
    bilan = forms.CharField(label="Ce que ce projet a donné", max_length=BILAN_MAX, widget=AREA)
