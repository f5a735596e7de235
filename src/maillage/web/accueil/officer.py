"""What the first screen tells the data protection officer: requests to answer, sheets read too fast."""

from __future__ import annotations

from datetime import timedelta

from django.template.defaultfilters import date as french_date
from django.urls import reverse

from maillage.audit.enums import Acte
from maillage.audit.queries import alerts_since
from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.sharing.demandes.requests import requests_waiting
from maillage.web.accueil.item import LATE, OWED, Item
from maillage.web.journal.views import readable_services

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


def alerts(acteur: Acteur) -> list[Item]:
    """Show that an account of their services read sheets faster than anyone reads, this week."""
    services = [service.pk for service in readable_services(acteur)]
    found = alerts_since(services, clock.now() - SHOWN)
    if not found:
        return []
    number = sum(found.values())
    title = "1 lecture en nombre" if number == 1 else f"{number} lectures en nombre"
    detail = "Plus de cinquante fiches ouvertes en dix minutes. Le journal dit par qui, et quand."
    address = f"{reverse('journal:page')}?service={min(found, key=str)}&acte={Acte.ALERTE}"
    return [Item(title, detail, address, LATE, "journal")]
