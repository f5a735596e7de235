"""What an administrator types; each act checks again what these forms ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from maillage.administration.actions.help import MINUTES
from maillage.administration.actions.partnerships import RHYTHM
from maillage.administration.roles import roles_of
from maillage.conventions.models import Partenariat
from maillage.directory.enums import Contrat, GenreLieu, Metier
from maillage.directory.models import Lieu, Service, Territoire
from maillage.law.facts.acteurs import EMPLOIS, PARTS_ACTION, PARTS_PROTECTION
from maillage.operations.durees import TERMES
from maillage.web.convention.forms import DATE

Choice = tuple[str, str]
LINES = forms.Textarea(attrs={"rows": 5})
UNKNOWN = {"invalid_choice": "Choisissez dans la liste."}


def _lined(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


class CommuneForm(forms.Form):
    """A commune and its quartiers."""

    code = forms.CharField(
        label="Code INSEE de la commune",
        max_length=5,
        help_text="Cinq caractères, pas le code postal : 17300 pour La Rochelle.",
    )
    nom = forms.CharField(
        label="Son nom",
        max_length=200,
        required=False,
        help_text="Inutile pour les communes des six villes de l'étude et de leurs intercommunalités.",
    )
    quartiers = forms.CharField(
        label="Ses quartiers, un par ligne",
        required=False,
        widget=LINES,
        help_text="Avec le code officiel devant, s'il est prioritaire : QN01701M Mireuil.",
    )

    def clean_quartiers(self) -> list[str]:
        """Return the lines."""
        return _lined(self.cleaned_data["quartiers"])


class PlacesForm(forms.Form):
    """Places of one territory, a name a line."""

    territoire = forms.ChoiceField(label="Où", error_messages=UNKNOWN)
    lignes = forms.CharField(
        label="Les lieux, un par ligne",
        widget=LINES,
        help_text="Hall 4 · Square des Lilas · City-stade : un lieu, jamais une personne.",
    )
    genre = forms.ChoiceField(
        label="De quelle sorte",
        required=False,
        choices=[("", "Selon le premier mot de chaque ligne"), *GenreLieu.choices],
        error_messages=UNKNOWN,
    )

    def __init__(self, *args: Any, grounds: Iterable[Choice], **kwargs: Any) -> None:
        """Offer these territories."""
        super().__init__(*args, **kwargs)
        _offer(self, "territoire", grounds)

    def clean_lignes(self) -> list[str]:
        """Return the lines."""
        return _lined(self.cleaned_data["lignes"])


class PlaceForm(forms.Form):
    """One place."""

    nom = forms.CharField(label="Nom", max_length=120)
    genre = forms.ChoiceField(label="Sorte", choices=GenreLieu.choices, error_messages=UNKNOWN)
    actif = forms.BooleanField(
        label="Proposé à qui note", required=False, help_text="Éteint, il reste dans les notes passées."
    )

    @classmethod
    def of(cls, lieu: Lieu) -> PlaceForm:
        """Return the form as the place stands."""
        return cls(initial={"nom": lieu.nom, "genre": lieu.genre, "actif": lieu.actif})


class ServiceForm(forms.Form):
    """A service, and the structure that carries it."""

    metier = forms.ChoiceField(label="Métier", choices=Metier.choices, error_messages=UNKNOWN)
    structure = forms.CharField(
        label="Structure qui le porte", max_length=250, help_text="L'association, la commune, la métropole."
    )
    nom = forms.CharField(label="Nom du service", max_length=250)
    nom_court = forms.CharField(label="Nom court", max_length=60, help_text="Celui que les collègues disent.")
    ville = forms.ChoiceField(label="Commune", required=False, error_messages=UNKNOWN)
    telephone = forms.CharField(label="Téléphone du service", max_length=20, required=False)
    heure_ouverture = forms.TimeField(
        label="Heure d'ouverture",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="L'avis du jour part à cette heure.",
    )
    age_min = forms.IntegerField(label="Âge le plus jeune accueilli", required=False, min_value=0)
    age_max = forms.IntegerField(label="Âge le plus grand accueilli", required=False, min_value=0)

    def __init__(
        self, *args: Any, communes: Iterable[tuple[Territoire, object]], known: bool = False, **kwargs: Any
    ) -> None:
        """Offer these communes; the trade of a `known` service is not asked again."""
        super().__init__(*args, **kwargs)
        _offer(self, "ville", [("", "Aucune"), *((str(one.pk), one.nom) for one, _quartiers in communes)])
        if known:
            del self.fields["metier"]

    @staticmethod
    def initial_of(service: Service) -> dict[str, Any]:
        """Return the values of a service as it stands."""
        names = ("nom", "nom_court", "telephone", "heure_ouverture", "age_min", "age_max")
        return {
            **{name: getattr(service, name) for name in names},
            "structure": service.structure.nom,
            "ville": str(service.ville_id or ""),
        }


class RhythmForm(forms.Form):
    """How often a partnership meets, and how long an answer may take."""

    rythme_reunion_semaines = forms.IntegerField(label="Réunion toutes les combien de semaines")
    delai_reponse_jours = forms.IntegerField(label="Réponse attendue en combien de jours")
    delai_cloture_jours = forms.IntegerField(
        label="Clôture d'une orientation après combien de jours",
        help_text="La date est fixée à l'envoi, quoi qu'il arrive : elle ne dit rien de la personne.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Bound each number by what the partnership accepts."""
        super().__init__(*args, **kwargs)
        for name, (_label, least, most) in RHYTHM.items():
            field = self.fields[name]
            field.widget.attrs.update(min=least, max=most)
            field.initial = getattr(Partenariat(), name)

    def rhythm(self) -> dict[str, int]:
        """Return the three numbers."""
        return {name: self.cleaned_data[name] for name in RHYTHM}


class PartnershipForm(RhythmForm):
    """A partnership: its name, its ground, its services, its rhythm."""

    nom = forms.CharField(label="Nom du partenariat", max_length=200)
    territoires = forms.MultipleChoiceField(
        label="Le territoire couvert",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un territoire.", **UNKNOWN},
        help_text="Une commune couvre ses quartiers.",
    )
    services = forms.MultipleChoiceField(
        label="Les services",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un service de chaque métier.", **UNKNOWN},
        help_text="Les deux métiers en sont membres ; les autres y sont associés.",
    )
    field_order = ("nom", "territoires", "services", *RHYTHM)

    def __init__(
        self, *args: Any, grounds: Iterable[Choice], services: Iterable[Service], **kwargs: Any
    ) -> None:
        """Offer these territories and services."""
        super().__init__(*args, **kwargs)
        _offer(self, "territoires", grounds)
        _offer(
            self,
            "services",
            [(str(one.pk), f"{one.nom_court} ({one.get_metier_display().lower()})") for one in services],
        )


class JoinForm(forms.Form):
    """One more service in a partnership."""

    service = forms.ChoiceField(label="Le service", error_messages=UNKNOWN)

    def __init__(self, *args: Any, services: Iterable[Service], **kwargs: Any) -> None:
        """Offer these services."""
        super().__init__(*args, **kwargs)
        _offer(self, "service", [(str(one.pk), str(one)) for one in services])


class PostForm(forms.Form):
    """A post: who, which role, from when, under which employment."""

    prenom = forms.CharField(label="Prénom", max_length=60)
    nom = forms.CharField(label="Nom", max_length=80)
    courriel = forms.EmailField(
        label="Adresse électronique",
        required=False,
        error_messages={"invalid": "Cette adresse électronique n'en est pas une."},
        help_text="L'invitation y part, si un serveur de courriel est réglé ; sinon elle s'affiche une fois.",
    )
    role = forms.ChoiceField(label="Rôle", error_messages=UNKNOWN)
    intitule = forms.CharField(
        label="Intitulé du poste", max_length=120, required=False, help_text="Vide : celui du rôle."
    )
    emploi = forms.ChoiceField(
        label="Lien d'emploi", choices=list(EMPLOIS.items()), initial="salarie_prive", error_messages=UNKNOWN
    )
    contrat = forms.ChoiceField(label="Contrat", choices=Contrat.choices, error_messages=UNKNOWN)
    debut = forms.DateField(label="Premier jour", widget=DATE)
    fin = forms.DateField(
        label="Dernier jour", widget=DATE, required=False, help_text="L'accès se ferme ce soir-là, à 18 h."
    )
    preuve = forms.CharField(
        label="Ce qui prouve ce poste",
        max_length=250,
        required=False,
        help_text="Fiche de poste, arrêté, sa date. Sans preuve, le droit ne compte aucune mission sociale.",
    )
    part_action_sociale = forms.ChoiceField(
        label="Part dans l'action sociale",
        choices=list(PARTS_ACTION.items()),
        initial="aucune",
        error_messages=UNKNOWN,
    )
    part_protection_enfance = forms.ChoiceField(
        label="Part dans la protection de l'enfance",
        choices=list(PARTS_PROTECTION.items()),
        initial="aucune",
        error_messages=UNKNOWN,
    )
    lecture_seule = forms.BooleanField(label="Ce poste lit, et n'écrit pas", required=False)

    def __init__(self, *args: Any, service: Service, known: bool = False, **kwargs: Any) -> None:
        """Offer the roles of this service; someone `known` is not named again."""
        super().__init__(*args, **kwargs)
        _offer(self, "role", [(str(role), str(role.label)) for role in roles_of(service)])
        if known:
            for name in ("prenom", "nom", "courriel"):
                del self.fields[name]


class LastDayForm(forms.Form):
    """The last day of a post."""

    dernier_jour = forms.DateField(label="Dernier jour", widget=DATE)


class TermForm(forms.Form):
    """How many months one kind of thing is kept."""

    genre = forms.ChoiceField(
        label="Quoi", choices=[(code, one.dit) for code, one in TERMES.items()], error_messages=UNKNOWN
    )
    mois = forms.IntegerField(
        label="Combien de mois", min_value=1, help_text="Jamais plus que la règle citée plus haut."
    )


def _offer(form: forms.Form, name: str, choices: Iterable[Choice]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class HelpForm(forms.Form):
    """Why a service asks for help, and for how long."""

    motif = forms.CharField(
        label="Ce qui ne marche pas",
        max_length=200,
        help_text="Sans nom de personne : « le téléphone 2 ne s'ouvre plus depuis hier ».",
    )
    minutes = forms.ChoiceField(
        label="Pendant",
        choices=[(str(one), f"{one} minutes") for one in MINUTES],
        initial="30",
        widget=forms.RadioSelect,
        error_messages=UNKNOWN,
    )
