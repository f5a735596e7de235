"""Giving a card: the person types their own number on the screen, the code is printed once."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.documents.content import Document, Paragraph
from maillage.sharing.cartes import NUMBER, cancel_card, give_card, has_card
from maillage.sharing.errors import BadAnswer
from maillage.web.door import acteur_of, answered
from maillage.web.papers import file_answer

SALT = "maillage carte a imprimer"
PRINTABLE_SECONDS = 600


class NumberForm(forms.Form):
    """The person's own number, twice; nobody else should look."""

    numero = forms.CharField(
        label=f"Votre numéro secret, de {NUMBER[0]} à {NUMBER[1]} chiffres",
        help_text="Le jeune le tape lui-même. Personne d'autre ne doit le connaître.",
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    encore = forms.CharField(
        label="Encore une fois",
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, object]:
        """Refuse two different numbers."""
        data = super().clean() or {}
        if data.get("numero") != data.get("encore") and "encore" in data:
            self.add_error("encore", "Ce n'est pas le même numéro.")
        return data


def give(request: HttpRequest, accompagnement: UUID) -> HttpResponse:
    """Make the card, then show its code this once."""
    acteur = acteur_of(request)
    with answered():
        held = has_card(acteur, accompagnement)
    form = NumberForm(request.POST or None)
    code = ""
    if request.method == "POST" and form.is_valid():
        try:
            with answered():
                code = give_card(by=acteur, accompagnement=accompagnement, numero=form.cleaned_data["numero"])
        except BadAnswer as error:
            form.add_error("numero", str(error))
    context = {
        "accompagnement": accompagnement,
        "form": form,
        "held": held,
        "code": spaced(code),
        "jeton": signing.dumps([str(accompagnement), code], salt=SALT) if code else "",
        "address": request.build_absolute_uri(reverse("carte:page")),
    }
    status = 422 if request.method == "POST" and not code else 200
    return render(request, "carte/donner.html", context, status=status)


def cancel(request: HttpRequest, accompagnement: UUID) -> HttpResponse:
    """End the card."""
    with answered():
        cancel_card(by=acteur_of(request), accompagnement=accompagnement)
    messages.success(request, "La carte ne s'ouvre plus.")
    return redirect("accompagnements:fiche", accompagnement=accompagnement)


def print_card(request: HttpRequest, accompagnement: UUID) -> HttpResponse:
    """Give the card to print, just after it was made: no name, no service, no number on it."""
    try:
        sheet, code = signing.loads(request.POST.get("jeton", ""), salt=SALT, max_age=PRINTABLE_SECONDS)
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    with answered():
        held = has_card(acteur_of(request), accompagnement)
    if not held or sheet != str(accompagnement):
        raise Http404
    address = request.build_absolute_uri(reverse("carte:page"))
    return file_answer(card_document(address, code), "carte", "pdf")


def card_document(address: str, code: str) -> Document:
    """Return the neutral card: an address and a code; who gave it and to whom is not on it."""
    return Document(
        "Ma carte",
        [
            Paragraph(address),
            Paragraph(spaced(code), strong=True),
            Paragraph("Le numéro secret est le mien : il n'est écrit nulle part."),
            Paragraph("Français · English · Türkçe · Português · Español"),
        ],
        author="",
    )


def spaced(code: str) -> str:
    """Return a code in groups of four, as one reads it aloud."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
