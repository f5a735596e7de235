"""Papers of the round: the night to print, the team's month, one's own months."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.diagnostics.counting import next_month
from maillage.directory.queries import lieux_of
from maillage.documents.content import Table
from maillage.documents.pdf import render_document
from maillage.documents.spreadsheet import Cell, csv_bytes
from maillage.main_courante.nuit import night_document
from maillage.main_courante.queries import night_report
from maillage.main_courante.queries.consignes import Coverage, CoverageRow, consignes_of_day, coverage
from maillage.main_courante.queries.mois import portfolio, team_month
from maillage.web.door import acteur_of
from maillage.web.months import month_of
from maillage.web.tournee.fruits import brought

INVENTED = "Démonstration, données inventées."


def night_pdf(request: HttpRequest, jour: str) -> HttpResponse:
    """Give the report of a working day as a PDF; 404 for what is not a day."""
    acteur = acteur_of(request)
    try:
        day = date.fromisoformat(jour)
    except ValueError as error:
        raise Http404 from error
    if day.isoformat() != jour or not 2000 <= day.year <= 2200:
        raise Http404
    report, asked = night_report(acteur, day), consignes_of_day(acteur, day)
    made = render_document(night_document(report, asked, mention=INVENTED if settings.MAILLAGE_DEMO else ""))
    return _file(made, "application/pdf", f"compte-rendu-{day.isoformat()}.pdf")


def month_page(request: HttpRequest) -> HttpResponse:
    """Show a month of the team: rounds by place and slot, what followed, what it brought."""
    acteur = acteur_of(request)
    month = month_of(request.GET.get("mois", ""))
    after = next_month(month)
    last = after - timedelta(days=1)
    covered = coverage(acteur, month, last, list(lieux_of(acteur.service)))
    context = {
        "month": month,
        "before": (month - timedelta(days=1)).replace(day=1),
        "after": after if after <= clock.today() else None,
        "sheet": team_month(acteur, month, last),
        "coverage": covered,
        "passages": _by_slot(covered),
        "fruits": brought(acteur, month, min(last, clock.today())),
    }
    return render(request, "tournee/mois.html", context)


def _by_slot(covered: Coverage) -> Table:
    """Return the outings by place and slot as a table."""
    slots = covered.creneaux
    return Table(
        "Sorties par lieu et par créneau",
        ["Lieu", *slots, "Total"],
        [[_where(row), *(str(count) for count in row.passages), str(row.total)] for row in covered.lignes],
        numbers=frozenset(range(1, len(slots) + 2)),
    )


def _where(row: CoverageRow) -> str:
    """Name a place, with its quartier when its name does not say it."""
    return row.lieu if row.quartier in row.lieu else f"{row.lieu} · {row.quartier}"


def portfolio_page(request: HttpRequest) -> HttpResponse:
    """Show the reader's own months: nobody else can."""
    acteur = acteur_of(request)
    return render(request, "tournee/portfolio.html", {"mois": portfolio(acteur)})


def portfolio_csv(request: HttpRequest) -> HttpResponse:
    """Give the reader's own months as a spreadsheet."""
    rows: list[list[Cell]] = [
        [
            one.mois.strftime("%m/%Y"),
            one.sorties,
            one.passages,
            ", ".join(f"{n} × {s}" for s, n in one.suites),
        ]
        for one in portfolio(acteur_of(request), acte=Acte.EXPORT)
    ]
    made = csv_bytes(["Mois", "Sorties", "Passages notés", "Ce qui a suivi"], rows)
    return _file(made, "text/csv; charset=utf-8", "mes-passages.csv")


def _file(made: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        made, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
