"""Writes of meetings: convene, postpone, hold, decide, follow, lock; secret links and shared hours."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max
from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import seal
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.conventions.models import Partenariat, Participation
from maillage.conventions.regles import regles
from maillage.conventions.travail import REGLES, RYTHME
from maillage.directory.enums import Role
from maillage.directory.models import Service
from maillage.directory.queries import active_on
from maillage.reunions.agenda import agenda
from maillage.reunions.enums import EtatDecision, EtatReunion, GenreReunion, MotifReport
from maillage.reunions.models import (
    CompteRenduReunion,
    Decision,
    Disponibilite,
    FluxAgenda,
    InvitationReunion,
    Presence,
    ReportReunion,
    Reunion,
    SuiviDecision,
)
from maillage.reunions.queries import digest, latest_date

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

CONVENERS = frozenset({Role.CHEF_DE_SERVICE, Role.DIRECTION, Role.COORDINATION, Role.COORDONNATEUR})
FIELD = frozenset({Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT, Role.EDUCATEUR})
TEXT_MAX, PLACE_MAX = 20_000, 120


@atomic
def convene(
    *,
    by: Acteur,
    partenariat: Partenariat,
    genre: GenreReunion | str,
    le: datetime,
    lieu: str = "",
    duree_minutes: int = 90,
) -> Reunion:
    """Plan a meeting. A field team convenes field meetings; the rest is for who leads or coordinates.

    Raises NotYours, CannotWrite, BadAnswer (past, beyond the rhythm, a rhythm of zero).
    """
    _require(by, partenariat.pk, genre)
    partenariat = Partenariat.objects.select_for_update().get(pk=partenariat.pk)
    if genre not in GenreReunion.values:
        raise BadAnswer("genre", "Choisissez une sorte de réunion de la liste.")
    _check_future(le)
    if not 15 <= duree_minutes <= 480:
        raise BadAnswer("duree_minutes", "Une réunion dure entre un quart d'heure et huit heures.")
    if genre == GenreReunion.PERIODIQUE:
        _check_rhythm(partenariat, le.astimezone(clock.PARIS).date())
    row = Reunion.objects.create(
        partenariat=partenariat,
        genre=genre,
        le=le,
        # A group without file leaves no word at all, not even a room's.
        lieu="" if genre == GenreReunion.GROUPE else lieu.strip()[:PLACE_MAX],
        duree_minutes=duree_minutes,
        convoquee_par=by.service,
        convoquee_le=clock.now(),
    )
    _note(by, Acte.CREATION, "reunion", row.pk)
    return row


@atomic
def postpone(*, by: Acteur, reunion: UUID, le: datetime, motif: str) -> Reunion:
    """Move a planned meeting; the date before is kept and shows. Raises as `convene`, and NotNow."""
    row = locked(by, reunion)
    require_planned(row)
    _check_future(le)
    if motif not in MotifReport.values:
        raise BadAnswer("motif", "Choisissez une raison de la liste.")
    if le == row.le:
        raise BadAnswer("le", "C'est déjà la date de cette réunion.")
    ReportReunion.objects.create(reunion=row, ancienne=row.le, nouvelle=le, motif=motif, le=clock.now())
    row.le, row.sequence = le, row.sequence + 1
    row.save(update_fields=["le", "sequence"])
    _note(by, Acte.MODIFICATION, "reunion", row.pk)
    return row


@atomic
def hold(*, by: Acteur, reunion: UUID, presences: Mapping[UUID, int]) -> Reunion:
    """Say that a meeting is being held and how many came, by service. May be corrected until locked."""
    row = locked(by, reunion)
    if row.genre == GenreReunion.GROUPE:
        raise NotNow("Un groupe sans fichier s'ouvre à sa porte, par ses règles signées.")
    if row.etat == EtatReunion.ANNULEE:
        raise NotNow("Cette réunion est annulée.")
    if _locked_version(row):
        raise NotNow("Le compte rendu de cette réunion est verrouillé.")
    if row.le.astimezone(clock.PARIS).date() > clock.today():
        raise NotNow("Cette réunion n'a pas encore eu lieu.")
    known = services_of(row.partenariat)
    for pk, count in presences.items():
        if pk not in known or not 0 <= count <= 99:
            raise BadAnswer("presences", "Le nombre de présents va de 0 à 99, par service.")
        Presence.objects.update_or_create(reunion=row, service=known[pk], defaults={"nombre": count})
    row.etat = EtatReunion.TENUE
    row.save(update_fields=["etat"])
    _note(by, Acte.MODIFICATION, "reunion", row.pk)
    return row


@atomic
def write_minutes(*, by: Acteur, reunion: UUID, texte: str, version: int) -> CompteRenduReunion:
    """Write the draft of the minutes; `version` is the one on screen. Raises NotNow when it moved."""
    row = locked(by, reunion)
    _require_words(row)
    if row.etat != EtatReunion.TENUE:
        raise NotNow("Dites d'abord qui est venu : le compte rendu s'écrit d'une réunion tenue.")
    if len(texte) > TEXT_MAX:
        raise BadAnswer("texte", f"C'est trop long : {TEXT_MAX} caractères au plus.")
    last = row.comptes_rendus.order_by("-version").first()
    draft = last if last is not None and last.verrouille_le is None else None
    expected = draft.version if draft else (last.version if last else 0) + 1
    if version != expected:
        raise NotNow("Ce compte rendu a changé entre-temps : relisez-le avant d'enregistrer.")
    if draft is None:
        draft = CompteRenduReunion(reunion=row, partenariat=row.partenariat, version=expected)
    draft.ecrit_le, draft.ecrit_par = clock.now(), by.service
    draft.save()
    draft.texte_scelle = seal(draft, "texte_scelle", texte.strip())
    draft.save(update_fields=["texte_scelle"])
    _note(by, Acte.MODIFICATION, "compte_rendu", row.pk)
    return draft


@atomic
def lock_minutes(*, by: Acteur, reunion: UUID) -> CompteRenduReunion:
    """Lock the draft as a version, with the agenda as everybody could read it. Raises NotNow."""
    row = locked(by, reunion)
    draft = row.comptes_rendus.filter(verrouille_le__isnull=True).first()
    if draft is None:
        raise NotNow("Il n'y a pas de brouillon à verrouiller.")
    points = agenda(row.partenariat, row.le.astimezone(clock.PARIS).date())
    draft.ordre = [point.phrase for point in points if point.genre != "decision"]
    draft.verrouille_le = clock.now()
    draft.save(update_fields=["ordre", "verrouille_le"])
    _note(by, Acte.CLOTURE, "compte_rendu", row.pk)
    return draft


@atomic
def decide(
    *, by: Acteur, reunion: UUID, texte: str, service: UUID, echeance: date, fonction: str = ""
) -> Decision:
    """Write a decision: what, which function of which service answers for it, and by when."""
    row = locked(by, reunion)
    _require_words(row)
    if not texte.strip() or len(texte) > 500:
        raise BadAnswer("texte", "Dites la décision en une phrase, 500 caractères au plus.")
    known = services_of(row.partenariat)
    if service not in known:
        raise BadAnswer("service", "Choisissez un service du partenariat.")
    if fonction and fonction not in Role.values:
        raise BadAnswer("fonction", "Choisissez une fonction de la liste.")
    if echeance < row.le.astimezone(clock.PARIS).date():
        raise BadAnswer("echeance", "L'échéance vient après la réunion.")
    made = Decision(
        partenariat=row.partenariat,
        reunion=row,
        service=known[service],
        fonction=fonction,
        echeance=echeance,
        prise_le=clock.now(),
    )
    made.texte_scelle = seal(made, "texte_scelle", texte.strip())
    made.save()
    _note(by, Acte.DECISION, "decision", made.pk)
    return made


@atomic
def follow(*, by: Acteur, decision: UUID, etat: str) -> Decision:
    """Change the state of a decision; every state stays in its history."""
    row = (
        Decision.objects.select_for_update(of=("self",))
        .filter(pk=decision, partenariat__in=by.partenariat_ids)
        .first()
    )
    if row is None:
        raise NotYours
    _require(by, row.partenariat_id, GenreReunion.TERRAIN)
    if etat not in EtatDecision.values:
        raise BadAnswer("etat", "Choisissez un état de la liste.")
    row.etat = etat
    row.save(update_fields=["etat"])
    SuiviDecision.objects.create(decision=row, etat=etat, service=by.service, le=clock.now())
    _note(by, Acte.MODIFICATION, "decision", row.pk)
    return row


@atomic
def set_rhythm(*, by: Acteur, partenariat: Partenariat, semaines: int) -> Partenariat:
    """Fix how many weeks at most separate two meetings."""
    _require(by, partenariat.pk, GenreReunion.PERIODIQUE)
    low, high = REGLES[RYTHME].bornes or (1, 1)
    if not low <= semaines <= high:
        raise BadAnswer("semaines", f"Un rythme va d'une à {high} semaines, jamais zéro.")
    written = regles(partenariat, clock.today()).source(RYTHME)
    if written is not None:
        raise BadAnswer(
            "semaines", f"La clause « {written.titre} » écrit le rythme : changez-la à l'atelier."
        )
    row = Partenariat.objects.select_for_update().get(pk=partenariat.pk)
    row.rythme_reunion_semaines = semaines
    row.save(update_fields=["rythme_reunion_semaines"])
    _note(by, Acte.MODIFICATION, "partenariat", row.pk)
    return row


@atomic
def open_feed(*, by: Acteur, personnel: bool) -> str:
    """Create a secret calendar address, of one's post or of the service; return its token, shown once."""
    if by.lecture_seule and not personnel:
        raise CannotWrite("Votre poste permet de lire, pas d'écrire.")
    if not personnel and by.role not in CONVENERS:
        raise CannotWrite("L'adresse du service est créée par qui l'encadre.")
    token = secrets.token_urlsafe(32)
    row = FluxAgenda.objects.create(
        service=by.service,
        poste=by.poste if personnel else None,
        empreinte=digest(token),
        cree_le=clock.now(),
    )
    _note(by, Acte.OUVERTURE, "flux", row.pk)
    return token


@atomic
def revoke_feed(*, by: Acteur, flux: UUID) -> None:
    """End a calendar address at once: one's own, or the service's for who leads it. Raises NotYours."""
    row = FluxAgenda.objects.filter(pk=flux, service=by.service, revoque_le__isnull=True).first()
    if row is None or (row.poste_id != by.poste.pk and by.role not in CONVENERS):
        raise NotYours
    row.revoque_le = clock.now()
    row.save(update_fields=["revoque_le"])
    _note(by, Acte.FERMETURE, "flux", row.pk)


@atomic
def invite(*, by: Acteur, reunion: UUID, structure: str) -> str:
    """Give a guest structure a link to this meeting's agenda; return its token, shown once."""
    row = locked(by, reunion)
    require_planned(row)
    if row.genre == GenreReunion.GROUPE:
        raise NotNow("Un groupe sans fichier n'a pas d'invité par lien.")
    if not structure.strip() or len(structure) > 80:
        raise BadAnswer("structure", "Nommez la structure invitée, 80 caractères au plus.")
    token = secrets.token_urlsafe(32)
    made = InvitationReunion.objects.create(
        reunion=row, structure=structure.strip(), empreinte=digest(token), cree_le=clock.now()
    )
    _note(by, Acte.OUVERTURE, "invitation", made.pk)
    return token


@atomic
def revoke_invitation(*, by: Acteur, invitation: UUID) -> Reunion:
    """End a guest's link at once; return its meeting. Raises NotYours, CannotWrite."""
    row = InvitationReunion.objects.filter(pk=invitation, revoquee_le__isnull=True).first()
    if row is None:
        raise NotYours
    meeting = locked(by, row.reunion_id)
    row.revoquee_le = clock.now()
    row.save(update_fields=["revoquee_le"])
    _note(by, Acte.FERMETURE, "invitation", row.pk)
    return meeting


@atomic
def declare_hours(*, by: Acteur, creneaux: Sequence[tuple[int, time, time]]) -> None:
    """Replace the hours when the service can walk with another team."""
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas d'écrire.")
    for jour, debut, fin in creneaux:
        if not 0 <= jour <= 6 or fin <= debut:
            raise BadAnswer("fin", "Un créneau finit après son début, le même jour.")
    Disponibilite.objects.filter(service=by.service).delete()
    Disponibilite.objects.bulk_create(
        Disponibilite(service=by.service, jour=jour, debut=debut, fin=fin) for jour, debut, fin in creneaux
    )
    _note(by, Acte.MODIFICATION, "disponibilite", by.service.pk)


def services_of(partenariat: Partenariat) -> dict[UUID, Service]:
    """Return every service that takes part today, members and associates, by identifier."""
    rows = Participation.objects.filter(active_on(clock.today()), partenariat=partenariat)
    return {row.service_id: row.service for row in rows.select_related("service")}


def locked(by: Acteur, reunion: UUID) -> Reunion:
    """Return the meeting locked for writing. Raises NotYours, CannotWrite."""
    row = (
        Reunion.objects.select_for_update(of=("self",))
        .select_related("partenariat")
        .filter(pk=reunion, partenariat__in=by.partenariat_ids)
        .first()
    )
    if row is None:
        raise NotYours
    _require(by, row.partenariat_id, row.genre)
    return row


def _require(by: Acteur, partenariat: UUID, genre: str) -> None:
    if partenariat not in by.partenariat_ids:
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas d'écrire.")
    if by.role not in CONVENERS and not (by.role in FIELD and genre == GenreReunion.TERRAIN):
        raise CannotWrite("Cette réunion est tenue par qui encadre ou coordonne.")


def require_planned(row: Reunion) -> None:
    """Refuse what only a planned meeting allows. Raises NotNow."""
    if row.etat != EtatReunion.PREVUE:
        raise NotNow(f"Cette réunion est déjà {row.get_etat_display().lower()}.")


def _require_words(row: Reunion) -> None:
    """Refuse any text in a group that keeps none."""
    if row.genre == GenreReunion.GROUPE:
        raise NotNow("Un groupe sans fichier ne garde aucun texte.")


def _locked_version(row: Reunion) -> int:
    found = row.comptes_rendus.filter(verrouille_le__isnull=False).aggregate(last=Max("version"))["last"]
    return found or 0


def _check_future(le: datetime) -> None:
    if le <= clock.now():
        raise BadAnswer("le", "Une réunion se prévoit pour après maintenant.")
    if le > clock.now() + timedelta(days=366):
        raise BadAnswer("le", "Une réunion se prévoit un an à l'avance au plus.")


def _check_rhythm(partenariat: Partenariat, day: date) -> None:
    weeks = regles(partenariat, clock.today()).rythme_reunion_semaines
    if weeks < 1:
        raise BadAnswer("le", "Le rythme de ce partenariat est de zéro semaine : fixez-le d'abord.")
    limit = latest_date(partenariat)
    # Once the rhythm is broken, it starts again from today.
    if limit is None or limit < clock.today():
        limit = clock.today() + timedelta(weeks=weeks)
    if day > limit:
        raise BadAnswer(
            "le", f"Le rythme du partenariat demande une réunion le {limit:%d/%m/%Y} au plus tard."
        )


def _note(by: Acteur, acte: Acte, genre: str, objet: UUID) -> None:
    record(chaine=by.service.pk, acte=acte, acteur=by.professionnel_id, objet_genre=genre, objet=objet)
