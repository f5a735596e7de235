"""The projects of a partnership, the chain of one of them, its bilan as a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.queries import members, partenariats_of
from maillage.directory.enums import Metier
from maillage.projets.actions import writes_projects
from maillage.projets.bilan import LIMITS, as_document, euros, hours, shown
from maillage.projets.enums import EtatProjet, GenreProjet
from maillage.projets.models import Projet, Soutien
from maillage.projets.offres import offers_waiting
from maillage.projets.photos import photos_of
from maillage.projets.queries import account, before_and_after, project_of, projects_of, signals_before
from maillage.sharing.access import PERSON_ROLES
from maillage.sharing.enrolments import enrolled, participants
from maillage.sharing.sheets import list_accompagnements
from maillage.web.door import acteur_of
from maillage.web.papers import MENTION, file_answer
from maillage.web.projets.forms import DayForm, FinishForm, LineForm, PhotoForm, SessionForm, SupporterForm
from maillage.web.relecture import ToReread, to_reread
from maillage.web.reunions.views import answered, chosen_partnership


def list_page(request: HttpRequest) -> HttpResponse:
    """Show the projects of one of my partnerships, those alive first."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    with answered():
        rows = projects_of(acteur, partenariat)
    over = {EtatProjet.TERMINE, EtatProjet.ABANDONNE}
    context = {
        "partenariats": list(partenariats_of(acteur)),
        "partenariat": partenariat,
        "live": [row for row in rows if row.etat not in over],
        "over": [row for row in rows if row.etat in over],
        "offres": [(one, euros(one.budget_centimes)) for one in offers_waiting(acteur, partenariat)],
        "writes": _writes(acteur),
    }
    return render(request, "projets/liste.html", context)


def project_page(request: HttpRequest, projet: UUID) -> HttpResponse:
    """Show the whole chain of a project."""
    return project_view(request, acteur_of(request), projet)


def bilan_file(request: HttpRequest, projet: UUID, genre: str) -> HttpResponse:
    """Give the bilan as DOCX or PDF."""
    with answered():
        row = project_of(acteur_of(request), projet)
    mention = MENTION if settings.MAILLAGE_DEMO or row.invente else ""
    document = as_document(row, participants([row.pk]).get(row.pk, 0), mention=mention)
    return file_answer(document, "bilan", genre)


def project_view(request: HttpRequest, acteur: Acteur, projet: UUID, **refused: Form) -> HttpResponse:
    """Render a project; `refused` holds a form as typed, when it was refused (422)."""
    with answered():
        row = project_of(acteur, projet)
    lignes, seances = list(row.lignes.all()), list(row.seances.all())
    found = account(lignes, seances)
    context: dict[str, Any] = {
        "projet": row,
        "signals": signals_before(row),
        "signed": {one.service_id for one in row.signatures.all()},
        "seances": [(one, hours(one.minutes_travaillees)) for one in seances],
        "lignes": [(one, euros(one.prevu_centimes), euros(one.realise_centimes)) for one in lignes],
        "money": {
            name: euros(getattr(found, name))
            for name in ("recettes_prevues", "recettes", "depenses_prevues", "depenses", "paie", "solde")
        },
        "paid": row.genre == GenreProjet.CHANTIER_EDUCATIF,
        "soutiens": _supporters(row),
        "photos": photos_of(row.pk),
        "jeunes": shown(participants([row.pk]).get(row.pk, 0)),
        "periods": before_and_after(row),
        "limits": LIMITS,
        "writes": _writes(acteur),
        "reread": _to_reread(row) if _writes(acteur) else [],
        **_people(acteur, row),
    }
    forms = _forms(row) | refused
    for name, form in forms.items():
        form.auto_id = f"{name}_%s"  # several forms of one page ask for a day
    return render(request, "projets/page.html", context | forms, status=422 if refused else 200)


def _to_reread(row: Projet) -> list[ToReread]:
    """Read again what both services and the bilan's readers will see of a project that still lives."""
    if row.etat in {EtatProjet.TERMINE, EtatProjet.ABANDONNE}:
        return []
    texts = [row.titre, row.constat, row.finalite, row.commanditaire, row.partenaires, row.materiel]
    return to_reread(texts, row.partenariat)


def _supporters(row: Projet) -> list[tuple[Soutien, str]]:
    """Who stands behind the project, with the money promised or received when there is some."""
    return [
        (one, euros(one.ligne.realise_centimes or one.ligne.prevu_centimes) if one.ligne else "")
        for one in row.soutiens.all()
    ]


def _people(acteur: Acteur, row: Projet) -> dict[str, Any]:
    """What the prevention service alone sees: its participants, and whom it may enrol."""
    if acteur.service.metier != Metier.PREVENTION_SPECIALISEE or acteur.role not in PERSON_ROLES:
        return {"people": None, "candidates": []}
    people = enrolled(acteur, row.pk)
    inside = {one.accompagnement for one in people}
    offered = row.etat in {EtatProjet.DECIDE, EtatProjet.EN_COURS} and not acteur.lecture_seule
    lines = list_accompagnements(acteur, limit=200) if offered else []
    return {
        "people": people,
        "candidates": [one for one in lines if one.adhesion == "acquise" and one.id not in inside],
    }


def _forms(row: Projet) -> dict[str, Form]:
    today = {"le": clock.today()}
    return {
        "begin": DayForm(initial=today),
        "session": SessionForm(members(row.partenariat), initial=today),
        "line": LineForm(initial=today),
        "supporter": SupporterForm(initial=today),
        "photo": PhotoForm(),
        "finish": FinishForm(initial=today),
    }


def _writes(acteur: Acteur) -> bool:
    return writes_projects(acteur) and acteur.role != "coordination"
