"""The photos of a project: left, seen and taken away by the members of its partnership."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from maillage.projets.photos import add_photo, picture_of, remove_photo
from maillage.projets.queries import project_of
from maillage.web.door import acteur_of
from maillage.web.projets.forms import PhotoForm
from maillage.web.projets.writing import act_on
from maillage.web.reunions.views import answered
from maillage.web.uploads import attachment_answer


def add_view(request: HttpRequest, projet: UUID) -> HttpResponse:
    """Leave a photo of the place."""
    acteur = acteur_of(request)
    with answered():
        project_of(acteur, projet)
    form = PhotoForm(request.POST, request.FILES)

    def act() -> None:
        add_photo(by=acteur, projet=projet, **form.cleaned_data)

    return act_on(request, projet, "photo", form, act)


def remove_view(request: HttpRequest, projet: UUID, photo: UUID) -> HttpResponse:
    """Take a photo away."""
    with answered():
        remove_photo(by=acteur_of(request), projet=projet, photo=photo)
    messages.success(request, "Photo effacée.")
    return redirect("projets:page", projet=projet)


def picture(request: HttpRequest, projet: UUID, photo: UUID) -> HttpResponse:
    """Give the picture itself."""
    with answered():
        kept = picture_of(acteur_of(request), projet, photo)
    return attachment_answer(kept, "photo")
