"""What comes, what a meeting will speak of, and its minutes as a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import CannotWrite, NotNow, NotYours
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import closed_to, members, partenariats_of
from maillage.conventions.regles import regles
from maillage.conventions.travail import RYTHME
from maillage.reunions.actions import CONVENERS, FIELD, services_of
from maillage.reunions.agenda import agenda, nominative
from maillage.reunions.compte_rendu import as_document
from maillage.reunions.enums import OPEN_DECISIONS, EtatReunion, GenreReunion
from maillage.reunions.models import Reunion
from maillage.reunions.queries import (
    DecisionLine,
    decision_lines,
    group_may_meet,
    latest_date,
    meeting_of,
    meetings_of,
    minutes_of,
    next_meeting,
    open_decisions,
    open_invitations,
)
from maillage.sharing.access import PERSON_ROLES
from maillage.sharing.errors import NotArrived
from maillage.web.door import acteur_of
from maillage.web.errors import Conflict, Refusal
from maillage.web.papers import MENTION, file_answer
from maillage.web.relecture import ToReread, to_reread
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

PAST_SHOWN = 20
PARTS = (
    ("retard", "En retard de réponse"),
    ("lieu_tension", "Lieux qui montent"),
    ("lieu_calme", "Lieux plus calmes"),
    ("projet", "Projets"),
    ("charte", "Chartes à signer"),
    ("decision", "Décisions à reprendre"),
    ("clause", "Clauses à revoir"),
)


def list_page(request: HttpRequest) -> HttpResponse:
    """Show the next meeting, those before, the decisions that wait, and how to convene."""
    acteur = acteur_of(request)
    return list_view(request, acteur, chosen_partnership(request, acteur))


def meeting_page(request: HttpRequest, reunion: UUID) -> HttpResponse:
    """Show one meeting: its agenda, attendance, minutes and decisions."""
    return meeting_view(request, acteur_of(request), reunion)


def minutes_file(request: HttpRequest, reunion: UUID, genre: str) -> HttpResponse:
    """Give the minutes as DOCX or PDF."""
    with answered():
        row = meeting_of(acteur_of(request), reunion)
    mention = MENTION if settings.MAILLAGE_DEMO or row.partenariat.invente else ""
    name = f"compte-rendu-{row.partenariat.code}-{row.le:%Y-%m-%d}"
    return file_answer(as_document((row,), mention=mention), name, genre)


def chosen_partnership(request: HttpRequest, acteur: Acteur) -> Partenariat:
    """Return the partnership asked for, or the first; Http404 for another's."""
    asked = request.POST.get("partenariat") or request.GET.get("partenariat", "")
    found = list(partenariats_of(acteur))
    chosen = next((one for one in found if not asked or one.code == asked), None)
    if chosen is None:
        raise Http404
    return chosen


def list_view(request: HttpRequest, acteur: Acteur, partenariat: Partenariat, **forms: Form) -> HttpResponse:
    """Render the list, with a form as typed when it was refused (422)."""
    with answered():
        rows = meetings_of(acteur, partenariat)
    coming = next_meeting(partenariat)
    limit, rules = latest_date(partenariat), regles(partenariat, clock.today())
    context = {
        "partenariats": list(partenariats_of(acteur)),
        "partenariat": partenariat,
        "next": coming,
        "limit": limit,
        "beyond": bool(limit and (coming.le.date() if coming else clock.today()) > limit),
        "planned": rows.filter(etat=EtatReunion.PREVUE).order_by("le", "pk"),
        "past": Paginator(rows.exclude(etat=EtatReunion.PREVUE), PAST_SHOWN).get_page(
            request.GET.get("page")
        ),
        "decisions": decision_lines(open_decisions(partenariat)),
        "leads": acteur.role in CONVENERS and not acteur.lecture_seule,
        "walks": acteur.role in FIELD and not acteur.lecture_seule,
        "convene": _convene_form(acteur),
        "weeks": rules.rythme_reunion_semaines,
        "rhythm_clause": rules.source(RYTHME),
        "rhythm": RhythmForm(initial={"semaines": rules.rythme_reunion_semaines}),
        **forms,
    }
    return render(request, "reunions/liste.html", context, status=422 if forms else 200)


def meeting_view(request: HttpRequest, acteur: Acteur, reunion: UUID, **more: Any) -> HttpResponse:
    """Render a meeting; `more` replaces a form by the one refused (422), or adds a link shown once."""
    with answered():
        row = meeting_of(acteur, reunion)
    attendance = _attendance(row)
    context: dict[str, Any] = {
        "reunion": row,
        "writes": _writes(acteur, row),
        "group": row.genre == GenreReunion.GROUPE,
        "postpone": PostponeForm(),
        "cancel": CancelForm(),
        "today": clock.today() >= row.le.astimezone(clock.PARIS).date(),
        "attendance": attendance,
        "came": [line for line in attendance if line["came"] and line["came"].nombre],
    }
    context |= _group(row) if context["group"] else _ordinary(row, acteur)
    refused = any(isinstance(one, Form) for one in more.values()) or "refused" in more
    return render(request, "reunions/page.html", context | more, status=422 if refused else 200)


@contextmanager
def answered() -> Iterator[None]:
    """Turn a meeting's refusals into answers: 404, 403 or 409."""
    try:
        yield
    except NotYours as error:
        raise Http404 from error
    except CannotWrite as error:
        raise Refusal(str(error), status=403) from error
    except NotNow as error:
        raise Conflict(str(error)) from error


def parts_of(points: list[Any]) -> list[tuple[str, list[str]]]:
    """Return the agenda by part, in the order of the meeting, empty parts left out."""
    by_part = [(label, [one.phrase for one in points if one.genre == genre]) for genre, label in PARTS]
    return [(label, lines) for label, lines in by_part if lines]


def _on_the_way(acteur: Acteur, row: Reunion) -> bool:
    """Say whether this post would hear names there once it has finished arriving."""
    return acteur.role in PERSON_ROLES and bool(closed_to(acteur.poste, clock.today(), [row.partenariat_id]))


def _ordinary(row: Reunion, acteur: Acteur) -> dict[str, Any]:
    """What a meeting with words shows: agenda while it comes, then minutes and decisions."""
    versions = minutes_of(row)
    draft = next((one for one in versions if one[0].verrouille_le is None), None)
    version = draft[0].version if draft else (versions[0][0].version if versions else 0) + 1
    text = draft[1] if draft else (versions[0][1] if versions else "")
    day = row.le.astimezone(clock.PARIS).date()
    decisions = decision_lines(row.decisions.select_related("service").order_by("echeance", "pk"))
    live = row.etat == EtatReunion.PREVUE or (not versions and day == clock.today())
    return {
        "parts": parts_of(agenda(row.partenariat, day, acteur)) if live else [],
        "names": nominative(row.partenariat, acteur) if live else [],
        "not_arrived": str(NotArrived()) if live and _on_the_way(acteur, row) else "",
        "live": live,
        "versions": [one for one in versions if one[0].verrouille_le],
        "draft": draft,
        "decisions": decisions,
        "minutes": MinutesForm(initial={"texte": text, "version": version}),
        "decide": DecisionForm(services_of(row.partenariat).values()),
        "follow": FollowForm(),
        "invite": InviteForm(),
        "guests": open_invitations(row),
        "reread": _to_reread(row, text if draft else "", decisions) if _writes(acteur, row) else [],
    }


def _to_reread(row: Reunion, draft: str, decisions: list[DecisionLine]) -> list[ToReread]:
    """Read the draft and the open decisions again for who writes here; locked minutes change no more."""
    texts = [draft, *(line.texte for line in decisions if line.decision.etat in OPEN_DECISIONS)]
    return to_reread(texts, row.partenariat)


def _group(row: Reunion) -> dict[str, Any]:
    return {
        "may_meet": group_may_meet(row.partenariat, clock.today()),
        "counted": {one.service_id: one for one in row.comptes.all()},
    }


def _attendance(row: Reunion) -> list[dict[str, Any]]:
    """One line per service: how many came, and for a group the two numbers."""
    came = {one.service_id: one for one in row.presences.all()}
    counts = {one.service_id: one for one in row.comptes.all()}
    services = members(row.partenariat) + [
        one for one in services_of(row.partenariat).values() if one not in members(row.partenariat)
    ]
    return [{"service": one, "came": came.get(one.pk), "counts": counts.get(one.pk)} for one in services]


def _writes(acteur: Acteur, row: Reunion) -> bool:
    leads = acteur.role in CONVENERS or (acteur.role in FIELD and row.genre == GenreReunion.TERRAIN)
    return leads and not acteur.lecture_seule


def _convene_form(acteur: Acteur) -> ConveneForm:
    form = ConveneForm()
    if acteur.role in FIELD:
        form.initial = {"genre": GenreReunion.TERRAIN, "duree_minutes": 30}
    return form
