"""One partnership's barometer: answering it, and what closed waves say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import partenariats_of
from maillage.directory.enums import Metier
from maillage.documents.charts import Bar, bar_chart
from maillage.documents.content import Chart, Table
from maillage.enquetes.actions import answer, answer_together, close_wave, has_answered, open_wave
from maillage.enquetes.errors import AlreadyAnswered, EnqueteError
from maillage.enquetes.models import Vague
from maillage.enquetes.queries import (
    SMALLEST,
    Result,
    half_year,
    is_counted_here,
    may_answer,
    may_steer,
    results,
    sheets,
    waves_of,
)
from maillage.enquetes.questions import ANSWERS, QUESTIONS
from maillage.web.door import acteur_of, answered

REASONS = [
    "Une réponse est ajoutée à une somme, et rien d'autre n'est gardé : ni ligne, ni heure, ni journal.",
    f"Rien ne se lit avant la fermeture, ni à moins de {SMALLEST} réponses.",
    "Une équipe trop petite répond ensemble, sur une feuille ; les réponses de chacun rejoignent celles des "
    "petites équipes des autres villes.",
    "Une moyenne s'arrête à 1,2 et à 3,8 : au-delà, elle dirait ce que chacun a répondu.",
]
SHORT = {Metier.MEDIATION_SOCIALE.value: "médiation", Metier.PREVENTION_SPECIALISEE.value: "prévention"}


def index(request: HttpRequest) -> HttpResponse:
    """Lead to the barometer of my first partnership; 404 for whoever has none."""
    first = partenariats_of(acteur_of(request)).first()
    if first is None:
        raise Http404
    return redirect("barometre:page", first.code)


def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the open wave to answer, and the results of those that are closed."""
    acteur = acteur_of(request)
    return _page(request, acteur, _partenariat(acteur, code), {}, "", 200)


def respond(request: HttpRequest, code: str) -> HttpResponse:
    """Take one person's ten answers; what was chosen stays on screen when one is missing."""
    acteur = acteur_of(request)
    partenariat = _partenariat(acteur, code)
    values = {name: str(value) for name, value in request.POST.items()}
    try:
        with answered():
            answer(by=acteur, wave=_wave(partenariat), answers=values)
    except EnqueteError as error:
        return _page(request, acteur, partenariat, values, str(error), _status(error))
    messages.success(request, "Merci. Votre réponse est fondue dans le nombre.")
    return redirect("barometre:page", code)


def respond_together(request: HttpRequest, code: str) -> HttpResponse:
    """Take the one sheet of a small team."""
    acteur = acteur_of(request)
    partenariat = _partenariat(acteur, code)
    values = {name: str(value) for name, value in request.POST.items()}
    try:
        with answered():
            answer_together(by=acteur, wave=_wave(partenariat), answers=values)
    except EnqueteError as error:
        return _page(request, acteur, partenariat, values, str(error), _status(error))
    messages.success(request, "La feuille de l'équipe est enregistrée.")
    return redirect("barometre:page", code)


def steer(request: HttpRequest, code: str) -> HttpResponse:
    """Open the half-year's wave, or close the open one."""
    acteur = acteur_of(request)
    partenariat = _partenariat(acteur, code)
    try:
        with answered():
            if request.POST.get("geste") == "fermer":
                close_wave(by=acteur, wave=_wave(partenariat))
            else:
                open_wave(by=acteur, partenariat=partenariat)
    except EnqueteError as error:
        return _page(request, acteur, partenariat, {}, str(error), _status(error))
    return redirect("barometre:page", code)


def _page(
    request: HttpRequest,
    acteur: Acteur,
    partenariat: Partenariat,
    values: Mapping[str, str],
    error: str,
    status: int,
) -> HttpResponse:
    waves = waves_of(partenariat)
    wave = next((one for one in waves if one.ouverte), None)
    steers, small = may_steer(acteur, partenariat), not is_counted_here(partenariat, acteur.service.metier)
    asked = may_answer(acteur, partenariat) and not acteur.lecture_seule
    found, pooled = results(partenariat), results(None)
    done = wave is not None and asked and has_answered(acteur, wave)
    context = {
        "partenariat": partenariat,
        "wave": wave,
        "may_open": steers
        and wave is None
        and half_year(clock.today()) not in {one.semestre for one in waves},
        "may_close": steers and wave is not None,
        "form": "seul" if wave and asked and not done else "equipe" if wave and steers and small else "",
        "done": done,
        "small": small,
        "questions": [(rank, one, values.get(one.cle, "")) for rank, one in enumerate(QUESTIONS, start=1)],
        "answers": ANSWERS.items(),
        "chart": _chart(found),
        "gap": len({one.metier for one in _latest(found) if any(one.moyennes.values())}) > 1,
        "evolution": _evolution(found, "D'une vague à l'autre, ici"),
        "pool": _evolution(pooled, "D'une vague à l'autre, petites équipes"),
        "sheets": [
            (one, [(question.texte, ANSWERS[one.reponses[question.cle]]) for question in QUESTIONS])
            for one in sheets(partenariat)
        ],
        "error": error,
        "reasons": REASONS,
    }
    return render(request, "barometre/page.html", context, status=status)


def _latest(found: Sequence[Result]) -> list[Result]:
    return [one for one in found if one.semestre == found[-1].semestre] if found else []


def _chart(found: Sequence[Result]) -> Chart | None:
    """Draw the latest wave: both trades one under the other, question by question."""
    latest = _latest(found)
    bars = [
        Bar(f"{question.court}, {SHORT[one.metier]}", value)
        for question in QUESTIONS
        for one in latest
        if (value := one.moyennes[question.cle]) is not None
    ]
    if not bars:
        return None
    caption = f"Baromètre {latest[0].semestre}, de 1 (pas du tout) à 4 (tout à fait)"
    return bar_chart(bars, caption=caption, label="Question", value="Moyenne", most=4)


def _evolution(found: Sequence[Result], caption: str) -> Table | None:
    """Every wave of both trades, one column each."""
    told = [one for one in found if any(value is not None for value in one.moyennes.values())]
    if not told:
        return None
    headers = ["Question", *(f"{one.semestre}, {SHORT[one.metier]}" for one in told)]
    rows = [
        [question.texte, *(_number(one.moyennes[question.cle]) for one in told)] for question in QUESTIONS
    ]
    return Table(caption, headers, rows)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}".replace(".", ",")


def _partenariat(acteur: Acteur, code: str) -> Partenariat:
    found = partenariats_of(acteur).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _wave(partenariat: Partenariat) -> Vague:
    found = next((one for one in waves_of(partenariat) if one.ouverte), None)
    if found is None:
        raise AlreadyAnswered("Aucun baromètre n'est ouvert.")
    return found


def _status(error: EnqueteError) -> int:
    return 409 if isinstance(error, AlreadyAnswered) else 422
