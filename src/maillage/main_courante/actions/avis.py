"""One notice a day to each service, at its opening hour: «vous avez n», and nothing else.

A mail leaves the house: it carries figures and an address, never a place, a name or a word.
"""

from dataclasses import dataclass
from datetime import datetime, time
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, OuterRef

from maillage.audit.actions import lock_chains, record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.queries import partenariat_ids
from maillage.directory.models import Service
from maillage.main_courante.models import (
    AdresseAvis,
    AvisDuJour,
    CompteRendu,
    Consigne,
    MessageDeLieu,
    ReponseMessage,
)
from maillage.main_courante.queries.demandes import demandes_waiting
from maillage.main_courante.queries.messages import STILL_NEWS

DEFAULT_OPENING = time(9)
SUBJECT = "Maillage : votre avis du jour"


@dataclass(frozen=True)
class Sent:
    """What one run did: notices sent, services with nothing waiting, mails that could not leave."""

    envoyes: int
    sans_objet: int
    echecs: int


@transaction.atomic
def set_mailbox(*, by: Acteur, courriel: str) -> None:
    """Say where one's service receives its notice; an empty address ends the mails."""
    lock_chains([by.service.pk])
    if courriel:
        AdresseAvis.objects.update_or_create(service=by.service, defaults={"courriel": courriel})
    else:
        AdresseAvis.objects.filter(service=by.service).delete()
    record(
        chaine=by.service.pk, acte=Acte.MODIFICATION, acteur=by.professionnel_id, objet_genre="adresse_avis"
    )


def send_notices(*, site: str) -> Sent:
    """Send the notice of the day to each service whose opening hour has come, once whatever runs twice.

    `site` is the address of the installation, without a final slash. A mail that cannot leave is tried
    again at the next run; the others go.
    """
    now = clock.now().astimezone(clock.PARIS)
    results = [_notify(box, now, site) for box in _due(now)]
    return Sent(
        envoyes=results.count("envoye"),
        sans_objet=results.count("sans_objet"),
        echecs=results.count("echec"),
    )


def waiting_lines(service: Service, now: datetime) -> list[str]:
    """Return what waits for a service, one «vous avez n» a line; empty when nothing does."""
    answered = ReponseMessage.objects.filter(message=OuterRef("pk"))
    within = partenariat_ids(service.pk, clock.today())
    news = MessageDeLieu.objects.filter(
        service_destinataire=service, partenariat__in=within, envoye_le__gte=now - STILL_NEWS
    )
    consignes = Consigne.objects.filter(service=service, levee_le__isnull=True, jusquau__gte=now.date())
    since = AvisDuJour.objects.filter(service=service).order_by("-envoye_le").first()
    reports = CompteRendu.objects.filter(service=service)
    if since is not None:
        reports = reports.filter(transmis_le__gt=since.envoye_le)
    counted = (
        (
            news.exclude(Exists(answered)).count(),
            "nouvelle de lieu à répondre",
            "nouvelles de lieux à répondre",
        ),
        (
            demandes_waiting(service, within),
            "demande de passage à répondre",
            "demandes de passage à répondre",
        ),
        (consignes.count(), "consigne en cours", "consignes en cours"),
        (reports.count(), "nouveau compte rendu", "nouveaux comptes rendus"),
    )
    return [f"Vous avez {n} {one if n == 1 else several}." for n, one, several in counted if n]


def _due(now: datetime) -> list[AdresseAvis]:
    done = AvisDuJour.objects.filter(service=OuterRef("service"), jour=now.date())
    rows = AdresseAvis.objects.exclude(Exists(done)).select_related("service").order_by("service__code")
    return [row for row in rows if (row.service.heure_ouverture or DEFAULT_OPENING) <= now.time()]


def _notify(box: AdresseAvis, now: datetime, site: str) -> str:
    """Notify one service in its own transaction: the mail leaves with its trace, or neither."""
    try:
        with transaction.atomic():
            lock_chains([box.service_id])
            if AvisDuJour.objects.filter(service=box.service, jour=now.date()).exists():
                return "sans_objet"
            # Counted first: reports are those sent since the last notice.
            lines = waiting_lines(box.service, now)
            AvisDuJour.objects.create(service=box.service, jour=now.date(), envoye_le=now)
            if not lines:
                return "sans_objet"
            record(chaine=box.service_id, acte=Acte.CREATION, acteur=None, objet_genre="avis")
            body = "\n".join(["Bonjour,", "", *lines, "", f"Pour les lire : {site}/", ""])
            send_mail(SUBJECT, body, None, [box.courriel])
    except (OSError, SMTPException):
        return "echec"
    return "envoye"
