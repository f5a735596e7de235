"""The evaluations of a partnership, one of them, the facts behind its figures, its files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format

from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import BadAnswer
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members, partenariats_of
from maillage.diagnostics.counting import months_between, next_month
from maillage.directory.enums import Role
from maillage.documents.content import Table
from maillage.evaluations.actions import OPENERS, open_evaluation, years_to_evaluate
from maillage.evaluations.contenu import content_of
from maillage.evaluations.enums import STRUCTURES, Entourage, GenreAvis
from maillage.evaluations.faits import FAITS, Periode, behind
from maillage.evaluations.models import Evaluation
from maillage.evaluations.queries import (
    OPEN,
    Etat,
    evaluation_of,
    evaluations_of,
    periode_of,
    round_of,
    state_of,
)
from maillage.evaluations.questions import MARKS, PREREQUIS
from maillage.evaluations.rapport import WHO, as_document, found, marks_chart, news_chart, signatures_of
from maillage.pilotage.reciprocite import flows
from maillage.pilotage.reciprocite_tables import days, direction, said, tables_of
from maillage.web.door import acteur_of
from maillage.web.door import answered as door
from maillage.web.papers import file_answer
from maillage.web.reunions.views import answered, chosen_partnership

WHY = [
    "Ce document est écrit comme s'il sortait de chez vous : un nombre inférieur à 11 n'y est pas, ni celui "
    "qui permettrait de le retrouver. Vos propres échanges sont exacts sous « Les faits ».",
    "Une feuille d'équipe se lit quand toutes les équipes ont rempli la leur ; les notes des directions, "
    "quand toutes ont noté.",
    "Les réponses des jeunes et des parents sont fondues dans une somme ; sous cinq, rien ne s'affiche.",
    "Rien n'est attribué à un agent.",
]
ECHANGES = "echanges"
STEPS = (
    ("equipes", "Chaque équipe remplit sa feuille, ensemble"),
    ("directions", "Chaque direction note, sans lire l'autre"),
    ("signature", "Les directions signent, écarts compris"),
)


def list_page(request: HttpRequest) -> HttpResponse:
    """Show a partnership's evaluations; POST opens one."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    if request.method != "POST":
        return _list(request, acteur, partenariat)
    try:
        with answered():
            made = open_evaluation(by=acteur, partenariat=partenariat, debut=_day(request))
    except BadAnswer as error:
        return _list(request, acteur, partenariat, str(error))
    messages.success(request, "L'évaluation est ouverte. Les équipes parlent d'abord.")
    return redirect("evaluation:page", made.pk)


def page(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """Show one evaluation: where it stands, my part, the draft."""
    return page_view(request, acteur_of(request), evaluation)


def facts_page(request: HttpRequest, evaluation: UUID, cle: str) -> HttpResponse:
    """Show the rows behind a figure, to a member of the partnership."""
    acteur = acteur_of(request)
    with answered():
        row = evaluation_of(acteur, evaluation)
    if cle == ECHANGES:
        tables = _own_flows(acteur, periode_of(row))
    elif cle in FAITS:
        tables = [behind(periode_of(row), cle)]
    else:
        raise Http404
    context = {
        "evaluation": row,
        "tables": tables,
        "titre": FAITS[cle][0] if cle in FAITS else "Vos échanges",
    }
    return render(request, "evaluation/faits.html", context)


def file(request: HttpRequest, evaluation: UUID, genre: str) -> HttpResponse:
    """Give the document as DOCX or PDF."""
    with answered():
        row = evaluation_of(acteur_of(request), evaluation)
    return file_answer(as_document(found(row)), f"evaluation-{row.partenariat.code}-{row.fin.year}", genre)


def page_view(
    request: HttpRequest,
    acteur: Acteur,
    evaluation: UUID,
    typed: Mapping[str, str] | None = None,
    **more: Any,
) -> HttpResponse:
    """Render an evaluation; `typed` is what was refused, kept on screen (422)."""
    with answered():
        row = evaluation_of(acteur, evaluation)
    etat = state_of(row)
    content, mine = content_of(row, standby=True), round_of(acteur, etat)
    context: dict[str, Any] = {
        "evaluation": row,
        "contenu": content,
        "etat": etat,
        "steps": [(name, _step(etat, key)) for key, name in STEPS],
        "waiting": _waiting(etat),
        "chart": marks_chart(content),
        "counted": (news := news_chart(content)),
        "tables": [
            Table(one["titre"], one["colonnes"], one["lignes"])
            for one in content["reciprocite"][1 if news else 0 :]
        ],
        "words": [(one, WHO[one["genre"]]) for one in content["mots"]],
        "marks": MARKS.items(),
        "who": WHO,
        "form": mine.value if mine else "",
        "lines": _lines(acteur, etat, mine, typed),
        "mot": (typed or {}).get("mot", _own_word(acteur, etat, mine)),
        "entourages": [(one.value, one.label, one in STRUCTURES) for one in Entourage],
        "entours": list(row.entours.all()),
        "signed": signatures_of(row),
        **_may(acteur, etat),
        "reasons": WHY,
    }
    return render(request, "evaluation/page.html", context | more, status=422 if typed is not None else 200)


def _may(acteur: Acteur, etat: Etat) -> dict[str, bool]:
    """Say which acts are this person's now: asking those around, signing."""
    mine = acteur.service.pk
    asked = mine in {one.pk for one in etat.directions} and mine not in etat.signatures
    return {
        "asks": acteur.role in OPENERS | {Role.COORDINATION} and etat.phase in OPEN,
        "signs": acteur.role == Role.DIRECTION
        and not acteur.lecture_seule
        and etat.phase == "signature"
        and asked,
    }


def _list(request: HttpRequest, acteur: Acteur, partenariat: Partenariat, error: str = "") -> HttpResponse:
    with answered():
        rows = evaluations_of(acteur, partenariat)
    opens = acteur.role in OPENERS and not acteur.lecture_seule
    years = [(debut, _year(debut)) for debut, _ in years_to_evaluate(partenariat)] if opens else []
    context = {
        "partenariats": list(partenariats_of(acteur)),
        "partenariat": partenariat,
        "rows": [(row, state_of(row).phase) for row in rows],
        "years": years,
        "error": error,
        "leads": acteur.role in OPENERS | {Role.COORDINATION},
    }
    return render(request, "evaluation/liste.html", context, status=422 if error else 200)


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("debut", ""))
    except ValueError as error:
        raise BadAnswer("debut", "Choisissez une année.") from error


def _year(debut: date) -> str:
    return Evaluation(debut=debut, fin=debut.replace(year=debut.year + 1) - timedelta(days=1)).periode


def _step(etat: Etat, key: str) -> str:
    order = [name for name, _ in STEPS]
    if etat.phase == "signee" or order.index(key) < order.index(etat.phase):
        return "done"
    return "now" if key == etat.phase else ""


def _waiting(etat: Etat) -> str:
    match etat.phase:
        case "equipes":
            return "On attend la feuille de : " + ", ".join(str(one) for one in etat.teams_missing) + "."
        case "directions":
            return "On attend les notes de : " + ", ".join(str(one) for one in etat.directions_missing) + "."
        case "signature":
            left = [str(one) for one in etat.directions if one.pk not in etat.signatures]
            return "On attend la signature de : " + ", ".join(left) + "."
        case _:
            return ""


def _lines(
    acteur: Acteur, etat: Etat, genre: GenreAvis | None, typed: Mapping[str, str] | None
) -> list[tuple[Any, str]]:
    own = _own(acteur, etat, genre)
    return [
        (one, (typed or {}).get(f"note-{one.lettre}", own.notes.get(one.lettre, "") if own else ""))
        for one in PREREQUIS
    ]


def _own(acteur: Acteur, etat: Etat, genre: GenreAvis | None) -> Any:
    given = etat.feuilles if genre == GenreAvis.EQUIPE else etat.notes
    return given.get(acteur.service.pk) if genre else None


def _own_word(acteur: Acteur, etat: Etat, genre: GenreAvis | None) -> str:
    own = _own(acteur, etat, genre)
    return own.mot if own else ""


def _own_flows(acteur: Acteur, periode: Periode) -> list[Table]:
    """My service's flows, exact, the year then month by month; nothing when it is in none."""
    if acteur.service not in members(periode.partenariat, periode.fin):
        return []
    with door():
        year = [one for one in flows(acteur, periode.partenariat, periode.debut, periode.fin) if one.mien]
        rows = []
        for month in months_between(periode.debut, periode.fin.replace(day=1)):
            last = next_month(month) - timedelta(days=1)
            for one in flows(acteur, periode.partenariat, month, last):
                if one.mien:
                    rows.append(
                        (
                            f"{date_format(month, 'F Y')}, {direction(one)}",
                            said(one.lieux.envoyes),
                            said(one.lieux.repondus),
                            days(one.lieux.delai),
                            said(one.orientations.envoyes),
                            said(one.offerts),
                        )
                    )
    heads = ("Mois, sens", "Nouvelles", "Répondues", "Délai médian", "Orientations", "Retours offerts")
    return [*tables_of(year, whose=", avec votre service"), Table("Mois par mois", heads, rows)]
