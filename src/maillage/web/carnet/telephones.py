"""Enrolling the service's telephones, the sealed tray, and one's own six digits."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.comptes.actions import AccountError
from maillage.comptes.devices import choose_code, enrol_telephone, retire_telephone
from maillage.comptes.models import CodeCarnet, Compte, Telephone
from maillage.main_courante.actions.envois import pour_tray
from maillage.main_courante.queries.carnet import tray_of
from maillage.web.carnet.identity import keep_telephone, telephone
from maillage.web.connexion.fresh import requires_fresh_second_factor
from maillage.web.door import acteur_of


class CodeForm(forms.Form):
    """Six digits, typed twice."""

    code = forms.CharField(
        label="Six chiffres",
        max_length=6,
        help_text="Ils ouvrent le carnet sur un téléphone de service, rien d'autre.",
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code"}),
    )
    encore = forms.CharField(
        label="Encore une fois",
        max_length=6,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code"}),
    )

    def clean(self) -> None:
        """Refuse two different codes."""
        said = self.cleaned_data
        if said.get("code") and said.get("encore") and said["code"] != said["encore"]:
            self.add_error("encore", "Les deux codes ne sont pas les mêmes.")


class TelephoneForm(forms.Form):
    """The name written on the telephone."""

    nom = forms.CharField(label="Nom de ce téléphone", max_length=40, help_text="Celui de son étiquette.")


@requires_fresh_second_factor
def code_page(request: HttpRequest) -> HttpResponse:
    """Choose one's six digits, after the full sign-in."""
    acteur = acteur_of(request)
    if not isinstance(request.user, Compte):
        raise Http404
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            choose_code(by=acteur, compte=request.user, code=form.cleaned_data["code"])
        except AccountError as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, "Code enregistré. Il ouvre le carnet sur les téléphones du service.")
            return redirect("carnet:entree")
    return render(request, "carnet/code.html", {"form": form}, status=422 if form.is_bound else 200)


def entry(request: HttpRequest) -> HttpResponse:
    """Lead to the notebook: open it, choose one's digits, put it on the home screen."""
    acteur = acteur_of(request)
    chosen = CodeCarnet.objects.filter(compte=acteur.compte_id).exists()
    return render(request, "carnet/entree.html", {"chosen": chosen})


@requires_fresh_second_factor
def telephones_page(request: HttpRequest) -> HttpResponse:
    """Enrol this very telephone, see the others; the session then ends on it."""
    acteur = acteur_of(request)
    form = TelephoneForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            enrolled = enrol_telephone(by=acteur, nom=form.cleaned_data["nom"])
        except AccountError as error:
            form.add_error("nom", str(error))
        else:
            # What stays in a colleague's pocket must not stay signed in as the head of service.
            logout(request)
            answer = redirect("carnet:page")
            keep_telephone(answer, enrolled.jeton)
            return answer
    context = {
        "form": form,
        "telephones": Telephone.objects.filter(service=acteur.service, retire_le=None).order_by("inscrit_le"),
        "celui_ci": telephone(request),
        "bac": tray_of(acteur),
    }
    return render(request, "carnet/telephones.html", context, status=422 if form.is_bound else 200)


@requires_fresh_second_factor
def retire(request: HttpRequest, telephone_id: UUID) -> HttpResponse:
    """Retire a telephone: what it shows opens nothing any more; what waits on it can still be sent."""
    if not retire_telephone(by=acteur_of(request), telephone=telephone_id):
        raise Http404
    messages.success(request, "Téléphone retiré : il n'ouvre plus le carnet.")
    return redirect("carnet:telephones")


@requires_fresh_second_factor
def pour(request: HttpRequest) -> HttpResponse:
    """Have the sealed tray written in the logbook."""
    count = pour_tray(by=acteur_of(request))
    said = "Rien à verser." if not count else f"{count} versée{'s' if count > 1 else ''} au cahier."
    messages.success(request, said)
    return redirect("carnet:telephones")
