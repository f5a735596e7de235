"""The composer's five spoken questions, and the short forms of each face."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from maillage.directory.models import Lieu
from maillage.orientations.enums import EtatRelais, MotifDecline, MotifReorientation, Suite
from maillage.sharing.answers import clean_line
from maillage.sharing.errors import BadAnswer
from maillage.web.orientations import words

NAME_LENGTH = 60
CONTACT_LENGTH = 200
NEED_LENGTH = 500


def plain_name(text: str) -> None:
    """Refuse a name that hides something: invisible or direction marks."""
    try:
        clean_line("appellation", text)
    except BadAnswer as error:
        raise ValidationError(str(error)) from error


class ComposerForm(forms.Form):
    """Five questions asked aloud; everything else comes from posts, titles, clauses and accords.

    `cle` is drawn once per opened form: sending twice writes once. `version` is the draft's, so that
    a stale copy is seen. Texts are short on purpose: only what finds the person and their request.
    """

    cle = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)
    vers = forms.ChoiceField(
        label="À quel service ?",
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Ce service n'est pas, aujourd'hui, un partenaire du vôtre."},
    )
    appellation = forms.CharField(
        label="Comment l'appelle-t-on ?",
        help_text="Un prénom ou un surnom suffit.",
        max_length=NAME_LENGTH,
        validators=[plain_name],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    contact = forms.CharField(
        label="Où et quand le retrouver ?",
        help_text="Un lieu et un moment, ou un numéro qu'il vous confie pour cela.",
        max_length=CONTACT_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lieu = forms.ModelChoiceField(
        Lieu.objects.none(),
        label="Où l'avez-vous rencontré ?",
        required=False,
        empty_label="Je ne le dis pas",
    )
    tranche_age = forms.ChoiceField(label="Quel âge a-t-il ?", choices=words.AGES, widget=forms.RadioSelect)
    besoin = forms.CharField(
        label="Que demande-t-il ?",
        help_text="Sa demande, avec ses mots. Ni santé, ni infraction, ni ce que d'autres disent de lui.",
        max_length=NEED_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    accord = forms.ChoiceField(
        label="Est-il d'accord pour que vous le disiez à ce service ?",
        choices=words.SPOKEN_ACCORDS,
        widget=forms.RadioSelect,
    )
    information = forms.BooleanField(
        label="Je lui ai dit qui saura quoi, pourquoi, jusqu'à quand, et qu'il peut arrêter",
        required=False,
    )
    accord_parent = forms.ChoiceField(
        label="Et l'un de ses parents ?",
        help_text="Seulement s'il a moins de 18 ans. L'accord d'un parent ne remplace jamais le sien.",
        choices=words.SPOKEN_ACCORDS,
        widget=forms.RadioSelect,
        required=False,
    )
    lien = forms.ChoiceField(label="Qui a répondu ?", choices=[("", "—"), *words.LINKS], required=False)
    accord_retour = forms.ChoiceField(
        label="Est-il d'accord pour que ce service vous dise où cela en est ?",
        help_text="S'ils se sont vus, si une relation s'est engagée ou non ; jamais ce qu'il leur confie. "
        "Il peut dire non et être orienté quand même.",
        choices=words.SPOKEN_ACCORDS,
        widget=forms.RadioSelect,
        required=False,
    )
    accord_parent_retour = forms.ChoiceField(
        label="Et son parent, pour ce retour ?",
        choices=words.SPOKEN_ACCORDS,
        widget=forms.RadioSelect,
        required=False,
    )
    necessaire = forms.MultipleChoiceField(
        label="C'est nécessaire pour que l'équipe le rencontre :",
        help_text="Cochez chaque élément que vous transmettez ; ce que vous ne cochez pas retient l'envoi.",
        choices=words.ELEMENTS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *args: object,
        vers: Iterable[tuple[str, str]] = (),
        places: QuerySet[Lieu],
        ask_return: bool = False,
        **kwargs: object,
    ) -> None:
        """Offer `vers`: (value, label) of each partner service this sender may address; and `places`.

        `ask_return` says whether the partnership has adopted a way back worth asking about.
        """
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not ask_return:
            del self.fields["accord_retour"], self.fields["accord_parent_retour"]
        choices = list(vers)
        field, place = self.fields["vers"], self.fields["lieu"]
        assert isinstance(field, forms.ChoiceField)
        assert isinstance(place, forms.ModelChoiceField)
        field.choices = choices
        place.queryset = places
        if len(choices) == 1:
            field.initial = choices[0][0]
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, object]:
        """Ask who answered for the minor, when someone did."""
        data = super().clean() or {}
        answered = data.get("accord_parent") in {"donne", "refuse"}
        if data.get("tranche_age") in words.MINORS and answered and not data.get("lien"):
            self.add_error("lien", "Dites qui a répondu : sa mère, son père, un tuteur…")
        return data


class DeclineForm(forms.Form):
    """Why the service declines; the sender never reads it."""

    motif = forms.ChoiceField(label="Pourquoi ?", choices=MotifDecline.choices, widget=forms.RadioSelect)


class RedirectForm(forms.Form):
    """Who is better placed, and why; nothing is sent from here."""

    motif = forms.ChoiceField(
        label="Pourquoi ?", choices=MotifReorientation.choices, widget=forms.RadioSelect
    )
    vers = forms.ChoiceField(label="Vers quel service ?", required=False)

    def __init__(self, *args: object, services: Iterable[tuple[str, str]] = (), **kwargs: object) -> None:
        """Offer `services`: (identifier, name) of the services one may name."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["vers"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Un service qui n'est pas dans Maillage"), *services]


class SuiteForm(forms.Form):
    """What followed, in one code; no free text."""

    code = forms.ChoiceField(label="Que s'est-il passé ?", choices=Suite.choices, widget=forms.RadioSelect)


class GiverForm(forms.Form):
    """Whose voice it is: the young person's, or one holder's."""

    donneur = forms.ChoiceField(label="Qui a répondu ?", choices=words.GIVERS, widget=forms.RadioSelect)
    lien = forms.ChoiceField(
        label="Si c'est un parent, lequel ?", choices=[("", "—"), *words.LINKS], required=False
    )

    def clean(self) -> dict[str, object]:
        """Ask which holder, when a holder speaks."""
        data = super().clean() or {}
        if data.get("donneur") == "titulaire" and not data.get("lien"):
            self.add_error("lien", "Dites lequel de ses parents, ou son tuteur.")
        return data


class ReturnAccordForm(GiverForm):
    """One voice on one way back: this exchange only, never the support itself."""

    portee = forms.ChoiceField(
        label="D'accord pour quoi ?",
        choices=[("retour", "Qu'on dise où nous en sommes"), ("relais", "Qu'on se voie à trois")],
        widget=forms.RadioSelect,
        initial="retour",
    )
    etat = forms.ChoiceField(
        label="Sa réponse", choices=[("donne", "D'accord"), ("refuse", "Non")], widget=forms.RadioSelect
    )
    forme = forms.ChoiceField(
        label="Donnée", choices=words.FORMS_OF_ACCORD, widget=forms.RadioSelect, initial="orale"
    )


class PorteurForm(forms.Form):
    """Which colleague carries the orientation from now on."""

    porteur = forms.ChoiceField(label="Qui la porte maintenant ?")

    def __init__(self, *args: object, posts: Iterable[tuple[str, str]], **kwargs: object) -> None:
        """Offer `posts`: (identifier, name) of those in post today."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["porteur"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(posts)


class RelaisAnswerForm(forms.Form):
    """The answer to a meeting of three: a day, or what became of it."""

    etat = forms.ChoiceField(choices=EtatRelais.choices)
    date_convenue = forms.DateField(
        label="Quel jour ?",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Donnez un jour du calendrier, par exemple le 12/03/2027."},
    )
