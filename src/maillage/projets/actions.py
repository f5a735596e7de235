"""Writing projects: proposed from a finding, signed by both trades, worked, paid, ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.directory.enums import Metier
from maillage.directory.queries import lieux_of
from maillage.projets.enums import EtatProjet, GenreProjet, GenreSoutien, PosteBudget
from maillage.projets.models import LigneBudget, Projet, Seance, SignatureConstat, Soutien
from maillage.sharing import enrolments

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

LIMITS = {
    "titre": 120,
    "finalite": 400,
    "constat": 600,
    "commanditaire": 120,
    "partenaires": 300,
    "materiel": 300,
}
REQUIRED = {
    "titre": "Donnez un titre au projet.",
    "finalite": "Dites à quoi sert ce projet.",
    "constat": "Écrivez le constat que les deux équipes partagent.",
}
LONGEST = timedelta(days=366)
TRADES = frozenset({Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE})
BILAN_MAX = 1200
APPORT_MAX = 200


@dataclass(frozen=True)
class ProjetData:
    """What is proposed: where, which kind, and the sentences of `LIMITS`."""

    lieu: UUID
    genre: str
    titre: str
    finalite: str
    constat: str
    commanditaire: str = ""
    partenaires: str = ""
    materiel: str = ""


@atomic
def propose_project(*, by: Acteur, partenariat: Partenariat, data: ProjetData) -> Projet:
    """Propose a project from a finding, and sign the finding for one's own service.

    Raises NotYours, CannotWrite, BadAnswer.
    """
    if partenariat.pk not in by.partenariat_ids:
        raise NotYours
    require_writer(by)
    if data.genre not in GenreProjet.values:
        raise BadAnswer("genre", "Choisissez une sorte de projet.")
    if not lieux_of(partenariat).filter(pk=data.lieu).exists():
        raise BadAnswer("lieu", "Choisissez un lieu que ce partenariat couvre.")
    row = Projet.objects.create(
        partenariat=partenariat,
        lieu_id=data.lieu,
        genre=data.genre,
        propose_par=by.service,
        propose_le=clock.now(),
        **{name: _text(name, getattr(data, name)) for name in LIMITS},
    )
    trace(by, Acte.CREATION, row)
    return _sign(by, row)


@atomic
def sign_finding(*, by: Acteur, projet: UUID) -> Projet:
    """Sign the finding for one's service; when both trades have, the project is decided.

    Signing twice changes nothing. Raises NotYours, CannotWrite, NotNow (given up, ended).
    """
    row = locked_project(by, projet)
    if row.etat in {EtatProjet.TERMINE, EtatProjet.ABANDONNE}:
        raise NotNow("Ce projet est terminé : son constat ne se signe plus.")
    return _sign(by, row)


@atomic
def begin(*, by: Acteur, projet: UUID, le: date) -> Projet:
    """Say the first day of the work. Raises NotYours, CannotWrite, NotNow, BadAnswer."""
    row = locked_project(by, projet)
    if row.etat != EtatProjet.DECIDE:
        raise NotNow(
            "Ce projet ne commence pas encore : il attend la signature des deux métiers."
            if row.etat == EtatProjet.PROPOSE
            else "Ce projet a déjà commencé."
        )
    if abs(le - clock.today()) > LONGEST:
        raise BadAnswer("le", "Ce jour est à plus d'un an d'ici.")
    row.debut = le
    row.save(update_fields=["debut"])
    trace(by, Acte.MODIFICATION, row)
    return row


@atomic
def add_session(
    *,
    by: Acteur,
    projet: UUID,
    le: date,
    services: Collection[UUID],
    minutes: int = 0,
    taux_centimes: int = 0,
) -> Seance:
    """Add a day of the project, and which services stood beside the young people.

    `minutes` are paid minutes of all of them together, for a chantier éducatif only. Raises NotYours,
    CannotWrite, NotNow (not begun, or over), BadAnswer.
    """
    row = locked_project(by, projet)
    _require_under_way(row)
    assert row.debut is not None
    if not row.debut <= le <= clock.today():
        raise BadAnswer("le", f"Une séance a eu lieu entre le {row.debut:%d/%m/%Y} et aujourd'hui.")
    present = [one for one in members(row.partenariat) if one.pk in set(services)]
    if not present:
        raise BadAnswer("services", "Dites quelles équipes étaient là.")
    if (minutes or taux_centimes) and row.genre != GenreProjet.CHANTIER_EDUCATIF:
        raise BadAnswer("minutes", "Seul un chantier éducatif se paie à l'heure.")
    if bool(minutes) != bool(taux_centimes):
        raise BadAnswer("minutes", "Donnez ensemble les heures et le taux, ou ni l'un ni l'autre.")
    seance = Seance.objects.create(
        projet=row, le=le, minutes_travaillees=minutes, taux_centimes=taux_centimes
    )
    seance.services.set(present)
    trace(by, Acte.MODIFICATION, row)
    return seance


@atomic
def add_line(
    *, by: Acteur, projet: UUID, poste: str, libelle: str, prevu: int, realise: int, le: date
) -> LigneBudget:
    """Add a line of money, in cents. Raises NotYours, CannotWrite, NotNow (given up), BadAnswer."""
    row = locked_project(by, projet)
    if row.etat == EtatProjet.ABANDONNE:
        raise NotNow("Ce projet est abandonné.")
    if poste not in PosteBudget.values:
        raise BadAnswer("poste", "Choisissez une sorte de dépense ou de recette.")
    if not libelle.strip() or len(libelle.strip()) > LIMITS["titre"]:
        raise BadAnswer("libelle", "Dites de quoi il s'agit, en 120 caractères au plus.")
    if prevu < 0 or realise < 0 or not (prevu or realise):
        raise BadAnswer("prevu", "Donnez un montant prévu ou réalisé.")
    line = LigneBudget.objects.create(
        projet=row,
        poste=poste,
        libelle=libelle.strip(),
        prevu_centimes=prevu,
        realise_centimes=realise,
        le=le,
    )
    trace(by, Acte.MODIFICATION, row)
    return line


@atomic
def add_supporter(
    *, by: Acteur, projet: UUID, genre: str, nom: str, apport: str, prevu: int, realise: int, le: date
) -> Soutien:
    """Say who stands behind the project, what it brings, and its money in cents as a line of the budget.

    Raises NotYours, CannotWrite, NotNow (given up), BadAnswer (already there, too long, nothing brought).
    """
    row = locked_project(by, projet)
    if genre not in GenreSoutien.values:
        raise BadAnswer("genre", "Dites si c'est un parrain ou un mécène.")
    name, brought = nom.strip(), apport.strip()
    if not name or len(name) > LIMITS["titre"]:
        raise BadAnswer("nom", "Donnez le nom de l'organisme, en 120 caractères au plus.")
    if row.soutiens.filter(nom=name).exists():
        raise BadAnswer("nom", f"« {name} » soutient déjà ce projet.")
    if len(brought) > APPORT_MAX or not (brought or prevu or realise):
        raise BadAnswer("apport", f"Dites ce qu'il apporte, en {APPORT_MAX} caractères au plus.")
    if row.etat == EtatProjet.ABANDONNE:
        raise NotNow("Ce projet est abandonné.")
    line = None
    if prevu or realise:
        line = add_line(
            by=by,
            projet=projet,
            poste=PosteBudget.MECENAT,
            libelle=name,
            prevu=prevu,
            realise=realise,
            le=le,
        )
    made = Soutien.objects.create(projet=row, genre=genre, nom=name, apport=brought, ligne=line)
    trace(by, Acte.MODIFICATION, row)
    return made


@atomic
def finish(*, by: Acteur, projet: UUID, le: date, bilan: str) -> Projet:
    """Say the last day and what came of it. Raises NotYours, CannotWrite, NotNow, BadAnswer."""
    row = locked_project(by, projet)
    _require_under_way(row)
    assert row.debut is not None
    if not row.debut <= le <= clock.today():
        raise BadAnswer("le", f"Le dernier jour est entre le {row.debut:%d/%m/%Y} et aujourd'hui.")
    if not bilan.strip() or len(bilan.strip()) > BILAN_MAX:
        raise BadAnswer("bilan", f"Dites ce que ce projet a donné, en {BILAN_MAX} caractères au plus.")
    row.fin, row.bilan = le, bilan.strip()
    row.save(update_fields=["fin", "bilan"])
    trace(by, Acte.CLOTURE, row)
    return row


@atomic
def give_up(*, by: Acteur, projet: UUID) -> Projet:
    """Give a project up before its end; what was written stays. Raises NotYours, CannotWrite, NotNow."""
    row = locked_project(by, projet)
    if row.etat == EtatProjet.TERMINE:
        raise NotNow("Ce projet est déjà terminé.")
    if row.abandonne_le is None:
        row.abandonne_le = clock.now()
        row.save(update_fields=["abandonne_le"])
        trace(by, Acte.CLOTURE, row)
    return row


@atomic
def enrol(*, by: Acteur, projet: UUID, accompagnement: UUID) -> None:
    """Enrol someone whom the service accompanies and who agrees to it; only their number shows here.

    Raises NotYours, CannotWrite, NotNow (not decided, or over), and what `sharing.enrolments` refuses.
    """
    row = locked_project(by, projet)
    if row.etat not in {EtatProjet.DECIDE, EtatProjet.EN_COURS}:
        raise NotNow("On inscrit quand le projet est décidé, et tant qu'il n'est pas fini.")
    enrolments.enrol(by=by, accompagnement=accompagnement, projet=row.pk)


def _sign(by: Acteur, row: Projet) -> Projet:
    if by.service.metier not in TRADES:
        raise NotYours
    _, new = SignatureConstat.objects.get_or_create(
        projet=row, service=by.service, defaults={"poste": by.poste, "le": clock.now()}
    )
    if new:
        trace(by, Acte.DECISION, row)
    return row


def locked_project(by: Acteur, projet: UUID) -> Projet:
    """Return a project of one's partnerships, locked until the act ends. Raises NotYours, CannotWrite."""
    row = (
        Projet.objects.select_for_update(of=("self",))
        .select_related("partenariat")
        .filter(pk=projet, partenariat__in=by.partenariat_ids)
        .first()
    )
    if row is None:
        raise NotYours
    require_writer(by)
    return row


def writes_projects(by: Acteur) -> bool:
    """Say whether this post writes projects: one of the two trades, not a partner that is associated."""
    return not by.lecture_seule and by.service.metier in TRADES


def require_writer(by: Acteur) -> None:
    """Let in who writes projects. Raises CannotWrite."""
    if not writes_projects(by):
        said = "Votre poste permet de lire, pas d'écrire."
        raise CannotWrite(said if by.lecture_seule else "Ce projet s'écrit dans les deux équipes.")


def _require_under_way(row: Projet) -> None:
    if row.etat != EtatProjet.EN_COURS:
        raise NotNow("Ce projet n'est pas en cours.")


def _text(name: str, text: str) -> str:
    kept = text.strip()
    if not kept and name in REQUIRED:
        raise BadAnswer(name, REQUIRED[name])
    if len(kept) > LIMITS[name]:
        raise BadAnswer(name, f"C'est trop long : {LIMITS[name]} caractères au plus.")
    return kept


def trace(by: Acteur, acte: Acte, row: Projet) -> None:
    """Leave the audit line of an act on a project."""
    record(chaine=by.service.pk, acte=acte, acteur=by.professionnel_id, objet_genre="projet", objet=row.pk)
