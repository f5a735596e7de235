"""Asking a mediation team about a place, and answering with passages; a desk asks by its link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import send_mail
from django.core.signing import BadSignature, Signer
from django.db import transaction

from maillage.audit.actions import lock_chains, record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import seal
from maillage.comptes.acteur import Acteur
from maillage.directory.enums import Role
from maillage.directory.queries import lieux_of
from maillage.main_courante.enums import Liste
from maillage.main_courante.gestes import Geste, Motif, SuiteDemande
from maillage.main_courante.models import Consigne, DemandeDeLieu, Guichet
from maillage.main_courante.queries.demandes import STILL_ASKED, desk_places, teams_to_ask
from maillage.main_courante.queries.feuille import place_figures, smallest_told
from maillage.main_courante.queries.listes import listes_of
from maillage.main_courante.saisie import Refused

LINK_LIFE = timedelta(days=180)
LOOKED_BACK = timedelta(days=28)
OPEN_AT_MOST = 20
RELAYS = frozenset({Role.PARENT_RELAIS, Role.ACCUEIL})
SUBJECT = "Maillage : votre lien vers l'équipe de médiation"
USED = "Ce formulaire a déjà servi ; rechargez la page pour demander autre chose."

Address = Callable[[str], str]
_signer = Signer(salt="maillage.main_courante.demandes")


@dataclass(frozen=True)
class DemandeData:
    """What is asked: where, why, in which slot (any when empty); codes only. `service` by an account."""

    id: UUID
    lieu: UUID
    motif: str
    creneau: str = ""
    service: UUID | None = None


@transaction.atomic
def ask_about_place(*, by: Acteur, data: DemandeData) -> DemandeDeLieu:
    """Ask a mediation team about a place; the same form twice, or the same open question, asks once.

    Raises Refused for a team that is not one's own nor in one's partnerships, a place that is not
    theirs, or an unknown word.
    """
    teams = teams_to_ask(by)
    if data.service is not None:
        teams = [pair for pair in teams if pair[1].pk == data.service]
    elif len(teams) > 1:
        raise Refused("Choisissez l'équipe à qui le demander.")
    if not teams:
        raise Refused("Cette équipe n'est pas dans votre partenariat.")
    partenariat, service = teams[0]
    row = DemandeDeLieu(
        id=data.id,
        service=service,
        partenariat=partenariat,
        demandeur=by.service,
        poste=by.poste,
        lieu_id=data.lieu,
    )
    lock_chains({service.pk, by.service.pk})
    made = _ask(row, data, lieux_of(service).filter(pk=data.lieu).exists())
    if made is row:
        _trace(by.service.pk, by.professionnel_id, Acte.CREATION, row.pk)
    return made


@transaction.atomic
def ask_by_link(*, guichet: Guichet, data: DemandeData) -> DemandeDeLieu:
    """Ask by a desk's link. Raises Refused as `ask_about_place`, and beyond twenty open requests."""
    lock_chains([guichet.service_id])
    row = DemandeDeLieu(id=data.id, service=guichet.service, guichet=guichet, lieu_id=data.lieu)
    waiting = DemandeDeLieu.objects.filter(guichet=guichet, reponse="").exclude(pk=data.id).count()
    if waiting >= OPEN_AT_MOST:
        raise Refused("Vingt demandes attendent déjà une réponse ; appelez l'équipe.")
    made = _ask(row, data, desk_places(guichet).filter(pk=data.lieu).exists())
    if made is row:
        _trace(guichet.service_id, None, Acte.CREATION, row.pk)
    return made


@transaction.atomic
def answer_demande(*, by: Acteur, demande: DemandeDeLieu, reponse: SuiteDemande) -> DemandeDeLieu:
    """Answer a request addressed to one's service; another answer replaces the one before.

    «On passe» leaves a consigne to tonight's team; any answer but a refusal carries the passages of
    four weeks and what was seen, masked below five. Raises Refused when it is another service's.
    """
    if demande.service_id != by.service.pk:
        raise Refused("C'est à l'équipe à qui l'on demande de répondre.")
    lock_chains([by.service.pk])
    row = (
        DemandeDeLieu.objects.select_for_update(of=("self",))
        .select_related("consigne", "poste")
        .get(pk=demande.pk)
    )
    if row.reponse == reponse:
        return row
    if row.consigne is not None:
        Consigne.objects.filter(pk=row.consigne.pk, levee_le__isnull=True).update(levee_le=clock.now())
    row.consigne = _visit(by, row) if reponse == SuiteDemande.ON_PASSE else None
    row.reponse, row.repondue_le, row.chiffres = reponse, clock.now(), _figures(row, reponse)
    row.save(update_fields=["reponse", "repondue_le", "chiffres", "consigne"])
    _trace(by.service.pk, by.professionnel_id, Acte.PARTAGE, row.pk)
    return row


@transaction.atomic
def open_desk_link(*, by: Acteur, guichet: UUID, address: Address) -> bool:
    """Send a desk its link by mail; it ends the one before. False when absent, another's or closed.

    `address` turns the token into the full address. Raises Refused for a desk without a place of its own,
    or when the mail cannot leave.
    """
    lock_chains([by.service.pk])
    desk = Guichet.objects.filter(pk=guichet, service=by.service, actif=True).first()
    if desk is None:
        return False
    if not desk_places(desk).exists():
        raise Refused("Cochez d'abord les lieux de ce guichet : son lien n'ouvre que ceux-là.")
    desk.lien_revision, desk.lien_jusquau = desk.lien_revision + 1, clock.today() + LINK_LIFE
    desk.save(update_fields=["lien_revision", "lien_jusquau"])
    body = "\n".join(
        [
            "Bonjour,",
            "",
            "Ce lien ouvre, sans compte, vos demandes de passage et la feuille du mois de chaque lieu.",
            "Gardez-le pour vous :",
            address(desk_token(desk)),
            "",
        ]
    )
    try:
        send_mail(SUBJECT, body, None, [desk.courriel])
    except (OSError, SMTPException) as error:
        raise Refused("Le courriel n'est pas parti ; rien n'est enregistré, réessayez.") from error
    record(
        chaine=by.service.pk,
        acte=Acte.PARTAGE,
        acteur=by.professionnel_id,
        objet_genre="guichet",
        objet=guichet,
    )
    return True


@transaction.atomic
def close_desk_link(*, by: Acteur, guichet: UUID) -> bool:
    """End a desk's link at once. False when absent, another's, or ended before."""
    lock_chains([by.service.pk])
    rows = Guichet.objects.filter(pk=guichet, service=by.service, lien_jusquau__isnull=False)
    changed = rows.update(lien_jusquau=None)
    if changed:
        record(
            chaine=by.service.pk,
            acte=Acte.FERMETURE,
            acteur=by.professionnel_id,
            objet_genre="guichet",
            objet=guichet,
        )
    return bool(changed)


def desk_token(guichet: Guichet) -> str:
    """Return the token of a desk's present link."""
    return _signer.sign(f"{guichet.pk.hex}.{guichet.lien_revision}")


def desk_of_link(token: str) -> Guichet | None:
    """Return the desk a link opens; None when forged, replaced, ended or closed: all look the same."""
    try:
        identifier, _, revision = _signer.unsign(token).partition(".")
        key, number = UUID(identifier), int(revision)
    except (BadSignature, ValueError):
        return None
    return (
        Guichet.objects.filter(pk=key, lien_revision=number, actif=True, lien_jusquau__gte=clock.today())
        .select_related("service__ville")
        .first()
    )


def _ask(row: DemandeDeLieu, data: DemandeData, known_place: bool) -> DemandeDeLieu:
    """Write a request once its words are checked; return the one that says the same already."""
    if not known_place:
        raise Refused("Choisissez un lieu de la liste.")
    if data.motif not in Motif.values:
        raise Refused("Dites pourquoi.")
    if data.creneau and not listes_of(row.service).knows(Liste.CRENEAU, data.creneau):
        raise Refused("Ce moment n'est pas dans la liste.")
    row.motif, row.creneau, row.demandee_le = data.motif, data.creneau, clock.now()
    by = {"demandeur": row.demandeur, "guichet": row.guichet}
    found = DemandeDeLieu.objects.filter(pk=row.pk).first()
    if found is not None:
        same = (found.demandeur_id, found.guichet_id, found.lieu_id, found.motif, found.creneau)
        if same != (row.demandeur_id, row.guichet_id, row.lieu_id, row.motif, row.creneau):
            raise Refused(USED)
        return found
    open_one = DemandeDeLieu.objects.filter(
        **by,
        service=row.service,
        lieu=row.lieu_id,
        motif=row.motif,
        creneau=row.creneau,
        reponse="",
        demandee_le__gte=row.demandee_le - STILL_ASKED,
    ).first()
    if open_one is not None:
        return open_one
    row.save(force_insert=True)
    return row


def _visit(by: Acteur, row: DemandeDeLieu) -> Consigne:
    consigne = Consigne(
        service=by.service,
        poste=by.poste,
        lieu_id=row.lieu_id,
        geste=Geste.FETE if row.motif == Motif.FETE else Geste.PASSER,
        creee_le=clock.now(),
        jusquau=clock.today() + timedelta(days=1),
    )
    consigne.texte_scelle = seal(consigne, "texte_scelle", f"Demandé : {row.get_motif_display().lower()}.")
    consigne.save(force_insert=True)
    return consigne


def _figures(row: DemandeDeLieu, reponse: SuiteDemande) -> dict[str, object] | None:
    """Return what the answer tells of the place; a neighbour who gave the alert needs no figure."""
    if reponse == SuiteDemande.PAS_POUR_NOUS or (row.poste is not None and row.poste.role in RELAYS):
        return None
    today = clock.today()
    smallest = smallest_told(by_link=row.guichet_id is not None)
    return place_figures(row.service, row.lieu_id, today - LOOKED_BACK, today, smallest).as_json()


def _trace(chaine: UUID, acteur: UUID | None, acte: Acte, objet: UUID) -> None:
    record(chaine=chaine, acte=acte, acteur=acteur, objet_genre="demande", objet=objet)
