"""The data protection officer's papers: what still lacks, the passages to write, the files."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.conventions.errors import BadAnswer
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import partenariats_of
from maillage.pilotage.dpo.etat import read_state, traitements
from maillage.pilotage.dpo.mots import PASSAGES, words_of, write_word
from maillage.pilotage.dpo.papiers import PAPERS
from maillage.web.door import acteur_of
from maillage.web.papers import MENTION, file_answer
from maillage.web.partenariat.views import partnership_of
from maillage.web.registre.forms import WordForm
from maillage.web.relecture import to_reread
from maillage.web.reunions.views import answered


def list_page(request: HttpRequest) -> HttpResponse:
    """List one's partnerships; with only one, go to it."""
    found = list(partenariats_of(acteur_of(request)))
    if len(found) == 1:
        return redirect("registre:page", found[0].code)
    return render(request, "registre/liste.html", {"partenariats": found})


def papers_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the three papers, what calls for a decision, and each passage to write; POST writes one."""
    acteur = acteur_of(request)
    partenariat = partnership_of(acteur, code)
    if request.method == "GET":
        return _page(request, partenariat)
    form = WordForm(request.POST, prefix=request.POST.get("passage", ""))
    if form.is_valid():
        try:
            with answered():
                key, text = request.POST.get("passage", ""), form.cleaned_data["texte"]
                write_word(by=acteur, partenariat=partenariat, cle=key, texte=text)
            messages.success(request, "C'est écrit. Les papiers demandés à partir de maintenant le portent.")
            return redirect(f"{reverse('registre:page', args=[code])}#{key}")
        except BadAnswer as error:
            form.add_error("texte", str(error))
    return _page(request, partenariat, form)


def paper_file(request: HttpRequest, code: str, papier: str, sorte: str) -> HttpResponse:
    """Give one paper as it is today."""
    partenariat = partnership_of(acteur_of(request), code)
    if papier not in PAPERS:
        raise Http404
    _, make = PAPERS[papier]
    mention = MENTION if settings.MAILLAGE_DEMO or partenariat.invente else ""
    document = make(read_state(partenariat), words_of(partenariat), mention=mention)
    return file_answer(document, f"{papier}-{code}", sorte)


def _page(request: HttpRequest, partenariat: Partenariat, refused: WordForm | None = None) -> HttpResponse:
    state, words = read_state(partenariat), words_of(partenariat)
    asked = request.POST.get("passage", "")
    passages = [
        (
            key,
            label,
            words.get(key, ""),
            refused if refused and key == asked else WordForm.of(key, label, words),
        )
        for key, label in PASSAGES.items()
    ]
    context = {
        "partenariat": partenariat,
        "state": state,
        "papers": [(key, label) for key, (label, _) in PAPERS.items()],
        "used": [(one, state.responsables(one)) for one in traitements() if state.usages[one.cle]],
        "passages": passages,
        "reread": to_reread(words.values(), partenariat),
        "writes": not acteur_of(request).lecture_seule,
    }
    return render(request, "registre/page.html", context, status=422 if refused else 200)
