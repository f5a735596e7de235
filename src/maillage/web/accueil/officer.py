"""What the first screen tells the data protection officer: requests to answer, sheets read too fast."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from maillage.audit.enums import Acte
from maillage.audit.queries import alerts_since
from maillage.base import clock
from maillage.base.days import french_date
from maillage.comptes.acteur import Acteur
from maillage.sharing.demandes.mandats import has_own_officer, mandates_of, served_by
from maillage.sharing.demandes.requests import requests_waiting
from maillage.web.accueil.item import LATE, OWED, Item

SHOWN = timedelta(days=7)


def requests(acteur: Acteur) -> list[Item]:
    """Show the officer the requests for access to answer, the first due day."""
    days = requests_waiting(acteur)
    if not days:
        return []
    title = "1 demande d'accès à répondre" if len(days) == 1 else f"{len(days)} demandes d'accès à répondre"
    urgence = LATE if days[0] < clock.today() else OWED
    day = french_date(days[0], "j F")
    return [Item(title, f"avant le {day}", reverse("acces:liste"), urgence, "document")]


def mandates(acteur: Acteur) -> list[Item]:
    """Show the officer the services that named them and wait for their yes."""
    rows = [row for row in mandates_of(acteur) if row.accepte_le is None]
    said = "Vous lirez les demandes d'accès que ce service ouvre, et son journal."
    return [
        Item(f"{row.service} vous nomme délégué", said, reverse("acces:liste"), OWED, "cadenas")
        for row in rows
    ]


def unnamed(acteur: Acteur) -> list[Item]:
    """Tell who heads a service that no officer answers for it."""
    if has_own_officer(acteur.service) or mandates_of(acteur):
        return []
    said = "Sans délégué, une demande d'accès n'a personne pour y répondre."
    title = "Nommer un délégué à la protection des données"
    return [Item(title, said, reverse("acces:delegue"), OWED, "cadenas")]


def alerts(acteur: Acteur) -> list[Item]:
    """Show what asks to be looked at in the ledgers of their services, this week."""
    services = [service.pk for service in served_by(acteur)]
    return [item for kind in _ALERTS for item in _alert(kind, services)]


# Kind, one, several, what it means.
_ALERTS = (
    (
        Acte.ALERTE,
        "1 lecture en nombre",
        "lectures en nombre",
        "Plus de cinquante fiches ouvertes en dix minutes. Le journal dit par qui, et quand.",
    ),
    (
        Acte.SCEAU,
        "1 droit changé hors de Maillage",
        "droits changés hors de Maillage",
        "Ils ne valent rien : leur sceau manque. Quelqu'un écrit dans la base.",
    ),
)


def _alert(kind: tuple[Acte, str, str, str], services: list[UUID]) -> list[Item]:
    acte, one, several, detail = kind
    found = alerts_since(acte, services, clock.now() - SHOWN)
    if not found:
        return []
    number = sum(found.values())
    address = f"{reverse('journal:page')}?service={min(found, key=str)}&acte={acte}"
    return [Item(one if number == 1 else f"{number} {several}", detail, address, LATE, "journal")]
