"""The ledger lines that the demo's year would have left, chained service by service."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage.audit.actions import Entree, record_many, sign_heads
from maillage.audit.enums import Acte
from maillage.directory.models import Service
from maillage.main_courante.models import MessageDeLieu, Note
from maillage.orientations.models import Orientation, Reception
from maillage.sharing.enums import StatutEchange
from maillage.sharing.models import Echange

BATCH = 5000


@transaction.atomic
def write_lines() -> int:
    """Chain one line per thing written in the year, oldest first; return how many. Heads are signed."""
    count = 0
    for service in Service.objects.filter(dans_etude=True).order_by("code"):
        entries = sorted(_entries(service), key=lambda entry: (entry.le, str(entry.objet)))
        for start in range(0, len(entries), BATCH):
            count += len(record_many(service.id, entries[start : start + BATCH]))
    sign_heads()
    return count


def _entries(service: Service) -> Iterator[Entree]:
    who = "poste__professionnel_id"
    notes = Note.objects.filter(service=service).values_list("pk", who, "recue_le")
    yield from _lines(Acte.CREATION, "note", notes)
    messages = MessageDeLieu.objects.filter(service_emetteur=service).values_list("pk", who, "envoye_le")
    yield from _lines(Acte.CREATION, "message", messages)
    exchanges = Echange.objects.filter(service_emetteur=service).values_list(
        "pk", "poste_emetteur__professionnel_id", "le", "statut", "issue"
    )
    for pk, actor, le, statut, issue in exchanges:
        acte = Acte.PARTAGE if statut == StatutEchange.TRANSMIS else Acte.REFUS
        yield Entree(acte, actor, "echange", pk, {"issue": issue}, le)
    sent = Orientation.objects.filter(service_emetteur=service, envoyee_le__isnull=False)
    yield from _lines(
        Acte.CREATION,
        "orientation",
        sent.values_list("pk", "poste_emetteur__professionnel_id", "envoyee_le"),
    )
    decided = Reception.objects.filter(service=service, decidee_le__isnull=False)
    yield from _lines(
        Acte.DECISION,
        "orientation",
        decided.values_list("orientation_id", "referent__professionnel_id", "decidee_le"),
    )


def _lines(
    acte: Acte, genre: str, rows: Iterable[tuple[UUID, UUID | None, datetime | None]]
) -> Iterator[Entree]:
    return (Entree(acte, actor, genre, pk, {}, le) for pk, actor, le in rows)
