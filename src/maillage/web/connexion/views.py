"""Password, then code, on one address; and going out."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.db.transaction import atomic
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes.models import Compte
from maillage.comptes.sign_in import Refused, check_first_factor, check_second_factor, record_sign_in
from maillage.comptes.throttle import TooMany
from maillage.web.acteur import confirm_session, open_session
from maillage.web.connexion import device
from maillage.web.connexion.forms import CodeForm, PasswordForm

PENDING = "connexion_en_attente"
PENDING_LASTS = timedelta(minutes=10)
BACKEND = "django.contrib.auth.backends.ModelBackend"

WRONG_PAIR = "Cet identifiant et ce mot de passe ne vont pas ensemble."
WRONG_CODE = "Ce code n'est pas le bon, ou il a déjà servi : attendez le suivant."
TOO_MANY = "Trop d'essais en peu de temps. Attendez {} min, ou prenez votre appareil habituel."
TOO_LATE = "Trop de temps a passé : recommencez par votre mot de passe."


def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask the password, then the code; a person already signed in goes home."""
    if request.method == "POST":
        if "login" in request.POST:
            return _first_step(request)
        if "code" in request.POST:
            return _second_step(request)
        request.session.pop(PENDING, None)
        return redirect("connexion:page")
    if getattr(request, "acteur", None) is not None:
        return redirect(safe_next(request))
    if _pending(request) is not None:
        return _page(request, "code", CodeForm())
    return _page(request, "password", PasswordForm())


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on the server and go back to the sign-in page."""
    acteur = getattr(request, "acteur", None)
    if acteur is not None:
        with atomic():
            record(
                chaine=acteur.service.pk,
                acte=Acte.DECONNEXION,
                acteur=acteur.professionnel_id,
                objet_genre="compte",
                objet=acteur.compte_id,
            )
    logout(request)
    return redirect("connexion:page")


def confirm(request: HttpRequest) -> HttpResponse:
    """Ask the second factor again, then go on to `next`."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _confirm_page(request, form)
    compte = request.user
    if not isinstance(compte, Compte) or not form.is_valid():
        return _confirm_page(request, form, 422)
    try:
        check_second_factor(
            compte=compte,
            code=form.cleaned_data["code"],
            origine=device.origin(request, compte.identifiant),
        )
    except Refused:
        form.add_error("code", WRONG_CODE)
        return _confirm_page(request, form, 422)
    except TooMany as error:
        form.add_error(None, _too_many(error))
        return _confirm_page(request, form, 429)
    confirm_session(request.session)
    return redirect(safe_next(request))


def safe_next(request: HttpRequest) -> str:
    """Return the address asked for after signing in if it is ours, else the first screen."""
    asked = str(request.POST.get("next") or request.GET.get("next") or "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours else settings.LOGIN_REDIRECT_URL


def enter(request: HttpRequest, compte: Compte, factor: str) -> None:
    """Open the session of someone who gave both factors, under a new identifier, and record it."""
    login(request, compte, backend=BACKEND)
    open_session(request.session)
    record_sign_in(compte=compte, factor=factor)


def _first_step(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return _page(request, "password", form, 422)
    name = form.cleaned_data["login"]
    try:
        compte = check_first_factor(
            identifiant=name, password=form.cleaned_data["password"], origine=device.origin(request, name)
        )
    except Refused:
        form.add_error(None, WRONG_PAIR)
        return _page(request, "password", form, 422)
    except TooMany as error:
        form.add_error(None, _too_many(error))
        return _page(request, "password", form, 429)
    if getattr(request, "acteur", None) is not None:
        logout(request)
    request.session.cycle_key()
    request.session[PENDING] = {
        "compte": str(compte.pk),
        "le": clock.now().isoformat(),
        "next": safe_next(request),
    }
    return redirect("connexion:page")


def _second_step(request: HttpRequest) -> HttpResponse:
    pending = _pending(request)
    if pending is None:
        form = PasswordForm()
        return _page(request, "password", form, 422, notice=TOO_LATE)
    form_code = CodeForm(request.POST)
    if not form_code.is_valid():
        return _page(request, "code", form_code, 422)
    compte, after = pending
    try:
        factor = check_second_factor(
            compte=compte,
            code=form_code.cleaned_data["code"],
            origine=device.origin(request, compte.identifiant),
        )
    except Refused:
        form_code.add_error("code", WRONG_CODE)
        return _page(request, "code", form_code, 422)
    except TooMany as error:
        form_code.add_error(None, _too_many(error))
        return _page(request, "code", form_code, 429)
    del request.session[PENDING]
    enter(request, compte, factor)
    response = redirect(after)
    device.remember(request, response, compte.identifiant)
    return response


def _pending(request: HttpRequest) -> tuple[Compte, str] | None:
    """Return the account whose password was given in this session, and where to go after the code."""
    kept: dict[str, Any] | None = request.session.get(PENDING)
    if kept is None:
        return None
    if abs(clock.now() - datetime.fromisoformat(kept["le"])) > PENDING_LASTS:
        del request.session[PENDING]
        return None
    compte = Compte.objects.filter(pk=kept["compte"]).first()
    return None if compte is None or not compte.is_active else (compte, kept["next"])


def _too_many(error: TooMany) -> str:
    return TOO_MANY.format(max(1, -(-int(error.attente.total_seconds()) // 60)))


def _page(
    request: HttpRequest, step: str, form: PasswordForm | CodeForm, status: int = 200, notice: str = ""
) -> HttpResponse:
    context = {"form": form, "next": safe_next(request), "notice": notice}
    return render(request, f"connexion/{step}.html", context, status=status)


def _confirm_page(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "next": safe_next(request)}
    return render(request, "connexion/confirmer.html", context, status=status)
