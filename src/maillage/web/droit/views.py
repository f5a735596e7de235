"""The law pages: catalogue, one rule, one text, the open questions."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.law import VERSION, catalogue
from maillage.web.droit import presentation
from maillage.web.droit.imported import slug_of, wording_of


def catalogue_page(request: HttpRequest) -> HttpResponse:
    """List every rule, grouped by the text it comes from."""
    groups = presentation.by_text(catalogue.rules())
    state = date.fromisoformat(VERSION)
    return render(request, "droit/catalogue.html", {"groups": groups, "state": state})


def rule_page(request: HttpRequest, regle: str) -> HttpResponse:
    """Show one rule whole; 404 when no rule bears this identifier."""
    try:
        rule = catalogue.rule(regle)
    except KeyError:
        raise Http404 from None
    slug = slug_of(rule.selon)
    return render(
        request,
        "droit/regle.html",
        {
            "rule": rule,
            "line": presentation.line_of(rule),
            "conditions": presentation.conditions_of(rule),
            "reliability": presentation.reliability_of(rule),
            "obligations": [catalogue.label("obligation", code) for code in rule.obligations],
            "questions": [catalogue.question(code) for code in rule.questions],
            "others": [(slug_of(article), article) for article in rule.aussi],
            "paragraphs": presentation.paragraphs_of(rule.selon),
            "wording": wording_of(slug),
        },
    )


def texts_page(request: HttpRequest) -> HttpResponse:
    """List every text that the rules cite."""
    texts = [(slug_of(article), article.cite) for article, _ in catalogue.articles()]
    return render(request, "droit/textes.html", {"texts": texts})


def text_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one text, restated paragraph by paragraph; 404 when no rule cites it."""
    found = next((pair for pair in catalogue.articles() if slug_of(pair[0]) == code), None)
    if found is None:
        raise Http404
    article, rules = found
    context = {
        "article": article,
        "rules": [presentation.line_of(rule) for rule in rules],
        "paragraphs": presentation.paragraphs_of(article),
        "wording": wording_of(code),
    }
    return render(request, "droit/texte.html", context)


def questions_page(request: HttpRequest) -> HttpResponse:
    """Show the open questions: both readings, what each gains and what it costs."""
    return render(request, "droit/questions.html", {"questions": catalogue.questions()})
