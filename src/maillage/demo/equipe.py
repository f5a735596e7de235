"""A team's papers in the demo: qualifications, pieces for certification, employers; all invented."""

from datetime import date, timedelta
from random import Random

from maillage.directory.enums import Role
from maillage.directory.models import Poste, Service, Structure
from maillage.equipes.enums import Exigence
from maillage.equipes.models import EmployeurPartenaire, PreuveNorme, Qualification

TITLES = ("Titre de médiation sociale (inventé)", "Secours à la personne (inventé)", "BAFA (inventé)")
PIECES = (
    (Exigence.ENGAGEMENT, "Engagement signé par la présidence, classeur 1 (inventé)", 420),
    (Exigence.ANALYSE, "Feuilles de présence de l'analyse des pratiques, classeur 4 (inventé)", 45),
    (Exigence.EVALUATION, "Questionnaire remis aux habitants, synthèse (inventé)", 130),
)
# Numbers of a range that no company bears; their key is right.
EMPLOYERS = (
    ("Régie de quartier (inventée)", "00000000100008", "Agent d'entretien, médiation de proximité"),
    ("Transport urbain (inventé)", "00000000200006", "Agent d'ambiance, contrôle pédagogique"),
)


def write_papers(service: Service, rng: Random, today: date) -> None:
    """Give a service some of each, written by its head."""
    posts = list(Poste.objects.filter(service=service).order_by("debut", "pk"))
    head = next(poste for poste in posts if poste.role == Role.CHEF_DE_SERVICE)
    Qualification.objects.bulk_create(
        Qualification(
            professionnel=poste.professionnel,
            intitule=rng.choice(TITLES),
            obtenue_le=poste.debut - timedelta(days=rng.randrange(30, 900)),
            preuve="Copie au dossier (inventée)",
            par=head,
        )
        for poste in posts
        if rng.random() < 0.6
    )
    PreuveNorme.objects.bulk_create(
        PreuveNorme(service=service, exigence=exigence, piece=piece, le=today - timedelta(days=ago), par=head)
        for exigence, piece, ago in PIECES
    )
    for nom, siret, emplois in EMPLOYERS:
        structure = Structure.objects.create(nom=nom, siret=siret, nature="inventé")
        EmployeurPartenaire.objects.create(
            service=service,
            structure=structure,
            emplois=emplois,
            contact="Ressources humaines",
            telephone=f"01 99 00 {rng.randrange(100):02d} {rng.randrange(100):02d}",
            depuis=today - timedelta(days=rng.randrange(60, 600)),
        )
