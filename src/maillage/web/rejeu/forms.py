"""What one tries: a form, clauses, readings. Everything may stay as it was."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.conventions.enums import Forme
from maillage.conventions.models import Clause, Partenariat
from maillage.conventions.travail import PREFIX
from maillage.law import catalogue
from maillage.pilotage.scenario import Scenario, models

AS_IT_WAS = ("", "Comme elle était")
READINGS = [("", "Comme elle valait"), ("prudente", "Lecture prudente"), ("rapport", "Lecture du rapport")]


class TrialForm(forms.Form):
    """A scenario, written in the address so that a page can be shared between the two teams."""

    forme = forms.ChoiceField(
        label="La forme",
        required=False,
        choices=[AS_IT_WAS, *Forme.choices],
        help_text="Une autre forme remplace les clauses qui ont compté par ses clauses types.",
    )
    avec = forms.MultipleChoiceField(
        label="Ajouter ces clauses", required=False, widget=forms.CheckboxSelectMultiple
    )
    sans = forms.MultipleChoiceField(
        label="Retirer ces clauses", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, partenariat: Partenariat, **kwargs: Any) -> None:
        """Offer the model clauses, this partnership's own, and the questions with two readings."""
        super().__init__(*args, **kwargs)
        self._models = {clause.cle: clause for clause in models()[Forme.CONVENTION]}
        own = (
            Clause.objects.filter(partenariat=partenariat)
            .exclude(fait__startswith=PREFIX)
            .order_by("titre", "pk")
        )
        self._choices("avec", [(cle, clause.titre) for cle, clause in self._models.items()])
        self._choices("sans", [(str(row.pk), row.titre) for row in own])
        if not self.fields["sans"].choices:  # type: ignore[attr-defined]
            del self.fields["sans"]
        for question in catalogue.questions():
            if question.a_lecture:
                self.fields[question.code] = forms.ChoiceField(
                    label=question.titre, required=False, choices=READINGS
                )

    def scenario(self) -> Scenario:
        """Return what a valid form asks to try."""
        data = self.cleaned_data
        return Scenario(
            forme=data["forme"],
            clauses=[self._models[cle] for cle in data["avec"]],
            sans=frozenset(data.get("sans", ())),
            lectures={field.name: data[field.name] for field in self.readings() if data[field.name]},
        )

    def readings(self) -> list[forms.BoundField]:
        """Return the fields of the open questions."""
        return [self[name] for name in self.fields if name.startswith("U-")]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
