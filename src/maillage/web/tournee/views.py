"""Start and end of a shift: consignes received and left, where to pass, what passages brought."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.comptes.acteur import Acteur
from maillage.directory.models import Lieu
from maillage.main_courante.actions import end_sortie
from maillage.main_courante.actions.consignes import (
    ConsigneData,
    leave_consigne,
    lift_consigne,
    restore_consigne,
)
from maillage.main_courante.gestes import Geste
from maillage.main_courante.jours import slot
from maillage.main_courante.models import Sortie
from maillage.main_courante.queries import current_sortie, recent_places
from maillage.main_courante.queries.consignes import consignes_of
from maillage.main_courante.queries.passages import places_asked, unusual_places
from maillage.main_courante.saisie import Refused
from maillage.web.door import acteur_of
from maillage.web.notes.forms import doubles
from maillage.web.rules import TERRAIN
from maillage.web.tournee.fruits import brought

FRUITS = 8


class ConsigneForm(forms.Form):
    """What is left to the next team; the place itself is checked by the room that writes."""

    id = forms.UUIDField(error_messages={"required": "Rechargez la page, puis recommencez."})
    lieu = forms.UUIDField(error_messages={"required": "Choisissez un lieu."})
    geste = forms.ChoiceField(
        choices=Geste.choices, error_messages={"required": "Dites ce qu'il faut faire."}
    )
    jusquau = forms.DateField(required=False, error_messages={"invalid": "Cette date ne se lit pas."})
    texte = forms.CharField(required=False, strip=False)

    def consigne(self) -> ConsigneData:
        """Return the consigne as the room takes it; call once valid."""
        data = self.cleaned_data
        return ConsigneData(
            id=data["id"],
            lieu=data["lieu"],
            geste=Geste(data["geste"]),
            jusquau=data["jusquau"],
            texte=data["texte"].replace("\r\n", "\n"),
        )


def round_page(request: HttpRequest) -> HttpResponse:
    """Show the start of a shift: consignes, where to pass tonight, what past rounds brought."""
    return _round(request, acteur_of(request))


def leave(request: HttpRequest) -> HttpResponse:
    """Leave a consigne to the next team; what was typed stays when it is refused."""
    acteur = acteur_of(request)
    form = ConsigneForm(request.POST)
    if form.is_valid():
        try:
            leave_consigne(by=acteur, data=form.consigne())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Consigne laissée : l'équipe suivante la lira en arrivant.")
            return redirect("tournee:fin" if "fin" in request.POST else "tournee:page")
    return _round(request, acteur, form)


def lift(request: HttpRequest, consigne: UUID) -> HttpResponse:
    """Say that a consigne is done; it can be taken back."""
    if not lift_consigne(by=acteur_of(request), consigne=consigne):
        raise Http404
    messages.success(request, "C'est noté : cette consigne ne revient plus. Vous pouvez la rétablir.")
    address = redirect("tournee:page")
    address["Location"] += f"?faite={consigne}"
    return address


def restore(request: HttpRequest, consigne: UUID) -> HttpResponse:
    """Undo `lift`."""
    if not restore_consigne(by=acteur_of(request), consigne=consigne):
        raise Http404
    messages.success(request, "La consigne est rétablie.")
    return redirect("tournee:page")


def hand_over(request: HttpRequest) -> HttpResponse:
    """End the outing under way: places covered, consignes left, the report goes to the hierarchy."""
    acteur = acteur_of(request)
    current = current_sortie(acteur)
    if request.method == "POST":
        return _ended(request, acteur)
    context = {
        "current": current,
        "lieux": _covered(current),
        "consignes": consignes_of(acteur),
        **_choices(acteur, None),
    }
    return render(request, "tournee/fin.html", context)


def _ended(request: HttpRequest, acteur: Acteur) -> HttpResponse:
    ended = end_sortie(by=acteur)
    if ended is None:
        messages.info(request, "Aucune sortie n'était en cours.")
        return redirect("tournee:page")
    messages.success(request, "Sortie terminée. Le compte rendu est prêt, votre hiérarchie le voit.")
    return redirect("notes:nuit", jour=ended.jour.isoformat())


def _round(request: HttpRequest, acteur: Acteur, form: ConsigneForm | None = None) -> HttpResponse:
    field = acteur.role in TERRAIN
    found = brought(acteur)
    detours = unusual_places(acteur, clock.today(), slot(clock.now())) if field else []
    said = {detour.lieu.pk for detour in detours}
    context = {
        "current": current_sortie(acteur) if field else None,
        "field": field and not acteur.lecture_seule,
        "may_write": field or acteur.role == "chef_de_service",
        "lecture": acteur.lecture_seule,
        "consignes": consignes_of(acteur),
        "demandes": places_asked(acteur),
        "detours": [
            *detours,
            *(other for other in unusual_places(acteur, clock.today()) if other.lieu.pk not in said),
        ],
        "fruits": found[:FRUITS],
        "autres": len(found[FRUITS:]),
        "faite": _id(request.GET.get("faite", "")),
        **_choices(acteur, form),
    }
    return render(request, "tournee/page.html", context, status=422 if form is not None else 200)


def _choices(acteur: Acteur, form: ConsigneForm | None) -> dict[str, Any]:
    recent, others = recent_places(acteur)
    typed = form.data if form is not None else {"id": str(new_id()), "geste": Geste.PASSER.value}
    return {
        "form": form,
        "values": typed,
        "recent": recent,
        "others": others,
        "doubles": doubles([*recent, *others]),
        "gestes": Geste.choices,
    }


def _covered(sortie: Sortie | None) -> list[Lieu]:
    if sortie is None:
        return []
    return list(Lieu.objects.filter(notes__sortie=sortie).distinct().order_by("nom"))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
