"""Invented desks, technical reports, consignes and mailboxes: what the round finds in the demo."""

from datetime import datetime, timedelta
from random import Random

from maillage.base.encryption import ensure_key, seal
from maillage.base.enums import Portee
from maillage.demo.field import Teams, random_id
from maillage.directory.enums import GenreLieu, Metier
from maillage.main_courante.actions.veille import LIFE
from maillage.main_courante.gestes import Geste
from maillage.main_courante.models import AdresseAvis, Consigne, Guichet, Note, Signalement

INDOORS = [GenreLieu.HALL, GenreLieu.CAGE, GenreLieu.CAVE, GenreLieu.PARKING]
REPAIRED, PLANNED = 10, 5
REPORTED = 45
ASKED = (
    (Geste.PASSER, "Le gardien demande un passage en fin de soirée."),
    (Geste.FETE, "Repas de voisins au pied de l'immeuble."),
    (Geste.SAVOIR, ""),
)


def write_handover(teams: Teams, rng: Random, now: datetime) -> int:
    """Give a service its mailbox; to mediators also desks, reports and consignes. Return the reports."""
    service = teams.service
    AdresseAvis.objects.create(service=service, courriel=f"{service.code}@demo.invalid")
    if service.metier != Metier.MEDIATION_SOCIALE or not teams.posts or not teams.lieux:
        return 0
    owners: dict[object, Guichet] = {}
    *named, town = _desks(teams, rng)
    for desk in named:
        owners |= dict.fromkeys(desk.lieux.values_list("pk", flat=True), desk)
    notes = Note.objects.filter(
        service=service, categorie__in=("eclairage", "proprete", "depot_sauvage")
    ).select_related("lieu")
    told = notes.filter(
        jour__gte=now.date() - timedelta(days=REPORTED), jour__lt=now.date() - timedelta(days=2)
    )
    rows = [
        _report(note, owners.get(note.lieu_id, town), rng, now) for note in told.order_by("observee_le", "pk")
    ]
    Signalement.objects.bulk_create(rows)
    _consignes(teams, rng, now)
    return len(rows)


def _desks(teams: Teams, rng: Random) -> list[Guichet]:
    """Create two bailleurs, each with its halls, a carrier with its stations, and the city for the rest."""
    inside = [place for place in teams.lieux if place.genre in INDOORS]
    stations = [place for place in teams.lieux if place.genre == GenreLieu.GARE]
    made = []
    for name, code, places in (
        ("Premier bailleur (inventé)", "bailleur-1", inside[::2]),
        ("Second bailleur (inventé)", "bailleur-2", inside[1::2]),
        ("Transporteur (inventé)", "transporteur", stations),
        ("Services techniques de la ville (inventé)", "ville", []),
    ):
        if not places and code != "ville":
            continue
        desk = Guichet(id=random_id(rng), service=teams.service, nom=name, courriel=f"{code}@demo.invalid")
        desk.save(force_insert=True)
        desk.lieux.set(places)
        made.append(desk)
    return made


def _report(note: Note, desk: Guichet, rng: Random, now: datetime) -> Signalement:
    sent = note.observee_le + timedelta(hours=12)
    age = (now - sent).days
    row = Signalement(
        id=random_id(rng),
        service_id=note.service_id,
        poste_id=note.poste_id,
        guichet=desk,
        note=note,
        lieu=note.lieu,
        categorie=note.categorie,
        jour=note.jour,
        envoye_le=sent,
        expire_le=sent + LIFE,
    )
    if age >= PLANNED and rng.random() < 0.85:
        row.recu_le = sent + timedelta(hours=30)
        row.prevu_le = sent.date() + timedelta(days=8)
        if age >= REPAIRED and rng.random() < 0.8:
            row.repare_le = sent + timedelta(days=9)
    return row


def _consignes(teams: Teams, rng: Random, now: datetime) -> None:
    key = ensure_key(Portee.SERVICE, teams.service.id)
    rows = []
    for (gesture, said), place in zip(ASKED, teams.lieux, strict=False):
        row = Consigne(
            id=random_id(rng),
            service=teams.service,
            poste=rng.choice(teams.posts),
            lieu=place,
            geste=gesture,
            creee_le=now - timedelta(hours=rng.randrange(3, 20)),
            jusquau=now.date() + timedelta(days=rng.randrange(1, 6)),
        )
        row.texte_scelle = seal(row, "texte_scelle", said, key=key)
        rows.append(row)
    Consigne.objects.bulk_create(rows)
