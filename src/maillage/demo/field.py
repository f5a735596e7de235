"""A year in the field: outings, notes, news of places and their answers, cards given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from maillage.base.clock import PARIS
from maillage.base.encryption import ensure_key, seal
from maillage.base.enums import Portee
from maillage.demo.partnerships import Installed
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Lieu, Poste, Service
from maillage.main_courante.enums import GenreSortie, Reponse
from maillage.main_courante.jours import slot
from maillage.main_courante.models import (
    ContactDonne,
    MessageDeLieu,
    Note,
    ReponseMessage,
    Sortie,
)

BATCH = 2000
# Hours of the real services, as their own pages give them (vocabulaire_terrain, section 3).
HOURS = {
    Role.CORRESPONDANT_DE_NUIT: (19.5, 27.0),
    Role.MEDIATEUR: (14.0, 21.0),
    Role.EDUCATEUR: (15.5, 21.5),
}
MEDIATION_WEIGHTS = {
    "rien_a_signaler": 22, "regroupement": 18, "nuisance_sonore": 9, "occupation_hall": 9, "eclairage": 5,
    "proprete": 4, "depot_sauvage": 4, "conflit_usage": 4, "conflit_voisinage": 4, "personne_isolee": 3,
    "personne_agee": 2, "information": 5, "acces_aux_droits": 3, "rodeo": 3, "animation": 2,
    "sortie_college": 2, "sans_abri": 1, "mineur_seul_la_nuit": 1,
}  # fmt: skip
PREVENTION_WEIGHTS = {
    "travail_de_rue": 45, "presence_sociale": 25, "abords_etablissement": 12, "permanence": 8,
    "regroupement": 4, "action_collective": 4, "rien_a_signaler": 2,
}  # fmt: skip
SENTENCES = (
    "Discussion autour du stage de troisième.",
    "Le groupe accepte de baisser le son.",
    "Échange avec une habitante sur le bruit de la veille.",
    "Ballon prêté jusqu'à vingt heures.",
    "Ampoule à remplacer au deuxième palier.",
    "Les jeunes demandent un local pour l'hiver.",
    "Passage rapide, ambiance familiale.",
    "Deux adultes font de la mécanique sur le parking.",
    "Demande d'information sur la mission locale.",
    "Café offert par la gardienne, tout est calme.",
)


@dataclass(frozen=True)
class Teams:
    """Who goes out for one service."""

    service: Service
    posts: list[Poste]
    lieux: list[Lieu]
    par_jour: float


def random_id(rng: Random) -> UUID:
    """Return an identifier drawn from the seed."""
    return UUID(int=rng.getrandbits(128), version=4)


def teams_of(installed: Installed, posts: list[Poste]) -> list[Teams]:
    """Share the city's notes between its services, as the study describes their presence."""
    services = [*installed.mediation, *installed.prevention]
    shares = _shares(installed)
    teams = []
    for service in services:
        crew = [post for post in posts if post.service_id == service.id and post.role in HOURS]
        lieux = [lieu for lieu in installed.lieux if _covers(service, lieu)]
        teams.append(Teams(service, crew, lieux, installed.city.notes_par_jour * shares[service.code]))
    return teams


def _shares(installed: Installed) -> dict[str, float]:
    # At Orléans educators left most of the street work to mediators (study, section 8a).
    prevention = 0.12 if installed.city.code == "orleans" else 0.3
    count = len(installed.mediation)
    shares = {service.code: (1 - prevention) / count for service in installed.mediation}
    return shares | {service.code: prevention for service in installed.prevention}


def _covers(service: Service, lieu: Lieu) -> bool:
    on_board = lieu.territoire.genre == "ligne"
    return on_board == (service.code == "addap13-ter") or service.metier == Metier.PREVENTION_SPECIALISEE


def write_year(teams: Teams, rng: Random, today: date, days: int) -> int:
    """Write one service's notes for the `days` before `today`; return how many."""
    key = ensure_key(Portee.SERVICE, teams.service.id)
    written = 0
    notes: list[Note] = []
    for sortie, crew, batch in _outings(teams, rng, today, days, key):
        sortie.save(force_insert=True)
        sortie.equipage.set(crew)
        notes += batch
        if len(notes) >= BATCH:
            written += len(Note.objects.bulk_create(notes))
            notes = []
    return written + len(Note.objects.bulk_create(notes))


def _outings(
    teams: Teams, rng: Random, today: date, days: int, key: bytes
) -> Iterator[tuple[Sortie, list[Poste], list[Note]]]:
    for back in range(days, 0, -1):
        day = today - timedelta(days=back)
        season = 1.25 if day.month in (6, 7, 8) else 0.95
        count = max(0, round(rng.gauss(teams.par_jour * season, teams.par_jour * 0.25)))
        if not count or not teams.posts:
            continue
        crew = rng.sample(teams.posts, min(2, len(teams.posts)))
        start, end = HOURS[Role(crew[0].role)]
        sortie = Sortie(
            id=random_id(rng),
            service=teams.service,
            genre=_genre(teams.service),
            jour=day,
            debut=_moment(day, start),
            fin=_moment(day, end),
        )
        moments = sorted(rng.uniform(start + 0.2, end - 0.2) for _ in range(count))
        yield sortie, crew, [_note(teams, sortie, rng.choice(crew), hour, rng, key) for hour in moments]


def _genre(service: Service) -> GenreSortie:
    street = service.metier == Metier.PREVENTION_SPECIALISEE
    return GenreSortie.SORTIE_DE_RUE if street else GenreSortie.TOURNEE


def _moment(day: date, hour: float) -> datetime:
    return datetime.combine(day, time(0), PARIS) + timedelta(minutes=round(hour * 60))


def _note(teams: Teams, sortie: Sortie, post: Poste, hour: float, rng: Random, key: bytes) -> Note:
    street = teams.service.metier == Metier.PREVENTION_SPECIALISEE
    weights = PREVENTION_WEIGHTS if street else MEDIATION_WEIGHTS
    category = rng.choices(list(weights), list(weights.values()))[0]
    moment = _moment(sortie.jour, hour)
    calm = category in ("rien_a_signaler", "information", "animation")
    note = Note(
        id=random_id(rng),
        service=teams.service,
        poste=post,
        sortie=sortie,
        lieu=_place(teams, rng),
        jour=sortie.jour,
        creneau=slot(moment),
        categorie=category,
        ambiance="ras" if calm else rng.choices(("ras", "tensions", "violences"), (68, 30, 2))[0],
        effectif="aucun" if category == "rien_a_signaler" else _headcount(category, rng),
        publics=[] if calm else [rng.choice(("11_16", "16_21", "16_21", "21_25", "adultes", "groupe_mixte"))],
        origine=rng.choices(("ronde", "appel_habitant" if not street else "jeune", "consigne"), (88, 8, 4))[
            0
        ],
        suites=[] if calm else [rng.choice(("dialogue_engage", "apaise_sur_place", "rien"))],
        contacts_nouveaux=rng.choices((0, 1, 2, 3), (60, 25, 10, 5))[0] if street else None,
        observee_le=moment,
        recue_le=moment + timedelta(minutes=rng.randrange(0, 4)),
    )
    if not calm and rng.random() < 0.3:
        note.texte_scelle = seal(note, "texte_scelle", rng.choice(SENTENCES), key=key)
    return note


def _place(teams: Teams, rng: Random) -> Lieu:
    # A few places gather most of what is seen, as in life.
    return teams.lieux[min(int(rng.expovariate(4.0) * len(teams.lieux)), len(teams.lieux) - 1)]


def _headcount(category: str, rng: Random) -> str:
    if category in ("eclairage", "proprete", "depot_sauvage"):
        return "aucun"
    if category in ("personne_isolee", "personne_agee", "mineur_seul_la_nuit", "sans_abri"):
        return "1"
    return rng.choices(("1", "2_4", "5_9", "10_19", "20_plus"), (12, 40, 32, 13, 3))[0]


def write_messages(installed: Installed, teams: list[Teams], rng: Random, now: datetime) -> int:
    """Write the news that teams sent each other, with answers; the latest wait for one."""
    key = ensure_key(Portee.PARTENARIAT, installed.partenariat.id)
    messages: list[MessageDeLieu] = []
    answers: list[ReponseMessage] = []
    for _ in range(round(installed.city.notes_par_jour * 24)):
        message, answer = _message(installed, teams, rng, now, key)
        messages.append(message)
        answers += answer
    MessageDeLieu.objects.bulk_create(messages, batch_size=BATCH)
    ReponseMessage.objects.bulk_create(answers, batch_size=BATCH)
    return len(messages)


def _message(
    installed: Installed, teams: list[Teams], rng: Random, now: datetime, key: bytes
) -> tuple[MessageDeLieu, list[ReponseMessage]]:
    trades = (Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE)
    sender_trade = trades[0] if rng.random() < installed.city.part_mediation else trades[1]
    sender = rng.choice([team for team in teams if team.service.metier == sender_trade])
    receiver = rng.choice([team for team in teams if team.service.metier != sender_trade])
    sent = now - timedelta(minutes=rng.randrange(30, 365 * 24 * 60))
    message = MessageDeLieu(
        id=random_id(rng),
        partenariat=installed.partenariat,
        service_emetteur=sender.service,
        service_destinataire=receiver.service,
        poste=rng.choice(sender.posts),
        lieu=_place(sender, rng),
        creneau=slot(sent),
        effectif=rng.choice(("2_4", "5_9", "5_9", "10_19")),
        categorie=rng.choice(("regroupement", "occupation_hall", "nuisance_sonore", "animation")),
        envoye_le=sent,
    )
    if rng.random() < 0.4:
        message.texte_scelle = seal(message, "texte_scelle", rng.choice(SENTENCES), key=key)
    return message, _answer(message, receiver, rng, now)


def _answer(message: MessageDeLieu, receiver: Teams, rng: Random, now: datetime) -> list[ReponseMessage]:
    answered = message.envoye_le + timedelta(hours=rng.uniform(1, 40))
    if answered > now or rng.random() < 0.12:
        return []
    answer = rng.choices((Reponse.VU, Reponse.ON_PASSE, Reponse.PAS_POUR_NOUS), (45, 45, 10))[0]
    return [ReponseMessage(message=message, poste=rng.choice(receiver.posts), reponse=answer, le=answered)]


def write_contacts(installed: Installed, teams: list[Teams], rng: Random, today: date) -> int:
    """Count the educators' cards given by mediators over the year."""
    mediators = [team for team in teams if team.service.metier == Metier.MEDIATION_SOCIALE]
    given = []
    for _ in range(round(installed.city.notes_par_jour * 12)):
        team = rng.choice(mediators)
        given.append(
            ContactDonne(
                id=random_id(rng),
                service=team.service,
                vers=rng.choice(installed.prevention),
                lieu=_place(team, rng),
                jour=today - timedelta(days=rng.randrange(1, 365)),
            )
        )
    return len(ContactDonne.objects.bulk_create(given, batch_size=BATCH))
