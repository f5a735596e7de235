"""What our city tells: the year's bundle, the sheets and clauses that go with it, our card."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.conventions.errors import BadAnswer
from maillage.conventions.models import Clause, Partenariat
from maillage.directory.queries import active_on
from maillage.reseau import actions, cards
from maillage.reseau.models import GenrePartage
from maillage.reseau.queries import given
from maillage.web.door import acteur_of
from maillage.web.reseau.forms import ClauseForm, PracticeForm
from maillage.web.reunions.views import answered, chosen_partnership


def page(request: HttpRequest) -> HttpResponse:
    """Show what goes out, and take a practice to give."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    if request.method != "POST":
        return _page(request, partenariat, PracticeForm(), _clause_form(partenariat), 200)
    form = PracticeForm(request.POST)
    if form.is_valid():
        try:
            with answered():
                actions.share_practice(by=acteur, partenariat=partenariat, **form.cleaned_data)
        except BadAnswer as refusal:
            form.add_error(refusal.champ, str(refusal))
    if form.errors:
        return _page(request, partenariat, form, _clause_form(partenariat), 422)
    messages.success(request, "La pratique partira avec le prochain lot.")
    return redirect(f"{request.path}?partenariat={partenariat.code}")


def clause(request: HttpRequest) -> HttpResponse:
    """Give a clause in force."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    form = ClauseForm(_offered(partenariat), request.POST)
    if form.is_valid():
        try:
            with answered():
                actions.share_clause(
                    by=acteur, partenariat=partenariat, clause=UUID(form.cleaned_data["clause"])
                )
        except BadAnswer as refusal:
            form.add_error("clause", str(refusal))
    if form.errors:
        return _page(request, partenariat, PracticeForm(), form, 422)
    messages.success(request, "La clause partira avec le prochain lot.")
    return redirect("reseau:chez_nous")


def back(request: HttpRequest, partage: UUID) -> HttpResponse:
    """Give a sheet no more."""
    with answered():
        actions.take_back(by=acteur_of(request), partage=partage)
    messages.success(request, "C'est repris : le prochain lot ne le portera plus.")
    return redirect("reseau:chez_nous")


def bundle(request: HttpRequest) -> HttpResponse:
    """Write the bundle of last year and give it as a file."""
    partenariat = chosen_partnership(request, acteur_of(request))
    year = clock.today().year - 1
    text = actions.publish(partenariat=partenariat, annee=year)
    return _json(text, f"lot-{partenariat.code}-{year}.json")


def card(request: HttpRequest) -> HttpResponse:
    """Give this installation's card, for the network to know our key."""
    return _json(cards.write_card(), "carte-de-ville.json")


def _page(
    request: HttpRequest, partenariat: Partenariat, practice: Form, clause_form: Form, status: int
) -> HttpResponse:
    rows = given(partenariat)
    context = {
        "partenariat": partenariat,
        "annee": clock.today().year - 1,
        "pratiques": [one for one in rows if one.genre == GenrePartage.PRATIQUE],
        "clauses": [one for one in rows if one.genre == GenrePartage.CLAUSE],
        "practice": practice,
        "clause": clause_form if clause_form.fields["clause"].choices else None,  # type: ignore[attr-defined]
    }
    return render(request, "reseau/chez_nous.html", context, status=status)


def _clause_form(partenariat: Partenariat) -> ClauseForm:
    return ClauseForm(_offered(partenariat))


def _offered(partenariat: Partenariat) -> list[Clause]:
    """Return the clauses in force that are not given yet."""
    gone = {one.clause_id for one in given(partenariat)}
    rows = Clause.objects.filter(active_on(clock.today()), partenariat=partenariat).order_by("titre", "pk")
    return [one for one in rows if one.pk not in gone]


def _json(text: str, name: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
