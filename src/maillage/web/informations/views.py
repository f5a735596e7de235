"""Writing an information, the list of those sent or received, the delegations one has read."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.directory.actions import DirectoryRefused, record_delegation
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.directory.queries import mandate
from maillage.law.decision import decide
from maillage.law.wire import parse_case
from maillage.sharing import informations as door
from maillage.sharing.dangers import transmissions_announced
from maillage.sharing.designations import speaks_of
from maillage.sharing.enums import Alinea, Autorite
from maillage.sharing.errors import BadAnswer, Withheld
from maillage.web.connexion.fresh import requires_fresh_second_factor
from maillage.web.door import acteur_of, answered
from maillage.web.informations.forms import InformationForm, MandateForm
from maillage.web.informations.paper import information_document, ticked
from maillage.web.orientations.panel import verdict_panel
from maillage.web.panels import VerdictPanel
from maillage.web.papers import file_answer, mention

TITLES = {
    Alinea.BESOIN: "Informer le maire et le département",
    Alinea.CONFIDENCE: "Confier ce que leurs compétences exigent",
    Alinea.FAIT: "Dire au maire qu'une transmission a eu lieu",
}
LEADS = {
    Alinea.BESOIN: "Dire que plusieurs professionnels sont nécessaires, et lesquels. Rien d'autre.",
    Alinea.CONFIDENCE: "Les rubriques seulement : le reste se dit de vive voix, à eux seuls.",
    Alinea.FAIT: "Le maire apprend qu'une transmission au département a eu lieu : ni qui, ni quoi.",
}
RULE_IDS = {alinea: f"CASF-L121-6-2-al{alinea}" for alinea in TITLES}


def list_page(request: HttpRequest) -> HttpResponse:
    """Show what my service told an authority, or what was addressed to me."""
    acteur = acteur_of(request)
    receiving = acteur.role not in door.SAYING
    with answered():
        rows = door.informations_received(acteur) if receiving else door.informations_sent(acteur)
    context = {
        "rows": [(row, ticked(row)) for row in rows],
        "receiving": receiving,
        "announced": transmissions_announced(acteur) if acteur.role == Role.CRIP else None,
    }
    return render(request, "informations/liste.html", context)


@requires_fresh_second_factor
def write_page(request: HttpRequest, personne: UUID, alinea: int) -> HttpResponse:
    """Show one paragraph's form; what the law holds back is shown with what is missing."""
    acteur, which = acteur_of(request), str(alinea)
    if which not in TITLES:
        raise Http404
    with answered():
        speaks_of(acteur, personne)
        form = _form(request, acteur, which)
    panel = None
    if request.method == "POST" and form.is_valid():
        try:
            with answered():
                door.inform(by=acteur, personne=personne, said=form.said())
        except BadAnswer as error:
            form.add_error(error.champ if error.champ in form.fields else None, str(error))
        except Withheld as error:
            panel = _panel(error, acteur.role)
        else:
            messages.success(request, "C'est parti. L'accusé de réception s'affichera ici.")
            return redirect("informations:liste")
    context = {
        "form": form,
        "personne_id": personne,
        "panel": panel,
        "title": TITLES[Alinea(which)],
        "lead": LEADS[Alinea(which)],
        "rule": RULE_IDS[Alinea(which)],
        "missing": _unrepresented(acteur, which),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "informations/ecrire.html", context, status=status)


def acknowledge(request: HttpRequest, information: UUID) -> HttpResponse:
    """Note that the authority received it."""
    with answered():
        door.acknowledge_information(by=acteur_of(request), information=information)
    messages.success(request, "Accusé de réception envoyé.")
    return redirect("informations:liste")


@requires_fresh_second_factor
def paper(request: HttpRequest, information: UUID, genre: str) -> HttpResponse:
    """Give the information to print: who it is about is written by hand."""
    with answered():
        row = door.information_of(acteur_of(request), information)
    return file_answer(information_document(row, mention()), f"information-{str(row.pk)[:8]}", genre)


def mandates_page(request: HttpRequest) -> HttpResponse:
    """Show who represents whom, and write down an order of delegation that one has read."""
    acteur, today = acteur_of(request), clock.today()
    posts = door.deputies(acteur)
    form = MandateForm(request.POST or None, posts=[(str(one.pk), str(one)) for one in posts])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            record_delegation(
                by=acteur.poste,
                poste=Poste.objects.select_related("service").get(pk=said["poste"]),
                acte=said["acte"],
                debut=said["debut"],
                fin=said["fin"],
            )
        except DirectoryRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Délégation notée.")
            return redirect("informations:representants")
    context = {"rows": [(one, mandate(one, today)) for one in posts], "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "informations/representants.html", context, status=status)


def _form(request: HttpRequest, acteur: Acteur, alinea: str) -> InformationForm:
    posts = [
        (str(one.poste.pk), f"{one.autorite.label} : {one.poste.professionnel}, {one.mandat.libelle}")
        for one in door.representatives(acteur, alinea)
    ]
    return InformationForm(
        request.POST or None, alinea=alinea, posts=posts, alone=acteur.role == Role.COORDONNATEUR
    )


def _unrepresented(acteur: Acteur, alinea: str) -> list[str]:
    """Name the authorities that nobody represents here today: they are told by letter."""
    known = {one.autorite for one in door.representatives(acteur, alinea)}
    return [str(Autorite(one).label) for one in door.TO[alinea] if one not in known]


def _panel(error: Withheld, role: str) -> VerdictPanel:
    case = parse_case(dict(error.echange.cas))
    return verdict_panel(case, decide(case), role)
