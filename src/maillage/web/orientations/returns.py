"""What may come back to whoever oriented: one code, under its own verdict, never a text."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.comptes.acteur import Acteur
from maillage.orientations.actions import return_suite
from maillage.orientations.enums import EtatReception, EtatRelais, Suite
from maillage.orientations.faces import ReceivedFace
from maillage.orientations.models import Orientation, Relais
from maillage.orientations.queries import examine_return, received_face
from maillage.sharing.errors import BadAnswer, Withheld
from maillage.sharing.persons import record_accord
from maillage.web.door import acteur_of, answered
from maillage.web.orientations.acts import row_of
from maillage.web.orientations.faces import RECEIVED, side_of
from maillage.web.orientations.forms import ReturnAccordForm, SuiteForm
from maillage.web.orientations.panel import return_panel


def return_page(request: HttpRequest, orientation: UUID) -> HttpResponse:
    """Show what the law answers of a return, then let one code through when it permits."""
    acteur, row, face = _received(request, orientation)
    relais = _held(orientation)
    form = SuiteForm(request.POST or None, prefix="suite")
    if request.method == "POST" and form.is_valid():
        try:
            with answered():
                return_suite(orientation=row, by=acteur, code=Suite(form.cleaned_data["code"]), relais=relais)
        except Withheld as error:
            messages.warning(request, str(error))
            return redirect("orientations:retour", orientation=orientation)
        messages.success(request, f"{face.emetteur} l'apprend : cette phrase, et rien d'autre.")
        return redirect("orientations:fiche", orientation=orientation)
    status = 422 if request.method == "POST" else 200
    return _show(request, acteur, row, face, form, ReturnAccordForm(prefix="accord"), status)


def note_accord(request: HttpRequest, orientation: UUID) -> HttpResponse:
    """Note one voice on the way back, then show the verdict again."""
    acteur, row, face = _received(request, orientation)
    form = ReturnAccordForm(request.POST, prefix="accord")
    if face.personne.id is None:
        raise Http404
    if form.is_valid():
        try:
            with answered():
                record_accord(
                    by=acteur,
                    personne=face.personne.id,
                    portee=form.cleaned_data["portee"],
                    destinataire=face.emetteur,
                    donneur=form.cleaned_data["donneur"],
                    etat=form.cleaned_data["etat"],
                    forme=form.cleaned_data["forme"],
                    lien=form.cleaned_data["lien"] or None,
                )
        except BadAnswer as error:
            form.add_error(error.champ if error.champ in form.fields else None, str(error))
        else:
            messages.success(request, "Noté. Cette réponse vaut pour cela seulement.")
            return redirect("orientations:retour", orientation=orientation)
    return _show(request, acteur, row, face, SuiteForm(prefix="suite"), form, 422)


def _received(request: HttpRequest, orientation: UUID) -> tuple[Acteur, Orientation, ReceivedFace]:
    acteur = acteur_of(request)
    if side_of(acteur, orientation) != RECEIVED:
        raise Http404
    with answered():
        face = received_face(acteur, orientation)
    return acteur, row_of(orientation), face


def _held(orientation: UUID) -> Relais | None:
    """Return the latest meeting of three that was held: there, the person spoke."""
    return Relais.objects.filter(orientation=orientation, etat=EtatRelais.TENU).order_by("-le").first()


def _show(
    request: HttpRequest,
    acteur: Acteur,
    row: Orientation,
    face: ReceivedFace,
    form: SuiteForm,
    accord: ReturnAccordForm,
    status: int,
) -> HttpResponse:
    with answered():
        examined = examine_return(acteur, orientation=row, relais=_held(row.pk))
    context = {
        "face": face,
        "personne_id": face.personne.id,
        "form": form,
        "accord": accord,
        "panel": return_panel(examined, acteur.role),
        "permitted": examined.permitted,
        "taken": face.etat == EtatReception.ACCEPTEE and not face.close,
    }
    return render(request, "orientations/retour.html", context, status=status)
