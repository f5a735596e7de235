"""Meetings of the year, invented: each city meets as the study says it does."""

from datetime import datetime, time, timedelta
from random import Random

from maillage.base import clock
from maillage.base.encryption import ensure_key, seal
from maillage.base.enums import Portee
from maillage.coordination.enums import GenreContact
from maillage.coordination.models import Contact
from maillage.demo.field import random_id
from maillage.demo.partnerships import Installed
from maillage.directory.enums import Role
from maillage.directory.models import Service
from maillage.reunions.enums import EtatDecision, EtatReunion, GenreReunion, MotifReport
from maillage.reunions.models import (
    CompteRenduReunion,
    Decision,
    Disponibilite,
    Presence,
    ReportReunion,
    Reunion,
)

# Weeks between two meetings and their kind: six weeks by convention in La Rochelle, every week in the
# field in Limoges. In Orléans and Marseille the rhythm is invented;
# in Lorient and Le Teil people only speak in passing.
RHYTHMS = {
    "larochelle": (6, GenreReunion.PERIODIQUE),
    "limoges": (1, GenreReunion.TERRAIN),
    "orleans": (6, GenreReunion.PERIODIQUE),
    "marseille": (8, GenreReunion.PERIODIQUE),
}
DECIDED = (
    "Passer à deux équipes au city-stade le vendredi (inventé)",
    "Demander au bailleur la date de réparation du hall (inventé)",
    "Tenir un café de quartier avant les vacances (inventé)",
    "Revoir ensemble la carte des passages (inventé)",
)
SAID = "Tour des lieux, réponses attendues, suites des décisions (compte rendu inventé)."
HOURS = {"mediation_sociale": (time(14), time(21)), "prevention_specialisee": (time(10), time(18))}


def write_meetings(installed: Installed, rng: Random, now: datetime) -> int:
    """Write the meetings of a year and the next one; return how many."""
    services = [*installed.mediation, *installed.prevention]
    _hours(services)
    if installed.city.code == "orleans":
        _contacts(installed, now)
    if installed.city.code not in RHYTHMS:
        return 0
    weeks, kind = RHYTHMS[installed.city.code]
    if kind == GenreReunion.PERIODIQUE:
        installed.partenariat.rythme_reunion_semaines = weeks
        installed.partenariat.save(update_fields=["rythme_reunion_semaines"])
    coming = datetime.combine(now.date() + timedelta(days=6), time(14), tzinfo=clock.PARIS)
    held = [
        _meeting(installed, kind, coming - timedelta(weeks=weeks * back), rng)
        for back in range(52 // weeks, 0, -1)
    ]
    planned = _meeting(installed, kind, coming, rng)
    planned.etat = EtatReunion.PREVUE
    Reunion.objects.bulk_create([*held, planned])
    _attendance(held, services, rng)
    if kind == GenreReunion.PERIODIQUE:
        _minutes(held, services, rng)
        _postponed(held[len(held) // 2])
    return len(held) + 1


def _meeting(installed: Installed, kind: GenreReunion, when: datetime, rng: Random) -> Reunion:
    return Reunion(
        id=random_id(rng),
        partenariat=installed.partenariat,
        genre=kind,
        le=when,
        duree_minutes=90 if kind == GenreReunion.PERIODIQUE else 30,
        lieu="Maison de quartier (inventé)",
        etat=EtatReunion.TENUE,
        convoquee_par=installed.mediation[0],
        convoquee_le=when - timedelta(days=14),
    )


def _attendance(held: list[Reunion], services: list[Service], rng: Random) -> None:
    Presence.objects.bulk_create(
        Presence(reunion=row, service=service, nombre=rng.randrange(1, 4))
        for row in held
        for service in services
    )


def _minutes(held: list[Reunion], services: list[Service], rng: Random) -> None:
    """Lock the minutes of each, with one decision; the last ones are still open."""
    key = ensure_key(Portee.PARTENARIAT, held[0].partenariat_id)
    minutes = [
        CompteRenduReunion(
            reunion=row,
            partenariat_id=row.partenariat_id,
            ecrit_le=row.le,
            ecrit_par=services[0],
            verrouille_le=row.le + timedelta(hours=2),
        )
        for row in held
    ]
    CompteRenduReunion.objects.bulk_create(minutes)
    for one in minutes:
        one.texte_scelle = seal(one, "texte_scelle", SAID, key=key)
    CompteRenduReunion.objects.bulk_update(minutes, ["texte_scelle"])
    decisions = []
    for rank, row in enumerate(held):
        recent = rank >= len(held) - 2
        made = Decision(
            id=random_id(rng),
            partenariat_id=row.partenariat_id,
            reunion=row,
            service=services[rank % len(services)],
            fonction=Role.CHEF_DE_SERVICE,
            echeance=row.le.date() + timedelta(days=21),
            etat=EtatDecision.A_REPRENDRE if recent else EtatDecision.FAITE,
            prise_le=row.le,
        )
        made.texte_scelle = seal(made, "texte_scelle", DECIDED[rank % len(DECIDED)], key=key)
        decisions.append(made)
    Decision.objects.bulk_create(decisions)


def _postponed(row: Reunion) -> None:
    ReportReunion.objects.create(
        reunion=row,
        ancienne=row.le - timedelta(days=7),
        nouvelle=row.le,
        motif=MotifReport.ABSENCES,
        le=row.le - timedelta(days=9),
    )


def _hours(services: list[Service]) -> None:
    Disponibilite.objects.bulk_create(
        Disponibilite(service=one, jour=day, debut=HOURS[one.metier][0], fin=HOURS[one.metier][1])
        for one in services
        for day in (1, 3)
    )


def _contacts(installed: Installed, now: datetime) -> None:
    Contact.objects.bulk_create(
        Contact(
            partenariat=installed.partenariat,
            genre=kind,
            structure=f"{structure} (inventé)",
            fonction=function,
            telephone=phone,
            maj_le=now,
        )
        for kind, structure, function, phone in (
            (
                GenreContact.ECOLE,
                "Collège du Belvédère",
                "Conseiller·ère principal·e d'éducation",
                "01 99 00 40 11",
            ),
            (GenreContact.PJJ, "Milieu ouvert", "Chef·fe de service", "01 99 00 40 12"),
            (GenreContact.DEPARTEMENT, "Maison du département", "Responsable enfance", "01 99 00 40 13"),
        )
    )
