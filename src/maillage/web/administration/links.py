"""Handing over an invitation: by mail when there is one, otherwise shown once to give by hand."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from maillage.comptes.actions import INVITATION_DAYS, Invited

SUBJECT = "Votre accès à Maillage"
BODY = (
    "Vous êtes invité·e à ouvrir votre accès à Maillage.\n\n{}\n\n"
    "Ce lien sert une fois, pendant {} jours. Ayez un téléphone avec une application de codes."
)


@dataclass(frozen=True)
class Delivered:
    """An invitation handed over: for whom, and its link unless a mail took it."""

    nom: str
    identifiant: str
    lien: str
    courriel: str


def deliver(invited: Invited) -> Delivered:
    """Send the link to the person's own address, or return it to be given by hand.

    A mail that cannot leave gives the link back: nobody is left without a way in.
    """
    compte = invited.compte
    link = settings.SITE + reverse("connexion:invitation", args=[invited.jeton])
    sent = False
    if settings.EMAIL_HOST and compte.email:
        try:
            sent = bool(send_mail(SUBJECT, BODY.format(link, INVITATION_DAYS), None, [compte.email]))
        except OSError:
            sent = False
    return Delivered(
        nom=str(compte.professionnel),
        identifiant=compte.identifiant,
        lien="" if sent else link,
        courriel=compte.email if sent else "",
    )
