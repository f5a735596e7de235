"""The study's public pages: read only, no account, no cookie needed."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.documents.docx import render_document
from maillage.etude import pages
from maillage.etude.deduction import deduce
from maillage.etude.enums import Nature, Ville
from maillage.etude.feuilles import draft_sheet
from maillage.etude.items import SECTIONS, Item, items, items_about, items_of
from maillage.etude.pratiques import Pratique, pratique, pratiques, pratiques_in
from maillage.etude.prerequis import prerequis
from maillage.etude.queries import city_answers, studied_cities
from maillage.etude.villes import Portrait, portrait, portraits
from maillage.law import catalogue
from maillage.web.etude import comparaison, presentation
from maillage.web.etude.files import DOCX, attachment
from maillage.web.etude.forms import ComparisonForm, ItemsForm
from maillage.web.etude.presentation import show

_PLURALS: Final = {
    Nature.CONSTAT: "constats",
    Nature.PRATIQUE: "pratiques",
    Nature.PRE_REQUIS: "pré-requis",
    Nature.PRECONISATION: "préconisations",
    Nature.TEXTE: "textes de loi",
}


def home(request: HttpRequest) -> HttpResponse:
    """The first page: what the study is, the six cities, and «Et chez vous ?»."""
    kinds = [(sum(1 for i in items() if i.nature is nature), _PLURALS[nature]) for nature in Nature]
    return render(
        request,
        "etude/accueil.html",
        {
            "portraits": [(p, deduce(p.reponses).forme) for p in portraits()],
            "kinds": kinds,
            "total": len(items()),
            "pratiques": pratiques()[:3],
        },
    )


def cities(request: HttpRequest) -> HttpResponse:
    """The six cities, one card each."""
    rows = [(portrait(c.ville), c, comparaison.form_label(c.forme)) for c in studied_cities()]
    return render(request, "etude/villes.html", {"rows": rows, "portraits": portraits()})


def city(request: HttpRequest, ville: str) -> HttpResponse:
    """One city: services, teams, funding, what the report praises, criticises and contradicts; 404 if
    unknown."""
    found = _city_or_404(ville)
    shown = portrait(found)
    held = next((c for c in studied_cities() if c.ville is found), None)
    services = [
        (s, presentation.team_chart(s), presentation.funding_chart(s))
        for s in (held.services if held else ())
    ]
    return render(
        request,
        "etude/ville.html",
        {
            "portrait": shown,
            "city": held,
            "deduction": deduce(city_answers(held) if held else shown.reponses),
            "forme": comparaison.form_label(held.forme) if held else "",
            "services": services,
            "loue": show(shown.loue),
            "critique": show(shown.critique),
            "reserves": show(shown.reserves),
            "fait": show(_told(shown)),
            "pratiques": pratiques_in(found),
            "autres": len(items_about(found)),
        },
    )


def comparison(request: HttpRequest) -> HttpResponse:
    """Chapter 3, sorted and filtered; a value out of its list gets a sentence and 400."""
    form = ComparisonForm(request.GET)
    valid = form.is_valid()
    asked = {name: form.cleaned_data.get(name, "") if valid else "" for name in form.fields}
    known = studied_cities()
    context = {
        "form": form,
        "rows": comparaison.rows(known, **asked),
        "total": len(known),
        "chart": presentation.cities_chart(known),
    }
    return render(request, "etude/comparaison.html", context, status=200 if valid else 400)


def forms_page(request: HttpRequest) -> HttpResponse:
    """The three forms, advantages and limits."""
    shown = [(f, show(f.definition), show(f.avantages), show(f.limites)) for f in pages.formes()]
    return render(request, "etude/formes.html", {"formes": shown})


def prerequisites(request: HttpRequest) -> HttpResponse:
    """The six prerequisites, each with its items."""
    shown = [(p, show(items_of(f"9{p.cle}")), presentation.screen(p.ecran)) for p in prerequis()]
    return render(request, "etude/prerequis.html", {"prerequis": shown})


def recommendations(request: HttpRequest) -> HttpResponse:
    """The four groups of recommendations."""
    groups = [(key, SECTIONS[key], show(items_of(key))) for key in ("10a", "10b", "10c", "10d")]
    opening = [one for one in show(items_of("10")) if one.item.section == "10"]
    return render(request, "etude/preconisations.html", {"groups": groups, "opening": opening})


def texts(request: HttpRequest) -> HttpResponse:
    """The legal texts of the annexes, the rules drawn from them, and what changed since."""
    shown = [(t, show(t.items), [catalogue.rule(r) for r in t.regles]) for t in pages.textes()]
    since = [(d, catalogue.rule(d.regle)) for d in pages.depuis()]
    return render(request, "etude/textes.html", {"textes": shown, "since": since})


def voices(request: HttpRequest) -> HttpResponse:
    """Who speaks: positions of authors, funders and studied cities, by office."""
    return render(request, "etude/voix.html", {"voix": [(v, show(v.items)) for v in pages.voix()]})


def practices(request: HttpRequest) -> HttpResponse:
    """Practices to take, as a list."""
    return render(request, "etude/pratiques.html", {"pratiques": pratiques()})


def practice(request: HttpRequest, cle: str) -> HttpResponse:
    """One practice's sheet; 404 if unknown."""
    found = _practice_or_404(cle)
    return render(request, "etude/pratique.html", {"pratique": found, "items": show(found.items)})


def draft(request: HttpRequest, cle: str) -> HttpResponse:
    """The draft of a practice, as an editable document; 404 if unknown."""
    found = _practice_or_404(cle)
    return attachment(render_document(draft_sheet(found)), f"maillage-{found.cle}.docx", DOCX)


def statements(request: HttpRequest) -> HttpResponse:
    """Every item of the report, searched and filtered; a value out of its list gets a sentence and 400."""
    form = ItemsForm(request.GET)
    valid = form.is_valid()
    asked = form.cleaned_data if valid else {}
    word = str(asked.get("q", "")).casefold().strip()
    kept = [
        one
        for one in items()
        if (not word or word in one.dit.casefold())
        and all(
            not asked.get(name) or asked[name] == getattr(one, name)
            for name in ("section", "nature", "theme")
        )
        and (not asked.get("ville") or asked["ville"] in one.villes)
        and (not asked.get("acteur") or asked["acteur"] in one.acteurs)
    ]
    narrowed = any(asked.values())
    shown = kept if narrowed else [one for one in kept if one.section in ("4", "5")]
    context = {
        "form": form,
        "items": show(shown),
        "found": len(kept),
        "total": len(items()),
        "narrowed": narrowed,
    }
    return render(request, "etude/enonces.html", context, status=200 if valid else 400)


def _told(shown: Portrait) -> list[Item]:
    """What the report's narrative tells of this city alone, besides what it praises or criticises."""
    known = {one.id for one in (*shown.loue, *shown.critique, *shown.reserves)}
    return [
        one
        for one in items_about(shown.ville)
        if one.villes == (shown.ville,) and one.section[0] in "678" and one.id not in known
    ]


def _city_or_404(name: str) -> Ville:
    try:
        return Ville(name)  # type: ignore[call-arg]  # looked up by value
    except ValueError:
        raise Http404 from None


def _practice_or_404(cle: str) -> Pratique:
    try:
        return pratique(cle)
    except KeyError:
        raise Http404 from None
