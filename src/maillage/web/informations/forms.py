"""One form for each paragraph: ticks only, so that it cannot say more than the paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django import forms

from maillage.sharing.enums import Alinea
from maillage.sharing.informations import ALLOWED, Said
from maillage.web.forms import CHOOSE

HOW_KNOWN = [
    ("dit_personne_presente", "Il me l'a dit"),
    ("appris_en_fonction", "Je l'ai appris dans mon travail"),
    ("vu_espace_public", "Je l'ai vu dehors"),
    ("recu_echange_protege", "Un collègue tenu au secret me l'a confié"),
]
OBJECTS = [("personne", "Pour lui seul"), ("famille", "Pour sa famille")]
QUESTIONS = {
    "difficultes": "Qu'est-ce qui s'aggrave ?",
    "intervenants": "Qui est nécessaire, ensemble ?",
    "competences": "Quelle compétence de l'autorité le demande ?",
    "sujets": "Sur quels sujets ?",
}
WORSE = "Je constate aujourd'hui que ses difficultés s'aggravent et appellent plusieurs professionnels"
UNSEEN = {"required": "Sans ce constat d'aujourd'hui, rien ne peut partir."}
ALONE = "J'interviens seul auprès de lui, et ses difficultés s'aggravent"
NEEDED = "C'est strictement nécessaire à cette compétence"


class InformationForm(forms.Form):
    """The paragraph's own ticks, then who is told. `seul` is not asked of a designated coordonnateur."""

    def __init__(
        self, *args: object, alinea: str, posts: Iterable[tuple[str, str]], alone: bool, **kwargs: object
    ) -> None:
        """Offer the lists of `alinea` and `posts`: (identifier, who and by which mandate)."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.alinea = alinea
        if alinea == Alinea.BESOIN:
            self.fields["objet"] = forms.ChoiceField(
                label="Pour qui ?", choices=OBJECTS, widget=forms.RadioSelect, initial="personne"
            )
        for name, choices in ALLOWED[alinea].items():
            self.fields[name] = forms.MultipleChoiceField(
                label=QUESTIONS[name], choices=choices.choices, widget=forms.CheckboxSelectMultiple
            )
        if alinea == Alinea.BESOIN:
            self.fields["aggravation"] = forms.BooleanField(label=WORSE, error_messages=UNSEEN)
        elif not alone:
            self.fields["seul"] = forms.BooleanField(label=ALONE, required=False)
        if alinea == Alinea.CONFIDENCE:
            self.fields["origine"] = forms.ChoiceField(
                label="Comment le savez-vous ?", choices=HOW_KNOWN, widget=forms.RadioSelect
            )
            self.fields["necessaire"] = forms.BooleanField(label=NEEDED, required=False)
        self.fields["destinataires"] = forms.MultipleChoiceField(
            label="À qui ?", choices=list(posts), widget=forms.CheckboxSelectMultiple
        )

    def said(self) -> Said:
        """Return what a valid form says, as the door reads it."""
        data = self.cleaned_data
        alone = bool(data.get("seul"))
        return Said(
            alinea=self.alinea,
            destinataires=[UUID(pk) for pk in data["destinataires"]],
            contenu={name: data[name] for name in ALLOWED[self.alinea]},
            objet=data.get("objet", "personne"),
            aggravation=bool(data.get("aggravation")) or alone,
            seul=alone,
            necessaire=bool(data.get("necessaire")),
            origine=data.get("origine", ""),
        )


class MandateForm(forms.Form):
    """An order of delegation that one has read."""

    poste = forms.ChoiceField(label="Qui reçoit la délégation ?")
    acte = forms.CharField(label="Numéro de l'arrêté", max_length=60)
    debut = forms.DateField(
        label="Depuis le", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    fin = forms.DateField(
        label="Jusqu'au",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: object, posts: Iterable[tuple[str, str]] = (), **kwargs: object) -> None:
        """Offer the deputies of the partnerships."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["poste"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [CHOOSE, *posts]
