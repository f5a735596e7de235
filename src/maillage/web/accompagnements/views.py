"""The list of a service's supports, and one sheet, under pseudonym."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.queries import services_in
from maillage.directory.enums import Metier
from maillage.directory.models import Service
from maillage.pilotage.dpo.notices import notices_of
from maillage.sharing.designations import preparing
from maillage.sharing.enums import TrancheAge
from maillage.sharing.persons import relatives
from maillage.sharing.queries import list_accompagnements, read_accompagnement
from maillage.sharing.views import AccompagnementLine, AccompagnementSheet
from maillage.web import persons
from maillage.web.accompagnements.forms import (
    AdhesionForm,
    ConfidenceForm,
    EndForm,
    InformationForm,
    MeetingForm,
    ReferentForm,
    SeenForm,
)
from maillage.web.designations.paper import subjects
from maillage.web.door import acteur_of, answered, colleagues

PAGE = 50
OTHERS = 500
ADULTS = frozenset({TrancheAge.DE_18_A_20, TrancheAge.DES_21})
TABS = {"ouverts": False, "adhesion": False, "termines": True}
REASONS = [
    "Vous lisez les accompagnements de votre service. Ceux d'un autre service n'apparaissent nulle part, "
    "pas même en nombre.",
    "Quand l'adhésion est retirée, les partages avec d'autres services s'arrêtent aussitôt.",
    "Les échanges sont dits par catégorie : Maillage ne garde jamais ce qui s'y est dit.",
]


def list_page(request: HttpRequest) -> HttpResponse:
    """List my service's supports, open or ended; a mediation service holds none, and reads why."""
    acteur = acteur_of(request)
    if acteur.service.metier != Metier.PREVENTION_SPECIALISEE:
        return render(request, "accompagnements/aucun.html")
    tab = request.GET.get("liste", "ouverts")
    if tab not in TABS:
        raise Http404
    text = request.GET.get("depuis", "0")
    start = int(text) if text.isdigit() and len(text) < 7 else 0
    with answered():
        lines = list_accompagnements(
            acteur, clos=TABS[tab], due=tab == "adhesion", limit=PAGE + 1, offset=start
        )
    context = {
        "tab": tab,
        "lines": [_spoken(line) for line in lines[:PAGE]],
        "after": start + PAGE if len(lines) > PAGE else None,
        "before": max(start - PAGE, 0) if start else None,
        "reasons": REASONS,
    }
    return render(request, "accompagnements/liste.html", context)


def sheet_page(request: HttpRequest, accompagnement: UUID) -> HttpResponse:
    """Show one sheet of my service."""
    return show_sheet(request, acteur_of(request), accompagnement)


def show_sheet(
    request: HttpRequest,
    acteur: Acteur,
    accompagnement: UUID,
    *,
    forms: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show one sheet; `forms` replaces those that came back with errors."""
    with answered():
        sheet = read_accompagnement(acteur, accompagnement)
        family = relatives(acteur, accompagnement)
    context = {
        **_said(sheet),
        **_forms(acteur, sheet),
        "family": family,
        "acts": [(one, subjects(one)) for one in preparing(acteur)],
        "papers": notices_of(acteur.service),
        "service_code": acteur.service.code,
        "reasons": REASONS,
    }
    return render(request, "accompagnements/fiche.html", context | (forms or {}), status=status)


def _said(sheet: AccompagnementSheet) -> dict[str, object]:
    """Return the sheet and what of it the page says in the words of the trade."""
    return {
        "sheet": sheet,
        "personne_id": sheet.personne,
        "age": persons.age(sheet.tranche_age),
        "minor": sheet.tranche_age not in ADULTS,
        "origine": persons.origin(sheet.origine),
        "motif": persons.closing(sheet.motif_cloture),
        "adhesions": persons.adhesions(sheet.adhesions),
        "standing": persons.standing(sheet.adhesions),
        "accords": persons.accords(sheet.accords),
        "echanges": persons.exchanges(sheet.echanges),
        "confidences": [(one, persons.parent(one.lien)) for one in sheet.confidences],
        "referents": [(one, persons.handover(one.motif)) for one in sheet.referents],
    }


def _forms(acteur: Acteur, sheet: AccompagnementSheet) -> dict[str, object]:
    """Return the page's forms, not filled in."""
    seen = {"vu": _referent(sheet)}
    return {
        "adhesion": AdhesionForm(prefix="adhesion", services=partners(acteur)),
        "referent": ReferentForm(prefix="referent", posts=colleagues(acteur), initial=seen),
        "information": InformationForm(prefix="information"),
        "confidence": ConfidenceForm(prefix="confidence"),
        "seen": SeenForm(prefix="contact", initial={"le": clock.today()}),
        "meeting": MeetingForm(prefix="famille", initial={"le": clock.today()}),
        "end": EndForm(prefix="fin"),
    }


def partners(acteur: Acteur) -> list[tuple[str, str]]:
    """Return the other services of my partnerships: (identifier, name)."""
    rows = services_in(acteur.partenariat_ids, clock.today()).exclude(pk=acteur.service.pk)
    return [(str(row.pk), row.nom_court) for row in rows.order_by("nom_court", "pk")]


def others(acteur: Acteur, accompagnement: UUID) -> list[tuple[str, str]]:
    """Return the other open supports of my service: (identifier, pseudonym), by name."""
    lines = [line for line in list_accompagnements(acteur, limit=OTHERS) if line.id != accompagnement]
    return sorted(((str(line.id), line.pseudonyme) for line in lines), key=lambda one: one[1].casefold())


def partner(acteur: Acteur, identifiant: str) -> Service | None:
    """Return the service chosen among `partners`, none for my own."""
    return Service.objects.get(pk=identifiant) if identifiant else None


def _referent(sheet: AccompagnementSheet) -> UUID | None:
    return next((one.poste_id for one in sheet.referents if one.fin is None), None)


def _spoken(line: AccompagnementLine) -> dict[str, object]:
    return {"row": line, "age": persons.age(line.tranche_age), "adhesion": persons.adhesion(line.adhesion)}
