"""Posts and contracts on screen: what ends soon, one post, certification, employers, the State's file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.directory.adultes_relais import posts_of, say_euros, totaux
from maillage.directory.enums import Contrat, Role
from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph
from maillage.equipes import actions
from maillage.equipes.contrats import certification, employers, ends_soon, post_of, posts
from maillage.equipes.enums import Exigence
from maillage.law.verdict import say_date
from maillage.sharing.errors import BadAnswer
from maillage.web.door import acteur_of, answered
from maillage.web.equipes.forms import ContractForm, EmployerForm, EvidenceForm, QualificationForm
from maillage.web.papers import file_answer, mention

OWN_WORDS = (
    "Ces repères sont écrits avec nos mots, à partir de ce que la norme demande de montrer ; son texte, que "
    "Maillage ne recopie pas, fait foi."
)


def team_page(request: HttpRequest) -> HttpResponse:
    """Show the posts of my service, those that end within three months first, and the employers for after."""
    acteur = acteur_of(request)
    with answered():
        found = posts(acteur)
        context = {
            "postes": found,
            "fins": ends_soon(found),
            "employeurs": employers(acteur),
            "head": acteur.role == Role.CHEF_DE_SERVICE,
        }
    return render(request, "equipes/equipe.html", context)


def post_page(request: HttpRequest, poste: UUID) -> HttpResponse:
    """Show one post; on POST, the direction writes its contract."""
    acteur = acteur_of(request)
    with answered():
        row = post_of(acteur, poste)
    form = ContractForm(
        request.POST if request.method == "POST" else None,
        initial={"contrat": row.contrat, "fin": row.fin},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if _kept(
            form,
            lambda: actions.change_contract(
                by=acteur, poste=poste, contrat=Contrat(data["contrat"]), fin=data["fin"]
            ),
        ):
            messages.success(request, "Le contrat est noté.")
            return redirect("equipes:poste", poste)
    return _post_page(request, acteur, poste, contract=form)


def qualify(request: HttpRequest, poste: UUID) -> HttpResponse:
    """Write a qualification of whoever holds the post."""
    acteur = acteur_of(request)
    with answered():
        post_of(acteur, poste)
    form = QualificationForm(request.POST)
    if form.is_valid() and _kept(
        form, lambda: actions.add_qualification(by=acteur, poste=poste, **form.cleaned_data)
    ):
        messages.success(request, "La qualification est notée.")
        return redirect("equipes:poste", poste)
    return _post_page(request, acteur, poste, qualification=form)


def certification_page(request: HttpRequest) -> HttpResponse:
    """Show what certification looks for, what is known here, the pieces kept; on POST, keep one more."""
    acteur = acteur_of(request)
    form = EvidenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data | {"exigence": Exigence(form.cleaned_data["exigence"])}
        if _kept(form, lambda: actions.add_evidence(by=acteur, **data)):
            messages.success(request, "La pièce est notée.")
            return redirect("equipes:certification")
    with answered():
        found = certification(acteur)
    context = {"exigences": found, "form": form, "today": clock.today(), "mots": OWN_WORDS}
    return render(request, "equipes/certification.html", context, status=422 if form.errors else 200)


def certification_file(request: HttpRequest) -> HttpResponse:
    """Give the same as a document: facts, dates and pieces."""
    acteur = acteur_of(request)
    with answered():
        blocks: list[Block] = [Paragraph(OWN_WORDS)]
        for one in certification(acteur):
            blocks.append(Heading(str(one.exigence.label)))
            pieces = [
                f"Pièce du {say_date(row.le)} : {row.piece}"
                + (f" (jusqu'au {say_date(row.fin)})" if row.fin else "")
                for row in one.pieces
            ]
            blocks.append(Bullets([*one.faits, *pieces] or ["Rien n'est encore noté."]))
    document = Document(
        "Certification de la médiation sociale : faits et pièces",
        blocks,
        subtitle=f"{acteur.service.nom}, au {say_date(clock.today())}",
        mention=mention(),
    )
    return file_answer(document, "certification", "pdf")


def employers_page(request: HttpRequest) -> HttpResponse:
    """List the employers for after a contract; on POST, keep one more."""
    acteur = acteur_of(request)
    form = EmployerForm(request.POST if request.method == "POST" else None)
    valid = request.method == "POST" and form.is_valid()
    if valid and _kept(form, lambda: actions.add_employer(by=acteur, **form.cleaned_data)):
        messages.success(request, "L'employeur est gardé.")
        return redirect("equipes:employeurs")
    with answered():
        context = {"employeurs": employers(acteur), "form": form}
    return render(request, "equipes/employeurs.html", context, status=422 if form.errors else 200)


def retire_employer(request: HttpRequest, employeur: UUID) -> HttpResponse:
    """Put an employer aside."""
    with answered():
        actions.retire_employer(by=acteur_of(request), employeur=employeur)
    messages.success(request, "L'employeur n'est plus dans la liste.")
    return redirect("equipes:employeurs")


def state_posts_page(request: HttpRequest) -> HttpResponse:
    """Show the totals of the State's file, and the posts paid to my own legal person."""
    acteur = acteur_of(request)
    own = [(year, count, say_euros(cents)) for year, count, cents in posts_of(acteur.service.structure)]
    lines = [(one, say_euros(one.montant_centimes)) for one in totaux()]
    context = {"lines": lines, "own": own, "structure": acteur.service.structure}
    return render(request, "equipes/adultes_relais.html", context)


def _post_page(
    request: HttpRequest,
    acteur: Acteur,
    poste: UUID,
    *,
    contract: ContractForm | None = None,
    qualification: QualificationForm | None = None,
) -> HttpResponse:
    with answered():
        row = post_of(acteur, poste)
    own = row.professionnel_id == acteur.professionnel_id
    context: dict[str, Any] = {
        "poste": row,
        "contract": contract or ContractForm(initial={"contrat": row.contrat, "fin": row.fin}),
        "qualification": qualification or QualificationForm(),
        "may_write": acteur.role == Role.DIRECTION and not own and not acteur.lecture_seule,
        "may_qualify": not acteur.lecture_seule,
        "own": own,
    }
    wrong = any(one is not None and one.errors for one in (contract, qualification))
    return render(request, "equipes/poste.html", context, status=422 if wrong else 200)


def _kept(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do it; say whether it was done, the reason being written beside its field otherwise."""
    try:
        with answered():
            act()
    except BadAnswer as error:
        form.add_error(error.champ, str(error))
        return False
    return True
