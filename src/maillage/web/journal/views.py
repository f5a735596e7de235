"""The ledger's page: what was done, by pseudonym, never what was said. Reading it leaves a line."""

from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.transaction import atomic
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.audit.format import JSON
from maillage.audit.models import Ligne
from maillage.audit.queries import PAGE, Filtre, read_chain
from maillage.comptes.acteur import Acteur
from maillage.sharing.demandes.mandats import served_by
from maillage.web.journal.forms import FiltreForm

GENRES = {"": "", "ouverture": "ouverture d'accès", "echange": "échange", "enquete": "enquête"}


@dataclass(frozen=True)
class Shown:
    """One line as the page shows it."""

    rang: int
    le: datetime
    acte: str
    acteur: str
    objet: str
    sur: str
    detail: list[tuple[str, str]]


def page(request: HttpRequest) -> HttpResponse:
    """Show a page of one service's chain, newest first, through the filter."""
    acteur = getattr(request, "acteur", None)
    if not isinstance(acteur, Acteur):
        raise Http404
    services = served_by(acteur)
    form = FiltreForm(request.GET, services=services)
    if not form.is_valid():
        context = {"form": form, "lines": [], "service": None}
        return render(request, "journal/page.html", context, status=422)
    chosen, filtre = form.chosen(), form.filtre()
    with atomic():
        record_reading(acteur, chosen, filtre)
        rows = read_chain(chosen, filtre, limit=PAGE + 1)
    context = {
        "form": form,
        "service": next(service for service in services if service.pk == chosen),
        "lines": [shown(row) for row in rows[:PAGE]],
        "older": _older(form, rows) if len(rows) > PAGE else "",
        "filtered": any(asdict(filtre).values()),
    }
    return render(request, "journal/page.html", context)


def record_reading(acteur: Acteur, chaine: UUID, filtre: Filtre) -> None:
    """Write that the ledger was read, and how it was filtered, in the chain that is read."""
    asked = {name: str(value) for name, value in asdict(filtre).items() if value and name != "pseudonyme"}
    record(
        chaine=chaine,
        acte=Acte.JOURNAL,
        acteur=acteur.professionnel_id,
        objet_genre="service",
        objet=chaine,
        detail={**asked, "par_pseudonyme": bool(filtre.pseudonyme)},
    )


def shown(ligne: Ligne) -> Shown:
    """Return a line in the words of the page."""
    return Shown(
        rang=ligne.rang,
        le=ligne.le,
        acte=ligne.get_acte_display(),
        acteur=ligne.acteur,
        objet=ligne.objet,
        sur=GENRES.get(ligne.objet_genre, ligne.objet_genre.replace("_", " ")),
        detail=[(name.replace("_", " "), _said(value)) for name, value in sorted(ligne.detail.items())],
    )


def _said(value: JSON) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(_said(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} : {_said(one)}" for name, one in sorted(value.items()))
    return "" if value is None else str(value)


def _older(form: FiltreForm, rows: list[Ligne]) -> str:
    """Return the query of the next page, older lines."""
    kept = {name: form.data.get(name, "") for name in ("service", "du", "au", "acte", "pseudonyme")}
    return urlencode({**{name: value for name, value in kept.items() if value}, "avant": rows[PAGE - 1].rang})
