"""The service's own words: rename, switch off, add."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.main_courante.actions import EntryChange, configure_list
from maillage.main_courante.enums import Liste
from maillage.main_courante.queries import listes_of
from maillage.main_courante.saisie import Refused
from maillage.main_courante.vocabulaire import LOCKED, Entree
from maillage.web.door import acteur_of


def asked_list(request: HttpRequest) -> Liste:
    """Return the list asked for, the first without any. Raises Http404 for an unknown one."""
    asked = request.GET.get("liste", Liste.CATEGORIE)
    if asked not in Liste.values:
        raise Http404
    return Liste(asked)


def changes_typed(request: HttpRequest, entries: Iterable[Entree]) -> dict[str, EntryChange]:
    """Return what was typed for each entry of a list; what the form left out stays as it is."""
    return {
        entry.code: EntryChange(
            request.POST.get(f"libelle-{entry.code}", entry.libelle),
            entry.code in LOCKED or f"actif-{entry.code}" in request.POST,
        )
        for entry in entries
    }


def lists_page(request: HttpRequest) -> HttpResponse:
    """Show one list of the service and keep what its head of service changes."""
    acteur = acteur_of(request)
    liste = asked_list(request)
    listes, error = listes_of(acteur.service), ""
    entries = listes.entries(liste, all_entries=True)
    rows = [(entry, entry.libelle, entry.actif, "") for entry in entries]
    if request.method == "POST":
        changes = changes_typed(request, entries)
        try:
            configure_list(by=acteur, liste=liste, changes=changes, added=request.POST.get("nouvelle", ""))
        except Refused as refusal:
            error = str(refusal)
            rows = [(entry, changes[entry.code].libelle, changes[entry.code].actif, "") for entry in entries]
        else:
            messages.success(request, "Liste enregistrée : l'équipe la voit dès maintenant.")
            return redirect(f"{reverse('notes:listes')}?liste={liste.value}")
    context = {
        "liste": liste,
        "listes": list(Liste),
        "rows": rows,
        "locked": LOCKED,
        "error": error,
        "nouvelle": request.POST.get("nouvelle", ""),
        "lecture": acteur.role != "chef_de_service" or acteur.lecture_seule,
    }
    return render(request, "notes/listes.html", context, status=422 if error else 200)
