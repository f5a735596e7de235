"""Writing and reading notes: one screen to write, one list, one sheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date

from maillage.comptes.acteur import Acteur
from maillage.main_courante.actions import NoteResult, cancel_note, settle_conflict, write_note
from maillage.main_courante.enums import Statut
from maillage.main_courante.models import Note
from maillage.main_courante.queries import (
    current_sortie,
    listes_of,
    may_correct,
    note_of,
    notes_of_service,
    read_note,
)
from maillage.main_courante.queries.notes import BadCursor, conflict_of, note_lines
from maillage.main_courante.saisie import Refused
from maillage.web.door import acteur_of
from maillage.web.errors import Refusal
from maillage.web.notes.forms import NoteForm, blank, choices, of_note, typed
from maillage.web.rules import ENCADREMENT

KEPT_BOTH = "Cette note existait déjà avec un autre contenu : les deux sont gardées, à vous de choisir."


def noter(request: HttpRequest) -> HttpResponse:
    """Write a note; the same form sent twice writes once."""
    acteur = acteur_of(request)
    if request.method == "POST":
        return _write(request, acteur, None)
    done = _just_written(acteur, request.GET.get("fait", ""))
    return _form_page(request, acteur, NoteForm(listes_of(acteur.service)), blank(acteur), done=done)


def correct(request: HttpRequest, note: UUID) -> HttpResponse:
    """Correct a note of one's crew: a new note that names it."""
    acteur = acteur_of(request)
    corrected = _note_or_404(acteur, note)
    if not may_correct(corrected, acteur):
        raise Refusal("Seule l'équipe de la sortie peut corriger cette note.", status=403)
    if request.method == "POST":
        return _write(request, acteur, corrected)
    (line,) = note_lines(acteur, [corrected])
    values = of_note(line, line.texte) | {
        "publics": corrected.publics,
        "suites": corrected.suites,
    }
    return _form_page(request, acteur, NoteForm(listes_of(acteur.service)), values, corrected=corrected)


def cancel(request: HttpRequest, note: UUID) -> HttpResponse:
    """Withdraw a note of one's crew; it stays in the history."""
    acteur = acteur_of(request)
    try:
        correction = UUID(request.POST.get("id", ""))
    except ValueError as error:
        raise Refusal("Rechargez la page, puis recommencez.") from error
    result = cancel_note(by=acteur, note=_note_or_404(acteur, note), correction=correction)
    if result.statut == Statut.REFUSE:
        raise Refusal(result.motif, status=403)
    messages.success(request, "Note annulée. Elle reste dans l'historique de l'équipe.")
    return redirect("notes:noter")


def settle(request: HttpRequest, conflit: UUID) -> HttpResponse:
    """Settle a conflict: keep the other content as a note of its own, or leave it."""
    acteur = acteur_of(request)
    found = conflict_of(acteur, conflit)
    if found is None:
        raise Http404
    try:
        result = settle_conflict(by=acteur, conflit=found, keep="garder" in request.POST)
    except Refused as refusal:
        raise Refusal(str(refusal), status=403) from refusal
    if result is not None and result.statut == Statut.REFUSE:
        raise Refusal(result.motif, status=409)
    messages.success(request, "C'est réglé.")
    return redirect("notes:fiche", note=found.note_id)


def list_page(request: HttpRequest) -> HttpResponse:
    """List the service's notes, newest first, by page."""
    acteur = acteur_of(request)
    asked = request.GET.get("jour", "")
    jour = _day(asked)
    try:
        page = notes_of_service(
            acteur, jour=jour, lieu=_place(request.GET.get("lieu", "")), suite=request.GET.get("suite", "")
        )
    except BadCursor as error:
        raise Refusal("Cette page de la liste n'existe pas ; revenez au début.") from error
    context = {
        "page": page,
        "jour": asked if jour else "",
        "lieu": request.GET.get("lieu", ""),
        "mal_lue": bool(asked) and jour is None,
        "hierarchie": acteur.role in ENCADREMENT,
    }
    return render(request, "notes/liste.html", context, status=422 if context["mal_lue"] else 200)


def sheet_page(request: HttpRequest, note: UUID) -> HttpResponse:
    """Show a note, its versions and its conflicts; the hierarchy sees neither author nor minute."""
    acteur = acteur_of(request)
    sheet = read_note(acteur, note)
    if sheet is None:
        raise Http404
    hierarchy = acteur.role in ENCADREMENT
    versions = [(version, "" if hierarchy else sheet.auteurs[version.id]) for version in sheet.versions]
    context = {"sheet": sheet, "versions": versions, "hierarchie": hierarchy, "fresh": blank(acteur)["id"]}
    return render(request, "notes/fiche.html", context)


def _write(request: HttpRequest, acteur: Acteur, corrected: Note | None) -> HttpResponse:
    said = typed(request.POST)
    form = NoteForm(listes_of(acteur.service), said)
    if form.is_valid():
        result = write_note(by=acteur, data=form.note(corrige=corrected.pk if corrected else None))
        if result.statut != Statut.REFUSE:
            return _after(request, result, corrected)
        form.add_error(None, result.motif)
    values = {**said.dict(), "publics": said.getlist("publics"), "suites": said.getlist("suites")}
    return _form_page(request, acteur, form, values, corrected=corrected, status=422)


def _after(request: HttpRequest, result: NoteResult, corrected: Note | None) -> HttpResponse:
    assert result.note is not None
    if result.statut == Statut.CONFLIT:
        messages.warning(request, KEPT_BOTH)
        return redirect("notes:fiche", note=result.note.pk)
    if corrected is not None:
        messages.success(request, "Correction enregistrée ; la première version reste lisible.")
        return redirect("notes:fiche", note=result.note.pk)
    answer = redirect("notes:noter")
    answer["Location"] += f"?fait={result.note.pk}"
    return answer


def _form_page(
    request: HttpRequest,
    acteur: Acteur,
    form: NoteForm,
    values: dict[str, Any],
    *,
    corrected: Note | None = None,
    done: Any = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "values": values,
        "offered": choices(acteur, values),
        "corrected": corrected,
        "done": done,
        "sortie": current_sortie(acteur),
    }
    return render(request, "notes/noter.html", context, status=status)


def _just_written(acteur: Acteur, identifiant: str) -> dict[str, Any] | None:
    try:
        note = note_of(acteur, UUID(identifiant))
    except ValueError:
        return None
    if note is None or note.poste_id != acteur.poste.pk:
        return None
    return {"line": note_lines(acteur, [note])[0], "fresh": blank(acteur)["id"]}


def _note_or_404(acteur: Acteur, identifiant: UUID) -> Note:
    note = note_of(acteur, identifiant)
    if note is None:
        raise Http404
    return note


def _place(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Http404 from error


def _day(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return None
