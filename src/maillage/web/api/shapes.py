"""How each thing looks in JSON: what its page shows, no more."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maillage.comptes.acteur import Acteur
from maillage.directory.models import Lieu
from maillage.main_courante.actions import NoteResult
from maillage.main_courante.queries import MessageLine, NoteLine
from maillage.orientations.faces import ReceivedLine, SentLine
from maillage.sharing.views import AccompagnementLine

JSON = dict[str, Any]


def user(acteur: Acteur) -> JSON:
    """Return who is signed in, as their own screen names them."""
    return {
        "id": str(acteur.professionnel_id),
        "nom": str(acteur.poste.professionnel),
        "role": acteur.role,
        "service": {"id": str(acteur.service.pk), "code": acteur.service.code, "nom": str(acteur.service)},
        "lecture_seule": acteur.lecture_seule,
    }


def result(written: NoteResult) -> JSON:
    """Return what became of one note sent; `motif` says why when it was refused."""
    said = {"id": None if written.id is None else str(written.id), "statut": str(written.statut)}
    return said | ({"motif": written.motif} if written.motif else {})


def note(line: NoteLine, *, hierarchy: bool) -> JSON:
    """Return a note; the hierarchy reads places and slots, never minutes."""
    return {
        "id": str(line.id),
        "lieu": _place(line.lieu),
        "jour": line.jour.isoformat(),
        "creneau": line.creneau_code,
        "categorie": line.categorie_code,
        "ambiance": line.ambiance_code,
        "effectif": line.effectif_code,
        "origine": line.origine_code,
        "contacts_nouveaux": line.contacts_nouveaux,
        "texte": line.texte,
        "observee_le": None if hierarchy else line.observee_le.isoformat(),
        "corrige": None if line.corrige is None else str(line.corrige),
        "deux_corrections": line.rivale,
        "en_conflit": line.en_conflit,
    }


def message(line: MessageLine, *, hierarchy: bool) -> JSON:
    """Return a message of place as its page shows it; the hierarchy reads slots, never minutes."""
    answered = None if line.repondu_le is None or hierarchy else line.repondu_le.isoformat()
    return {
        "id": str(line.id),
        "recu": line.recu,
        "emetteur": str(line.emetteur),
        "destinataire": str(line.destinataire),
        "lieu": _place(line.lieu),
        "creneau": line.creneau_code,
        "effectif": line.effectif_code,
        "categorie": line.categorie_code,
        "texte": line.texte,
        "envoye_le": None if hierarchy else line.envoye_le.isoformat(),
        "reponse": line.reponse or None,
        "repondu_le": answered,
    }


def flat(line: SentLine | ReceivedLine | AccompagnementLine) -> JSON:
    """Return a line of a room whose fields are already what a reader may see."""
    return {name: _plain(value) for name, value in asdict(line).items()}


def _place(lieu: Lieu) -> JSON:
    return {"id": str(lieu.pk), "nom": lieu.nom, "territoire": lieu.territoire.nom}


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
