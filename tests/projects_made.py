"""What the tests of projects start from: one proposed by ALM, decided with Le Relais, under way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from maillage.base import clock
from maillage.main_courante.models import Note
from maillage.projets.actions import ProjetData, begin, propose_project, sign_finding
from maillage.projets.models import Projet
from tests.cast import Cast, Membre
from tests.door import acteur


def data_of(cast: Cast, **changed: str) -> ProjetData:
    """Return a chantier éducatif at Hall 4, changed as asked."""
    made = ProjetData(
        lieu=cast.hall.pk,
        genre="chantier_educatif",
        titre="Le kiosque",
        finalite="Repeindre le kiosque avec des jeunes du quartier",
        constat="Un groupe s'y retrouve chaque soir, le voisinage s'inquiète.",
        commanditaire="Bailleur inventé",
    )
    return replace(made, **changed)


def proposed(cast: Cast, **changed: str) -> Projet:
    """Return a project that ALM proposed."""
    return propose_project(by=acteur(cast.karim), partenariat=cast.ici, data=data_of(cast, **changed))


def decided(cast: Cast, **changed: str) -> Projet:
    """Return a project whose finding both trades signed."""
    return sign_finding(by=acteur(cast.samira), projet=proposed(cast, **changed).pk)


def under_way(cast: Cast, days: int = 30, **changed: str) -> Projet:
    """Return a project that began some days ago."""
    start = clock.today() - timedelta(days=days)
    return begin(by=acteur(cast.karim), projet=decided(cast, **changed).pk, le=start)


def write_note(cast: Cast, member: Membre, jour: date, categorie: str) -> Note:
    """Write one note at Hall 4."""
    return Note.objects.create(
        service=member.service,
        poste=member.poste,
        lieu=cast.hall,
        jour=jour,
        creneau="soiree",
        categorie=categorie,
        ambiance="ras",
        effectif="5_9",
        observee_le=clock.now(),
        recue_le=clock.now(),
        empreinte="0",
    )
