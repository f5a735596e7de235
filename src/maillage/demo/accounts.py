"""The demo's accounts and the file that lists them (`DIR/accounts.json`)."""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from maillage.comptes.actions import NewAccount, create_active_accounts
from maillage.comptes.enums import EtatCompte
from maillage.demo import staff
from maillage.demo.partnerships import Installed
from maillage.directory.enums import Role
from maillage.directory.models import Poste, Service


@dataclass(frozen=True)
class Login:
    """One line of accounts.json; `password` is None for someone invited."""

    username: str
    password: str | None
    totp_secret: str
    recovery_codes: tuple[str, ...]
    poste: Poste
    partenariat: str
    territoire: str
    state: EtatCompte

    def to_json(self) -> dict[str, object]:
        """Return the line as `accounts.json` writes it."""
        return {
            "username": self.username,
            "password": self.password,
            "totp_secret": self.totp_secret,
            "recovery_codes": list(self.recovery_codes),
            "role": self.poste.role,
            "service": self.poste.service.code,
            "partenariat": self.partenariat,
            "territoire": self.territoire,
            "state": self.state,
        }


def choose_logins(installed: Installed, posts: Iterable[Poste], rng: Random, today: date) -> list[Login]:
    """Pick who has an account in one city, adding the invented posts each partnership needs."""
    pool = list(posts)
    chosen: list[tuple[str, Poste]] = []
    for service, suffix in _suffixes(installed):
        chosen += _field_workers(service, suffix, pool)
        chosen += _heads(service, suffix, pool, rng, today)
    chosen += _institutions(installed, rng, today)
    city = installed.city
    return [
        login(f"{name}.{city.code}", post, city.code, city.insee, EtatCompte.ACTIF) for name, post in chosen
    ]


def login(username: str, poste: Poste, partenariat: str, territoire: str, state: EtatCompte) -> Login:
    """Build one account's secrets from its name: the same demo gives the same file."""
    invited = state == EtatCompte.INVITE
    return Login(
        username=username,
        password=None if invited else _password(partenariat),
        totp_secret="" if invited else _digest(username, "totp")[:32],
        recovery_codes=() if invited else tuple(_token(username, f"code {i}", 4) for i in range(10)),
        poste=poste,
        partenariat=partenariat,
        territoire=territoire,
        state=state,
    )


def write_accounts(path: Path, logins: Iterable[Login]) -> None:
    """Write accounts.json, readable by its owner only, in one move."""
    lines = json.dumps([entry.to_json() for entry in logins], ensure_ascii=False, indent=1)
    partial = path.with_suffix(".part")
    partial.write_text(lines + "\n", encoding="utf-8")
    partial.chmod(0o600)
    partial.replace(path)


def _suffixes(installed: Installed) -> list[tuple[Service, str]]:
    mediation = [(service, "" if i == 0 else "-ter") for i, service in enumerate(installed.mediation)]
    return mediation + [(service, "") for service in installed.prevention]


def _field_workers(service: Service, suffix: str, pool: list[Poste]) -> list[tuple[str, Poste]]:
    names = {
        Role.MEDIATEUR: "mediateur",
        Role.CORRESPONDANT_DE_NUIT: "nuit",
        Role.EDUCATEUR: "educateur",
        Role.ACCUEIL: "accueil",
        Role.PARENT_RELAIS: "parent-relais",
    }
    found = []
    for role, name in names.items():
        posts = [
            post
            for post in pool
            if post.service_id == service.id and post.role == role and "secrétaire" not in post.intitule
        ]
        count = 2 if role in (Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT, Role.EDUCATEUR) else 1
        found += [(f"{name}{suffix}{i + 1 if i else ''}", post) for i, post in enumerate(posts[:count])]
    return found


def _heads(
    service: Service, suffix: str, pool: list[Poste], rng: Random, today: date
) -> list[tuple[str, Poste]]:
    trade = "mediation" if service.metier == "mediation_sociale" else "prevention"
    legal = staff.LEGAL_OF_SERVICE[service.code]
    found = []
    for role, name, label in (
        (Role.CHEF_DE_SERVICE, "chef", "Chef·fe de service"),
        (Role.DIRECTION, "direction", "Direction"),
    ):
        if role == Role.DIRECTION and suffix:
            continue
        post = next((p for p in pool if p.service_id == service.id and p.role == role), None)
        if post is None:
            post = staff.add_post(service, role, label, legal, rng, today)
        found.append((f"{name}-{trade}{suffix}", post))
    return found


# Name, institution, role, title, legal facts: posts beside the two trades, all invented.
INSTITUTION_POSTS = (
    ("maire", "mairie", Role.MAIRE, "Maire", staff.Legal("maire", "elu")),
    ("adjoint", "mairie", Role.ADJOINT_DELEGUE, "Adjoint·e délégué·e", staff.Legal("adjoint_delegue", "elu")),
    (
        "crip",
        "departement",
        Role.CRIP,
        "Responsable de la CRIP",
        staff.Legal("delegue_departement", "agent_public", ("mission_ase",), "met_en_oeuvre", "statutaire"),
    ),
    (
        "college",
        "college",
        Role.CHEF_ETABLISSEMENT,
        "Principal·e de collège",
        staff.Legal("chef_etablissement", "agent_public", ("statut_agent_public",)),
    ),
    (
        "dpo",
        "dpo",
        Role.DPO,
        "Délégué·e à la protection des données",
        staff.Legal("autre_tiers", "agent_public"),
    ),
)
# The study gives these two to Orléans only (section 8a).
ORLEANS_POSTS = (
    (
        "coordonnateur",
        "mairie",
        Role.COORDONNATEUR,
        "Coordonnateur·rice (L. 121-6-2)",
        staff.Legal(
            "coordonnateur",
            "agent_public",
            ("coordonnateur", "statut_agent_public"),
            action="statutaire",
        ),
    ),
    ("coordination", "mairie", Role.COORDINATION, "Coordination du partenariat", staff.CADRE),
)


def _institutions(installed: Installed, rng: Random, today: date) -> list[tuple[str, Poste]]:
    wanted = INSTITUTION_POSTS + (ORLEANS_POSTS if installed.city.code == "orleans" else ())
    return [
        (name, staff.add_post(installed.institutions[key], role, label, legal, rng, today))
        for name, key, role, label, legal in wanted
    ]


def special_logins(first: Installed, rng: Random, today: date) -> list[Login]:
    """Return accounts in other states: invited, suspended, gone, read-only."""
    service = first.mediation[0]
    legal = staff.LEGAL_OF_SERVICE[service.code]
    code, insee = first.city.code, first.city.insee
    found = []
    for name, state in (
        ("invitee", EtatCompte.INVITE),
        ("suspendu", EtatCompte.SUSPENDU),
        ("partie", EtatCompte.PARTI),
    ):
        post = staff.add_post(service, Role.MEDIATEUR, "Agent de médiation", legal, rng, today)
        if state == EtatCompte.PARTI:
            Poste.objects.filter(pk=post.pk).update(fin=today - timedelta(days=1))
        found.append(login(f"{name}.{code}", post, code, insee, state))
    reader = staff.add_post(service, Role.MEDIATEUR, "Stagiaire, lecture seule", legal, rng, today)
    reader.lecture_seule = True
    reader.save(update_fields=["lecture_seule"])
    found.append(login(f"stagiaire.{code}", reader, code, insee, EtatCompte.ACTIF))
    return found


def create_accounts(logins: Iterable[Login]) -> None:
    """Open these accounts, each with its password, second factor and recovery codes."""
    create_active_accounts(
        [
            NewAccount(
                professionnel=entry.poste.professionnel,
                identifiant=entry.username,
                password=entry.password,
                totp_secret=entry.totp_secret,
                recovery_codes=entry.recovery_codes,
                etat=entry.state,
            )
            for entry in logins
        ]
    )


def _password(partenariat: str) -> str:
    """Return one password a city: they are all published, and each is hashed once."""
    city = partenariat or "reseau"
    return f"{city}-{_token(city, 'mot de passe', 4)}"


def _digest(username: str, use: str) -> str:
    raw = hashlib.sha256(f"maillage demo:{username}:{use}".encode()).digest()
    return base64.b32encode(raw).decode("ascii").rstrip("=")


def _token(username: str, use: str, length: int) -> str:
    return f"{_digest(username, use)[:length]}-{_digest(username, use)[8 : 8 + length]}".lower()
