"""What may no longer be kept: supports two years after the last contact, exchanges after six years, at most.

Erasing destroys the person's key, so that a backup made before cannot be read for that person. What
is left counts in the statistics (dates, age band, service) and names nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.audit.format import JSON, canonical, moment_text
from maillage.audit.models import Ligne
from maillage.audit.signing import public_key, sign
from maillage.base.enums import Portee
from maillage.base.models import CleDonnees
from maillage.base.wall import HouseWork, house_work
from maillage.directory.models import Service
from maillage.dossiers import actions as dossiers
from maillage.dossiers.models import Accompagnement, Personne
from maillage.law.conservation import months_after
from maillage.operations.durees import ACCOMPAGNEMENT, ECHANGE, TERMES, months_kept
from maillage.sharing.enums import FinOuverture, MotifCloture
from maillage.sharing.models import (
    Carte,
    DemandeAcces,
    Echange,
    Information,
    Ouverture,
    ReserveAcces,
    TransmissionDanger,
)
from maillage.sharing.openings import close_access

DOMAIN = b"maillage effacement 1\n"
ERASED = "accompagnement"
LAW = TERMES[ACCOMPAGNEMENT].plus


def supports_due(on: date, months: int | None = None) -> QuerySet[Accompagnement]:
    """Return the supports, ended or not, whose last contact is too old that day.

    Two years, or what the installation chose; `months` tries another term.
    """
    kept = months or months_kept(ACCOMPAGNEMENT, on)
    last = Coalesce("personne__dernier_contact_le", "ouvert_le")
    rows = Accompagnement.objects.filter(personne__effacee_le__isnull=True).annotate(dernier=last)
    return rows.filter(dernier__lte=months_after(on, -kept)).order_by("pk")


def due_of(services: Collection[Service], on: date) -> list[tuple[str, int]]:
    """Return how many supports of each service are due that day, by name; services with none left out."""
    rows = supports_due(on).filter(service__in=services).order_by("service__nom_court")
    counted = Counter(rows.values_list("service__nom_court", flat=True))
    return sorted(counted.items())


def erase_due_supports(on: date) -> int:
    """Erase the supports due that day, each in its own transaction; return how many."""
    done = 0
    for row in supports_due(on).values_list("pk", flat=True):
        done += _erase(row, on)
    return done


@atomic
def _erase(identifiant: UUID, on: date) -> int:
    """Erase one support unless a contact was noted meanwhile; the ledger line is the proof."""
    row = supports_due(on).select_for_update(of=("self",)).filter(pk=identifiant).first()
    if row is None:
        return 0
    row.references.filter(fin__isnull=True).update(fin=on)
    row.inscriptions.filter(fin__isnull=True).update(fin=on)
    if row.clos_le is None:
        row.clos_le, row.motif_cloture = on, MotifCloture.PERDU_DE_VUE
        row.save(update_fields=["clos_le", "motif_cloture"])
    close_access(personne=row.personne_id, cause=FinOuverture.EFFACEMENT)
    dossiers.erase_personne(personne=row.personne)
    unlink(row.personne_id)
    record(
        chaine=row.service_id,
        acte=Acte.EFFACEMENT,
        acteur=None,
        objet_genre=ERASED,
        objet=row.pk,
        detail={"mois": months_kept(ACCOMPAGNEMENT, on)},
    )
    return 1


@house_work(HouseWork.ENDING)
def unlink(personne: UUID) -> None:
    """Take the person's identifier off what is kept beside the file; a card no longer opens."""
    Echange.objects.filter(sujet=personne).update(sujet=None)
    Information.objects.filter(personne=personne).update(personne=None)
    TransmissionDanger.objects.filter(personne=personne).update(personne=None)
    Carte.objects.filter(personne=personne).delete()
    ReserveAcces.objects.filter(personne=personne).delete()
    DemandeAcces.objects.filter(personne=personne).update(personne=None)


def erased_persons() -> list[UUID]:
    """Return the identifiers of the persons erased: nothing of them may be opened, old copies included."""
    return list(Personne.objects.filter(effacee_le__isnull=False).values_list("pk", flat=True))


def old_exchanges(on: date, months: int | None = None) -> QuerySet[Echange]:
    """Return the exchanges too old that day, save those that still open something.

    Six years, or what the installation chose; `months` tries another term.
    """
    limit = months_after(on, -(months or months_kept(ECHANGE, on)))
    return Echange.objects.filter(le__date__lt=limit).exclude(ouvertures__cause_fin="")


@atomic
def drop_old_exchanges(on: date) -> int:
    """Delete what exchanges left once their term is past; return how many exchanges."""
    old = list(old_exchanges(on).values_list("pk", flat=True))
    Information.objects.filter(echange__in=old).delete()
    Ouverture.objects.filter(echange__in=old).delete()
    Echange.objects.filter(pk__in=old).delete()
    return len(old)


def _rule(months: int) -> str:
    return "deux ans sans contact" if months == LAW else f"{months} mois sans contact"


def proof_lines() -> Iterator[bytes]:
    """Yield a signed record of each erasure, one JSON object a line: when, by whose rule, its ledger line.

    Nothing of what was erased is in it: not even a pseudonym. `empreinte` is that of the line, which
    `ledger verify` finds again in the chain; `cle_detruite` was checked when the proof was made.
    """
    rows = Ligne.objects.filter(acte=Acte.EFFACEMENT, objet_genre=ERASED).order_by("chaine_id", "rang")
    erased = Accompagnement.objects.filter(personne__effacee_le__isnull=False).values("personne")
    left = CleDonnees.objects.filter(portee=Portee.PERSONNE, proprietaire__in=erased).exists()
    for row in rows:
        line: dict[str, JSON] = {
            "genre": "effacement",
            "le": moment_text(row.le),
            "chaine": str(row.chaine_id),
            "rang": row.rang,
            "empreinte": row.empreinte,
            "regle": _rule(row.detail.get("mois", LAW)),
            "cle_detruite": not left,
            "cle_publique": public_key(),
        }
        line["signature"] = sign(DOMAIN + canonical(line))
        yield canonical(line) + b"\n"
