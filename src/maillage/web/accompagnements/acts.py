"""What a prevention service does of a support; each act is one POST, then the sheet again."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.comptes.acteur import Acteur
from maillage.directory.enums import Metier
from maillage.directory.models import Poste
from maillage.sharing.designations import enter_scope
from maillage.sharing.enums import FinaliteAdhesion
from maillage.sharing.errors import BadAnswer
from maillage.sharing.persons import (
    ask_confidence,
    close_accompagnement,
    join_family,
    leave_family,
    lift_confidence,
    note_contact,
    note_family_meeting,
    open_accompagnement,
    record_adhesion,
    record_information,
    record_notice,
)
from maillage.sharing.persons import hand_over as handed
from maillage.sharing.queries import read_accompagnement
from maillage.web.accompagnements.forms import (
    AdhesionForm,
    ConfidenceForm,
    EndForm,
    InformationForm,
    MeetingForm,
    OpenForm,
    ReferentForm,
    RelativeForm,
    ScopeForm,
    SeenForm,
)
from maillage.web.accompagnements.views import others, partner, partners, show_sheet
from maillage.web.door import acteur_of, answered, colleagues, once


def open_page(request: HttpRequest) -> HttpResponse:
    """Open a support, under pseudonym; the same form sent twice opens one."""
    acteur = acteur_of(request)
    if acteur.service.metier != Metier.PREVENTION_SPECIALISEE:
        raise Http404
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with answered(), once(acteur, form.cleaned_data.pop("cle")) as first:
                opened = open_accompagnement(by=acteur, **form.cleaned_data) if first else None
        except BadAnswer as error:
            _refused(form, error)
        else:
            if opened is None:
                return redirect("accompagnements:liste")
            messages.success(request, "Accompagnement ouvert. Vous en êtes référent.")
            return redirect("accompagnements:fiche", accompagnement=opened.accompagnement)
    status = 422 if request.method == "POST" else 200
    return render(request, "accompagnements/nouveau.html", {"form": form}, status=status)


def note_adhesion(request: HttpRequest, accompagnement: UUID) -> HttpResponse:
    """Add one event to an adhésion; withdrawn, every share ends."""
    form = AdhesionForm(request.POST, prefix="adhesion", services=partners(acteur_of(request)))

    def write(acteur: Acteur) -> str:
        said = form.cleaned_data
        record_adhesion(
            by=acteur,
            accompagnement=accompagnement,
            donneur=said["donneur"],
            etat=said["etat"],
            forme=said["forme"],
            lien=said["lien"] or None,
            destinataire=partner(acteur, said["destinataire"]),
            finalite=said["finalite"] or FinaliteAdhesion.ACCOMPAGNEMENT,
            explication=said["explication"],
        )
        return "Noté."

    return _act(request, accompagnement, "adhesion", form, write)


def hand_over(request: HttpRequest, accompagnement: UUID) -> HttpResponse:
    """Change the référent."""
    acteur = acteur_of(request)
    form = ReferentForm(request.POST, prefix="referent", posts=colleagues(acteur))

    def write(acteur: Acteur) -> str:
        poste = Poste.objects.get(pk=form.cleaned_data["referent"])
        handed(
            by=acteur,
            accompagnement=accompagnement,
            to=poste,
            motif=form.cleaned_data["motif"],
            seen=form.cleaned_data["vu"],
        )
        return "Le relais est passé."

    return _act(request, accompagnement, "referent", form, write)


def note_notice(request: HttpRequest, accompagnement: UUID) -> HttpResponse:
    """Note what the person or the family was told."""
    acteur = acteur_of(request)
    with answered():
        person = read_accompagnement(acteur, accompagnement).personne
    form = InformationForm(request.POST, prefix="information")

    def write(acteur: Acteur) -> str:
        etat = form.cleaned_data["etat"]
        if etat == "notice":
            record_notice(by=acteur, personne=person)
        else:
            record_information(by=acteur, personne=person, etat=etat, raison=form.cleaned_data["raison"])
        return "Noté."

    return _act(request, accompagnement, "information", form, write)


def note_confidence(request: HttpRequest, accompagnement: UUID) -> HttpResponse:
    """Note what a minor asks not to tell a parent."""
    with answered():
        person = read_accompagnement(acteur_of(request), accompagnement).personne
    form = ConfidenceForm(request.POST, prefix="confidence")

    def write(acteur: Acteur) -> str:
        ask_confidence(by=acteur, personne=person, **form.cleaned_data)
        return "Noté. Si ce parent demande à lire, le délégué à la protection des données en décidera."

    return _act(request, accompagnement, "confidence", form, write)


def end_confidence(request: HttpRequest, accompagnement: UUID, confidence: UUID) -> HttpResponse:
    """Note that the minor no longer asks it."""
    acteur = acteur_of(request)
    with answered():
        person = read_accompagnement(acteur, accompagnement).personne
        lift_confidence(by=acteur, personne=person, confidence=confidence)
    messages.success(request, "Noté.")
    return redirect("accompagnements:fiche", accompagnement=accompagnement)


def note_seen(request: HttpRequest, accompagnement: UUID) -> HttpResponse:
    """Note the day of the last contact."""
    form = SeenForm(request.POST, prefix="contact")

    def write(acteur: Acteur) -> str:
        note_contact(by=acteur, accompagnement=accompagnement, le=form.cleaned_data["le"])
        return "Noté."

    return _act(request, accompagnement, "seen", form, write)


def join_coordination(request: HttpRequest, accompagnement: UUID) -> HttpResponse:
    """Put this person, alone, in the scope of an act that the mayor prepares."""
    form = ScopeForm(request.POST, prefix="coordination")

    def write(acteur: Acteur) -> str:
        act = form.cleaned_data["designation"]
        enter_scope(by=acteur, designation=act, accompagnement=accompagnement)
        return "Inscrit. Le coordonnateur ne lira rien avant la signature du maire."

    return _act(request, accompagnement, "scope", form, write)


def note_meeting(request: HttpRequest, accompagnement: UUID) -> HttpResponse:
    """Note a meeting with the family."""
    form = MeetingForm(request.POST, prefix="famille")

    def write(acteur: Acteur) -> str:
        note_family_meeting(by=acteur, accompagnement=accompagnement, **form.cleaned_data)
        return "Rencontre notée."

    return _act(request, accompagnement, "meeting", form, write)


def join_page(request: HttpRequest, accompagnement: UUID) -> HttpResponse:
    """Choose someone of the service who is of the same family, and note it."""
    acteur = acteur_of(request)
    with answered():
        sheet = read_accompagnement(acteur, accompagnement)
        offered = others(acteur, accompagnement)
        form = RelativeForm(request.POST or None, others=offered)
    if request.method == "POST" and form.is_valid():
        try:
            with answered():
                join_family(by=acteur, accompagnement=accompagnement, avec=UUID(form.cleaned_data["avec"]))
        except BadAnswer as error:
            form.add_error("avec", str(error))
        else:
            messages.success(request, "Noté. Ce qui concerne l'un ne concerne pas l'autre.")
            return redirect("accompagnements:fiche", accompagnement=accompagnement)
    status = 422 if request.method == "POST" else 200
    context = {"sheet": sheet, "personne_id": sheet.personne, "form": form, "others": offered}
    return render(request, "accompagnements/fratrie.html", context, status=status)


def leave_relatives(request: HttpRequest, accompagnement: UUID) -> HttpResponse:
    """Take someone out of the family noted."""
    with answered():
        leave_family(by=acteur_of(request), accompagnement=accompagnement)
    messages.success(request, "Noté.")
    return redirect("accompagnements:fiche", accompagnement=accompagnement)


def end(request: HttpRequest, accompagnement: UUID) -> HttpResponse:
    """End the support today."""
    form = EndForm(request.POST, prefix="fin")

    def write(acteur: Acteur) -> str:
        close_accompagnement(by=acteur, accompagnement=accompagnement, motif=form.cleaned_data["motif"])
        return "Accompagnement terminé."

    return _act(request, accompagnement, "end", form, write)


def _act(
    request: HttpRequest,
    accompagnement: UUID,
    name: str,
    form: forms.Form,
    write: Callable[[Acteur], str],
) -> HttpResponse:
    """Do one act and go back to the sheet, or show the sheet with what was typed and why not."""
    acteur = acteur_of(request)
    if form.is_valid():
        try:
            with answered():
                said = write(acteur)
        except BadAnswer as error:
            _refused(form, error)
        else:
            messages.success(request, said)
            return redirect("accompagnements:fiche", accompagnement=accompagnement)
    return show_sheet(request, acteur, accompagnement, forms={name: form}, status=422)


def _refused(form: forms.Form, error: BadAnswer) -> None:
    form.add_error(error.champ if error.champ in form.fields else None, str(error))
