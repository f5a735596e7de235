"""The invitation link: a password, an application, and in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.comptes.actions import AccountError, accept_invitation
from maillage.comptes.models import Compte, Invitation
from maillage.comptes.queries import active_posts, open_invitation
from maillage.web.connexion import device, enrolment
from maillage.web.connexion.forms import InvitationForm
from maillage.web.connexion.views import enter
from maillage.web.errors import Refusal

DEAD = "Ce lien n'est plus valable : il a servi, ou il est trop ancien. Demandez-en un autre à votre service."


def accept(request: HttpRequest, jeton: str) -> HttpResponse:
    """Open an invited account. A link that is unknown, used or too old answers 404, always the same."""
    invitation = open_invitation(jeton, clock.now())
    if invitation is None or not active_posts(invitation.compte, clock.now()):
        raise Refusal(DEAD, status=404)
    compte = invitation.compte
    if request.method != "POST":
        return _page(request, invitation, InvitationForm(compte=compte))
    form = InvitationForm(request.POST, compte=compte)
    if not form.is_valid():
        return _page(request, invitation, form, 422)
    try:
        opened, codes = accept_invitation(
            jeton=jeton,
            password=form.cleaned_data["password"],
            totp_secret=enrolment.pending_secret(request.session, compte),
            code=form.cleaned_data["code"],
        )
    except AccountError as error:
        form.add_error("code", str(error))
        return _page(request, invitation, form, 422)
    return _welcome(request, opened, codes)


def _welcome(request: HttpRequest, compte: Compte, codes: list[str]) -> HttpResponse:
    """Let the person in: a password and a code were just given; show the recovery codes once."""
    request.session.flush()
    enter(request, compte, "application")
    enrolment.keep_codes(request.session, codes)
    response = redirect("connexion:codes")
    device.remember(request, response, compte.identifiant)
    return response


def _page(
    request: HttpRequest, invitation: Invitation, form: InvitationForm, status: int = 200
) -> HttpResponse:
    compte = invitation.compte
    secret = enrolment.pending_secret(request.session, compte)
    context = {
        "form": form,
        "compte": compte,
        "image": enrolment.qr_image(compte, secret),
        "secret": enrolment.spaced(secret),
    }
    return render(request, "connexion/invitation.html", context, status=status)
