"""A school head's page, and the form that tells the mayor of absences."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.law.decision import decide
from maillage.law.wire import parse_case
from maillage.sharing import informations as door
from maillage.sharing.enums import Alinea
from maillage.sharing.errors import BadAnswer, Withheld
from maillage.web.connexion.fresh import requires_fresh_second_factor
from maillage.web.door import acteur_of, answered
from maillage.web.ecole.forms import AbsencesForm
from maillage.web.orientations.panel import verdict_panel
from maillage.web.panels import VerdictPanel


def school_page(request: HttpRequest) -> HttpResponse:
    """Show what a school may say, and what the law answers of a measure told to the mayor."""
    acteur = acteur_of(request)
    return render(request, "ecole/page.html", {"panel": _measure(acteur.role)})


@requires_fresh_second_factor
def absences_page(request: HttpRequest) -> HttpResponse:
    """Tell the mayor that the State is asked about absences; who it is about is given by voice."""
    acteur = acteur_of(request)
    with answered():
        form = _form(request)
    panel = None
    if request.method == "POST" and form.is_valid():
        said = door.Said(Alinea.ABSENCES, [UUID(pk) for pk in form.cleaned_data["destinataires"]], {})
        try:
            with answered():
                door.inform(by=acteur, personne=None, said=said)
        except BadAnswer as error:
            form.add_error(error.champ if error.champ in form.fields else None, str(error))
        except Withheld as error:
            case = parse_case(dict(error.echange.cas))
            panel = verdict_panel(case, decide(case), acteur.role)
        else:
            messages.success(request, "C'est parti. De qui il s'agit se dit de vive voix, ou sur le papier.")
            return redirect("informations:liste")
    status = 422 if request.method == "POST" else 200
    return render(request, "ecole/absences.html", {"form": form, "panel": panel}, status=status)


def _form(request: HttpRequest) -> AbsencesForm:
    posts = [
        (str(one.poste.pk), f"{one.poste.professionnel}, {one.mandat.libelle}")
        for one in door.representatives(acteur_of(request), Alinea.ABSENCES)
    ]
    return AbsencesForm(request.POST or None, posts=posts)


def _measure(role: str) -> VerdictPanel:
    """Ask the law whether a school head may tell the mayor of a pupil's measure (exclusion, warning)."""
    case = parse_case(
        {
            "id": "mesure",
            "date": clock.today().isoformat(),
            "emetteur": {
                "fonction": "chef_etablissement",
                "emploi": "agent_public",
                "fondement_secret": ["statut_agent_public"],
            },
            "destinataire": {"fonction": "maire", "emploi": "elu", "fondement_secret": []},
            "sujet": {"objet": "personne"},
            "contenu": {"nature": "mesure_scolaire", "origine": "appris_en_fonction"},
            "finalite": "assiduite_scolaire",
            "cadre": "bilateral",
            "enregistrement": "journal_seul",
        }
    )
    return verdict_panel(case, decide(case), role)
