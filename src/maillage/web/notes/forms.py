"""The form of a note: chips for the thumb, and what was typed kept on error."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms

from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.comptes.acteur import Acteur
from maillage.directory.enums import Metier
from maillage.directory.models import Lieu
from maillage.main_courante.enums import Liste
from maillage.main_courante.jours import slot
from maillage.main_courante.queries import NoteLine, listes_of, recent_places
from maillage.main_courante.queries.notes import frequent_categories, last_place
from maillage.main_courante.saisie import CONTACTS_LIMIT, NoteData, Refused, check_text
from maillage.main_courante.vocabulaire import (
    CALME,
    EN_RONDE,
    PERSONNE,
    RIEN_A_SIGNALER,
    SORTIE_DE_RUE,
    Entree,
    Listes,
)

OLDEST_TYPED = timedelta(days=60)


class NoteForm(forms.Form):
    """What one writes of a place; the choices themselves are checked by the room that writes."""

    id = forms.UUIDField(error_messages={"required": "Rechargez la page, puis recommencez."})
    lieu = forms.UUIDField(error_messages={"required": "Choisissez un lieu."})
    categorie = forms.CharField(max_length=40, error_messages={"required": "Choisissez ce que vous avez vu."})
    ambiance = forms.CharField(max_length=40, error_messages={"required": "Dites l'ambiance."})
    effectif = forms.CharField(
        max_length=40, error_messages={"required": "Combien de personnes ? Touchez un nombre."}
    )
    origine = forms.CharField(max_length=40, required=False)
    publics = forms.TypedMultipleChoiceField(required=False)
    suites = forms.TypedMultipleChoiceField(required=False)
    contacts_nouveaux = forms.IntegerField(min_value=0, max_value=CONTACTS_LIMIT, required=False)
    heure = forms.DateTimeField(
        required=False, error_messages={"invalid": "Cette date et cette heure ne se lisent pas."}
    )
    texte = forms.CharField(required=False, strip=False)

    def __init__(self, listes: Listes, *args: Any, **kwargs: Any) -> None:
        """Offer the service's lists."""
        super().__init__(*args, **kwargs)
        for name, liste in (("publics", Liste.PUBLIC), ("suites", Liste.SUITE)):
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)
            field.choices = [(entry.code, entry.libelle) for entry in listes.entries(liste, all_entries=True)]

    def clean_heure(self) -> Any:
        """Refuse an hour to come, and one so old that it must be a slip."""
        told = self.cleaned_data["heure"]
        if told is None:
            return None
        if told > clock.now() + timedelta(minutes=1):
            raise forms.ValidationError("Cette heure n'est pas encore passée.")
        if told < clock.now() - OLDEST_TYPED:
            raise forms.ValidationError("Cette date est trop ancienne : soixante jours au plus.")
        return told

    def clean_texte(self) -> str:
        """Give back the line ends that people typed, and refuse what cannot be stored exactly."""
        try:
            return check_text(self.cleaned_data["texte"].replace("\r\n", "\n"))
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def note(self, *, corrige: UUID | None = None) -> NoteData:
        """Return the note as the room takes it; call once valid."""
        data = self.cleaned_data
        return NoteData(
            id=data["id"],
            lieu=data["lieu"],
            categorie=data["categorie"],
            ambiance=data["ambiance"],
            effectif=data["effectif"],
            origine=data["origine"] or EN_RONDE,
            publics=tuple(data["publics"]),
            suites=tuple(data["suites"]),
            contacts_nouveaux=data["contacts_nouveaux"],
            texte=data["texte"],
            observee_le=data["heure"],
            corrige=corrige,
        )


def typed(post: Any) -> Any:
    """Return what was sent, the button «Rien à signaler» standing for three answers at once."""
    if "rien" not in post:
        return post
    said = post.copy()
    said["categorie"], said["ambiance"], said["effectif"] = RIEN_A_SIGNALER, CALME, PERSONNE
    return said


def blank(acteur: Acteur) -> dict[str, Any]:
    """Return what the form starts with: a fresh identifier, the last place, calm, the trade's habit."""
    street = acteur.service.metier == Metier.PREVENTION_SPECIALISEE
    place = last_place(acteur)
    return {
        "id": str(new_id()),
        "lieu": str(place) if place else "",
        "categorie": SORTIE_DE_RUE if street else "",
        "ambiance": CALME,
        "origine": EN_RONDE,
    }


def of_note(line: NoteLine, texte: str) -> dict[str, Any]:
    """Return a note's content as the form shows it, to be corrected under a fresh identifier."""
    return {
        "id": str(new_id()),
        "lieu": str(line.lieu.pk),
        "categorie": line.categorie_code,
        "ambiance": line.ambiance_code,
        "effectif": line.effectif_code,
        "origine": line.origine_code,
        "contacts_nouveaux": line.contacts_nouveaux,
        "heure": line.observee_le.astimezone(clock.PARIS).strftime("%Y-%m-%dT%H:%M"),
        "texte": texte,
    }


def choices(acteur: Acteur, values: dict[str, Any]) -> dict[str, Any]:
    """Return everything the page offers, the current values first."""
    listes = listes_of(acteur.service)
    recent, others = recent_places(acteur)
    recent = _with(recent, others, values.get("lieu", ""))
    return {
        **categories(acteur, listes, values.get("categorie", "")),
        "doubles": doubles([*recent, *others]),
        "recent": recent,
        "others": [place for place in others if place not in recent],
        "ambiances": listes.entries(Liste.AMBIANCE),
        "effectifs": listes.entries(Liste.EFFECTIF),
        "publics": listes.entries(Liste.PUBLIC),
        "origines": listes.entries(Liste.ORIGINE),
        "suites": listes.entries(Liste.SUITE),
        "creneau": listes.label(Liste.CRENEAU, slot(clock.now())),
        "prevention": acteur.service.metier == Metier.PREVENTION_SPECIALISEE,
    }


def categories(acteur: Acteur, listes: Listes, chosen: str) -> dict[str, Any]:
    """Return the six categories the team writes most, then all the others by family."""
    usual = _usual(acteur, listes, chosen)
    rest = {
        famille: [entry for entry in entries if entry not in usual and entry.code != RIEN_A_SIGNALER]
        for famille, entries in listes.by_family(Liste.CATEGORIE).items()
    }
    return {"usual": usual, "families": rest}


def doubles(places: list[Lieu]) -> set[str]:
    """Return the names that several places bear: those are shown with their neighbourhood."""
    names = Counter(place.nom for place in places)
    return {name for name, times in names.items() if times > 1}


def _usual(acteur: Acteur, listes: Listes, chosen: str) -> list[Entree]:
    entries = {entry.code: entry for entry in listes.entries(Liste.CATEGORIE)}
    codes = [code for code in frequent_categories(acteur) if code in entries]
    defaults = [code for code in entries if code != RIEN_A_SIGNALER and code not in codes]
    shown = (codes + defaults)[:6]
    if chosen in entries and chosen not in shown:
        shown[-1] = chosen
    return [entries[code] for code in shown]


def _with(recent: list[Lieu], others: list[Lieu], chosen: str) -> list[Lieu]:
    found = [place for place in others if str(place.pk) == chosen]
    return found + recent if found else recent
