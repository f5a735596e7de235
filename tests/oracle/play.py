"""Plays a story in the product, act by act, at its hour; then asks the product what each post may see."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

import time_machine
from django.utils import timezone

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.comptes.actions import suspend
from maillage.comptes.models import Compte
from maillage.comptes.queries import active_post
from maillage.conventions.acteurs import acting
from maillage.conventions.enums import GenreCharte
from maillage.conventions.models import Charte, Partenariat, Participation, SignatureCharte
from maillage.directory.enums import GenreTerritoire, GenreTitre, Metier, Role
from maillage.directory.models import Poste, Professionnel, Service, Structure, Territoire, Titre
from maillage.orientations.actions import (
    abandon_draft,
    accept_orientation,
    decline_orientation,
    prepare_orientation,
    send_orientation,
    withdraw,
)
from maillage.orientations.enums import MotifDecline
from maillage.orientations.faces import Accepted
from maillage.orientations.models import Orientation
from maillage.orientations.queries import received_list, sent_list
from maillage.sharing import designations as acts
from maillage.sharing import persons
from maillage.sharing.designations import coordinated_families
from maillage.sharing.enums import MotifCloture
from maillage.sharing.errors import NotVisible
from maillage.sharing.queries import list_accompagnements
from tests.cast import OTHER_TRADE
from tests.door import YANIS
from tests.oracle.worlds import Act, Story

FIRST = date(2026, 1, 5)
ALL = 100_000
MOTIF = MotifCloture.values[0]
FACTS = {
    "mediation_sociale": ("mediateur", "salarie_prive", "aucune"),
    "prevention_specialisee": ("educateur_prevention", "salarie_prive", "statutaire"),
}


def hour(at: int) -> datetime:
    """Return the moment in Paris of a minute of the world."""
    day, minute = divmod(at, 1440)
    return datetime.combine(FIRST + timedelta(days=day), time(*divmod(minute, 60)), tzinfo=clock.PARIS)


def day_of(day: int) -> date:
    """Return a day of the world."""
    return FIRST + timedelta(days=day)


@dataclass
class Played:
    """What a story became in the database, by the numbers of its world."""

    story: Story
    services: list[Service] = field(default_factory=list)
    partenariats: list[Partenariat] = field(default_factory=list)
    postes: list[Poste] = field(default_factory=list)
    comptes: list[Compte] = field(default_factory=list)
    orientations: dict[int, UUID] = field(default_factory=dict)
    accompagnements: dict[int, UUID] = field(default_factory=dict)
    designations: dict[int, UUID] = field(default_factory=dict)
    done: int = 0

    def acteur(self, poste: int) -> Acteur | None:
        """Return who acts now in this post, as a request would; None when nobody does."""
        compte = self.comptes[poste]
        held = active_post(compte, clock.now())
        return acting(compte, held) if held is not None else None

    def until(self, at: int) -> None:
        """Do every act up to a moment."""
        acts_left = self.story.acts
        while self.done < len(acts_left) and acts_left[self.done].at <= at:
            act = acts_left[self.done]
            with time_machine.travel(hour(act.at), tick=False):
                self._do(act)
            self.done += 1
        for number, row in enumerate(self.story.world.postes):
            compte = self.comptes[number]
            if row.suspendu_le is not None and row.suspendu_le <= at and compte.is_active:
                suspend(compte=compte, by=None)
                compte.refresh_from_db()

    def _do(self, act: Act) -> None:
        by = self.acteur(act.by)
        assert by is not None
        kind, _, argument = act.kind.partition(" ")
        if kind in {"prepare", "abandon", "send", "accept", "decline", "withdraw"}:
            self._orient(by, kind, act.on)
        elif kind in {"designate", "enter", "sign", "end"}:
            self._designate(by, kind, act.on, argument)
        else:
            self._support(by, kind, act.on)

    def _orient(self, by: Acteur, kind: str, number: int) -> None:
        row = self.story.world.orientations[number]
        if kind == "prepare":
            made = prepare_orientation(
                by=by,
                partenariat=self.partenariats[row.partenariat],
                destinataire=self.services[row.destinataire],
                answers=replace(YANIS, appellation=f"Yanis {number}"),
            )
            self.orientations[number] = made.pk
            return
        orientation = Orientation.objects.get(pk=self.orientations[number])
        if kind == "abandon":
            abandon_draft(orientation=orientation, by=by)
        elif kind == "send":
            send_orientation(orientation=orientation, by=by, version=orientation.version)
        elif kind == "accept":
            taken = accept_orientation(orientation=orientation, by=by)
            assert isinstance(taken, Accepted)
            assert row.accompagnement is not None
            assert taken.accompagnement is not None
            self.accompagnements[row.accompagnement] = taken.accompagnement
        elif kind == "decline":
            decline_orientation(orientation=orientation, by=by, motif=MotifDecline.values[0])
        else:
            withdraw(orientation=orientation, by=by, donneur="jeune")

    def _support(self, by: Acteur, kind: str, number: int) -> None:
        if kind == "open":
            taken = persons.open_accompagnement(
                by=by, pseudonyme=f"Suivi {number}", tranche_age="15_17", origine="famille"
            )
            self.accompagnements[number] = taken.accompagnement
        elif kind == "close":
            persons.close_accompagnement(by=by, accompagnement=self.accompagnements[number], motif=MOTIF)
        else:
            persons.record_adhesion(
                by=by, accompagnement=self.accompagnements[number], donneur="jeune", etat=kind
            )

    def _designate(self, by: Acteur, kind: str, number: int, argument: str) -> None:
        row = self.story.world.designations[number]
        if kind == "designate":
            made = acts.open_designation(
                by=by,
                partenariat=self.partenariats[row.partenariat],
                coordonnateur=self.postes[row.coordonnateur],
                saisine="professionnel",
                sujets=["logement"],
            )
            self.designations[number] = made.pk
            return
        act = self.designations[number]
        if kind == "enter":
            acts.enter_scope(by=by, designation=act, accompagnement=self.accompagnements[int(argument)])
        elif kind == "sign":
            acts.note_step(by=by, designation=act, step="accord", version=0)
            acts.note_step(by=by, designation=act, step="consultation", version=1)
            acts.sign_designation(
                by=by, designation=act, debut=day_of(row.debut), fin=day_of(row.fin), version=2
            )
        else:
            acts.end_designation(by=by, designation=act, version=3)

    def answers(self, poste: int) -> dict[str, list[bool]]:
        """Return what the product shows to a post now, by question, in the order of the world's objects."""
        by = self.acteur(poste)
        sent, sent_names, received, received_names = _orientations(by)
        supports = _supports(by)
        coordinated = _coordinated(by)
        world = self.story.world
        numbers = range(len(world.orientations))
        keys = [self.orientations.get(number) for number in numbers]
        held = [self.accompagnements.get(number) for number in range(len(world.accompagnements))]
        return {
            "emise": [key in sent for key in keys],
            "emise_nom": [key in sent_names for key in keys],
            "recue": [key in received for key in keys],
            "recue_nom": [key in received_names for key in keys],
            "accompagnement": [key in supports for key in held],
            "coordination": [self._called(number) in coordinated for number in range(len(held))],
        }

    def _called(self, number: int) -> str:
        """Return how a support's person is called: by the service, or by the orientation it came from."""
        came_from = self.story.world.accompagnements[number].ne_de
        return f"Suivi {number}" if came_from is None else f"Yanis {came_from}"


def _orientations(by: Acteur | None) -> tuple[set[UUID], set[UUID], set[UUID], set[UUID]]:
    if by is None:
        return set(), set(), set(), set()
    try:
        sent, received = sent_list(by, limit=ALL), received_list(by, limit=ALL)
    except NotVisible:
        return set(), set(), set(), set()
    return (
        {row.id for row in sent},
        {row.id for row in sent if row.appellation},
        {row.id for row in received},
        {row.id for row in received if row.appellation},
    )


def _supports(by: Acteur | None) -> set[UUID]:
    if by is None:
        return set()
    try:
        lines = [row for clos in (False, True) for row in list_accompagnements(by, clos=clos, limit=ALL)]
    except NotVisible:
        return set()
    return {row.id for row in lines}


def _coordinated(by: Acteur | None) -> set[str]:
    """Return the names that the acts in force show: the screen gives no identifier."""
    if by is None:
        return set()
    try:
        families = coordinated_families(by)
    except NotVisible:
        return set()
    return {one.appellation for family in families for one in family.personnes}


def settle(story: Story) -> Played:
    """Create the world before its first act: territories, services, posts, accounts, charters."""
    played = Played(story)
    world = story.world
    for town in sorted(world.charters):
        played.partenariats.append(Partenariat.objects.create(code=f"p{town}", nom=f"Partenariat {town}"))
    for number, trade in enumerate(world.services):
        played.services.append(_service(number, trade))
    for part in world.participations:
        Participation.objects.create(
            partenariat=played.partenariats[part.partenariat],
            service=played.services[part.service],
            debut=day_of(part.debut),
            fin=None if part.fin is None else day_of(part.fin),
        )
    for number in range(len(world.postes)):
        _poste(played, number)
    _charters(played)
    return played


def _service(number: int, trade: str) -> Service:
    town = Territoire.objects.create(
        genre=GenreTerritoire.COMMUNE, code=f"98{number:03}", nom=f"Ville {number}"
    )
    service = Service.objects.create(
        code=f"s{number}",
        structure=Structure.objects.create(nom=f"Structure {number}"),
        metier=Metier(trade),
        nom=f"Service {number}",
        nom_court=f"S{number}",
        ville=town,
        invente=True,
    )
    if trade == Metier.PREVENTION_SPECIALISEE:
        Titre.objects.create(service=service, genre=GenreTitre.HABILITATION, preuve="Arrêté", debut=FIRST)
    return service


def _poste(played: Played, number: int) -> None:
    row = played.story.world.postes[number]
    service = played.services[row.service]
    function, employment, part = FACTS.get(service.metier, OTHER_TRADE)
    person = Professionnel.objects.create(prenom=f"Prénom{number}", nom="Essai", invente=True)
    played.postes.append(
        Poste.objects.create(
            professionnel=person,
            service=service,
            role=Role(row.role),
            intitule=row.role,
            fonction=function,
            emploi=employment,
            part_action_sociale=part,
            preuve="Fiche de poste inventée",
            debut=day_of(row.debut),
            fin=None if row.fin is None else day_of(row.fin),
            lecture_seule=row.lecture_seule,
        )
    )
    compte = Compte(identifiant=f"c{number}", professionnel=person, etat="actif", cree_le=timezone.now())
    compte.set_unusable_password()
    compte.save()
    played.comptes.append(compte)


def _charters(played: Played) -> None:
    for town, since in played.story.world.charters.items():
        if since is None:
            continue
        charte = Charte.objects.create(
            partenariat=played.partenariats[town],
            genre=GenreCharte.DEONTOLOGIE,
            version=1,
            texte="Texte inventé",
            debut=day_of(since),
        )
        for number, row in enumerate(played.story.world.postes):
            if row.signe_le is not None:
                SignatureCharte.objects.create(
                    charte=charte, poste=played.postes[number], le=day_of(row.signe_le)
                )
