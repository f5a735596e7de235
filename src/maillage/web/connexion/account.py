"""One's own account: the post one acts in, the password, the application, the recovery codes."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.comptes import mfa
from maillage.comptes.actions import (
    AccountError,
    change_application,
    change_password,
    renew_recovery_codes,
)
from maillage.comptes.models import Compte
from maillage.comptes.queries import active_posts
from maillage.web.acteur import CHOSEN_POST, confirm_session
from maillage.web.connexion import enrolment
from maillage.web.connexion.forms import ApplicationForm, NewPasswordForm
from maillage.web.connexion.fresh import requires_fresh_second_factor


def account(request: HttpRequest) -> HttpResponse:
    """Show one's account; choose the post one acts in when there are several."""
    compte = own_account(request)
    posts = active_posts(compte, clock.now())
    if request.method == "POST":
        chosen = str(request.POST.get("poste", ""))
        if chosen not in {str(post.pk) for post in posts}:
            raise Http404
        request.session[CHOSEN_POST] = chosen
        return redirect("connexion:compte")
    left = mfa.recovery_codes_left(compte)
    return render(request, "connexion/compte.html", {"compte": compte, "posts": posts, "codes_left": left})


@requires_fresh_second_factor
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password; the account's other sessions end."""
    compte = own_account(request)
    form = NewPasswordForm(request.POST if request.method == "POST" else None, compte=compte)
    if not form.is_valid():
        return _form_page(request, "connexion/mot_de_passe.html", form)
    change_password(compte=compte, password=form.cleaned_data["password"])
    _stay_in(request, compte)
    messages.success(request, "Mot de passe changé. Vos autres appareils sont déconnectés.")
    return redirect("connexion:compte")


@requires_fresh_second_factor
def application(request: HttpRequest) -> HttpResponse:
    """Replace the application that gives codes; the account's other sessions end."""
    compte = own_account(request)
    secret = enrolment.pending_secret(request.session, compte)
    form = ApplicationForm(request.POST if request.method == "POST" else None)
    context = {"image": enrolment.qr_image(compte, secret), "secret": enrolment.spaced(secret)}
    if not form.is_valid():
        return _form_page(request, "connexion/application.html", form, context)
    try:
        change_application(compte=compte, totp_secret=secret, code=form.cleaned_data["code"])
    except AccountError as error:
        form.add_error("code", str(error))
        return _form_page(request, "connexion/application.html", form, context)
    enrolment.forget_secret(request.session)
    _stay_in(request, compte)
    messages.success(request, "Nouvelle application enregistrée. L'ancienne ne sert plus.")
    return redirect("connexion:compte")


@requires_fresh_second_factor
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Replace the recovery codes, after one question, then show the new ones once."""
    if request.method != "POST":
        return render(request, "connexion/renouveler.html")
    enrolment.keep_codes(request.session, renew_recovery_codes(compte=own_account(request)))
    return redirect("connexion:codes")


def codes(request: HttpRequest) -> HttpResponse:
    """Show fresh recovery codes, once."""
    fresh = enrolment.take_codes(request.session)
    if not fresh:
        return redirect("connexion:compte")
    return render(request, "connexion/codes.html", {"codes": fresh})


def own_account(request: HttpRequest) -> Compte:
    """Return the account of the person signed in; raises Http404 when there is none."""
    if not isinstance(request.user, Compte):
        raise Http404
    return request.user


def _stay_in(request: HttpRequest, compte: Compte) -> None:
    """Keep this session, and only this one, under a new identifier."""
    update_session_auth_hash(request, compte)
    confirm_session(request.session)


def _form_page(
    request: HttpRequest,
    template: str,
    form: NewPasswordForm | ApplicationForm,
    context: dict[str, str] | None = None,
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **(context or {})}, status=status)
