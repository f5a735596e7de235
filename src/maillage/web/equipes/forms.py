"""What one types about teams: who takes over, a contract, a qualification, a piece, an employer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from maillage.directory.enums import Contrat
from maillage.directory.models import Poste
from maillage.equipes.enums import Exigence
from maillage.web.accompagnements.forms import day_input


class TakerForm(forms.Form):
    """Who takes over everything; the choices are the colleagues still in post afterwards."""

    preneur = forms.ChoiceField(
        label="Qui reprend ?",
        widget=forms.RadioSelect,
        help_text="Qui n'a pas fini son parcours d'arrivée n'est pas proposé.",
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


class ContractForm(forms.Form):
    """The kind of contract and its last day."""

    contrat = forms.ChoiceField(label="Le contrat", choices=Contrat.choices, widget=forms.RadioSelect)
    fin = forms.DateField(
        label="Le dernier jour",
        required=False,
        widget=day_input(),
        help_text="Ce jour-là, l'accès se ferme à 18 h. Vide : pas de fin prévue.",
        error_messages={"invalid": "Donnez une date : jour, mois, année."},
    )


class QualificationForm(forms.Form):
    """What was obtained, when, and what proves it."""

    intitule = forms.CharField(
        label="La qualification",
        max_length=120,
        help_text="Un diplôme, un titre, une formation : son nom, jamais un avis sur la personne.",
        error_messages={"required": "Donnez le nom de la qualification."},
    )
    obtenue_le = forms.DateField(
        label="Obtenue le",
        widget=day_input(),
        error_messages={"required": "Donnez la date.", "invalid": "Donnez une date : jour, mois, année."},
    )
    fin = forms.DateField(
        label="Valable jusqu'au",
        required=False,
        widget=day_input(),
        error_messages={"invalid": "Donnez une date : jour, mois, année."},
    )
    preuve = forms.CharField(
        label="La preuve, et où elle est gardée",
        max_length=160,
        error_messages={"required": "Dites quelle pièce le prouve."},
    )


class EvidenceForm(forms.Form):
    """A piece that answers one demand of the norm."""

    exigence = forms.ChoiceField(
        label="Ce qu'elle prouve",
        choices=Exigence.choices,
        error_messages={"required": "Choisissez ce que la pièce prouve."},
    )
    piece = forms.CharField(
        label="La pièce, et où elle est gardée",
        max_length=160,
        error_messages={"required": "Dites quelle pièce c'est."},
    )
    le = forms.DateField(
        label="Sa date",
        widget=day_input(),
        error_messages={"required": "Donnez la date.", "invalid": "Donnez une date : jour, mois, année."},
    )
    fin = forms.DateField(
        label="Valable jusqu'au",
        required=False,
        widget=day_input(),
        error_messages={"invalid": "Donnez une date : jour, mois, année."},
    )


class EmployerForm(forms.Form):
    """An employer for what comes after a contract."""

    nom = forms.CharField(
        label="L'employeur", max_length=250, error_messages={"required": "Donnez le nom de l'employeur."}
    )
    siret = forms.CharField(
        label="Son SIRET",
        max_length=30,
        help_text="Quatorze chiffres, avec ou sans espaces.",
        error_messages={"required": "Donnez son SIRET, quatorze chiffres."},
    )
    emplois = forms.CharField(
        label="Ce qu'il propose",
        max_length=160,
        help_text="Des métiers ou un parcours : « gardien d'immeuble », « agent d'accueil ».",
        error_messages={"required": "Dites ce que l'employeur propose."},
    )
    contact = forms.CharField(
        label="Qui appeler", max_length=80, required=False, help_text="Une fonction plutôt qu'un nom."
    )
    telephone = forms.CharField(label="Téléphone", max_length=20, required=False)
