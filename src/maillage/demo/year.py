"""Loads the whole demo into an empty, migrated database: six cities, one year, one seed."""

from collections.abc import Callable
from pathlib import Path
from random import Random

from django.db import transaction

from maillage.base import clock
from maillage.comptes.enums import EtatCompte
from maillage.conventions.models import Partenariat
from maillage.demo import (
    accounts,
    acts,
    barometer,
    conventions,
    demandes,
    diagnostic,
    equipe,
    evaluations,
    field,
    handover,
    ledger,
    maisons,
    metiers,
    orientations,
    partnerships,
    persons,
    projets,
    reseau,
    reunions,
    rights,
    staff,
    turnover,
)
from maillage.demo.cities import CITIES, City
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Poste, Service, Structure
from maillage.directory.seed import load_study

SEED = 2017
DAYS = 365
# Each city: its posts, its notes, its persons, its orientations; then what concerns all.
STEPS = len(CITIES) * 4 + 7

Progress = Callable[[str], None]


def load(folder: Path, progress: Progress) -> int:
    """Load the demo and write `folder/accounts.json`; return the number of accounts.

    `progress` is told each of the `STEPS` steps as it begins. Everything drawn at random comes
    from `SEED`, city by city, so that the same day gives the same demo.
    """
    progress("l'étude")
    load_study()
    logins: list[accounts.Login] = []
    for city in CITIES:
        logins += load_city(city, progress)
    progress("les comptes")
    logins += _network_logins()
    accounts.create_accounts(logins)
    progress("le journal")
    ledger.write_lines()
    progress("les diagnostics")
    for partenariat in Partenariat.objects.order_by("code"):
        barometer.write_barometer(partenariat, Random(f"{SEED}-{partenariat.code}-barometre"), clock.today())
    for code, published in (("larochelle", True), ("limoges", False)):
        found = Partenariat.objects.get(code=code)
        diagnostic.write_diagnosis(found, clock.today(), published=published)
    progress("les conventions")
    write_conventions()
    for partenariat in Partenariat.objects.order_by("code"):
        metiers.write_trades(partenariat, Random(f"{SEED}-{partenariat.code}-metiers"), clock.today())
    progress("les actes")
    acts.write_acts()
    rights.write_rights(folder / "cartes.json")
    shared = Partenariat.objects.get(code="orleans")
    maisons.write_desks(shared, Random(f"{SEED}-maisons"), clock.today())
    maisons.write_hours(Service.objects.get(code="spmr-orleans"), Random(f"{SEED}-heures"), clock.today())
    reseau.write_network(list(Partenariat.objects.order_by("code")), Random(f"{SEED}-lots"), clock.today())
    progress("les évaluations")
    write_evaluations()
    accounts.write_accounts(folder / "accounts.json", logins)
    return len(logins)


@transaction.atomic
def load_city(city: City, progress: Progress) -> list[accounts.Login]:
    """Load one city in one transaction; return the accounts to open."""
    rng = Random(f"{SEED}-{city.code}")
    today, now = clock.today(), clock.now()
    progress(f"{city.nom} : équipes")
    installed = partnerships.install(city, rng, today)
    posts: list[Poste] = []
    for service in (*installed.mediation, *installed.prevention):
        posts += staff.staff_service(service, rng, today)
    logins = accounts.choose_logins(installed, posts, rng, today)
    if city is CITIES[0]:
        logins += accounts.special_logins(installed, rng, today)
        logins += turnover.staff_turnover(installed, Random(f"{SEED}-{city.code}-mouvements"), today)
    progress(f"{city.nom} : notes de l'année")
    teams = field.teams_of(installed, posts)
    for team in teams:
        field.write_year(team, rng, today, DAYS)
        handover.write_handover(team, Random(f"{SEED}-{team.service.code}-relais"), now)
    demandes.write_requests(installed, teams, Random(f"{SEED}-{city.code}-demandes"), now)
    field.write_messages(installed, teams, rng, now)
    field.write_contacts(installed, teams, rng, today)
    progress(f"{city.nom} : accompagnements")
    persons.write_supports(installed, posts, rng, today)
    progress(f"{city.nom} : orientations")
    orientations.write_orientations(installed, posts, rng, now)
    if city is CITIES[0]:
        turnover.give_orientations(installed.mediation[0])
        equipe.write_papers(installed.mediation[0], Random(f"{SEED}-{city.code}-papiers"), today)
    projets.write_projects(installed, posts, Random(f"{SEED}-{city.code}-projets"), today)
    reunions.write_meetings(installed, Random(f"{SEED}-{city.code}-reunions"), now)
    return logins


@transaction.atomic
def write_conventions() -> None:
    """Write La Rochelle's signed convention and charters, and the workshop open at Limoges."""
    signed = Partenariat.objects.get(code="larochelle")
    row = conventions.write_signed(signed, clock.today())
    assert row.debut is not None
    conventions.write_charters(signed, row.debut)
    conventions.write_workshop(Partenariat.objects.get(code="limoges"), clock.today())


@transaction.atomic
def write_evaluations() -> None:
    """Write each city's public orders, La Rochelle's signed evaluation, the one in progress at Orléans."""
    today = clock.today()
    for partenariat in Partenariat.objects.order_by("code"):
        evaluations.write_orders(partenariat, today)
    for code, signed in (("larochelle", True), ("orleans", False)):
        found = Partenariat.objects.get(code=code)
        evaluations.write_evaluation(found, Random(f"{SEED}-{code}-evaluation"), today, signed=signed)


def _network_logins() -> list[accounts.Login]:
    """Create the network of cities and the installation's two administrators."""
    rng, today = Random(f"{SEED}-reseau"), clock.today()
    structure = Structure.objects.create(nom="Réseau des villes (inventé)")
    found = []
    for code, metier, role, label, names in (
        ("reseau", Metier.RESEAU, Role.RESEAU, "Chargé·e d'étude du réseau", ["reseau"]),
        (
            "administration",
            Metier.INSTITUTION,
            Role.ADMINISTRATEUR,
            "Administration de l'installation",
            ["admin1", "admin2"],
        ),
    ):
        service = Service.objects.create(
            code=code, structure=structure, metier=metier, nom=label, nom_court=label, invente=True
        )
        for name in names:
            legal = staff.Legal("autre_tiers", "salarie_prive")
            post = staff.add_post(service, role, label, legal, rng, today)
            found.append(accounts.login(name, post, "", "", EtatCompte.ACTIF))
    return found
