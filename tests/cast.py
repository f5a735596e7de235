"""The fixed cast of the tests: two partnerships that must never see each other.

`ici`: ALM and La Nuit (two mediation services) with Le Relais (prevention). `ailleurs`, in another
town: Médiation Sud with Prévention Sud. Every name is invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from maillage.comptes.enums import EtatCompte
from maillage.comptes.models import Compte
from maillage.conventions.enums import Forme
from maillage.conventions.models import FormePartenariat, Partenariat, Participation
from maillage.directory.enums import GenreLieu, GenreTerritoire, GenreTitre, Metier, Role
from maillage.directory.models import (
    Lieu,
    Poste,
    Professionnel,
    Service,
    Structure,
    Territoire,
    Titre,
)
from maillage.sharing.demandes.mandats import seal_accepted
from maillage.sharing.models import MandatDelegue

SINCE = date(2020, 1, 1)
PASSWORD = "une phrase assez longue"

# What the law's vocabulary says of each role: function, employment, part in social action.
TRADES: Mapping[Role, tuple[str, str, str]] = {
    Role.MEDIATEUR: ("mediateur", "salarie_prive", "aucune"),
    Role.CORRESPONDANT_DE_NUIT: ("mediateur", "salarie_prive", "aucune"),
    Role.EDUCATEUR: ("educateur_prevention", "salarie_prive", "statutaire"),
    Role.MAIRE: ("maire", "elu", "aucune"),
}
OTHER_TRADE = ("cadre_municipal", "agent_public", "aucune")

# Key, service, role, first name.
PEOPLE = [
    ("nadia", "alm", Role.CORRESPONDANT_DE_NUIT, "Nadia"),
    ("karim", "alm", Role.MEDIATEUR, "Karim"),
    ("cheffe_alm", "alm", Role.CHEF_DE_SERVICE, "Chantal"),
    ("direction_alm", "alm", Role.DIRECTION, "Denis"),
    ("dpo", "alm", Role.DPO, "Paule"),
    ("coordination", "alm", Role.COORDINATION, "Coralie"),
    ("lecteur", "alm", Role.MEDIATEUR, "Léo"),
    ("partie", "alm", Role.MEDIATEUR, "Inès"),
    ("nuit", "nuit", Role.CORRESPONDANT_DE_NUIT, "Norbert"),
    ("samira", "relais", Role.EDUCATEUR, "Samira"),
    ("bruno", "relais", Role.EDUCATEUR, "Bruno"),
    ("cheffe_relais", "relais", Role.CHEF_DE_SERVICE, "Claire"),
    ("direction_relais", "relais", Role.DIRECTION, "Dora"),
    ("maire", "mairie", Role.MAIRE, "Maud"),
    ("mediateur_sud", "mediation_sud", Role.MEDIATEUR, "Marc"),
    ("educatrice_sud", "prevention_sud", Role.EDUCATEUR, "Élise"),
    ("direction_sud", "mediation_sud", Role.DIRECTION, "Didier"),
]


@dataclass(frozen=True)
class Membre:
    """A professional of the cast: account, post, person."""

    compte: Compte
    poste: Poste

    @property
    def service(self) -> Service:
        """Return the service of the post."""
        return self.poste.service


@dataclass(frozen=True)
class Cast:
    """Everything the tests start from; people are attributes too: `cast.nadia`."""

    membres: Mapping[str, Membre]
    services: Mapping[str, Service]
    ici: Partenariat
    ailleurs: Partenariat
    quartier: Territoire
    quartier_sud: Territoire
    hall: Lieu
    square_sud: Lieu

    def __getattr__(self, name: str) -> Any:
        """Give `cast.nadia` for `cast.membres["nadia"]` and `cast.alm` for `cast.services["alm"]`."""
        for group in (self.membres, self.services):
            if name in group:
                return group[name]
        raise AttributeError(name)


def build_cast() -> Cast:
    """Create the cast in the database."""
    ville, quartier, hall = _town("99001", "Villeneuve", "Port-Rouge", "Hall 4", GenreLieu.HALL)
    ville_sud, quartier_sud, square = _town("99002", "Sudville", "Les Pins", "Square", GenreLieu.SQUARE)
    services = {
        "alm": _service("alm", "ALM", Metier.MEDIATION_SOCIALE, ville, quartier),
        "nuit": _service("nuit", "La Nuit", Metier.MEDIATION_SOCIALE, ville, quartier),
        "relais": _service("relais", "Le Relais", Metier.PREVENTION_SPECIALISEE, ville, quartier),
        "mairie": _service("mairie", "Mairie", Metier.INSTITUTION, ville, quartier),
        "mediation_sud": _service("msud", "Médiation Sud", Metier.MEDIATION_SOCIALE, ville_sud, quartier_sud),
        "prevention_sud": _service(
            "psud", "Prévention Sud", Metier.PREVENTION_SPECIALISEE, ville_sud, quartier_sud
        ),
    }
    for key in ("relais", "prevention_sud"):
        Titre.objects.create(
            service=services[key], genre=GenreTitre.HABILITATION, preuve="Arrêté inventé", debut=SINCE
        )
    membres = _members(services)
    for key in ("nuit", "relais"):
        name_officer(services[key], membres["dpo"].poste)
    return Cast(
        membres=membres,
        services=services,
        ici=_partnership("ici", [services[key] for key in ("alm", "nuit", "relais")], quartier),
        ailleurs=_partnership(
            "ailleurs", [services[key] for key in ("mediation_sud", "prevention_sud")], quartier_sud
        ),
        quartier=quartier,
        quartier_sud=quartier_sud,
        hall=hall,
        square_sud=square,
    )


def name_officer(service: Service, officier: Poste) -> MandatDelegue:
    """Have this officer, of another service, answer for one, as if both had done it."""
    row = MandatDelegue.objects.create(
        service=service, officier=officier.service, propose_le=timezone.now(), propose_par=officier
    )
    seal_accepted(row, officier)
    return row


def _town(
    code: str, name: str, area: str, place: str, kind: GenreLieu
) -> tuple[Territoire, Territoire, Lieu]:
    town = Territoire.objects.create(genre=GenreTerritoire.COMMUNE, code=code, nom=name)
    quarter = Territoire.objects.create(
        genre=GenreTerritoire.QUARTIER, code=f"QP{code}", nom=area, parent=town
    )
    return town, quarter, Lieu.objects.create(territoire=quarter, nom=place, genre=kind, invente=True)


def _service(code: str, name: str, trade: Metier, town: Territoire, quarter: Territoire) -> Service:
    service = Service.objects.create(
        code=code,
        structure=Structure.objects.create(nom=f"Association {name}"),
        metier=trade,
        nom=name,
        nom_court=name,
        ville=town,
        age_min=11 if trade == Metier.PREVENTION_SPECIALISEE else None,
        age_max=25 if trade == Metier.PREVENTION_SPECIALISEE else None,
        invente=True,
    )
    service.territoires.add(quarter)
    return service


def _members(services: Mapping[str, Service]) -> dict[str, Membre]:
    persons = Professionnel.objects.bulk_create(
        Professionnel(prenom=name, nom="Essai", invente=True) for _key, _of, _role, name in PEOPLE
    )
    postes = [
        _poste(key, person, services[of], role)
        for person, (key, of, role, _name) in zip(persons, PEOPLE, strict=True)
    ]
    comptes = Compte.objects.bulk_create(
        _compte(poste, key) for poste, (key, *_) in zip(postes, PEOPLE, strict=True)
    )
    return {compte.identifiant: Membre(compte, poste) for compte, poste in zip(comptes, postes, strict=True)}


def _poste(key: str, person: Professionnel, service: Service, role: Role) -> Poste:
    function, employment, part = TRADES.get(role, OTHER_TRADE)
    return Poste.objects.create(
        professionnel=person,
        service=service,
        role=role,
        intitule=role.label,
        fonction=function,
        emploi=employment,
        part_action_sociale=part,
        preuve="Fiche de poste inventée",
        debut=SINCE,
        fin=date(2021, 6, 30) if key == "partie" else None,
        lecture_seule=key == "lecteur",
        module_valide_le=SINCE,
    )


def _compte(poste: Poste, key: str) -> Compte:
    state = EtatCompte.PARTI if key == "partie" else EtatCompte.ACTIF
    compte = Compte(identifiant=key, professionnel=poste.professionnel, etat=state, cree_le=timezone.now())
    compte.set_password(PASSWORD)
    return compte


def _partnership(code: str, members: list[Service], quarter: Territoire) -> Partenariat:
    partnership = Partenariat.objects.create(code=code, nom=f"Partenariat {code}", invente=True)
    partnership.territoires.add(quarter)
    for service in members:
        Participation.objects.create(partenariat=partnership, service=service, debut=SINCE)
    FormePartenariat.objects.create(
        partenariat=partnership, forme=Forme.INFORMEL, preuve="Usage", debut=SINCE
    )
    return partnership
