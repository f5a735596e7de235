"""Short forms of a support: open it, note an adhésion, hand it over, end it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from django import forms

from maillage.sharing.enums import (
    EtatAdhesion,
    Explication,
    FinaliteAdhesion,
    FormeAccord,
    Lien,
    MotifCloture,
    MotifRelais,
    ObjetConfidence,
    TrancheAge,
)
from maillage.web.forms import CHOOSE
from maillage.web.orientations.forms import CONTACT_LENGTH, NAME_LENGTH, NEED_LENGTH, GiverForm
from maillage.web.persons import ORIGINS

# The card alone says «par sa carte».
SPOKEN = [(one.value, one.label) for one in (FormeAccord.ORALE, FormeAccord.ECRITE)]
INFORMATION = [
    ("notice", "Il sait qui garde quoi, pourquoi, et ses droits"),
    ("faite", "Ses parents et lui savent que l'on va partager ce qui est nécessaire"),
    ("dispense_interet_enfant", "Les prévenir serait contraire à son intérêt"),
]


BAD_DAY = {"invalid": "Donnez un jour du calendrier, par exemple le 12/03/2027."}


def day_input() -> forms.DateInput:
    """Return the browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OpenForm(forms.Form):
    """A pseudonym first: a name is never required."""

    cle = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    pseudonyme = forms.CharField(
        label="Sous quel pseudonyme ?",
        help_text="Celui que vous direz dans l'équipe. Pas son nom.",
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    tranche_age = forms.ChoiceField(label="Son âge", choices=TrancheAge.choices, widget=forms.RadioSelect)
    origine = forms.ChoiceField(
        label="Comment vous êtes-vous rencontrés ?", choices=ORIGINS, widget=forms.RadioSelect
    )
    contact = forms.CharField(
        label="Où le retrouver ?",
        max_length=CONTACT_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    besoin = forms.CharField(
        label="Sa demande, avec ses mots",
        max_length=NEED_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class AdhesionForm(GiverForm):
    """One event in a free agreement; each voice is its own."""

    etat = forms.ChoiceField(
        label="Où en est l'adhésion ?", choices=EtatAdhesion.choices, widget=forms.RadioSelect
    )
    forme = forms.ChoiceField(
        label="Dite", choices=SPOKEN, widget=forms.RadioSelect, initial=FormeAccord.ORALE
    )
    finalite = forms.ChoiceField(
        label="Pour quoi ?",
        choices=FinaliteAdhesion.choices,
        initial=FinaliteAdhesion.ACCOMPAGNEMENT,
        required=False,
    )
    destinataire = forms.ChoiceField(label="Envers qui ?", required=False)
    explication = forms.ChoiceField(
        label="Comment l'avez-vous expliqué ?",
        choices=[("", "Pas encore expliqué"), *Explication.choices],
        required=False,
    )

    def __init__(self, *args: object, services: Iterable[tuple[str, str]] = (), **kwargs: object) -> None:
        """Offer `services`: (identifier, name) of those that share a partnership."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["destinataire"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Notre service"), *services]


class ReferentForm(forms.Form):
    """Who answers for the support from today on."""

    vu = forms.UUIDField(widget=forms.HiddenInput, required=False)
    referent = forms.ChoiceField(label="Qui devient référent ?")
    motif = forms.ChoiceField(
        label="Pourquoi ?", choices=[("", "Sans le dire"), *MotifRelais.choices], required=False
    )

    def __init__(self, *args: object, posts: Iterable[tuple[str, str]] = (), **kwargs: object) -> None:
        """Offer `posts`: (identifier, name) of those in post today."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["referent"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [CHOOSE, *posts]


class InformationForm(forms.Form):
    """What the person or the family was told."""

    etat = forms.ChoiceField(label="Que savent-ils ?", choices=INFORMATION, widget=forms.RadioSelect)
    raison = forms.CharField(
        label="Si vous ne les prévenez pas, pourquoi ?",
        max_length=NEED_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )


class ConfidenceForm(forms.Form):
    """What a minor asks not to tell a parent, by heading."""

    objet = forms.ChoiceField(
        label="Que ne faut-il pas dire ?", choices=ObjetConfidence.choices, widget=forms.RadioSelect
    )
    lien = forms.ChoiceField(label="À qui ?", choices=[("", "À aucun parent"), *Lien.choices], required=False)


class SeenForm(forms.Form):
    """The day the person last gave a sign."""

    le = forms.DateField(
        label="Quel jour l'avez-vous vu ?",
        widget=day_input(),
        error_messages=BAD_DAY,
    )


class ScopeForm(forms.Form):
    """Which act being prepared the person would enter."""

    designation = forms.UUIDField(widget=forms.HiddenInput)


class RelativeForm(forms.Form):
    """Someone of the same family, whom the service supports too."""

    avec = forms.ChoiceField(label="De la même famille que")

    def __init__(self, *args: object, others: Iterable[tuple[str, str]] = (), **kwargs: object) -> None:
        """Offer `others`: (support, pseudonym) of the service."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["avec"]
        assert isinstance(field, forms.ChoiceField)
        # Nobody is chosen by the screen: whoever is of the family is said by who knows.
        field.choices = [CHOOSE, *others]


class MeetingForm(forms.Form):
    """A meeting with the family, and the next one."""

    le = forms.DateField(label="Quel jour ?", widget=day_input(), error_messages=BAD_DAY)
    engagements = forms.CharField(
        label="Ce que chacun s'engage à faire",
        help_text="La famille, le jeune, nous. En quelques mots.",
        max_length=NEED_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    prochaine_le = forms.DateField(
        label="La prochaine rencontre", widget=day_input(), required=False, error_messages=BAD_DAY
    )


class EndForm(forms.Form):
    """Why the support ends."""

    motif = forms.ChoiceField(label="Pourquoi ?", choices=MotifCloture.choices, widget=forms.RadioSelect)
