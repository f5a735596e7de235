"""Posts of the six cities: as many people in each function as the study counts.

Every professional is invented. Posts that the study does not give a city carry «(inventé)».
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from maillage.demo import names
from maillage.directory.enums import Contrat, Role
from maillage.directory.models import Effectif, Poste, Professionnel, Service

PROOF = "Fiche de poste (inventée)"


@dataclass(frozen=True)
class Legal:
    """The facts of law that a post establishes, in the vocabulary's words."""

    fonction: str
    emploi: str
    fondements: tuple[str, ...] = ()
    protection: str = "aucune"
    action: str = "aucune"


EDUCATEUR_ASSOCIATIF = Legal(
    "educateur_prevention", "salarie_prive", (), protection="met_en_oeuvre", action="statutaire"
)
EDUCATEUR_MUNICIPAL = Legal(
    "educateur_prevention",
    "agent_public",
    ("statut_agent_public",),
    protection="met_en_oeuvre",
    action="statutaire",
)
MEDIATEUR_PRIVE = Legal("mediateur", "salarie_prive")
MEDIATEUR_PRIVE_MISSION = Legal("mediateur", "salarie_prive", action="mission_ecrite")
MEDIATEUR_MUNICIPAL = Legal("mediateur", "agent_public", ("statut_agent_public",), action="mission_ecrite")
CADRE = Legal("cadre_municipal", "agent_public", ("statut_agent_public",))

# What the study calls the function -> role, in the order of the first word that matches.
ROLES: tuple[tuple[str, Role], ...] = (
    ("directeur", Role.DIRECTION),
    ("chef", Role.CHEF_DE_SERVICE),
    ("coordinateur", Role.CHEF_DE_SERVICE),
    ("nuit", Role.CORRESPONDANT_DE_NUIT),
    ("soirée", Role.CORRESPONDANT_DE_NUIT),
    ("parents relais", Role.PARENT_RELAIS),
    ("accueil", Role.ACCUEIL),
    ("secrétaire", Role.ACCUEIL),
)

LEGAL_OF_SERVICE: dict[str, Legal] = {
    "alpms-larochelle": MEDIATEUR_PRIVE,
    "adei-larochelle": EDUCATEUR_ASSOCIATIF,
    "pej-leteil": MEDIATEUR_MUNICIPAL,
    "adsea07-leteil": EDUCATEUR_ASSOCIATIF,
    "mediation-limoges": MEDIATEUR_PRIVE_MISSION,
    "alsea-limoges": EDUCATEUR_ASSOCIATIF,
    "mediation-lorient": MEDIATEUR_MUNICIPAL,
    "sauvegarde56-lorient": EDUCATEUR_ASSOCIATIF,
    "addap13-prevention": EDUCATEUR_ASSOCIATIF,
    "addap13-msu": MEDIATEUR_PRIVE_MISSION,
    "addap13-ter": MEDIATEUR_PRIVE_MISSION,
    "sep-orleans": EDUCATEUR_MUNICIPAL,
    "spmr-orleans": MEDIATEUR_PRIVE,
}
CONTRACT_OF_SERVICE: dict[str, Contrat] = {
    "mediation-limoges": Contrat.CONTRAT_AIDE,
    "addap13-msu": Contrat.ADULTE_RELAIS,
    "spmr-orleans": Contrat.ADULTE_RELAIS,
}
INVARIABLE = frozenset({"adultes-relais", "relais", "parcours"})
# «Chacun entre 20 et 30» in the study's table: the demo takes 22 for each of the four services.
EDUCATEURS_MARSEILLE = 4 * 22


def staff_service(service: Service, rng: Random, today: date) -> list[Poste]:
    """Create the service's posts as the study counts them; return them in the table's order."""
    wanted = list(_functions(service))
    people = [_person(rng) for _ in wanted]
    Professionnel.objects.bulk_create(people)
    posts = [
        _post(person, service, label, role, rng, today)
        for person, (label, role) in zip(people, wanted, strict=True)
    ]
    Poste.objects.bulk_create(posts)
    return posts


def add_post(service: Service, role: Role, intitule: str, legal: Legal, rng: Random, today: date) -> Poste:
    """Create one invented post that the study does not give."""
    person = _person(rng)
    person.save()
    post = _blank(person, service, f"{intitule} (inventé)", role, legal, today - timedelta(days=700))
    post.save()
    return post


def _functions(service: Service) -> Iterator[tuple[str, Role]]:
    default = Role.EDUCATEUR if service.metier == "prevention_specialisee" else Role.MEDIATEUR
    rows = list(Effectif.objects.filter(service=service).order_by("rang", "pk"))
    if service.code == "addap13-prevention":
        yield from [("Éducateur spécialisé", Role.EDUCATEUR)] * EDUCATEURS_MARSEILLE
        return
    for row in rows:
        label = row.fonction.lower()
        role = next((role for word, role in ROLES if word in label), default)
        yield from [(_singular(row.fonction), role)] * (row.nombre or 0)


def _singular(label: str) -> str:
    """Name one person's post from the table's plural, quotation marks aside."""
    words = label.replace('"', "").split(" ")
    return " ".join(word if word in INVARIABLE else _one(word) for word in words).capitalize()


def _one(word: str) -> str:
    ending = "," if word.endswith(",") else ""
    return word.removesuffix(",").removesuffix("s") + ending


def _person(rng: Random) -> Professionnel:
    prenom, nom = names.full_name(rng)
    return Professionnel(prenom=prenom, nom=nom, telephone=names.phone(rng), invente=True)


def _post(person: Professionnel, service: Service, label: str, role: Role, rng: Random, today: date) -> Poste:
    start = today - timedelta(days=rng.randrange(380, 2600))
    post = _blank(person, service, label, role, _legal(service, role), start)
    contract = CONTRACT_OF_SERVICE.get(service.code)
    if role in (Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT) and contract is not None:
        post.contrat = contract
        post.fin = today + timedelta(days=rng.randrange(20, 900))
    if role == Role.PARENT_RELAIS:
        post.contrat = Contrat.VACATION
    return post


def _legal(service: Service, role: Role) -> Legal:
    if role == Role.PARENT_RELAIS:
        return Legal("parent_relais", "salarie_prive")
    if service.code == "spmr-orleans" and role in (Role.CHEF_DE_SERVICE, Role.ACCUEIL):
        return MEDIATEUR_MUNICIPAL if role == Role.CHEF_DE_SERVICE else CADRE
    return LEGAL_OF_SERVICE[service.code]


def _blank(
    person: Professionnel, service: Service, label: str, role: Role, legal: Legal, start: date
) -> Poste:
    return Poste(
        professionnel=person,
        service=service,
        role=role,
        intitule=label,
        fonction=legal.fonction,
        emploi=legal.emploi,
        fondements_secret=list(legal.fondements),
        part_protection_enfance=legal.protection,
        part_action_sociale=legal.action,
        preuve=PROOF,
        debut=start,
        module_valide_le=start,
    )
