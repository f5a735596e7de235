"""The two trades side by side, one trade with its versions, writing it, and the kit to print."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import BadAnswer
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import partenariats_of
from maillage.directory.enums import Metier
from maillage.documents.content import DocumentError
from maillage.equipes.fiche import kit
from maillage.equipes.metiers import PARTS, TRADES, may_write, pages, versions, write_page
from maillage.web.areas import rule_table
from maillage.web.door import acteur_of
from maillage.web.errors import Refusal
from maillage.web.metiers.forms import TradeForm
from maillage.web.papers import mention
from maillage.web.relecture import to_reread
from maillage.web.reunions.views import answered, chosen_partnership


def list_page(request: HttpRequest) -> HttpResponse:
    """Show both trades' pages, the kit to print and the way to shadowing days."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    context = {
        "partenariat": partenariat,
        "partenariats": list(partenariats_of(acteur)),
        "pages": [(one, may_write(acteur, partenariat, one.metier)) for one in pages(partenariat)],
        "may_print": _open("metiers:fiche", acteur),
        "may_watch": _open("metiers:journees", acteur),
        "series": range(1, 5),
    }
    return render(request, "metiers/liste.html", context)


def trade_page(request: HttpRequest, partenariat: str, metier: str) -> HttpResponse:
    """Show one trade's page with the versions before it."""
    acteur = acteur_of(request)
    ours, trade = _asked(acteur, partenariat, metier)
    found = versions(ours, trade)
    writes = may_write(acteur, ours, trade)
    context = {
        "partenariat": ours,
        "page": found[0],
        "avant": found[1:],
        "may_write": writes,
        "a_relire": to_reread([line for _, lines in found[0].parts for line in lines], ours)
        if writes and found[0].version
        else [],
    }
    return render(request, "metiers/page.html", context)


def write(request: HttpRequest, partenariat: str, metier: str) -> HttpResponse:
    """Let the head of a service of that trade write its next version; what was typed stays when refused."""
    acteur = acteur_of(request)
    ours, trade = _asked(acteur, partenariat, metier)
    if acteur.service.metier != trade:
        raise Http404
    form = TradeForm(request.POST if request.method == "POST" else None, page=versions(ours, trade)[0])
    if request.method == "POST" and form.is_valid() and _written(acteur, ours, trade, form):
        messages.success(request, "C'est écrit. L'autre métier le lit dès maintenant.")
        return redirect("metiers:page", partenariat=ours.code, metier=trade.value)
    context = {"partenariat": ours, "metier": trade, "form": form}
    return render(request, "metiers/ecrire.html", context, status=422 if form.errors else 200)


def kit_file(request: HttpRequest, partenariat: str, numero: int) -> HttpResponse:
    """Give the kit of a quarter of an hour as PDF: one sheet to share out, one with the answers."""
    acteur = acteur_of(request)
    ours = partenariats_of(acteur).filter(code=partenariat).first()
    if ours is None or numero < 1:
        raise Http404
    try:
        made = kit(ours, clock.today(), number=numero, mention=mention())
    except DocumentError as error:
        raise Refusal(str(error), status=503) from error
    attached = f'attachment; filename="quinze-minutes-{numero}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": attached})


def _asked(acteur: Acteur, code: str, metier: str) -> tuple[Partenariat, Metier]:
    """Return the partnership and the trade of an address; Http404 for another's or an unknown one."""
    ours = partenariats_of(acteur).filter(code=code).first()
    if ours is None or metier not in TRADES:
        raise Http404
    return ours, Metier(metier)


def _written(acteur: Acteur, partenariat: Partenariat, metier: Metier, form: TradeForm) -> bool:
    said = form.cleaned_data
    parties = {key: said[key] for key in PARTS}
    try:
        with answered():
            write_page(
                by=acteur, partenariat=partenariat, metier=metier, version=said["version"], parties=parties
            )
    except BadAnswer as error:
        form.add_error(error.champ, str(error))
        return False
    return True


def _open(view: str, acteur: Acteur) -> bool:
    return rule_table()[view].admits(acteur.role)
