"""Joint projects, invented after those of the study: each city does what §6a and §8a say it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from maillage.base.encryption import seal_bytes
from maillage.demo.dessins import kiosk
from maillage.demo.field import random_id
from maillage.demo.partnerships import Installed
from maillage.demo.persons import moment
from maillage.directory.models import Lieu, Poste, Service
from maillage.directory.queries import lieux_of
from maillage.main_courante.models import Guichet
from maillage.projets.enums import GenreProjet, GenreSoutien, MomentPhoto, PosteBudget
from maillage.projets.models import (
    LigneBudget,
    OffreChantier,
    Photo,
    Projet,
    Seance,
    SignatureConstat,
    Soutien,
)


@dataclass(frozen=True)
class Model:
    """One project: its sentences, how long ago it began and for how many days, its money in cents.

    `quartier` is the ground's code where the study says where it was; `soutien` says as what, who, what.
    """

    genre: GenreProjet
    titre: str
    constat: str
    finalite: str
    lieu: str
    age: int
    duree: int | None
    seances: int
    argent: tuple[tuple[PosteBudget, str, int, int], ...] = ()
    minutes: int = 0
    commanditaire: str = ""
    bilan: str = ""
    quartier: str = ""
    soutien: tuple[GenreSoutien, str, str] | None = None
    dessins: bool = False


KIOSQUE = Model(
    GenreProjet.CHANTIER_EDUCATIF,
    "Rénover le kiosque avec ceux qui s'y retrouvent",
    "Le même groupe est au kiosque chaque soir ; le voisinage s'en plaint, il n'a pas d'autre lieu.",
    "Le repeindre avec des jeunes du groupe, et payer la peinture par un barbecue ouvert à tous.",
    "kiosque",
    150,
    24,
    6,
    (
        (PosteBudget.FINANCEMENT, "Participation de la ville", 130000, 130000),
        (PosteBudget.RECETTE, "Barbecue solidaire", 30000, 34735),
        (PosteBudget.MATERIEL, "Peinture, bois, visserie", 45000, 47218),
    ),
    minutes=6 * 150,
    commanditaire="La ville",
    bilan="Le kiosque est repeint. Le groupe y revient, avec des habitants.",
    quartier="etude-bois-du-chateau",
    soutien=(GenreSoutien.MECENE, "Un magasin de bricolage (inventé)", "Prête les outils et les échelles"),
    dessins=True,
)
MODELS = {
    "lorient": (KIOSQUE,),
    "leteil": (
        Model(
            GenreProjet.CINE_DEBAT,
            "Ciné ado, suivi d'un débat et d'un goûter",
            "Les adolescents du quartier ne viennent plus aux rendez-vous proposés.",
            "Voir un film ensemble, en parler avec les éducateurs et les animateurs, goûter.",
            "centre_social",
            210,
            0,
            1,
            ((PosteBudget.FINANCEMENT, "Goûter offert par la ville", 12000, 11840),),
            bilan="La salle était pleine ; deux familles ont demandé une suite.",
        ),
        Model(
            GenreProjet.JEU,
            "Un jeu de société entre générations",
            "Parents et enfants se disent mal ce qu'ils attendent les uns des autres.",
            "Fabriquer un jeu avec des familles, avec l'appui des médiateurs de journée.",
            "centre_social",
            60,
            None,
            3,
            ((PosteBudget.MATERIEL, "Cartes et plateau", 15000, 6290),),
        ),
    ),
    "limoges": (
        Model(
            GenreProjet.ANIMATION,
            "Un après-midi par semaine dans la cour ouverte",
            "L'été, de jeunes enfants passent leurs après-midi et leurs soirées dans la cour de l'école.",
            "Y être chaque semaine à trois métiers : sport, coloriage, parler des gestes dangereux.",
            "cour_ecole",
            120,
            56,
            8,
            ((PosteBudget.MATERIEL, "Ballons, craies, papier", 8000, 7455),),
            bilan="Les enfants reconnaissent les adultes ; les conduites dangereuses se disent.",
            quartier="etude-aurence",
        ),
    ),
    "marseille": (
        Model(
            GenreProjet.EVENEMENT,
            "La fête du quartier que traverse la ligne",
            "La fête n'a plus personne pour la porter ; l'équipe du train connaît ceux qui y montent.",
            "La préparer à deux équipes, avec les habitants, et s'y faire voir à la même table.",
            "square",
            75,
            21,
            3,
            ((PosteBudget.MATERIEL, "Tables, jus, sono", 40000, 38260),),
            bilan="Les deux équipes ont tenu la même table ; des habitants ont demandé une suite.",
        ),
    ),
    "orleans": (
        Model(
            GenreProjet.CHANTIER_EDUCATIF,
            "Repeindre trois halls avec le bailleur (inventé)",
            "Des halls dégradés, et des jeunes de 16 à 21 ans qui cherchent une première paie.",
            "Un chantier de la Plateforme, encadré par les éducateurs techniques.",
            "hall",
            40,
            None,
            4,
            (
                (PosteBudget.FINANCEMENT, "Commande du bailleur", 320000, 160000),
                (PosteBudget.MATERIEL, "Peinture", 60000, 58120),
            ),
            minutes=4 * 420,
            commanditaire="Un bailleur (inventé)",
        ),
    ),
}
HOURLY = 1202


def write_projects(installed: Installed, posts: list[Poste], rng: Random, today: date) -> int:
    """Write the city's projects; return how many."""
    models = MODELS.get(installed.city.code, ())
    if not models or not installed.mediation or not installed.prevention:
        return 0
    services = [installed.mediation[0], installed.prevention[0]]
    signers = {one.service_id: one for one in reversed(posts)}
    places = list(lieux_of(installed.partenariat).order_by("nom"))
    for model in models:
        _write(installed, model, services, signers, places, rng, today)
    _offer(Guichet.objects.filter(service__in=installed.mediation, lieux__isnull=False).first(), rng, today)
    return len(models)


def _offer(desk: Guichet | None, rng: Random, today: date) -> None:
    """Leave one chantier that a bailleur offers and nobody has answered yet."""
    if desk is None:
        return
    OffreChantier.objects.create(
        id=random_id(rng),
        guichet=desk,
        lieu=desk.lieux.order_by("nom", "pk")[0],
        travail="Repeindre le local à vélos et son couloir (inventé)",
        debut=today + timedelta(days=35),
        jeunes=4,
        budget_centimes=180000,
        materiel_fourni=True,
        offerte_le=moment(today - timedelta(days=2), 10),
    )


def _write(
    installed: Installed,
    model: Model,
    services: list[Service],
    signers: dict[UUID, Poste],
    places: list[Lieu],
    rng: Random,
    today: date,
) -> None:
    start = today - timedelta(days=model.age)
    there = [one for one in places if model.quartier in ("", one.territoire.code)]
    fitting = [one for one in there if one.genre == model.lieu]
    chosen = fitting[0] if fitting else rng.choice(there)
    row = Projet.objects.create(
        id=random_id(rng),
        partenariat=installed.partenariat,
        lieu=chosen,
        genre=model.genre,
        titre=model.titre,
        constat=model.constat,
        finalite=model.finalite,
        commanditaire=model.commanditaire,
        propose_par=services[-1],
        propose_le=moment(start - timedelta(days=21), 15),
        debut=start,
        fin=None if model.duree is None else start + timedelta(days=model.duree),
        bilan=model.bilan,
        invente=True,
    )
    SignatureConstat.objects.bulk_create(
        SignatureConstat(
            projet=row, service=one, poste=signers[one.pk], le=moment(start - timedelta(days=14), 16)
        )
        for one in services
    )
    _write_around(row, model, services[-1], signers)
    span = model.duree if model.duree is not None else model.age
    days = [start + timedelta(days=span * number // model.seances) for number in range(model.seances)]
    _write_days(row, model, services, days, rng)


def _write_around(row: Projet, model: Model, service: Service, signers: dict[UUID, Poste]) -> None:
    """Write who stands behind it, and what the place looked like before and after."""
    if model.soutien:
        genre, name, brought = model.soutien
        Soutien.objects.create(projet=row, genre=genre, nom=name, apport=brought)
    if not model.dessins or row.debut is None or row.fin is None:
        return
    for when, day, said in (
        (MomentPhoto.AVANT, row.debut, "Le kiosque avant, gris et marqué (dessin inventé)"),
        (MomentPhoto.APRES, row.fin, "Le kiosque repeint (dessin inventé)"),
    ):
        one = Photo(
            projet=row,
            partenariat=row.partenariat,
            service=service,
            poste=signers[service.pk],
            moment=when,
            legende=said,
            deposee_le=moment(day, 18),
        )
        drawn = kiosk(painted=when == MomentPhoto.APRES)
        one.image_scellee = seal_bytes(one, "image_scellee", drawn.content)
        one.save(force_insert=True)


def _write_days(row: Projet, model: Model, services: list[Service], days: list[date], rng: Random) -> None:
    """Write what happened and what it cost."""
    for day in days:
        one = Seance.objects.create(
            id=random_id(rng),
            projet=row,
            le=day,
            minutes_travaillees=model.minutes,
            taux_centimes=HOURLY if model.minutes else 0,
        )
        one.services.set(services)
    LigneBudget.objects.bulk_create(
        LigneBudget(
            id=random_id(rng),
            projet=row,
            poste=poste,
            libelle=said,
            prevu_centimes=planned,
            realise_centimes=real,
            le=days[0],
        )
        for poste, said, planned, real in model.argent
    )
