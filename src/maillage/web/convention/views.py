"""The convention's page and workshop: propose, amend, vote, try, settle, sign; and the charters."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions import actions
from maillage.conventions.enums import EtatConvention, GenreCharte, OrigineClause
from maillage.conventions.errors import StaleClause
from maillage.conventions.faits import say_fact
from maillage.conventions.models import ClauseProposee, Convention, Partenariat
from maillage.conventions.queries import camp_of, on_the_way
from maillage.web.convention import reading
from maillage.web.convention.departs import Depart, depart, departs
from maillage.web.convention.essai import tried
from maillage.web.convention.forms import (
    AmendForm,
    CharterForm,
    DatesForm,
    ProposeForm,
    ScanForm,
    SignForm,
    blank_dates,
)
from maillage.web.convention.refusals import answered, conflict, status_of, typed
from maillage.web.door import acteur_of
from maillage.web.errors import Conflict, Refusal
from maillage.web.partenariat.views import partnership_of

# The field of the form where each refused answer shows.
SCAN_ID = "exemplaire-{}-%s"
FIELDS = {"fait": "etablit", "valeur": "etablit"}


def convention_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the version in force, the workshop, and the charters."""
    acteur = acteur_of(request)
    partenariat = partnership_of(acteur, code)
    asked = request.GET.get("depart", "")
    chosen = depart(partenariat, asked)
    if asked and chosen is None:
        raise Http404
    return show_page(request, acteur, partenariat, depart=chosen)


def starting_texts(request: HttpRequest, code: str) -> HttpResponse:
    """Show the texts one may start a clause from: the study's, and the other cities'."""
    acteur = acteur_of(request)
    partenariat = partnership_of(acteur, code)
    version = reading.waiting_version(partenariat)
    found = departs(partenariat)
    context = {
        "partenariat": partenariat,
        "study": [one for one in found if one.pratique],
        "cities": [one for one in found if not one.pratique],
        "open": version is not None and version.etat == EtatConvention.ATELIER,
        "writes": reading.may_write(acteur, partenariat),
        "tab": "convention",
    }
    return render(request, "convention/departs.html", context)


def open_page(request: HttpRequest, code: str) -> HttpResponse:
    """Open the workshop of the next version."""
    acteur = acteur_of(request)
    with answered():
        actions.open_workshop(by=acteur, partenariat=partnership_of(acteur, code))
    messages.success(request, "L'atelier est ouvert : les deux équipes peuvent y proposer des clauses.")
    return redirect("convention:page", code)


def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Propose a clause; 422 with what was typed when it contradicts a rule."""
    acteur = acteur_of(request)
    partenariat = partnership_of(acteur, code)
    form = ProposeForm(request.POST)
    version = _waiting(partenariat, form)
    if version is not None and form.is_valid():
        data = form.cleaned_data
        with typed(form, FIELDS):
            actions.propose_clause(
                by=acteur,
                convention=version.pk,
                origine=OrigineClause(data["origine"]),
                source=data["source"],
                wording=form.wording(),
            )
    if form.errors:
        return show_page(request, acteur, partenariat, clause=form)
    messages.success(request, "Clause proposée. Les deux équipes peuvent la voter.")
    return redirect("convention:page", code)


def settle(request: HttpRequest, code: str) -> HttpResponse:
    """Settle the text, with its dates."""
    acteur = acteur_of(request)
    partenariat = partnership_of(acteur, code)
    form = DatesForm(request.POST)
    version = _waiting(partenariat, form)
    if version is not None and form.is_valid():
        with typed(form, FIELDS):
            actions.settle_text(by=acteur, convention=version.pk, **form.cleaned_data)
    if form.errors:
        return show_page(request, acteur, partenariat, dates=form)
    messages.success(request, "Le texte est arrêté. Il attend les deux signatures.")
    return redirect("convention:page", code)


def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Sign for one's trade."""
    acteur = acteur_of(request)
    partenariat = partnership_of(acteur, code)
    form = SignForm(request.POST)
    version = _waiting(partenariat, form)
    if version is not None and form.is_valid():
        with typed(form, FIELDS):
            version = actions.sign_convention(by=acteur, convention=version.pk, **form.cleaned_data)
    if form.errors:
        return show_page(request, acteur, partenariat, signature=form)
    signed = version is not None and version.etat == EtatConvention.SIGNEE
    said = "La convention est signée : ses clauses comptent." if signed else "Votre signature est notée."
    messages.success(request, said)
    return redirect("convention:page", code)


def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Set aside a text that waits for signatures; its clauses come back to the workshop."""
    acteur = acteur_of(request)
    version = reading.waiting_version(partnership_of(acteur, code))
    if version is None:
        raise Conflict("Aucun texte n'attend de signature.")
    with answered():
        actions.reopen_text(by=acteur, convention=version.pk)
    messages.success(request, "L'atelier est rouvert : ses clauses y sont revenues, à voter de nouveau.")
    return redirect("convention:page", code)


def clause_page(request: HttpRequest, clause: UUID) -> HttpResponse:
    """Show a clause, its former wordings and last year judged with it."""
    acteur = acteur_of(request)
    row = _clause_of(acteur, clause)
    return _clause_page(request, acteur, row, AmendForm(initial=_initial(row)))


def amend(request: HttpRequest, clause: UUID) -> HttpResponse:
    """Amend a clause; 409 with both texts when it changed meanwhile, 422 when it contradicts a rule."""
    acteur = acteur_of(request)
    row, form = _clause_of(acteur, clause), AmendForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data["redaction"]
        try:
            with typed(form, FIELDS):
                actions.amend_clause(by=acteur, clause=row.pk, redaction=number, wording=form.wording())
        except StaleClause as error:
            # What was typed stays; sent again, it amends the wording just read.
            again = AmendForm(request.POST.copy() | {"redaction": str(row.redaction)})
            return _clause_page(request, acteur, row, again, kept=error.kept, status=409)
    if form.errors:
        return _clause_page(request, acteur, row, form, status=status_of(form))
    messages.success(request, "Clause modifiée. Les votes repartent de zéro.")
    return redirect("convention:page", row.convention.partenariat.code)


def vote(request: HttpRequest, clause: UUID) -> HttpResponse:
    """Vote for or against one wording."""
    acteur = acteur_of(request)
    row = _clause_of(acteur, clause)
    number, answer = request.POST.get("redaction", ""), request.POST.get("pour", "")
    if not number.isdecimal() or len(number) > 4 or answer not in {"oui", "non"}:
        raise Refusal("Dites pour ou contre cette rédaction.", status=422)
    with answered():
        actions.vote_clause(by=acteur, clause=row.pk, redaction=int(number), pour=answer == "oui")
    return redirect("convention:page", row.convention.partenariat.code)


def withdraw(request: HttpRequest, clause: UUID) -> HttpResponse:
    """Take a clause out of the text."""
    acteur = acteur_of(request)
    row = _clause_of(acteur, clause)
    with answered():
        actions.withdraw_clause(by=acteur, clause=row.pk)
    messages.success(request, "Clause retirée. Son histoire reste.")
    return redirect("convention:page", row.convention.partenariat.code)


def write_charter(request: HttpRequest, code: str, genre: str) -> HttpResponse:
    """Show a charter's latest words, and publish the next version; 422 with what was typed."""
    acteur = acteur_of(request)
    partenariat = partnership_of(acteur, code)
    if genre not in GenreCharte or camp_of(acteur, partenariat) is None:
        raise Http404
    if acteur.lecture_seule:
        raise Refusal("Votre poste permet de lire, pas de publier une charte.", status=403)
    kind = GenreCharte(genre)
    form = CharterForm(initial={"texte": reading.latest_text(partenariat, kind), "debut": clock.today()})
    if request.method == "POST":
        form = CharterForm(request.POST)
        if form.is_valid():
            with typed(form, FIELDS):
                row = actions.publish_charter(
                    by=acteur, partenariat=partenariat, genre=kind, **form.cleaned_data
                )
        if not form.errors:
            messages.success(request, f"Publiée : {row}. Elle se signe à partir du {row.debut:%d/%m/%Y}.")
            return redirect("convention:page", code)
    context = {"partenariat": partenariat, "genre": kind, "form": form, "tab": "convention"}
    return render(request, "convention/charte.html", context, status=status_of(form))


def sign_one_charter(request: HttpRequest, charte: UUID) -> HttpResponse:
    """Sign a charter for one's post."""
    with answered():
        row = actions.sign_charter(by=acteur_of(request), charte=charte)
    messages.success(request, f"Signée : {row.charte}.")
    return redirect("convention:page", row.charte.partenariat.code)


def show_page(
    request: HttpRequest,
    acteur: Acteur,
    partenariat: Partenariat,
    *,
    depart: Depart | None = None,
    scan: ScanForm | None = None,
    **refused: forms.Form,
) -> HttpResponse:
    """Render the page; `refused` are forms sent back as typed, `scan` the one of a file refused."""
    on = clock.today()
    version, signed = reading.waiting_version(partenariat), reading.signed_versions(partenariat)
    lines = reading.proposed_lines(version) if version else []
    papers = _papers([*signed, *([version] if version else [])], partenariat, scan)
    pairs = zip(signed, [*signed[1:], None][: len(signed)], strict=True)
    context = {
        "partenariat": partenariat,
        "version": version,
        "lines": lines,
        "warning": reading.too_long(lines),
        "versions": [(new, reading.differences(old, new), papers[new.version]) for new, old in pairs],
        "writes": reading.may_write(acteur, partenariat),
        "signs": reading.may_sign(acteur, partenariat),
        "clause": ProposeForm(initial=depart.initial() if depart else None),
        "depart": depart,
        "form_to_write": reading.form_to_write(partenariat, on),
        "dates": blank_dates(on),
        "signature": SignForm(initial={"le": on}),
        "papers": papers.get(version.version) if version else None,
        "tab": "convention",
    }
    return render(
        request,
        "convention/page.html",
        context | _charters(acteur, partenariat) | refused,
        status=status_of(*refused.values(), *([scan] if scan else [])),
    )


def _charters(acteur: Acteur, partenariat: Partenariat) -> dict[str, object]:
    on = clock.today()
    return {
        "charters": reading.charter_lines(acteur, partenariat, on),
        "coming": reading.coming_charters(partenariat, on),
        "genres": GenreCharte.choices,
        "remaining": reading.remaining(partenariat, on),
        "arriving": bool(on_the_way(acteur.poste, on, [partenariat.pk])),
    }


def _papers(
    versions: list[Convention], partenariat: Partenariat, refused: ScanForm | None
) -> dict[int, tuple[list[reading.ScanLine], ScanForm]]:
    """Return, for each version that may have one, its signed papers and the form to attach another."""
    settled = [one for one in versions if one.etat != EtatConvention.ATELIER]
    lines = reading.scan_lines(partenariat)
    forms_of = {one.version: ScanForm(auto_id=SCAN_ID.format(one.version)) for one in settled}
    if refused is not None:
        forms_of |= {number: refused for number in forms_of if refused.auto_id == SCAN_ID.format(number)}
    return {number: (lines.get(number, []), form) for number, form in forms_of.items()}


def _clause_page(
    request: HttpRequest,
    acteur: Acteur,
    row: ClauseProposee,
    form: AmendForm,
    *,
    kept: str = "",
    status: int = 200,
) -> HttpResponse:
    text, partenariat = row.redactions.get(numero=row.redaction), row.convention.partenariat
    context = {
        "partenariat": partenariat,
        "clause": row,
        "text": text,
        "fait": say_fact(text.fait, text.valeur),
        "history": row.redactions.order_by("-numero"),
        "form": form,
        "kept": kept,
        "trial": tried(partenariat, text),
        "writes": _in_workshop(row) and reading.may_write(acteur, partenariat),
        "tab": "convention",
    }
    return render(request, "convention/clause.html", context, status=status)


def _waiting(partenariat: Partenariat, form: forms.Form) -> Convention | None:
    """Return the version that waits; without one, say so on the form that meant to change it."""
    version = reading.waiting_version(partenariat)
    if version is None:
        conflict(form, "Aucun atelier n'est ouvert.")
    return version


def _clause_of(acteur: Acteur, clause: UUID) -> ClauseProposee:
    row = (
        ClauseProposee.objects.select_related("convention__partenariat")
        .filter(pk=clause, convention__partenariat__in=acteur.partenariat_ids)
        .first()
    )
    if row is None:
        raise Http404
    return row


def _in_workshop(row: ClauseProposee) -> bool:
    return row.convention.etat == EtatConvention.ATELIER and row.retiree_le is None


def _initial(row: ClauseProposee) -> dict[str, object]:
    text = row.redactions.get(numero=row.redaction)
    fact = f"{text.fait}={text.valeur}" if text.fait else ""
    shown = {"titre": text.titre, "texte": text.texte, "etablit": fact, "metier": text.metier}
    return shown | {"redaction": row.redaction}
