"""Technical watch: a thing to repair goes to a desk by a link without account; never a person.

The link is signed, opens one report alone, ends at a date, and ends at once when the team revokes it.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from smtplib import SMTPException
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q, QuerySet

from maillage.audit.actions import lock_chains, record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.directory.enums import GenreLieu
from maillage.directory.models import Lieu
from maillage.directory.queries import lieux_of
from maillage.main_courante.models import Guichet, Note, Signalement
from maillage.main_courante.queries.listes import listes_of
from maillage.main_courante.queries.passages import standing
from maillage.main_courante.saisie import Refused, check_label
from maillage.main_courante.vocabulaire import TECHNIQUE

LIFE = timedelta(days=60)
ANSWER = timedelta(days=3)
AGAIN = timedelta(days=7)
FARTHEST = timedelta(days=365)
SUBJECT = "Maillage : un signalement technique vous attend"

Address = Callable[[str], str]
_signer = Signer(salt="maillage.main_courante.veille")


@transaction.atomic
def set_desk(
    *,
    by: Acteur,
    guichet: UUID,
    nom: str,
    courriel: str,
    lieux: Collection[UUID] = (),
    genres: Collection[str] = (),
    categories: Collection[str] = (),
    actif: bool = True,
) -> Guichet:
    """Create or change a desk of one's service: what it is called, where it reads, what it repairs, where.

    Raises Refused for an empty or known name, an address that is not one, a place where the service does
    not go, an unknown kind of place, or a category that is not technical.
    """
    lock_chains([by.service.pk])
    check_mailbox(courriel)
    places = _places_looked_after(by, lieux)
    _check_repairs(by, genres, categories)
    name = check_label(nom)
    if Guichet.objects.filter(service=by.service, nom=name).exclude(pk=guichet).exists():
        raise Refused(f"« {name} » existe déjà : changez-le plutôt.")
    if Guichet.objects.filter(pk=guichet).exclude(service=by.service).exists():
        raise Refused("Rechargez la page, puis recommencez.")
    row, _ = Guichet.objects.update_or_create(
        pk=guichet,
        defaults={
            "service": by.service,
            "nom": name,
            "courriel": courriel,
            "genres": sorted(set(genres)),
            "categories": sorted(set(categories)),
            "actif": actif,
        },
    )
    row.lieux.set(places)
    _trace(by.service.pk, by.professionnel_id, Acte.MODIFICATION, "guichet", row.pk)
    return row


def _places_looked_after(by: Acteur, lieux: Collection[UUID]) -> list[Lieu]:
    places = list(lieux_of(by.service).filter(pk__in=lieux))
    if len(places) != len(set(lieux)):
        raise Refused("Un des lieux choisis n'est pas de votre territoire.")
    return places


def _check_repairs(by: Acteur, genres: Collection[str], categories: Collection[str]) -> None:
    listes = listes_of(by.service)
    if not set(genres) <= set(GenreLieu.values):
        raise Refused("Un des genres de lieux choisis n'existe pas.")
    if any(listes.family(code) != TECHNIQUE for code in categories):
        raise Refused("Un guichet technique ne reçoit que de la veille technique.")


def check_mailbox(courriel: str) -> None:
    """Raise Refused when this is not a mail address."""
    try:
        validate_email(courriel)
    except ValidationError as error:
        raise Refused("Cette adresse de courriel ne se lit pas.") from error


@transaction.atomic
def report_defect(*, by: Acteur, note: UUID, guichet: UUID, address: Address) -> Signalement:
    """Tell a desk what a technical note saw, by mail; a note is told once, whatever is clicked twice.

    `address` turns a link's token into the full address. Raises Refused when the note is not a standing
    technical one of the service, the desk unknown, or the mail cannot leave: nothing is then kept.
    """
    lock_chains([by.service.pk])
    seen = standing(Note.objects.filter(service=by.service, pk=note)).first()
    if seen is None or listes_of(by.service).family(seen.categorie) != TECHNIQUE:
        raise Refused("Seule une note de veille technique de votre équipe part à un guichet.")
    found = Signalement.objects.filter(note=seen).first()
    if found is not None:
        return found
    desk = Guichet.objects.filter(service=by.service, pk=guichet, actif=True).first()
    if desk is None:
        raise Refused("Choisissez un guichet de votre liste.")
    now = clock.now()
    told = Signalement.objects.create(
        service=by.service,
        poste=by.poste,
        guichet=desk,
        note=seen,
        lieu_id=seen.lieu_id,
        categorie=seen.categorie,
        jour=seen.jour,
        envoye_le=now,
        expire_le=now + LIFE,
    )
    _send([told], address)
    _trace(by.service.pk, by.professionnel_id, Acte.PARTAGE, "signalement", told.pk)
    return told


@transaction.atomic
def renew_link(*, by: Acteur, signalement: UUID, address: Address) -> bool:
    """Send another link, which ends the one before. False when absent, another's or repaired."""
    lock_chains([by.service.pk])
    rows = Signalement.objects.filter(pk=signalement, service=by.service, repare_le__isnull=True)
    changed = rows.update(revision=F("revision") + 1, revoque_le=None, expire_le=clock.now() + LIFE)
    if changed:
        _send([rows.select_related("guichet").get()], address)
        _trace(by.service.pk, by.professionnel_id, Acte.PARTAGE, "signalement", signalement)
    return bool(changed)


@transaction.atomic
def revoke_link(*, by: Acteur, signalement: UUID) -> bool:
    """End a link at once. False when absent, another's, or ended before."""
    lock_chains([by.service.pk])
    rows = Signalement.objects.filter(pk=signalement, service=by.service, revoque_le__isnull=True)
    changed = rows.update(revoque_le=clock.now())
    if changed:
        _trace(by.service.pk, by.professionnel_id, Acte.FERMETURE, "signalement", signalement)
    return bool(changed)


def link_token(signalement: Signalement) -> str:
    """Return the token of a report's present link."""
    return _signer.sign(f"{signalement.pk.hex}.{signalement.revision}")


def open_link(token: str) -> Signalement | None:
    """Return the report a link opens; None when forged, replaced, ended or revoked: all look the same."""
    try:
        identifier, _, revision = _signer.unsign(token).partition(".")
        key, number = UUID(identifier), int(revision)
    except (BadSignature, ValueError):
        return None
    return (
        Signalement.objects.filter(
            pk=key, revision=number, revoque_le__isnull=True, expire_le__gt=clock.now()
        )
        .select_related("lieu__territoire", "service", "guichet")
        .first()
    )


@transaction.atomic
def desk_answers(*, signalement: Signalement, geste: str, jour: date | None = None) -> Signalement:
    """Write what the desk says by its link: `recu`, `prevu` (with its day) or `repare`.

    Saying it twice changes nothing; each step implies those before. Raises Refused for an unknown word,
    a day absent, past or beyond a year.
    """
    lock_chains([signalement.service_id])
    row = Signalement.objects.select_for_update().get(pk=signalement.pk)
    now = clock.now()
    if geste == "prevu":
        if jour is None or not now.date() <= jour <= now.date() + FARTHEST:
            raise Refused("Donnez un jour à venir, d'ici un an.")
        row.prevu_le = jour
    elif geste == "repare":
        row.repare_le = row.repare_le or now
    elif geste != "recu":
        raise Refused("Ce geste n'existe pas.")
    row.recu_le = row.recu_le or now
    row.save(update_fields=["recu_le", "prevu_le", "repare_le"])
    _trace(row.service_id, None, Acte.MODIFICATION, "signalement", row.pk)
    return row


def remind_desks(*, address: Address) -> int:
    """Remind the desks that have not acknowledged in three days, or whose repair day is past.

    One mail a desk, whatever it owes, and at most once a week for one report; returns how many mails left,
    those that could not are tried again.
    """
    sent = 0
    for desk in list(_late().order_by("guichet").values_list("guichet", flat=True).distinct()):
        try:
            sent += _remind(desk, address)
        except Refused:
            continue
    return sent


def _late() -> QuerySet[Signalement]:
    now = clock.now()
    silent = Q(recu_le__isnull=True, envoye_le__lte=now - ANSWER)
    overdue = Q(prevu_le__lt=now.date())
    return Signalement.objects.filter(
        silent | overdue,
        Q(relance_le__isnull=True) | Q(relance_le__lte=now - AGAIN),
        repare_le__isnull=True,
        revoque_le__isnull=True,
        expire_le__gt=now,
    ).order_by("pk")


@transaction.atomic
def _remind(guichet: UUID, address: Address) -> int:
    desk = Guichet.objects.get(pk=guichet)
    lock_chains([desk.service_id])
    rows = list(_late().filter(guichet=desk).select_related("guichet"))
    if not rows:
        return 0
    Signalement.objects.filter(pk__in=[row.pk for row in rows]).update(relance_le=clock.now())
    _send(rows, address, reminder=True)
    for row in rows:
        _trace(row.service_id, None, Acte.CREATION, "relance", row.pk)
    return 1


def _send(rows: Sequence[Signalement], address: Address, *, reminder: bool = False) -> None:
    """Write to one desk about its reports: how many, and their links."""
    if len(rows) == 1:
        said = "Rappel : un" if reminder else "Un"
        said += " signalement technique attend votre réponse. Ce lien l'ouvre"
        keep = "gardez-le pour vous"
    else:
        said = (
            f"Rappel : {len(rows)} signalements techniques attendent votre réponse. Chaque lien en ouvre un"
        )
        keep = "gardez-les pour vous"
    body = "\n".join(
        [
            "Bonjour,",
            "",
            f"{said}, sans compte ; {keep} :",
            *(address(link_token(row)) for row in rows),
            "",
            "Vous pourrez en accuser réception, donner un jour de réparation, et dire que c'est réparé.",
            "",
        ]
    )
    try:
        send_mail(SUBJECT, body, None, [rows[0].guichet.courriel])
    except (OSError, SMTPException) as error:
        raise Refused("Le courriel n'est pas parti ; rien n'est enregistré, réessayez.") from error


def _trace(chaine: UUID, acteur: UUID | None, acte: Acte, genre: str, objet: UUID) -> None:
    record(chaine=chaine, acte=acte, acteur=acteur, objet_genre=genre, objet=objet)
