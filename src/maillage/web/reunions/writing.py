"""Every act on a meeting: one POST each; what was typed comes back when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from maillage.conventions.errors import BadAnswer
from maillage.reunions import actions, dates, groupe
from maillage.reunions.queries import meeting_of
from maillage.web.door import acteur_of
from maillage.web.errors import Refusal
from maillage.web.reunions.forms import (
    CancelForm,
    ConveneForm,
    DecisionForm,
    FollowForm,
    InviteForm,
    MinutesForm,
    PostponeForm,
    RhythmForm,
)
from maillage.web.reunions.views import answered, chosen_partnership, list_view, meeting_view


def convene_view(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""
    acteur = acteur_of(request)
    partenariat, form = chosen_partnership(request, acteur), ConveneForm(request.POST)

    def act() -> None:
        data = form.cleaned_data
        dates.convene_weekly(
            by=acteur,
            partenariat=partenariat,
            genre=data["genre"],
            le=form.moment(),
            semaines=data["semaines"] or 1,
            lieu=data["lieu"],
            duree_minutes=data["duree_minutes"],
        )

    if not _done(form, act):
        return list_view(request, acteur, partenariat, convene=form)
    messages.success(request, "C'est prévu. L'ordre du jour s'écrit tout seul.")
    return redirect(f"{reverse('reunions:liste')}?partenariat={partenariat.code}")


def rhythm_view(request: HttpRequest) -> HttpResponse:
    """Fix the rhythm."""
    acteur = acteur_of(request)
    partenariat, form = chosen_partnership(request, acteur), RhythmForm(request.POST)
    if not _done(
        form,
        lambda: actions.set_rhythm(
            by=acteur, partenariat=partenariat, semaines=form.cleaned_data["semaines"]
        ),
    ):
        return list_view(request, acteur, partenariat, rhythm=form)
    messages.success(request, "Le nouveau rythme vaut dès maintenant.")
    return redirect(f"{reverse('reunions:liste')}?partenariat={partenariat.code}")


def postpone_view(request: HttpRequest, reunion: UUID) -> HttpResponse:
    """Move a meeting; the date before stays on its page."""
    acteur, form = acteur_of(request), PostponeForm(request.POST)

    def act() -> None:
        actions.postpone(by=acteur, reunion=reunion, le=form.moment(), motif=form.cleaned_data["motif"])

    if not _done(form, act):
        return meeting_view(request, acteur, reunion, postpone=form)
    messages.success(request, "Réunion reportée : l'ancienne date reste visible.")
    return redirect("reunions:page", reunion)


def cancel_view(request: HttpRequest, reunion: UUID) -> HttpResponse:
    """Say that a meeting will not be held."""
    acteur, form = acteur_of(request), CancelForm(request.POST)

    def act() -> None:
        dates.cancel(by=acteur, reunion=reunion, motif=form.cleaned_data["motif"])

    if not _done(form, act):
        return meeting_view(request, acteur, reunion, cancel=form)
    messages.success(request, "Réunion annulée : les agendas le liront, les liens d'invités n'ouvrent plus.")
    return redirect("reunions:page", reunion)


def uninvite_view(request: HttpRequest, invitation: UUID) -> HttpResponse:
    """End a guest's link."""
    with answered():
        row = actions.revoke_invitation(by=acteur_of(request), invitation=invitation)
    messages.success(request, "Ce lien n'ouvre plus rien.")
    return redirect("reunions:page", row.pk)


def attendance_view(request: HttpRequest, reunion: UUID) -> HttpResponse:
    """Say how many came, by service."""
    acteur = acteur_of(request)
    with answered():
        presences = {pk: _number(request, f"present-{pk}") for pk in _services(request, reunion, "present-")}
        _plainly(lambda: actions.hold(by=acteur, reunion=reunion, presences=presences))
    return redirect("reunions:page", reunion)


def minutes_view(request: HttpRequest, reunion: UUID) -> HttpResponse:
    """Keep the draft of the minutes."""
    acteur, form = acteur_of(request), MinutesForm(request.POST)

    def act() -> None:
        data = form.cleaned_data
        actions.write_minutes(by=acteur, reunion=reunion, texte=data["texte"], version=data["version"])

    if not _done(form, act):
        return meeting_view(request, acteur, reunion, minutes=form)
    messages.success(request, "Brouillon gardé. Verrouillez-le quand les deux équipes l'ont relu.")
    return redirect("reunions:page", reunion)


def lock_view(request: HttpRequest, reunion: UUID) -> HttpResponse:
    """Lock the minutes as a version."""
    with answered():
        actions.lock_minutes(by=acteur_of(request), reunion=reunion)
    messages.success(request, "Compte rendu verrouillé : une correction sera une nouvelle version.")
    return redirect("reunions:page", reunion)


def decide_view(request: HttpRequest, reunion: UUID) -> HttpResponse:
    """Write a decision."""
    acteur = acteur_of(request)
    with answered():
        row = meeting_of(acteur, reunion)
    form = DecisionForm(actions.services_of(row.partenariat).values(), request.POST)

    def act() -> None:
        data = form.cleaned_data
        actions.decide(
            by=acteur,
            reunion=reunion,
            texte=data["texte"],
            service=UUID(data["service"]),
            fonction=data["fonction"],
            echeance=data["echeance"],
        )

    if not _done(form, act):
        return meeting_view(request, acteur, reunion, decide=form)
    messages.success(request, "Décision notée. Elle reviendra à l'ordre du jour à sa date.")
    return redirect("reunions:page", reunion)


def follow_view(request: HttpRequest, decision: UUID) -> HttpResponse:
    """Change where a decision stands."""
    form = FollowForm(request.POST)
    if not form.is_valid():
        raise Refusal("Choisissez un état de la liste.", status=422)
    with answered():
        row = actions.follow(by=acteur_of(request), decision=decision, etat=form.cleaned_data["etat"])
    messages.success(request, f"Décision : {row.get_etat_display().lower()}.")
    return redirect("reunions:page", row.reunion_id)


def invite_view(request: HttpRequest, reunion: UUID) -> HttpResponse:
    """Give a guest structure its link, shown once."""
    acteur, form = acteur_of(request), InviteForm(request.POST)
    made: list[str] = []

    def act() -> None:
        made.append(actions.invite(by=acteur, reunion=reunion, structure=form.cleaned_data["structure"]))

    if not _done(form, act):
        return meeting_view(request, acteur, reunion, invite=form)
    link = request.build_absolute_uri(reverse("reunions:invite", args=made))
    return meeting_view(request, acteur, reunion, link=link)


def door_view(request: HttpRequest, reunion: UUID) -> HttpResponse:
    """Open a group without file: how many came, all having signed its rules."""
    acteur = acteur_of(request)
    with answered():
        presents = {
            pk: (_number(request, f"present-{pk}"), request.POST.get(f"signe-{pk}") == "on")
            for pk in _services(request, reunion, "present-")
        }
        _plainly(lambda: groupe.open_group(by=acteur, reunion=reunion, presents=presents))
    return redirect("reunions:page", reunion)


def counts_view(request: HttpRequest, reunion: UUID) -> HttpResponse:
    """Keep the two numbers of each service of a group."""
    acteur = acteur_of(request)
    with answered():
        comptes = {
            pk: (_number(request, f"situations-{pk}"), _number(request, f"decisions-{pk}"))
            for pk in _services(request, reunion, "situations-")
        }
        _plainly(lambda: groupe.count_group(by=acteur, reunion=reunion, comptes=comptes))
    messages.success(request, "Seuls ces nombres sont gardés.")
    return redirect("reunions:page", reunion)


def _services(request: HttpRequest, reunion: UUID, prefix: str) -> list[UUID]:
    """Return the services of the partnership for which the form says something; any other is ignored."""
    row = meeting_of(acteur_of(request), reunion)
    return [pk for pk in actions.services_of(row.partenariat) if f"{prefix}{pk}" in request.POST]


def _number(request: HttpRequest, name: str) -> int:
    """Read a number, nothing being zero. The sentence never repeats what was typed."""
    text = request.POST.get(name, "").strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise Refusal("Seuls des nombres entiers, de 0 à 999, se notent ici.", status=422)
    return int(text)


def _done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Act when the form is good; put an absurd answer beside its field and say False."""
    if not form.is_valid():
        return False
    try:
        with answered():
            act()
    except BadAnswer as error:
        form.add_error(error.champ if error.champ in form.fields else _WHEN.get(error.champ), str(error))
        return False
    return True


_WHEN = {"le": "jour"}


def _plainly(act: Callable[[], object]) -> None:
    """Say an absurd answer as a page: these forms hold numbers only."""
    try:
        act()
    except BadAnswer as error:
        raise Refusal(str(error), status=422) from error
