"""What one types in the workshop: a clause, the dates of a text, the day of a signature."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from maillage.conventions.actions.atelier import TEXT_MAX, TITLE_MAX, Wording
from maillage.conventions.actions.chartes import TEXT_MAX as CHARTER_MAX
from maillage.conventions.enums import OrigineClause
from maillage.conventions.faits import BY_CLAUSE
from maillage.conventions.travail import REGLES, is_work
from maillage.documents.attachments import SCAN
from maillage.law import catalogue
from maillage.web.uploads import AttachmentField

NOTHING = ("", "Rien d'autre : elle dit comment on travaille")
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TRADES = [
    ("", "Tout le partenariat"),
    ("mediation_sociale", "La médiation sociale"),
    ("prevention_specialisee", "La prévention spécialisée"),
]


def _facts() -> list[tuple[str, str]]:
    """Return every fact of the law with its value, as one choice each, in French."""
    found = []
    for fait, values in BY_CLAUSE.items():
        path = f"emetteur.{fait}" if _known(f"emetteur.{fait}") else fait
        for value in values:
            if value not in (False, "aucune"):
                said = f"{catalogue.fact_label(path)} : {catalogue.value_label(path, value)}"
                found.append((f"{fait}={value}", said.replace(" de l'émetteur", "")))
    return found


def _rules() -> list[tuple[str, str]]:
    """Return every rule of work with each value offered, as one choice each."""
    return [
        (f"{code}={value}", f"{rule.dit} : {rule.say(value)}")
        for code, rule in REGLES.items()
        for value in rule.offertes
    ]


def _written(choice: str) -> tuple[str, str | bool | int | None]:
    """Return the fact and the value behind a choice."""
    fait, _, said = choice.partition("=")
    if is_work(fait) and said.isdecimal():
        return fait, int(said)
    return fait, True if said == "True" else said or None


def _known(path: str) -> bool:
    try:
        catalogue.fact_label(path)
    except KeyError:
        return False
    return True


class FactField(forms.ChoiceField):
    """What a clause establishes; what is not offered goes on to the workshop, which says why not."""

    def validate(self, value: str) -> None:
        """Let any fact through: `check_fact` has the sentence."""
        forms.Field.validate(self, value)


class ClauseForm(forms.Form):
    """A clause's words and the fact it establishes."""

    titre = forms.CharField(label="Le titre", max_length=TITLE_MAX)
    texte = forms.CharField(
        label="Ce qu'elle dit",
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Court : huit clauses tiennent sur deux pages. Jamais une personne.",
    )
    etablit = FactField(label="Ce qu'elle établit", required=False)
    metier = forms.ChoiceField(label="De qui est ce fait", required=False, choices=TRADES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer only what a clause may establish."""
        super().__init__(*args, **kwargs)
        field = self.fields["etablit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [NOTHING, ("Une règle de travail", _rules()), ("Un fait que le droit lit", _facts())]

    def wording(self) -> Wording:
        """Return what a valid form says."""
        data = self.cleaned_data
        fait, value = _written(data["etablit"])
        return Wording(data["titre"], data["texte"], fait, value, data["metier"])


class ProposeForm(ClauseForm):
    """A new clause: where it comes from too."""

    origine = forms.ChoiceField(label="D'où elle vient", choices=OrigineClause.choices)
    source = forms.CharField(
        label="Quelle ville, quelle fiche",
        required=False,
        max_length=TITLE_MAX,
        help_text="À dire quand elle ne vient pas de votre pratique.",
    )


class AmendForm(ClauseForm):
    """Another wording of the clause read as number `redaction`."""

    redaction = forms.IntegerField(widget=forms.HiddenInput)


class DatesForm(forms.Form):
    """From when until when the text will hold, and when it is looked at again."""

    debut = forms.DateField(label="À partir du", widget=DATE)
    revue_le = forms.DateField(label="À revoir le", widget=DATE)
    fin = forms.DateField(label="Jusqu'au", widget=DATE)


class SignForm(forms.Form):
    """The day of the signature."""

    le = forms.DateField(label="Signée le", widget=DATE)


class ScanForm(forms.Form):
    """The signed paper, scanned."""

    fichier = AttachmentField(
        accepted=SCAN,
        label="L'exemplaire signé, numérisé",
        help_text="PDF, JPEG, PNG ou WebP, 10 Mo au plus. D'une image, rien n'est gardé que ce qui se voit.",
    )


class CharterForm(forms.Form):
    """The words of a charter's next version and its first day."""

    texte = forms.CharField(
        label="Le texte de la charte",
        max_length=CHARTER_MAX,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Une ligne vide sépare deux paragraphes. Jamais une personne.",
    )
    debut = forms.DateField(
        label="À partir du",
        widget=DATE,
        help_text="De ce jour, chacun la signe, même qui a signé l'ancienne.",
    )


def blank_dates(on: date) -> DatesForm:
    """Return the dates as they open: a year from today, reviewed at six months."""
    return DatesForm(
        initial={"debut": on, "revue_le": on + timedelta(days=182), "fin": on + timedelta(days=365)}
    )
