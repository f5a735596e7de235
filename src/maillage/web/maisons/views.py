"""The desk of a shared house: one tap a visit; both services read the month."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.base import clock
from maillage.conventions.errors import BadAnswer
from maillage.coordination.accueil import count_visit, half_day, houses_of, table, visits
from maillage.coordination.enums import MomentAccueil, MotifAccueil
from maillage.directory.enums import Role
from maillage.directory.models import Lieu
from maillage.web.door import acteur_of
from maillage.web.errors import Refusal
from maillage.web.reunions.views import answered, chosen_partnership

SHOWN = timedelta(days=30)


def desk_page(request: HttpRequest) -> HttpResponse:
    """Show the desk's motives with today's counts, and the last thirty days; POST counts a visit."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    houses = houses_of(partenariat)
    house = _chosen(houses, request)
    if request.method == "POST" and house is not None:
        taken = request.POST.get("oter", "")
        try:
            with answered():
                count_visit(
                    by=acteur,
                    partenariat=partenariat,
                    maison=house.pk,
                    motif=taken or request.POST.get("motif", ""),
                    plus=-1 if taken else 1,
                )
        except BadAnswer as error:
            raise Refusal(str(error), status=422) from error
        return redirect(f"{reverse('maisons:accueil')}?partenariat={partenariat.code}&maison={house.pk}")
    if request.method == "POST":
        raise Http404
    today, now = clock.today(), half_day(clock.now())
    day = visits(partenariat, house, today, today) if house else {}
    context = {
        "partenariat": partenariat,
        "houses": houses,
        "house": house,
        "moment": now.label,
        "moments": [one.label for one in MomentAccueil],
        "motifs": [(one.value, one.label, day.get((now, one), 0)) for one in MotifAccueil],
        "month": table(visits(partenariat, house, today - SHOWN, today)) if house else [],
        "writes": acteur.role == Role.ACCUEIL and not acteur.lecture_seule,
    }
    return render(request, "maisons/accueil.html", context)


def _chosen(houses: list[Lieu], request: HttpRequest) -> Lieu | None:
    """Return the house asked for, or the first; Http404 for another's."""
    asked = request.POST.get("maison") or request.GET.get("maison", "")
    if not asked:
        return houses[0] if houses else None
    try:
        wanted = UUID(asked)
    except ValueError:
        raise Http404 from None
    found = next((one for one in houses if one.pk == wanted), None)
    if found is None:
        raise Http404
    return found
