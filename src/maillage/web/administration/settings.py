"""What a city tunes afterwards: each team's words, how long things are kept."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from maillage.administration import actions
from maillage.administration.effects import term_effect, words_used
from maillage.administration.enums import Objet
from maillage.administration.queries import history
from maillage.base import clock
from maillage.conventions.queries import TRADES
from maillage.directory.models import Service
from maillage.main_courante.enums import Liste
from maillage.main_courante.queries import listes_of
from maillage.main_courante.saisie import Refused
from maillage.main_courante.vocabulaire import LOCKED
from maillage.operations.durees import TERMES, months_kept
from maillage.web.administration.forms import TermForm
from maillage.web.convention.refusals import answered, status_of, typed
from maillage.web.door import acteur_of
from maillage.web.notes.listes import asked_list, changes_typed

NEVER_USED = "jamais noté en trois mois"


def words_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one list of a team, how often each word served, and keep what is changed."""
    team = get_object_or_404(Service, code=code, metier__in=TRADES)
    liste, error = asked_list(request), ""
    entries = listes_of(team).entries(liste, all_entries=True)
    changes = changes_typed(request, entries) if request.method == "POST" else {}
    if request.method == "POST":
        added = request.POST.get("nouvelle", "")
        try:
            with answered():
                actions.change_words(
                    by=acteur_of(request), service=team.pk, liste=liste, changes=changes, added=added
                )
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, "Liste enregistrée : l'équipe la voit dès maintenant.")
            return redirect(f"{reverse('administration:mots', args=[code])}?liste={liste.value}")
    used = words_used(team, liste)
    context = {
        "team": team,
        "liste": liste,
        "listes": list(Liste),
        "rows": [
            (
                entry,
                changes[entry.code].libelle if changes else entry.libelle,
                changes[entry.code].actif if changes else entry.actif,
                used.get(entry.code, NEVER_USED),
            )
            for entry in entries
        ],
        "locked": LOCKED,
        "error": error,
        "nouvelle": request.POST.get("nouvelle", ""),
        "historique": history(Objet.LISTE, team.pk),
    }
    return render(request, "administration/mots.html", context, status=422 if error else 200)


def terms_page(request: HttpRequest) -> HttpResponse:
    """Show how long things are kept; say what another term would erase, then ask it."""
    form, effect = TermForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        if request.POST.get("geste") == "voir":
            effect = term_effect(form.cleaned_data["genre"], form.cleaned_data["mois"])
        else:
            with typed(form):
                actions.ask_term(by=acteur_of(request), **form.cleaned_data)
            if not form.errors:
                messages.success(request, "La demande attend une seconde personne qui administre.")
                return redirect("administration:conservation")
    tomorrow = clock.today() + timedelta(days=1)
    context = {
        "form": form,
        "effect": effect,
        "terms": [(one, months_kept(genre, tomorrow)) for genre, one in TERMES.items()],
        "historique": history(Objet.CONSERVATION),
    }
    return render(request, "administration/conservation.html", context, status=status_of(form))
