"""One's own set, one case at a time, and the certificate one takes away."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import partenariats_of
from maillage.documents.content import Bullets, Document, Paragraph
from maillage.equipes.arrivee import cards_left
from maillage.equipes.arrivee import parcours as arrival
from maillage.equipes.formation import (
    TRAINERS,
    Parcours,
    Reponse,
    answer_case,
    case_of,
    modules_by_function,
    parcours,
)
from maillage.law.codes import TITRES
from maillage.law.verdict import say_date
from maillage.web.door import acteur_of
from maillage.web.formation.forms import AnswerForm
from maillage.web.orientations.panel import verdict_panel
from maillage.web.panels import ICONS
from maillage.web.papers import file_answer, mention
from maillage.web.reunions.views import answered, chosen_partnership


def set_page(request: HttpRequest) -> HttpResponse:
    """Show one's own set by theme, where one stands, and to those who answer for a team its count."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    with answered():
        mine = parcours(acteur, partenariat)
        counts = modules_by_function(acteur) if acteur.role in TRAINERS else []
    context = {
        "partenariat": partenariat,
        "partenariats": list(partenariats_of(acteur)),
        "parcours": mine,
        "suivant": mine.after(),
        "themes": [(theme, list(rows)) for theme, rows in groupby(mine.pas, _theme)],
        "modules": counts,
        "cartes": cards_left(acteur),
        "arrivee": not arrival(acteur, partenariat).fini,
    }
    return render(request, "formation/page.html", context)


def case_page(request: HttpRequest, partenariat: str, cas: str) -> HttpResponse:
    """Tell a case and ask; on POST, say what the law answers here, and why."""
    acteur = acteur_of(request)
    ours = partenariats_of(acteur).filter(code=partenariat).first()
    if ours is None:
        raise Http404
    with answered():
        case = case_of(acteur, ours, cas)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"partenariat": ours, "cas": case, "form": form, "cartes": cards_left(acteur)}
    if request.method != "POST":
        return render(request, "formation/cas.html", context)
    if not form.is_valid():
        return render(request, "formation/cas.html", context, status=422)
    with answered():
        given = answer_case(by=acteur, partenariat=ours, code=cas, choix=form.cleaned_data["choix"])
        mine = parcours(acteur, ours)
    context |= _explained(acteur, ours, given, form.cleaned_data["choix"], mine)
    return render(request, "formation/reponse.html", context)


def certificate(request: HttpRequest) -> HttpResponse:
    """Give the certificate of one's own post; 404 until the module is done."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    with answered():
        mine = parcours(acteur, partenariat)
    if mine.module_le is None:
        raise Http404
    return file_answer(_certificate(acteur, partenariat, mine), "attestation", "pdf")


def _theme(pas: Any) -> str:
    return str(pas.cas.situation.theme)


def _explained(
    acteur: Acteur, partenariat: Partenariat, given: Reponse, choix: str, mine: Parcours
) -> dict[str, Any]:
    verdict = given.cas.verdict()
    return {
        "reponse": given,
        "choix": TITRES[choix],
        "icone": ICONS[choix],
        "verdict": verdict_panel(given.cas.case, verdict, acteur.role),
        "raisons": given.cas.because(),
        "suivant": mine.after(given.cas.code),
        "parcours": mine,
        "arrivee": given.fini and not arrival(acteur, partenariat).fini,
    }


def _certificate(acteur: Acteur, partenariat: Partenariat, mine: Parcours) -> Document:
    """Say what was learnt and when: the themes, never an answer nor a number of tries."""
    assert mine.module_le is not None
    themes = list(dict.fromkeys(one.cas.situation.theme for one in mine.pas))
    return Document(
        "Attestation de formation",
        [
            Paragraph(f"{acteur.poste.professionnel}, {acteur.poste.intitule}, {acteur.service.nom}."),
            Paragraph(
                f"A terminé le {say_date(mine.module_le)} le module « dire et taire » du {partenariat.nom} : "
                f"{len(mine.pas)} cas, jugés par le droit en vigueur, les clauses et les lectures de ce "
                "partenariat.",
                strong=True,
            ),
            Bullets(themes),
            Paragraph("Remise à la personne, à sa demande. Ni ses réponses ni ses essais ne sont gardés."),
        ],
        subtitle=f"Éditée le {say_date(clock.today())}",
        mention=mention(),
    )
