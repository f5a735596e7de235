"""The forms of meetings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django import forms

from maillage.base import clock
from maillage.directory.enums import Role
from maillage.directory.models import Service
from maillage.reunions.dates import MOST_WEEKS
from maillage.reunions.enums import EtatDecision, GenreReunion, MotifReport
from maillage.reunions.queries import JOURS

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
FUNCTIONS = (
    Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT, Role.EDUCATEUR, Role.CHEF_DE_SERVICE, Role.DIRECTION,
    Role.COORDINATION, Role.COORDONNATEUR,
)  # fmt: skip


BOUNDS = ("min_value", "max_value", "invalid")
LASTS = dict.fromkeys(BOUNDS, "Une réunion dure entre un quart d'heure et huit heures : de 15 à 480 minutes.")


class _Time(forms.TimeInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "time"}, format="%H:%M")


class WhenForm(forms.Form):
    """A day and an hour, in Paris."""

    jour = forms.DateField(label="Le jour", widget=DATE)
    heure = forms.TimeField(label="L'heure", widget=_Time())

    def moment(self) -> datetime:
        """Return the moment asked for."""
        return datetime.combine(self.cleaned_data["jour"], self.cleaned_data["heure"], tzinfo=clock.PARIS)


class ConveneForm(WhenForm):
    """Which meeting, when, how long, where."""

    genre = forms.ChoiceField(label="Quelle rencontre", choices=GenreReunion.choices)
    duree_minutes = forms.IntegerField(
        label="Durée, en minutes", initial=90, min_value=15, max_value=480, error_messages=LASTS
    )
    lieu = forms.CharField(
        label="Où",
        required=False,
        max_length=120,
        help_text="Une salle, une maison de quartier. Rien n'en est gardé pour un groupe sans fichier.",
    )
    semaines = forms.IntegerField(
        label="Pendant combien de semaines",
        required=False,
        min_value=1,
        max_value=MOST_WEEKS,
        error_messages=dict.fromkeys(BOUNDS, f"De 1 à {MOST_WEEKS} semaines."),
        help_text="Pour une rencontre de terrain qui revient chaque semaine. Rien : une seule fois.",
    )
    field_order = ("genre", "jour", "heure", "duree_minutes", "semaines", "lieu")


class PostponeForm(WhenForm):
    """The new date, and why."""

    motif = forms.ChoiceField(label="Pourquoi", choices=MotifReport.choices)


class CancelForm(forms.Form):
    """Why a meeting will not be held."""

    motif = forms.ChoiceField(label="Pourquoi elle n'aura pas lieu", choices=MotifReport.choices)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Stand on one page with a postponement: each label must reach its own input."""
        kwargs.setdefault("auto_id", "annuler_%s")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


class RhythmForm(forms.Form):
    """How many weeks at most between two meetings."""

    semaines = forms.IntegerField(label="Une réunion au plus tard toutes les… semaines")


class MinutesForm(forms.Form):
    """The minutes, and the version that was on screen."""

    texte = forms.CharField(
        label="Ce qui s'est dit",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Des lieux, des actions, des services. Aucun nom de jeune ni de famille.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """What, who answers for it, by when."""

    texte = forms.CharField(
        label="La décision", max_length=500, help_text="Une phrase, sans nom de personne."
    )
    service = forms.ChoiceField(label="Quel service en répond")
    fonction = forms.ChoiceField(
        label="Quelle fonction",
        required=False,
        choices=[("", "Le service"), *((one.value, one.label) for one in FUNCTIONS)],
    )
    echeance = forms.DateField(label="Pour le", widget=DATE)

    def __init__(self, services: Iterable[Service], *args: object, **kwargs: object) -> None:
        """Offer these services."""
        # The minutes stand on the same page with a `texte` too: each label must reach its own input.
        kwargs.setdefault("auto_id", "decision_%s")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choice = self.fields["service"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(str(one.pk), str(one)) for one in services]


class FollowForm(forms.Form):
    """Where a decision stands."""

    etat = forms.ChoiceField(label="État", choices=EtatDecision.choices)


class InviteForm(forms.Form):
    """Which structure comes as a guest."""

    structure = forms.CharField(
        label="La structure invitée", max_length=80, help_text="Un bailleur, un transporteur, une école."
    )


class SlotForm(forms.Form):
    """One stretch of hours of a week."""

    jour = forms.TypedChoiceField(
        label="Jour", coerce=int, choices=[(rank, name.capitalize()) for rank, name in enumerate(JOURS)]
    )
    debut = forms.TimeField(label="De", widget=_Time())
    fin = forms.TimeField(label="À", widget=_Time())
