"""«Dire à l'autre équipe»: who, where, when, how many, what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from maillage.base.identifiers import new_id
from maillage.comptes.acteur import Acteur
from maillage.main_courante.actions import MessageData
from maillage.main_courante.enums import Liste
from maillage.main_courante.jours import slot
from maillage.main_courante.queries import destinataires, listes_of, recent_places
from maillage.main_courante.queries.notes import last_place
from maillage.main_courante.saisie import Refused, check_text
from maillage.web.notes.forms import categories, doubles


class MessageForm(forms.Form):
    """News of a place; the words themselves are checked by the room that writes."""

    id = forms.UUIDField(error_messages={"required": "Rechargez la page, puis recommencez."})
    destinataire = forms.UUIDField(error_messages={"required": "Choisissez l'équipe à qui le dire."})
    lieu = forms.UUIDField(error_messages={"required": "Choisissez un lieu."})
    creneau = forms.CharField(max_length=40, error_messages={"required": "Dites le moment."})
    effectif = forms.CharField(max_length=40, error_messages={"required": "Combien de personnes ?"})
    categorie = forms.CharField(max_length=40, error_messages={"required": "Dites ce qui se passe."})
    texte = forms.CharField(required=False, strip=False)

    def clean_texte(self) -> str:
        """Give back the line ends that people typed, and refuse what cannot be stored exactly."""
        try:
            return check_text(self.cleaned_data["texte"].replace("\r\n", "\n"))
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def message(self) -> MessageData:
        """Return the message as the room takes it; call once valid."""
        return MessageData(**self.cleaned_data)


def blank(acteur: Acteur, now: datetime) -> dict[str, Any]:
    """Return what the form starts with: a fresh identifier, the only team, the last place, this slot."""
    teams = {str(one.service.pk) for one in destinataires(acteur)}
    place = last_place(acteur)
    return {
        "id": str(new_id()),
        "destinataire": teams.pop() if len(teams) == 1 else "",
        "lieu": str(place) if place else "",
        "creneau": slot(now),
    }


def choices(acteur: Acteur, values: dict[str, Any]) -> dict[str, Any]:
    """Return everything the page offers."""
    listes = listes_of(acteur.service)
    recent, others = recent_places(acteur)
    chosen = [place for place in others if str(place.pk) == values.get("lieu")]
    return {
        "teams": list({one.service.pk: one.service for one in destinataires(acteur)}.values()),
        "recent": chosen + recent,
        "others": [place for place in others if place not in chosen],
        "creneaux": listes.entries(Liste.CRENEAU),
        "effectifs": listes.entries(Liste.EFFECTIF),
        **categories(acteur, listes, values.get("categorie", "")),
        "doubles": doubles([*recent, *others]),
    }
