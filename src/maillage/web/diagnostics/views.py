"""The diagnoses of one's partnerships: opening one, reading it, writing one's part, publishing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import partenariats_of
from maillage.diagnostics import rapport
from maillage.diagnostics.actions import open_diagnostic, publish, write_part
from maillage.diagnostics.errors import DiagnosticError, NotYet
from maillage.diagnostics.models import Diagnostic
from maillage.diagnostics.queries import (
    diagnostics_of,
    editions_of,
    marches_of,
    may_write,
    parts,
    read_diagnostic,
    read_edition,
)
from maillage.documents import docx, pdf, spreadsheet
from maillage.web.diagnostics.carte import draw
from maillage.web.door import acteur_of, answered
from maillage.web.errors import Refusal

REASONS = [
    "Un nombre plus petit que le seuil n'est pas montré : on reconnaîtrait quelqu'un.",
    "Une case « masquée pour protéger une autre » n'est pas petite ; elle ferait retrouver la petite par "
    "soustraction.",
    "Les chiffres sont arrêtés à l'ouverture du diagnostic : les notes arrivées ensuite n'y entrent pas.",
    "Un mois n'entre que dans un diagnostic : deux périodes qui se recoupent se compareraient.",
]
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "json": "application/json",
}


def list_page(request: HttpRequest) -> HttpResponse:
    """List what one may read; a head of service opens a diagnosis here."""
    acteur = acteur_of(request)
    if request.method != "POST":
        return _list(request, acteur, {}, "", 200)
    values = {name: str(value) for name, value in request.POST.items()}
    try:
        with answered():
            made = open_diagnostic(
                by=acteur,
                partenariat=_partenariat(acteur, values.get("partenariat", "")),
                titre=values.get("titre", ""),
                debut=_month(values.get("debut", "")),
                fin=_month(values.get("fin", "")),
            )
    except DiagnosticError as error:
        return _list(request, acteur, values, str(error), 409 if isinstance(error, NotYet) else 422)
    messages.success(request, "Le diagnostic est ouvert ; ses chiffres sont arrêtés.")
    return redirect("diagnostics:page", made.pk)


def diagnostic_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one diagnosis to members: map, calendar, tables, each service's part."""
    acteur = acteur_of(request)
    return _page(request, acteur, _diagnostic(acteur, pk), {}, "", 200)


def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write or sign one's service's part; what was typed stays when it is refused."""
    acteur = acteur_of(request)
    diagnostic = _diagnostic(acteur, pk)
    values = {name: str(value) for name, value in request.POST.items()}
    sign = values.get("geste") == "signer"
    try:
        with answered():
            write_part(
                by=acteur,
                diagnostic=diagnostic,
                texte=values.get("texte", ""),
                divergence=values.get("divergence", ""),
                version=_whole(values.get("version", "")),
                sign=sign,
            )
    except DiagnosticError as error:
        return _page(
            request, acteur, diagnostic, values, str(error), 409 if isinstance(error, NotYet) else 422
        )
    messages.success(request, "La part de votre service est signée." if sign else "C'est enregistré.")
    return redirect("diagnostics:page", pk)


def publish_edition(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish an edition, once every service signed."""
    acteur = acteur_of(request)
    with answered(), _said():
        made = publish(by=acteur, diagnostic=_diagnostic(acteur, pk))
    messages.success(request, f"L'édition {made.numero} est publiée : la mairie du partenariat peut la lire.")
    return redirect("diagnostics:edition", made.pk)


def edition_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a published edition as it was published."""
    found = read_edition(acteur_of(request), pk)
    if found is None:
        raise Http404
    figures = found.contenu["figures"]
    context = {
        "edition": found,
        "contenu": found.contenu,
        "periode": _period(found.contenu),
        "fichiers": [kind for kind in KINDS if kind != "json"],
        **_shown(figures, found.diagnostic.partenariat),
    }
    return render(request, "diagnostics/edition.html", context)


def edition_file(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Give an edition as a file."""
    found = read_edition(acteur_of(request), pk)
    if found is None:
        raise Http404
    match kind:
        case "pdf":
            made = pdf.render_document(rapport.as_document(found))
        case "docx":
            made = docx.render_document(rapport.as_document(found))
        case "csv":
            made = spreadsheet.table_csv(rapport.as_table(found))
        case "geojson":
            made = rapport.as_geojson(found)
        case _:
            made = rapport.as_json_bytes(found)
    name = (
        f"diagnostic-{found.diagnostic.partenariat.code}-{found.diagnostic.debut:%Y-%m}-{found.numero}.{kind}"
    )
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type=KINDS[kind], headers=headers)


def _list(
    request: HttpRequest, acteur: Acteur, values: Mapping[str, str], error: str, status: int
) -> HttpResponse:
    mine = [one for one in partenariats_of(acteur) if may_write(acteur, one)]
    last = (clock.today().replace(day=1)).strftime("%Y-%m")
    context = {
        "diagnostics": diagnostics_of(acteur),
        "editions": editions_of(acteur),
        "marches": marches_of(acteur),
        "mine": mine,
        "values": values,
        "error": error,
        "avant": last,
        "reasons": REASONS,
    }
    return render(request, "diagnostics/liste.html", context, status=status)


def _page(
    request: HttpRequest,
    acteur: Acteur,
    diagnostic: Diagnostic,
    values: Mapping[str, str],
    error: str,
    status: int,
) -> HttpResponse:
    written = parts(diagnostic)
    mine = next((one for one in written if one["service_id"] == acteur.service.pk), None)
    context = {
        "diagnostic": diagnostic,
        "periode": _period({"debut": str(diagnostic.debut), "fin": str(diagnostic.fin)}),
        "parts": [one for one in written if one["signe_le"] or one is mine],
        "waiting": [one["service"] for one in written if not one["signe_le"]],
        "mine": {**mine, **values} if mine else None,
        "may_write": may_write(acteur, diagnostic.partenariat) and mine is not None,
        "error": error,
        "editions": diagnostic.editions.all(),
        "reasons": REASONS,
        **_shown(diagnostic.figures, diagnostic.partenariat),
    }
    return render(request, "diagnostics/page.html", context, status=status)


def _shown(figures: Mapping[str, Any], partenariat: Partenariat) -> dict[str, Any]:
    return {
        "carte": draw(figures, partenariat.territoires.all()),
        "lieux": rapport.place_table(figures),
        "mois": rapport.month_table(figures),
        "tendances": rapport.trend_lines(figures),
        "tables": rapport.note_tables(figures),
        "shares": list(rapport.share_lines(figures)),
        "seuil": figures["seuil"],
    }


def _period(content: Mapping[str, str]) -> str:
    return f"de {rapport.month_label(content['debut'])} à {rapport.month_label(content['fin'])}"


def _diagnostic(acteur: Acteur, pk: UUID) -> Diagnostic:
    found = read_diagnostic(acteur, pk)
    if found is None:
        raise Http404
    return found


def _partenariat(acteur: Acteur, code: str) -> Partenariat:
    found = partenariats_of(acteur).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise DiagnosticError("Choisissez le premier et le dernier mois.") from None


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except NotYet as error:
        raise Refusal(str(error), status=409) from error
