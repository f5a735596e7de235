"""The forms of projects; money is typed in euros and kept in cents."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from maillage.directory.models import Lieu, Service
from maillage.documents.attachments import PHOTO
from maillage.projets.actions import APPORT_MAX, BILAN_MAX, LIMITS, ProjetData
from maillage.projets.enums import GenreProjet, GenreSoutien, MomentPhoto, PosteBudget
from maillage.projets.offres import MOST_YOUNG, WORK_MAX, OffreData
from maillage.projets.photos import LEGENDE_MAX
from maillage.web.uploads import AttachmentField

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
        _offer_places(self, lieux)

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


class SupporterForm(forms.Form):
    """Who stands behind the project."""

    genre = forms.ChoiceField(label="Comme quoi", choices=GenreSoutien.choices)
    nom = forms.CharField(
        label="Qui", max_length=LIMITS["titre"], help_text="Une entreprise, une fondation, un club."
    )
    apport = forms.CharField(
        label="Ce qu'il apporte, hors argent",
        required=False,
        max_length=APPORT_MAX,
        help_text="Du matériel, une visite, du temps.",
    )
    prevu = Euros(label="Promis, en euros")
    realise = Euros(label="Reçu, en euros")
    le = forms.DateField(label="Le jour", widget=DATE)


class PhotoForm(forms.Form):
    """A photo of the place."""

    image = AttachmentField(
        label="La photo",
        accepted=PHOTO,
        help_text="Le lieu, l'ouvrage, les mains au travail. Sa position et sa date sont effacées.",
    )
    moment = forms.ChoiceField(label="C'était", choices=MomentPhoto.choices)
    legende = forms.CharField(
        label="Ce qu'elle montre", max_length=LEGENDE_MAX, help_text="Pour qui ne la voit pas."
    )
    sans_personne = forms.BooleanField(
        label="J'ai regardé cette photo : personne ne s'y reconnaît.",
        error_messages={"required": "Une photo où quelqu'un se reconnaît ne se garde pas ici."},
    )


class OfferForm(forms.Form):
    """A chantier éducatif that a bailleur offers."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    lieu = forms.ChoiceField(label="Où")
    travail = forms.CharField(
        label="Le travail à faire",
        max_length=WORK_MAX,
        widget=AREA,
        help_text="Repeindre, débroussailler, réparer. Personne n'est nommé.",
    )
    debut = forms.DateField(label="Pas avant le", widget=DATE)
    jeunes = forms.IntegerField(label="Pour combien de jeunes", min_value=1, max_value=MOST_YOUNG)
    budget = Euros(label="Ce que vous donnez pour la paie, en euros")
    materiel_fourni = forms.BooleanField(label="Nous fournissons le matériel", required=False)

    def __init__(self, lieux: Iterable[Lieu], *args: Any, **kwargs: Any) -> None:
        """Offer the places of the desk."""
        super().__init__(*args, **kwargs)
        _offer_places(self, lieux)

    def data_of(self) -> OffreData:
        """Return the offer as the room takes it; call once valid."""
        data = dict(self.cleaned_data)
        budget = cents(data.pop("budget"))
        return OffreData(**{**data, "lieu": UUID(data["lieu"])}, budget_centimes=budget)


def _offer_places(form: forms.Form, lieux: Iterable[Lieu]) -> None:
    field = form.fields["lieu"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(str(one.pk), f"{one}, {one.territoire}") for one in lieux]
