"""The list of services and their papers; each paper as it is today."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.base import clock
from maillage.conventions.enums import Place
from maillage.conventions.models import Participation
from maillage.conventions.queries import TRADES
from maillage.directory.models import Service
from maillage.directory.queries import active_on
from maillage.pilotage.dpo.notices import NOTICES, notices_of, read_service
from maillage.web.papers import file_answer, mention


def list_page(request: HttpRequest) -> HttpResponse:
    """Show each service of both trades, by town, and the papers it hands out."""
    rows = _services().select_related("ville").order_by("ville__nom", "nom_court", "pk")
    context = {"services": [(one, notices_of(one)) for one in rows]}
    return render(request, "notice/liste.html", context)


def paper(request: HttpRequest, service: str, papier: str, genre: str) -> HttpResponse:
    """Give one paper of one service, written from what it is today."""
    found = _services().select_related("structure", "ville").filter(code=service).first()
    if found is None or papier not in dict(notices_of(found)):
        raise Http404
    _, make = NOTICES[papier]
    return file_answer(make(read_service(found), mention=mention()), f"{papier}-{service}", genre)


def _services() -> QuerySet[Service]:
    """Return the services of both trades that are members of a partnership today."""
    taking = Participation.objects.filter(active_on(clock.today()), place=Place.MEMBRE)
    return Service.objects.filter(pk__in=taking.values("service"), metier__in=TRADES)
