"""The administration's first page, the readings that hold by default, the history."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from maillage.administration.enums import Objet
from maillage.administration.queries import Progress, administrators_able, history, progress
from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import lectures
from maillage.law.catalogue import questions


@dataclass(frozen=True)
class Step:
    """One step from nothing to a first note: where it is done, what stands, whether it is enough."""

    titre: str
    detail: str
    url: str
    icone: str
    fait: bool


def home(request: HttpRequest) -> HttpResponse:
    """Show the steps from nothing to a first note; once there, what may be changed."""
    found = progress()
    context = {"steps": steps(found), "complete": found.complete, "able": administrators_able()}
    return render(request, "administration/page.html", context)


def steps(found: Progress) -> list[Step]:
    """Return the steps in order, each with what already stands."""
    ground, trades, places, partnership, posts, note = found.done
    waiting = f", {found.attend} à confirmer" if found.attend else ""
    return [
        _step("Le territoire", f"{_count(found.communes, 'commune')}, {_count(found.quartiers, 'quartier')}",
              "territoire", "lieu", ground),
        _step("Les services", f"{_count(found.services, 'service')} ; il en faut un de chaque métier",
              "services", "equipe", trades),
        _step("Les lieux", f"{_count(found.lieux, 'lieu', 'lieux')} où les équipes passent", "lieux", "lieu",
              places),
        _step("Le partenariat", _count(found.partenariats, "partenariat"), "partenariats", "partenariat",
              partnership),
        _step("Les lectures du droit", "Les lectures prudentes valent ; les directions et le DPO en décident",
              "lectures", "droit", partnership),
        _step("Les postes et les invitations", f"{_count(found.postes, 'poste')}{waiting}", "postes",
              "personne", posts),
        _step("La première note", "Elle est écrite" if note else "Une personne invitée l'écrit : « Noter »",
              "postes", "noter", note),
    ]  # fmt: skip


def owed() -> list[tuple[str, str, str, str]]:
    """Return an administrator's items of the day: title, what is said, address, icon."""
    found, items = progress(), []
    if found.attend:
        title = f"{_count(found.attend, 'demande')} à confirmer"
        items.append((title, "Un droit se donne à deux.", reverse("administration:confirmations"), "coche"))
    known = steps(found)
    title = "Réglages" if found.complete else "De rien à une première note"
    said = f"{sum(step.fait for step in known)} étapes faites sur {len(known)}"
    if found.complete:
        said = "Ce qu'une ville change sans toucher au code."
    return [*items, (title, said, reverse("administration:page"), "reglages")]


def _step(titre: str, detail: str, view: str, icone: str, fait: bool) -> Step:
    return Step(titre, detail, reverse(f"administration:{view}"), icone, fait)


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number < 2 else several or f'{one}s'}"


def readings_page(request: HttpRequest) -> HttpResponse:
    """Show which reading of each open question holds, partnership by partnership; nothing is chosen here."""
    today = clock.today()
    open_ones = [question for question in questions() if question.a_lecture]
    rows = [
        (row, [(one, lectures(row, today).get(one.code, "prudente")) for one in open_ones])
        for row in Partenariat.objects.order_by("nom", "pk")
    ]
    return render(request, "administration/lectures.html", {"rows": rows, "questions": open_ones})


def history_page(request: HttpRequest) -> HttpResponse:
    """Show what administrators changed, newest first; the DPO reads it too."""
    asked = request.GET.get("objet", "")
    context = {"rows": history(asked), "objets": list(Objet), "asked": asked}
    return render(request, "administration/historique.html", context)
